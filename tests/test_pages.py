"""The pages, reached through the router as a visitor reaches them, without a browser."""

import doctest
from html import unescape
from pathlib import Path
from types import ModuleType

import pytest

from app_pages.parts import markup
from kg import views, words
from kg.engine import Engine
from kg.errors import BadContent
from kg.evidence import Basis, Direction, ListedConcept, Modality, Voice
from tests.frozen import SLUGS
from tests.pages import html, links, opened, read_page, was_drawn

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("module", [markup])
def test_examples_in_the_parts_hold(module: ModuleType) -> None:
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0


def test_there_are_seventeen_cases() -> None:
    assert len(SLUGS) == 17


def test_about_counts_what_is_held_and_says_the_bias_aloud(engine: Engine) -> None:
    text = unescape(read_page("about").html)
    assert "leans towards success" in text
    found = views.coverage(engine)
    for table in (found.factors, found.outcome_groups, found.countries, found.kinds, found.parties):
        assert table.rows
        for name, *cells in table.rows:
            assert name in text
            assert all(f"<td>{cell}</td>" in text for cell in cells)
    assert "DEV-21" in text


def test_silence_under_a_new_heading_has_words(engine: Engine) -> None:
    money = views.Silence("money", "Money spent", ("Savings",))
    whole, both, part = (
        words.silence(money, *each) for each in ((True, True), (False, True), (False, False))
    )
    assert whole == "The paper does not say anything about money spent:"
    assert (
        both == "Neither the paper nor the parts we read of other documents say anything about money spent:"
    )
    assert part == "We found nothing about money spent in the parts we read:"


@pytest.mark.parametrize(
    ("worded", "listed"),
    [
        (words.DIRECTIONS, Direction),
        (words.GRADES, Basis),
        (words.SHORT_DIRECTIONS, Direction),
        (words.STANDINGS, views.Standing),
        (words.STANDINGS_IN_BRIEF, views.Standing),
        (words.TONES, Modality),
        (words.VOICES, Voice),
    ],
)
def test_every_word_of_the_data_for_how_a_thing_is_said_has_words_on_the_screen(
    worded: dict[ListedConcept, str], listed: type[ListedConcept]
) -> None:
    assert worded.keys() == set(listed)


def test_fault_of_the_content_is_told_in_a_sentence_with_a_way_back(changed: pytest.MonkeyPatch) -> None:
    def broken(engine: Engine, graphs: views.Graphs) -> views.Facets:
        raise BadContent("data/cases/leeds.ttl:3: <b>a dot</b> is missing.")

    changed.setattr(views, "facets", broken)
    tester = opened()
    assert [title.value for title in tester.title] == ["This page cannot be shown"]
    assert "&lt;b&gt;a dot&lt;/b&gt; is missing." in html(tester)
    assert "All cases" in [label for label, _, _ in links(tester)]
    assert was_drawn(tester)
