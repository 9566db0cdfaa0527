"""The page of any thing and the page of the vocabulary, reached through the router."""

import dataclasses
import re
from html import escape

import pytest

from app_pages.parts import thing as part
from app_pages.parts import vocabulary as vocabulary_part
from kg import views
from kg.check.requirements import requirements
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.content import Content
from kg.queries import questions
from kg.terms import BASE
from kg.things import things
from tests.pages import HOSTILE, ROOMS_OF_PAGES, case_of, html, opened, targets

SHOWN = (
    "claim/northumberland-8",
    "source/abel-et-al-2018",
    "illustration/canterbury-105-1",
    "graph/ontology",
    "shape/Claim-about",
    "scheme/practices/focus-on-the-use-of-common-resources",
)


@pytest.mark.parametrize("path", SHOWN)
def test_page_has_its_own_heading_and_leads_to_the_same_for_programs(path: str, engine: Engine) -> None:
    text = html(opened("thing.py", id=path))
    found = views.thing(engine, path)
    assert f"<h1>{escape(part.heading(found))}</h1>" in text
    assert found.definition is None or escape(found.definition) in text
    assert {f"{path}.{suffix}" for suffix in ("ttl", "jsonld", "nt", "rdf")} <= set(targets(text))
    for group in found.referring:
        assert f'<span class="kg-grade">{group.count}</span>' in text


def test_every_thing_has_a_page_in_words(engine: Engine, content: Content) -> None:
    """One of each kind, by its class; what it is called is never an address."""
    seen = set()
    for room, slugs in sorted(things(engine, requirements(content)).slugs.items()):
        for slug in sorted(slugs)[:: max(1, len(slugs) // 6)]:
            found = views.thing(engine, f"{room}/{slug}")
            seen.add(found.kind)
            assert found.name and BASE not in found.name
            assert found.scheme or found.kind in part.KINDS
            assert not re.search(r"\b[0-9a-f]{32}\b", part.draw(found))
    assert len(seen) > 15


def test_statement_is_drawn_as_on_the_page_of_its_case_and_leads_to_it(engine: Engine) -> None:
    found = views.thing(engine, "claim/salford-9")
    (told,) = [
        each
        for group in case_of(engine, "salford").groups
        for _, members in group.parts
        for each in members
        if each.slug == "salford-9"
    ]
    assert found.statement == told
    assert "case?id=salford" in targets(part.draw(found))


def test_what_differs_is_linked_from_both_sides(engine: Engine) -> None:
    drawn = html(opened("thing.py", id="claim/northumberland-8"))
    said = {each.key: each.values for each in views.thing(engine, "claim/northumberland-8").said}
    (other,) = said["sl:competesWith"]
    assert other.address in targets(drawn)
    assert "another document disagrees" in drawn
    back = {each.key: each for each in views.thing(engine, "claim/northumberland-9").referring}
    assert back["sl:competesWith"].named[0].address == "claim?id=northumberland-8"


def test_every_page_that_is_linked_exists(engine: Engine, content: Content) -> None:
    known = things(engine, requirements(content)).slugs
    linked = [
        target
        for path in ("claim/canterbury-101", "scheme/factors", "scheme/bases/explicit", "place/devon")
        for target in targets(part.draw(views.thing(engine, path)))
    ]
    assert len(linked) > 700
    checked = set()
    for target in linked:
        page, _, slot = target.partition("?id=")
        if page in ROOMS_OF_PAGES:
            room, _, slug = (ROOMS_OF_PAGES[page] + slot).partition("/")
            assert slug in known[room], target
            checked.add(page)
    assert {"case", "claim", "factor", "place", "thing"} <= checked


def test_many_are_folded_and_counted(engine: Engine) -> None:
    text = part.draw(views.thing(engine, "scheme/practices"))
    count = len(questions.ask(engine, "scheme-concepts", scheme="practices"))
    assert count > part.SHOWN
    assert f">{count}</span>" in text
    assert f"{count - part.SHOWN} more</span>" in text


def test_unknown_thing_is_answered_kindly_with_the_nearest(engine: Engine) -> None:
    tester = opened("thing.py", id="claim/leds-1")
    assert [title.value for title in tester.title] == ["Which one?"]
    assert "There is nothing called “claim/leds-1” here." in html(tester)
    assert "claim?id=leeds-1" in targets(html(tester))
    assert "The address does not name anything." in html(opened("thing.py"))
    with pytest.raises(UnknownName):
        views.thing(engine, "nowhere/leeds")


@pytest.mark.parametrize("path", ["", "/", "claim/", "a" * 9000, "claim/\x00", HOSTILE, "claim/" + HOSTILE])
def test_no_address_breaks_it(path: str, engine: Engine) -> None:
    with pytest.raises(UnknownName):
        views.thing(engine, path)


def test_hostile_address_is_shown_as_text() -> None:
    text = html(opened("thing.py", id="claim/" + HOSTILE))
    assert "&lt;script&gt;" in text
    assert "<script>" not in text
    assert "<img" not in text


def test_what_only_other_documents_tell_leads_to_them() -> None:
    tester = opened("thing.py", id="claim/wigan-1", paper="true")
    assert "The paper does not speak of this; other documents do." in html(tester)
    next(each for each in tester.button if "other documents" in each.label).click().run()
    assert '<li class="kg-statement' in html(tester)


def test_choice_of_documents_goes_along() -> None:
    text = html(opened("thing.py", id="scheme/practices/focus-on-the-use-of-common-resources", paper="true"))
    pages = [target for target in targets(text) if target.startswith(("thing?", "case?"))]
    assert pages
    assert all(target.endswith("paper=true") for target in pages)
    assert "Salford" in text


def test_hostile_thing_is_shown_as_text(engine: Engine) -> None:
    bad = views.Link(HOSTILE, "javascript:alert(1)//://")
    spoilt = dataclasses.replace(
        views.thing(engine, "scheme/practices/focus-on-the-use-of-common-resources"),
        path=HOSTILE,
        iri=HOSTILE,
        name=HOSTILE,
        kind=HOSTILE,
        scheme=views.Link(HOSTILE, HOSTILE),
        definition=HOSTILE,
        notes=(HOSTILE,),
        said=(views.PropertyValue(HOSTILE, HOSTILE, (bad, views.Link(HOSTILE))),),
        referring=(views.Referring(HOSTILE, HOSTILE, 99, (bad,) * 30),),
    )
    text = part.draw(spoilt)
    assert escape(HOSTILE) in text
    assert "<script>" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text


def test_vocabulary_has_every_term_with_an_anchor_its_meaning_and_its_uses(engine: Engine) -> None:
    text = html(opened("vocabulary.py"))
    found = views.vocabulary(engine)
    assert len(found.terms) > 60
    for term in found.terms:
        assert f'<h3 id="{term.slug}">' in text
        assert escape(term.definition) in text
    about = found.term("about")
    assert about is not None
    assert escape(f"used {about.uses} times") in text
    assert sum(end.uses for end in about.ends) == about.uses
    for scheme in found.schemes:
        assert f'id="scheme-{scheme.slug}"' in text
        assert all(escape(concept.definition) in text for concept in scheme.concepts)


def test_vocabulary_says_what_has_to_hold_and_where(engine: Engine) -> None:
    found = views.vocabulary(engine)
    claim = found.term("Claim")
    assert claim is not None and claim.is_class
    assert len(claim.requirements) > 15
    text = vocabulary_part.draw(found, "")
    for term in found.terms:
        assert all(escape(each.message) in text for each in term.requirements)


def test_term_that_is_asked_for_comes_first() -> None:
    text = html(opened("vocabulary.py", term="caveat"))
    first = text[: text.index('id="classes"')]
    assert "What has to be shown wherever a claim is shown." in first
    unknown = html(opened("vocabulary.py", term=HOSTILE))
    assert "There is no term called “" in unknown
    assert "<script>" not in unknown


def test_the_old_address_of_a_merged_record_shows_the_one_that_is_kept() -> None:
    page = opened("source.py", id="schluter-et-al-2016-article")
    assert page.query_params["id"] in ("schluter-et-al-2016", ["schluter-et-al-2016"])
    text = html(page)
    assert "What the paper that cites it calls it" in text
    assert "Three of the four authors list the health board or its hospitals." in text
