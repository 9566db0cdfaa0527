"""The page of results and the box that leads to it, without a browser."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from kg.export import FORMS
from tests.pages import HOSTILE, downloads, html, opened, targets

# One worker makes the index of all texts, once.
pytestmark = [pytest.mark.xdist_group("search"), pytest.mark.usefixtures("finder")]

THURSDAY = (
    "a new board, two trusts at war over a fixed budget, and a council leader with a veto: "
    "what should I read before Thursday?"
)


WARNED = "What are you facing? Use your own words, and no names of people."


def asked(words: str, **address: str) -> AppTest:
    tester = opened("find.py", **address)
    tester.text_input(key="search-box").set_value(words)
    (find,) = [button for button in tester.button if button.label == "Find"]
    find.click().run()
    assert not tester.exception
    return tester


def press(tester: AppTest, label: str) -> AppTest:
    (button,) = [button for button in tester.button if button.label == label]
    button.click().run()
    assert not tester.exception
    return tester


def test_the_box_stands_on_the_first_page_and_on_its_own_with_its_warning() -> None:
    assert f'<label for="kg-words">{WARNED}</label>' in html(opened())
    assert opened("find.py").text_input(key="search-box").label == WARNED


def test_words_lead_to_results_and_never_into_the_address() -> None:
    tester = asked(THURSDAY)
    assert tester.title[0].value == "Find"
    assert "words" not in tester.query_params
    text = html(tester)
    assert "Read first" in text
    assert text.count('class="kg-role"') <= 4
    assert "We found nothing on: " in text
    for heading in ("What leaders did", "Places", "Factors", "Statements"):
        assert f"<h2>{heading}</h2>" in text
    assert re.search(r'role="status"[^>]*>\d+ results\.', text)
    assert downloads(tester) == [f"One-page brief for my meeting as {form.name}" for form in FORMS.values()]


def test_parts_are_taken_out_and_put_back() -> None:
    tester = asked(THURSDAY)
    chips = [button.label for button in tester.button if button.label.endswith("✕")]
    assert chips == [
        "a new board ✕",
        "two trusts at war over a fixed budget ✕",
        "a council leader with a veto ✕",
    ]
    press(tester, "a council leader with a veto ✕")
    assert "council leader" not in "".join(
        button.label for button in tester.button if button.label.endswith("✕")
    )
    assert "for “a council leader with a veto”" not in html(tester)
    press(tester, "Put everything back")
    assert [button.label for button in tester.button if button.label.endswith("✕")] == chips


def test_a_link_holds_the_words_only_when_asked_for_and_restores_them() -> None:
    tester = asked("fixed budget & a veto")
    assert not tester.code
    press(tester, "Copy link with my words")
    assert tester.code[0].value.endswith("?words=fixed+budget+%26+a+veto")
    restored = opened("find.py", words="fixed budget & a veto")
    assert "“fixed budget &amp; a veto”" in html(restored)
    assert restored.text_input(key="search-box").value == "fixed budget & a veto"


def test_nothing_that_fits_offers_other_ways() -> None:
    text = html(asked("zebra xylophone marmalade"))
    assert "We found nothing on this." in text
    assert "The nearest we have" in text


def test_no_words_offer_examples_that_work() -> None:
    linked = [parse_qs(urlsplit(each).query) for each in targets(html(asked("   "))) if "words=" in each]
    assert len(linked) > 3
    answered = opened("find.py", words=linked[0]["words"][0])
    assert "Read first" in html(answered)


def test_hostile_words_stay_words() -> None:
    tester = asked(HOSTILE)
    assert "<script>" not in html(tester)
    assert "<img src=x" not in html(tester)
    chips = [button.label for button in tester.button if button.label.endswith("✕")]
    assert not any(re.search(r"(?<!\\)[\[$*]", chip) for chip in chips)


def test_the_paper_alone_is_searched_alone() -> None:
    assert "case?id=torbay" in html(asked("Torbay"))
    assert "case?id=torbay" not in html(asked("Torbay", paper="true"))
