"""The page of a document and the list of all: what each is, how much was read, and what rests on it."""

import re
from dataclasses import replace
from html import escape, unescape

import pytest

from kg import views
from kg.check.requirements import requirements
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.content import Content
from kg.queries import questions
from kg.shown import shown_statements
from kg.things import things
from tests.pages import HOSTILE, ROOMS_OF_PAGES, html, opened, read_page, targets

PAPER = "leading-across-the-health-and-care-system"


def shown(**slots: str) -> str:
    """Return the HTML of a page of sources, its entities as characters."""
    return unescape(read_page("source", **slots).html)


@pytest.fixture(scope="module")
def known(engine: Engine, content: Content) -> dict[str, frozenset[str]]:
    return dict(things(engine, requirements(content)).slugs)


def shown_number(engine: Engine) -> int:
    """Return how many statements people read."""
    shown = shown_statements(engine)
    return views.counts(engine)["statements"] - len(shown.hidden | shown.instead.keys())


def test_every_document_has_a_page_with_each_of_its_statements(
    known: dict[str, frozenset[str]], engine: Engine
) -> None:
    total = 0
    for slug in sorted(known["source"]):
        found = views.document(engine, slug)
        if found.reference.slug != slug:
            # The record was merged into another.
            continue
        text = shown(id=slug)
        slugs = [each.slug for group in found.groups for each in group.statements]
        assert len(slugs) == len(set(slugs)) == found.statements
        assert all(text.count(f'id="{each}"') == 1 and f"claim?id={each}" in text for each in slugs)
        assert found.reference.reading.meaning in text
        assert all(note in text for note in found.reference.notes)
        total += found.statements
    assert total == shown_number(engine)


def test_a_page_says_first_how_much_rests_on_the_document(engine: Engine) -> None:
    for slug, said in (
        (PAPER, "We read all of it and took"),
        ("bruce-2013", "We read a part of it, most often the opening, and took"),
        ("hardin-1968", "We took no statement from it."),
    ):
        page = read_page("source", id=slug)
        answer = re.findall(r'<p class="kg-answer[^"]*">([^<]*)</p>', unescape(page.html))
        assert len(answer) == 1 and said in answer[0] and said in page.description
        number = views.document(engine, slug).statements
        assert (f" {number} statement" in answer[0]) == (number > 0)


def test_only_what_was_read_in_part_is_said_to_hold_more() -> None:
    more = "What we did not find may be in the parts we have not read."
    assert more in shown(id="bruce-2013")
    assert more not in shown(id=PAPER) and more not in shown(id="hardin-1968")


def test_a_merged_record_shows_the_one_that_is_kept() -> None:
    page = read_page("source", id="schluter-et-al-2016-article")
    assert (page.address, page.status) == ("source?id=schluter-et-al-2016", 200)
    text = unescape(page.html)
    assert "What the King’s Fund paper calls it" in text
    assert "Three of the four authors list the health board or its hospitals." in text


def test_machines_are_told_what_the_document_is(engine: Engine) -> None:
    with_doi = [
        slug
        for slug in (each.slug for each in views.document_list(engine))
        if views.document(engine, slug).reference.doi
    ]
    assert with_doi
    for slug in (*with_doi, "bruce-2013"):
        about = views.document(engine, slug).reference
        work = read_page("source", id=slug).properties["mainEntity"]
        assert isinstance(work, dict)
        assert work["name"] == (about.title or about.label)
        assert work["@type"] == ("ScholarlyArticle" if slug in with_doi else "CreativeWork")
        assert work.get("sameAs") == about.doi


def test_the_list_has_every_document_once_with_its_year_kind_and_cases(engine: Engine) -> None:
    documents = views.document_list(engine)
    text = shown()
    assert [each.slug for each in documents] == re.findall(
        r'<p class="kg-says"><a href="source\?id=([^"]*)"', text
    )
    groups = re.findall(r"<h3>([^<]*)</h3> <span class=\"kg-count\">(\d+)</span>", text)
    kinds = [each.kind for each in documents]
    assert groups == [(kind, str(kinds.count(kind))) for kind in dict.fromkeys(kinds)]
    entries = re.findall(r'<li class="kg-line kg-line-plain">.*?</li>', text, flags=re.DOTALL)
    for each, entry in zip(documents, entries, strict=True):
        assert each.year in entry and each.reading in entry
        assert (f" {each.statements} statement" in entry) or not each.statements
        assert all((case.address or "") in entry for case in each.cases)


def test_counts_of_the_list_are_those_of_the_pages(engine: Engine) -> None:
    for each in views.document_list(engine)[::9]:
        found = views.document(engine, each.slug)
        assert (each.statements, each.attributed) == (found.statements, len(found.attributed))
    total = sum(each.statements for each in views.document_list(engine))
    assert total == shown_number(engine)
    assert f"We took {total} statements from " in shown()


def test_the_works_that_the_paper_cites_are_marked_and_can_be_seen_alone(engine: Engine) -> None:
    cited = {
        str(each["work"]).rsplit("/", 1)[-1]: str(each["backs"])
        for each in questions.ask(engine, "work-list", source=PAPER)
    }
    assert len(cited) == 17
    assert shown().count("Cited by the King’s Fund paper") == 17
    alone = shown(cited="true")
    assert set(re.findall(r'<p class="kg-says"><a href="source\?id=([^"]*)"', alone)) == set(cited)
    assert all(f"Cited for: {reason}" in alone for reason in cited.values())
    assert "The King’s Fund paper cites 17 works." in alone
    assert "source?cited=true" in targets(shown()) and "source" in targets(alone)


def test_under_the_paper_alone_the_list_has_the_paper_and_what_it_cites() -> None:
    page = read_page("source", paper=True)
    assert len(re.findall('<li class="kg-line kg-line-plain">', page.html)) == 18
    pages = [each for each in targets(page.html) if each.startswith(("case?", "source"))]
    assert len(pages) > 20
    # One link leads to all documents.
    assert len([each for each in pages if "paper=true" not in each]) == 1


def test_every_link_leads_somewhere(known: dict[str, frozenset[str]]) -> None:
    checked = set()
    for slots in ({"id": PAPER}, {"id": "timmins-and-ham-2013"}, {"cited": "true"}, {}):
        for target in targets(read_page("source", **slots).html):
            page, _, slot = target.partition("?id=")
            if page in ROOMS_OF_PAGES and slot:
                room, _, slug = (ROOMS_OF_PAGES[page] + slot).partition("/")
                assert slug.partition("&")[0] in known[room], target
                checked.add(page)
    assert checked == {"case", "claim", "source", "thing"}


def test_a_wrong_name_is_a_404_that_offers_the_nearest() -> None:
    page = read_page("source", id="bruce")
    assert page.status == 404
    assert "There is no document called “bruce” here." in page.html
    assert {"source?id=bruce-2013", "source"} <= set(targets(page.html))


def test_what_only_other_documents_say_leads_to_them() -> None:
    page = read_page("source", paper=True, id="bruce-2013")
    assert page.status == 404 and "Other documents do." in page.html
    assert "source?id=bruce-2013" in targets(page.html)
    assert read_page("source", paper=True, id="hardin-1968").status == 200


@pytest.mark.parametrize("wanted", ["", "/", "a" * 3000, HOSTILE])
def test_no_address_breaks_the_page(wanted: str, engine: Engine) -> None:
    text = read_page("source", id=wanted).html
    assert text.count("<h1") == 1 and "<script>" not in text and "<img" not in text
    with pytest.raises(UnknownName):
        views.document(engine, wanted)


def test_hostile_words_are_shown_as_words(engine: Engine, changed: pytest.MonkeyPatch) -> None:
    found = views.document(engine, "bruce-2013")
    bad = views.Link(HOSTILE, "javascript:alert(1)//")
    spoilt = replace(
        found,
        reference=replace(
            found.reference, title=HOSTILE, authors=HOSTILE, page="javascript:alert(1)", notes=(HOSTILE,)
        ),
        groups=tuple(replace(group, heading=bad) for group in found.groups),
        versions=(bad,),
    )
    changed.setattr(views, "document", lambda engine, slug, graphs: spoilt)
    listed = tuple(replace(each, name=HOSTILE, cases=(bad,)) for each in views.document_list(engine))
    changed.setattr(views, "document_list", lambda engine, graphs: listed)
    for slots in ({"id": "bruce-2013"}, {}):
        text = read_page("source", **slots).html
        assert text.count(escape("<script>")) >= 4
        assert "<script>" not in text and "<img" not in text and 'href="javascript' not in text


def test_streamlit_draws_what_the_server_sends() -> None:
    assert read_page("source", id="waites-2016").html in html(opened("source.py", id="waites-2016"))
    assert read_page("source").html in html(opened("source.py"))
