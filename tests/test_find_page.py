"""The page of results and the box that leads to it, without a browser."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from kg.export import FORMS
from tests.pages import HOSTILE, downloads, html, opened

# One worker makes the index of all texts, once.
pytestmark = [pytest.mark.xdist_group("search"), pytest.mark.usefixtures("finder")]

THURSDAY = (
    "a new board, two trusts at war over a fixed budget, and a council leader with a veto: "
    "what should I read before Thursday?"
)


def asked(words: str, page: str = "index.py") -> AppTest:
    tester = opened(page)
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


@pytest.mark.parametrize("page", ["index.py", "about.py", "case.py", "query.py", "find.py"])
def test_the_box_stands_on_every_page_with_its_warning(page: str) -> None:
    tester = opened(page)
    label = tester.text_input(key="search-box").label
    assert label == "Find, in your own words (don’t name people or organisations)"


def test_words_lead_to_results_and_never_into_the_address() -> None:
    tester = asked(THURSDAY, "about.py")
    assert tester.title[0].value == "Find"
    assert "words" not in tester.query_params
    text = html(tester)
    assert "Read first" in text
    assert text.count('class="kg-role"') <= 4
    assert "What remains unknown" in text
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
    assert "We hold nothing that fits these words." in text
    assert "The nearest we hold" in text


def test_no_words_offer_examples_that_work() -> None:
    tester = opened("find.py")
    press(tester, "Everyone agrees in the meeting and nothing happens")
    assert "Name a goal people truly want" in html(tester)


def test_hostile_words_stay_words() -> None:
    tester = asked(HOSTILE)
    assert "<script>" not in html(tester)
    assert "<img src=x" not in html(tester)
    chips = [button.label for button in tester.button if button.label.endswith("✕")]
    assert not any(re.search(r"(?<!\\)[\[$*]", chip) for chip in chips)


def test_a_blank_box_asks_for_words() -> None:
    assert "For instance" in html(asked("   "))


def test_the_paper_alone_is_searched_alone() -> None:
    tester = asked("Torbay")
    assert "case?id=torbay" in html(tester)
    tester.toggle(key="paper").set_value(True).run()
    assert not tester.exception
    assert "case?id=torbay" not in html(tester)


def test_the_choice_of_documents_goes_along() -> None:
    tester = opened(paper="true")
    tester.text_input(key="search-box").set_value("Torbay")
    press(tester, "Find")
    assert tester.toggle(key="paper").value is True
    assert "case?id=torbay" not in html(tester)
