"""The facilitator's own words: in the plan file and on the page, never in the address."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from kg import sessions
from kg.engine import Engine
from kg.errors import NoPlan
from kg.sessions import Settings
from tests.pages import HOSTILE, button, glance, html, opened

WORDS = "Sam and the veto"


def file_of(engine: Engine, **changed: object) -> str:
    plan = sessions.plan(engine, Settings(difficulty="earthquakes", minutes=75, people=9, start="14:00"))
    noted = sessions.with_words(plan, "Our row", [WORDS, *[""] * (len(plan.blocks) - 1)])
    return json.dumps(json.loads(sessions.as_json(noted)) | changed)


def given(tester: AppTest, raw: bytes) -> AppTest:
    tester.file_uploader(key="session-file").upload("plan.json", raw, "application/json").run()
    assert not tester.exception
    return tester


def test_words_stand_on_the_page_and_in_the_file_and_never_in_the_address() -> None:
    tester = opened("session.py", difficulty="conflict")
    tester.text_input(key="session-title").set_value(HOSTILE).run()
    tester.text_area(key="session-note").set_value(WORDS).run()
    assert not tester.exception
    page = html(tester)
    assert f"<b>Your note:</b> {WORDS}" in page
    assert "Session: Conflict" in page
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert "script" not in str(tester.query_params) and "Sam" not in str(tester.query_params)
    assert not any(
        "Sam" in each.proto.url or "script" in each.proto.url for each in tester.get("link_button")
    )
    assert "may be a record that has to be disclosed" in page
    # Another block has no note, and the first keeps its own.
    tester.radio(key="session-at").set_value(0).run()
    assert tester.text_area(key="session-note").value == ""
    tester.radio(key="session-at").set_value(1).run()
    assert tester.text_area(key="session-note").value == WORDS
    button(tester, "Start from a copy without my words")
    assert "Sam" not in html(tester)
    assert tester.text_input(key="session-title").value == ""


def test_a_saved_file_opens_with_settings_blocks_and_words(engine: Engine) -> None:
    tester = given(opened("session.py", difficulty="conflict"), file_of(engine).encode())
    page = html(tester)
    assert "The plan file was opened." in page
    assert "<h2>Our row</h2>\n<p>Session: Earthquakes</p>\n<p>14:00 to 15:15 · 75 minutes · 9 people" in page
    assert f"<b>Your note:</b> {WORDS}" in page
    assert tester.query_params["difficulty"] in ("earthquakes", ["earthquakes"])
    assert tester.number_input(key="session-people").value == 9
    tester.number_input(key="session-minutes").set_value(80).run()
    assert f"<b>Your note:</b> {WORDS}" in html(tester)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfe", "cannot be read"),
        (b"[]", "This file is not a session plan"),
        (b" " * 200_000, "at most 100 kilobytes"),
        ({"settings": {}}, "does not say what was asked for"),
        ({"title": "x" * 500}, "has to be text, of 120 characters at most"),
        ({"blocks": [{"activity": "open", "minutes": 10}]}, "A session starts with"),
        ({"blocks": [{"activity": HOSTILE, "minutes": 10}]}, "A session starts with"),
    ],
)
def test_a_file_from_elsewhere_is_refused_in_a_sentence_and_the_plan_stays(
    engine: Engine, raw: bytes | dict[str, object], said: str
) -> None:
    tester = opened("session.py", difficulty="fixed-budget-dispute")
    before = glance(tester)
    given(tester, raw if isinstance(raw, bytes) else file_of(engine, **raw).encode())
    assert said in html(tester)
    assert glance(tester) == before
    assert "Session: Fixed-budget dispute" in html(tester)


@pytest.mark.parametrize("people", [-1, 10**9])
def test_a_file_for_nobody_or_for_everybody_is_refused(engine: Engine, people: int) -> None:
    document = json.loads(file_of(engine))
    document["settings"]["people"] = people
    with pytest.raises(NoPlan, match="999 people at most"):
        sessions.in_file(json.dumps(document))


def test_a_plan_is_there_again_after_another_page() -> None:
    tester = opened("session.py", difficulty="fixed-budget-dispute", minutes="100")
    button(tester, "Later")
    tester.text_area(key="session-note").set_value(WORDS).run()
    before = glance(tester)
    tester.switch_page("about.py").run()
    tester.query_params.clear()
    tester.switch_page("session.py").run()
    assert not tester.exception
    assert glance(tester) == before
    assert f"<b>Your note:</b> {WORDS}" in html(tester)
    assert tester.query_params["minutes"] in ("100", ["100"])
