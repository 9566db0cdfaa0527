"""The pages of documents, and of what is shown in detail."""

import re
from html import escape

import pytest

from app_pages.parts import source as source_part
from app_pages.parts import thing as thing_part
from app_pages.parts.links import link_to
from kg import views
from kg.check.requirements import requirements
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.content import Content
from kg.queries import questions
from kg.terms import BASE
from kg.things import things
from tests.pages import HOSTILE, ROOMS_OF_PAGES, html, opened, targets

KINDS = (("source.py", "waites-2016", "<h1>"),)


@pytest.fixture(scope="module")
def known(engine: Engine, content: Content) -> dict[str, list[str]]:
    found = things(engine, requirements(content)).slugs
    return {room: sorted(slugs) for room, slugs in found.items()}


@pytest.mark.parametrize(("page", "wanted", "shown"), KINDS)
def test_page_has_its_own_heading(page: str, wanted: str, shown: str) -> None:
    tester = opened(page, **({"id": wanted} if wanted else {}))
    assert shown in html(tester)
    assert len(re.findall("<h1", html(tester))) + len(tester.title) == 1


def test_every_document_and_each_of_its_statements_has_a_page(
    known: dict[str, list[str]], engine: Engine
) -> None:
    total = 0
    for slug in known["source"]:
        found = views.document(engine, slug)
        if found.reference.slug != slug:
            # The record was merged into another.
            continue
        text = source_part.draw(found)
        slugs = [each.slug for group in found.groups for each in group.statements]
        assert len(slugs) == len(set(slugs)) == found.statements
        assert all(f"claim?id={each}" in text for each in slugs)
        assert escape(found.reference.reading.meaning) in text
        total += found.statements
    assert total == views.collection_stats(engine).statements


def test_every_link_of_a_reading_page_leads_somewhere(known: dict[str, list[str]], engine: Engine) -> None:
    drawn = [
        source_part.draw(views.document(engine, "leading-across-the-health-and-care-system")),
        source_part.draw(views.document(engine, "timmins-and-ham-2013")),
    ]
    checked = set()
    for target in {each for text in drawn for each in targets(text)}:
        page, _, slot = target.partition("?id=")
        if page in ROOMS_OF_PAGES:
            room, _, slug = (ROOMS_OF_PAGES[page] + slot).partition("/")
            assert slug in known[room], target
            checked.add(page)
    assert {"body", "case", "claim", "practice", "source"} <= checked


@pytest.mark.parametrize(
    ("page", "wanted", "near"),
    [
        ("source.py", "bruce", "source?id=bruce-2013"),
    ],
)
def test_wrong_address_is_answered_kindly(page: str, wanted: str, near: str) -> None:
    tester = opened(page, id=wanted)
    assert [title.value for title in tester.title] == ["Which one?"]
    assert near in targets(html(tester))


@pytest.mark.parametrize("page", sorted({page for page, wanted, _ in KINDS if wanted}))
@pytest.mark.parametrize("wanted", ["", "/", "a" * 3000, HOSTILE])
def test_no_address_breaks_a_page(page: str, wanted: str) -> None:
    tester = opened(page, id=wanted)
    assert len(tester.title) == 1
    assert "<script>" not in html(tester) and "<img" not in html(tester)


def test_only_what_the_paper_says(engine: Engine) -> None:
    elsewhere = opened("source.py", id="bruce-2013", paper="true")
    assert "The paper does not speak of this; other documents do." in html(elsewhere)


def test_address_that_is_no_page_of_ours_is_no_link() -> None:
    assert link_to(views.Link("x", "javascript:alert(1)")) == "x"
    assert 'href="https://example.org/"' in link_to(views.Link("x", "https://example.org/"))


def test_unknown_names_are_refused(engine: Engine) -> None:
    for wanted in ("", "nothing", "a b", "<"):
        for view in (views.document, views.statement_page, views.factor):
            with pytest.raises(UnknownName):
                view(engine, wanted)


def test_everyday_sentences_find_and_are_never_shown(engine: Engine) -> None:
    path = "scheme/practices/make-challenge-safe"
    said = [
        escape(str(each["value"]))
        for each in questions.ask(engine, "thing-properties", thing=BASE + path)
        if str(each["property"]).endswith("saidAs")
    ]
    drawn = thing_part.draw(views.thing(engine, path))
    assert len(said) > 5 and not any(sentence in drawn for sentence in said)
