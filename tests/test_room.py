"""The page that runs a session: from an address, whole in itself, the same for everybody, asking nobody."""

import base64
import hashlib
import re
from datetime import datetime

import pytest
from markupsafe import escape
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from kg import sessions, views
from kg.engine import Engine
from kg.errors import Busy, Unreachable, sentence_of
from kg.service import ServedGraph
from kg.sessions import Settings
from kg.sessions.room import POLICY, room
from kg.web.headers import HEADERS, SecurityHeaders
from kg.web.room import routes
from tests.pages import HOSTILE, opened

AT = "2026-07-24T09:30+01:00"
FACTOR = "have-frequent-personal-contact"
BLOCKS = "open.10_programme-wall.40_read-a-case.15.wigan_close.10"


@pytest.fixture(scope="module")
def client(engine: Engine) -> TestClient:
    app = Starlette(
        routes=routes(lambda: ServedGraph(engine, "v1")),  # type: ignore[arg-type]
        middleware=[Middleware(SecurityHeaders)],
    )
    return TestClient(app)


def test_the_address_of_a_plan_gives_its_page_and_the_begin_sets_its_clock(
    client: TestClient, engine: Engine
) -> None:
    plan = sessions.plan(engine, Settings(factor=FACTOR, mode="hybrid", start="09:30"))
    answer = client.get("/room", params={"factor": FACTOR, "mode": "hybrid", "at": AT, "start": "23:00"})
    assert answer.text == room(plan, datetime.fromisoformat(AT))
    assert (
        f'data-begin="{int(datetime.fromisoformat(AT).timestamp() * 1000)}" data-offset="60"' in answer.text
    )
    for each in plan.blocks:
        assert f"{each.start}–{each.end} {escape(each.name)}" in answer.text
        assert all(escape(step.text) in answer.text for step in each.steps)
        assert all(escape(prompt.text) in answer.text for prompt in each.prompts)
        if each.case:
            assert all(escape(told.text) in answer.text for told in each.case.statements)
    assert client.get("/room", params={"factor": FACTOR, "mode": "hybrid", "at": AT}).text == answer.text


def test_blocks_and_the_paper_alone_are_taken_from_the_address(client: TestClient, engine: Engine) -> None:
    changed = client.get("/room", params={"minutes": "75", "blocks": BLOCKS, "at": AT})
    assert re.findall(r'data-after="(\d+)" data-minutes="(\d+)"', changed.text) == [
        ("0", "10"),
        ("10", "40"),
        ("50", "15"),
        ("65", "10"),
    ]
    graphs = views.graphs_of_the_paper(engine)
    alone = client.get("/room", params={"factor": FACTOR, "at": AT, "paper": "true"})
    assert alone.text == room(
        sessions.plan(engine, Settings(factor=FACTOR), graphs), datetime.fromisoformat(AT)
    )


def test_those_who_take_part_see_no_notes(engine: Engine) -> None:
    plan = sessions.plan(engine, Settings(difficulty="conflict", met=True))
    noted = sessions.with_words(plan, "Our row", ["Ask Sam about the veto"] * len(plan.blocks))
    mine, theirs = (room(noted, datetime.fromisoformat(AT), participant) for participant in (False, True))
    assert mine.count("Ask Sam about the veto") == len(plan.blocks)
    assert "Sam" not in theirs
    for each in plan.blocks:
        activity = each.activity
        for own in (activity.risk.note, activity.script.to_drop, f"“{activity.script.to_say}”"):
            assert escape(own) in mine
            assert escape(own) not in theirs


def test_the_page_is_whole_in_itself_and_its_policy_lets_nothing_out(client: TestClient) -> None:
    answer = client.get("/room", params={"factor": FACTOR, "at": AT})
    assert re.findall(r"(?:src|href)=\"([^\"]*)\"", answer.text) == ["data:,"]
    assert not re.search(r"https?://|@import|url\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon", answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert policy == POLICY != HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "connect-src 'none'" in policy and "unsafe" not in policy
    for tag in ("script", "style"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_begin_without_an_offset_is_a_fault_of_ours(engine: Engine) -> None:
    with pytest.raises(ValueError, match="offset"):
        room(sessions.plan(engine, Settings()), datetime(2026, 7, 24, 9, 30))  # noqa: DTZ001 - the fault that is looked for


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "does not say when the session begins"),
        ({"at": "2026-07-24T09:30"}, "does not say when the session begins"),
        ({"at": "9999-12-31T23:59-12:00"}, "does not say when the session begins"),
        ({"at": HOSTILE}, "does not say when the session begins"),
        ({"at": AT, "view": "wall"}, "There is no view"),
        ({"at": AT, "difficulty": HOSTILE}, "cannot be read: difficulty"),
        ({"at": AT, "minutes": "0"}, "30 to 240 minutes; you asked for 0"),
        ({"at": AT, "people": "400"}, "We have no activity for 400 people"),
        ({"at": AT, "blocks": HOSTILE}, "cannot read the blocks"),
        ({"at": AT, "blocks": "open.10_no-such-thing.5_close.5"}, "no longer here"),
    ],
)
def test_an_address_that_means_nothing_is_answered_in_a_sentence(
    client: TestClient, given: dict[str, str], said: str
) -> None:
    answer = client.get("/room", params=given)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert said in answer.text and len(answer.text.splitlines()) == 1


def test_hostile_text_of_the_graph_is_shown_as_text(engine: Engine) -> None:
    plan = sessions.plan(engine, Settings(difficulty="earthquakes"))
    told = room(sessions.with_words(plan, HOSTILE, [HOSTILE] * len(plan.blocks)), datetime.fromisoformat(AT))
    assert told.count(escape(HOSTILE)) == 2 + len(plan.blocks)
    assert "<img" not in told and told.count("<script>") == 1


def test_the_page_of_the_plan_leads_to_the_room_with_its_own_begin(client: TestClient) -> None:
    tester = opened("session.py", minutes="75", blocks=BLOCKS, start="14:05")
    links = [each.proto.url for each in tester.get("link_button")]
    assert len(links) == 2
    assert all("start=" not in each for each in links)
    (participant,) = [each for each in links if each.endswith("&view=participant")]
    answer = client.get(participant)
    assert answer.status_code == 200
    assert 'data-kind="participant"' in answer.text
    assert "14:05–14:15" in answer.text and "Read a case: Wigan" in answer.text
    assert participant in [each.value for each in tester.code]
    later = tester.selectbox(key="session-day")
    later.select(later.options[7]).run()
    assert not tester.exception
    assert [each.proto.url for each in tester.get("link_button")] != links


@pytest.mark.parametrize(
    ("fault", "status"), [(Busy("Too many at once."), 503), (Unreachable("Lost."), 503), (MemoryError(), 500)]
)
def test_what_keeps_the_page_from_being_made_is_said(fault: Exception, status: int) -> None:
    def serving() -> ServedGraph:
        raise fault

    answer = TestClient(Starlette(routes=routes(serving))).get("/room", params={"factor": FACTOR, "at": AT})
    assert answer.status_code == status
    assert answer.text == f"{sentence_of(fault)}\n"
