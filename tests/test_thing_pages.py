"""The page of any thing and the page of the vocabulary, reached through the router."""

import dataclasses
import re
from html import unescape

import pytest

from app_pages.parts import slots
from app_pages.parts.templates import render
from app_pages.reading.thing_words import KINDS
from app_pages.reading.things import IN_THE_OPEN
from kg import views
from kg.check.requirements import requirements
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.content import Content
from kg.queries import questions
from kg.terms import BASE
from kg.things import things
from tests.pages import HOSTILE, ROOMS_OF_PAGES, html, opened, read_page, targets

SHOWN = (
    "claim/northumberland-8",
    "source/abel-et-al-2018",
    "illustration/canterbury-105-1",
    "graph/ontology",
    "shape/Claim-about",
    "scheme/practices/focus-on-the-use-of-common-resources",
)


def shown(path: str) -> str:
    """Return the HTML of the page of a thing, its entities as characters."""
    return unescape(read_page("thing", id=path).html)


@pytest.mark.parametrize("path", SHOWN)
def test_page_has_its_own_heading_and_leads_to_the_same_for_programs(path: str, engine: Engine) -> None:
    page, found = read_page("thing", id=path), views.thing(engine, path)
    text = unescape(page.html)
    (heading,) = re.findall(r"<h1[^>]*>([^<]*)</h1>", text)
    assert heading.startswith(page.title.removesuffix("…"))
    assert found.definition is None or found.definition in text
    assert {f"{path}.{suffix}" for suffix in ("ttl", "jsonld", "nt", "rdf")} <= set(targets(text))
    for group in found.referring:
        assert f'<span class="kg-count">{group.count}</span>' in text


def test_every_thing_has_a_page_in_words(engine: Engine, content: Content) -> None:
    """One of each kind, by its class; what it is called is never an address."""
    seen = set()
    for room, slugs in sorted(things(engine, requirements(content)).slugs.items()):
        for slug in sorted(slugs)[:: max(1, len(slugs) // 6)]:
            found = views.thing(engine, f"{room}/{slug}")
            seen.add(found.kind)
            assert found.name and BASE not in found.name
            assert found.scheme or found.kind in KINDS
            assert not re.search(r"\b[0-9a-f]{32}\b", shown(f"{room}/{slug}"))
    assert len(seen) > 15


def test_statement_is_said_in_full_and_leads_to_its_page_and_case(engine: Engine) -> None:
    found = views.thing(engine, "claim/salford-9")
    assert found.statement is not None
    text = shown("claim/salford-9")
    assert f'<h1 class="kg-sentence">{found.statement.text}</h1>' in text
    assert {"claim?id=salford-9", "case?id=salford"} <= set(targets(text))


def test_what_differs_is_linked_from_both_sides(engine: Engine) -> None:
    text = shown("claim/northumberland-8")
    said = {each.key: each.values for each in views.thing(engine, "claim/northumberland-8").said}
    (other,) = said["sl:competesWith"]
    assert other.address in targets(text)
    assert "another document disagrees" in text
    back = {each.key: each for each in views.thing(engine, "claim/northumberland-9").referring}
    assert back["sl:competesWith"].named[0].address == "claim?id=northumberland-8"


def test_every_page_that_is_linked_exists(engine: Engine, content: Content) -> None:
    known = things(engine, requirements(content)).slugs
    linked = [
        target
        for path in ("claim/canterbury-101", "scheme/factors", "scheme/bases/explicit", "place/devon")
        for target in targets(shown(path))
    ]
    assert len(linked) > 700
    checked = set()
    for target in linked:
        page, _, slot = target.partition("?id=")
        if page in ROOMS_OF_PAGES:
            room, _, slug = (ROOMS_OF_PAGES[page] + slot.partition("&")[0]).partition("/")
            assert slug in known[room], target
            checked.add(page)
    assert {"case", "claim", "factor", "place", "thing"} <= checked


def test_many_are_folded_and_counted(engine: Engine) -> None:
    text = shown("scheme/practices")
    count = len(questions.ask(engine, "scheme-concepts", scheme="practices"))
    assert count > IN_THE_OPEN
    assert f">{count}</span>" in text
    assert f"<h3>{count - IN_THE_OPEN} more</h3>" in text


def test_unknown_thing_is_a_404_with_the_nearest(engine: Engine) -> None:
    page = read_page("thing", id="claim/leds-1")
    assert page.status == 404
    assert "There is nothing called “claim/leds-1” here." in page.html
    assert "claim?id=leeds-1" in targets(page.html)
    assert "The address does not name anything." in read_page("thing").html
    with pytest.raises(UnknownName):
        views.thing(engine, "nowhere/leeds")


@pytest.mark.parametrize("path", ["", "/", "claim/", "a" * 9000, "claim/\x00", HOSTILE, "claim/" + HOSTILE])
def test_no_address_breaks_it(path: str, engine: Engine) -> None:
    with pytest.raises(UnknownName):
        views.thing(engine, path)
    text = read_page("thing", id=path).html
    assert text.count("<h1") == 1 and "<script>" not in text and "<img" not in text


def test_hostile_address_is_shown_as_text() -> None:
    text = html(opened("thing.py", id="claim/" + HOSTILE))
    assert "&lt;script&gt;" in text
    assert "<script>" not in text
    assert "<img" not in text


def test_what_only_other_documents_say_leads_to_them() -> None:
    page = read_page("thing", paper=True, id="claim/wigan-1")
    assert page.status == 404 and "Other documents do." in page.html
    assert "thing?id=claim/wigan-1" in targets(page.html)


def test_choice_of_documents_goes_along() -> None:
    text = read_page("thing", paper=True, id="scheme/practices/focus-on-the-use-of-common-resources").html
    pages = [target for target in targets(text) if target.startswith(("thing?", "case?"))]
    assert len(pages) > 1
    # One link leads to all documents.
    assert len([target for target in pages if not target.endswith("paper=true")]) == 1
    assert "Salford" in text


def test_hostile_thing_is_shown_as_text(engine: Engine, changed: pytest.MonkeyPatch) -> None:
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
    changed.setattr(views, "thing", lambda engine, path, graphs: spoilt)
    text = read_page("thing", id="case/leeds").html
    assert text.count("&lt;script&gt;") > 30
    assert "<script>" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text


def test_everyday_sentences_find_and_are_never_shown(engine: Engine) -> None:
    path = "scheme/practices/make-challenge-safe"
    said = [
        str(each["value"])
        for each in questions.ask(engine, "thing-properties", thing=BASE + path)
        if str(each["property"]).endswith("saidAs")
    ]
    text = shown(path)
    assert len(said) > 5 and not any(sentence in text for sentence in said)


def test_address_that_is_no_page_of_ours_is_no_link() -> None:
    def drawn(address: str) -> str:
        return render("tools/address.html", unused=[slots.Unused("s", views.Link("x", address))])

    assert "<a" not in drawn("javascript:alert(1)") and "x?" in drawn("javascript:alert(1)")
    assert 'href="https://example.org/"' in drawn("https://example.org/")


def test_unknown_names_are_refused(engine: Engine) -> None:
    for wanted in ("", "nothing", "a b", "<"):
        for view in (views.document, views.statement_page, views.factor):
            with pytest.raises(UnknownName):
                view(engine, wanted)


def test_vocabulary_has_every_term_with_an_anchor_its_meaning_and_its_uses(engine: Engine) -> None:
    text = unescape(read_page("vocabulary").html)
    found = views.vocabulary(engine)
    assert len(found.terms) > 60
    for term in found.terms:
        assert f'<div id="{term.slug}">' in text
        assert term.definition in text
        assert f"vocabulary?term={term.slug}" in targets(text)
    about = found.term("about")
    assert about is not None
    assert f"used {about.uses} times" in text
    for scheme in found.schemes:
        assert f'id="scheme-{scheme.slug}"' in text
        assert all(concept.definition in text for concept in scheme.concepts)
    assert f"{len(found.terms)} terms" in read_page("vocabulary").description


def test_page_of_a_term_says_how_the_data_uses_it_and_what_is_checked(engine: Engine) -> None:
    found = views.vocabulary(engine)
    claim, about = found.term("Claim"), found.term("about")
    assert claim is not None and claim.is_class and len(claim.requirements) > 15
    assert about is not None and sum(end.uses for end in about.ends) == about.uses
    for term in found.terms:
        page = read_page("vocabulary", term=term.slug)
        text = unescape(page.html)
        assert (page.title, page.status, page.thing) == (term.label, 200, f"def/{term.slug}")
        assert term.definition in text and all(each.message in text for each in term.requirements)
        assert all(f"{end.start} → {end.end}" in text for end in term.ends if end.end)
        assert f"def/{term.slug}.ttl" in targets(text)


def test_term_that_is_not_there_is_a_404_with_the_nearest() -> None:
    page = read_page("vocabulary", term="Clam")
    assert page.status == 404
    assert {"vocabulary?term=Claim", "vocabulary"} <= set(targets(page.html))
    hostile = html(opened("vocabulary.py", term=HOSTILE))
    assert "There is no term called “" in hostile
    assert "<script>" not in hostile
