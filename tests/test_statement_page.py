"""The page of a statement: the sentence first, who says it, where it stands, and how to pass it on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape
from urllib.parse import unquote

import pytest
import streamlit as st

from app_pages.reading.claims import who_says
from app_pages.reading.shortening import start_of
from kg import views, words
from kg.check.requirements import requirements
from kg.engine import Engine
from kg.errors import UnknownName
from kg.evidence import Basis, Modality, Polarity
from kg.graph.content import Content
from kg.queries import questions
from kg.things import things
from tests.pages import HOSTILE, case_of, html, opened, read_page, targets


@pytest.fixture
def of_the_world(monkeypatch: pytest.MonkeyPatch, world_engine: Engine) -> Iterator[None]:
    """Let the pages show the statements of the invented world, and let no other test see it."""
    st.cache_resource.clear()
    withdrawal, told = views.withdrawal_of, views.statement_page
    monkeypatch.setattr(views, "withdrawal_of", lambda engine, slug: withdrawal(world_engine, slug))
    monkeypatch.setattr(
        views, "statement_page", lambda engine, slug, graphs: told(world_engine, slug, graphs)
    )
    yield
    st.cache_resource.clear()


def shown(slug: str) -> str:
    """Return the HTML of the page of a statement, its entities as characters."""
    return unescape(read_page("claim", id=slug).html)


def statements(engine: Engine, *slugs: str) -> list[views.Statement]:
    return [
        each
        for slug in slugs
        for group in case_of(engine, slug).groups
        for _, members in group.parts
        for each in members
    ]


def of_the_paper(engine: Engine) -> views.Statement:
    """Return a plain statement of the paper."""
    return next(each for each in statements(engine, "leeds") if each.source.origin is views.Origin.PAPER)


def test_every_statement_has_a_page_that_says_all_of_it(engine: Engine, content: Content) -> None:
    slugs = sorted(things(engine, requirements(content)).slugs["claim"])
    assert len(slugs) > 500
    for slug in slugs[::7]:
        said = views.statement_page(engine, slug).statement
        page = read_page("claim", id=slug)
        text = unescape(page.html)
        assert f'<h1 class="kg-sentence">{said.text}</h1>' in text
        assert all(each.where in text for each in said.source.places)
        assert all(f"Look for “{each.look_for}”" in text for each in said.source.places if each.look_for)
        assert all(caveat in text for caveat in said.evidence.caveats)
        assert all(each.reason in text for each in said.topics.illustrates)
        assert all(mark in text for mark in words.marks(said) if mark != words.reading_mark(said))
        assert (said.evidence.inference or "") in text
        assert (page.status, page.kind, page.thing) == (200, "Claim", f"claim/{slug}")


def test_the_parts_stand_in_the_order_in_which_they_are_asked_for(engine: Engine) -> None:
    (said,) = [each for each in statements(engine, "northumberland") if each.slug == "northumberland-8"]
    text = shown(said.slug)
    parts = [said.text, who_says(said), 'id="where"', 'id="how"', 'id="differs"', "data-copy-address"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_title_of_a_link_is_the_start_of_the_sentence(engine: Engine) -> None:
    for said in statements(engine, "canterbury"):
        page = read_page("claim", id=said.slug)
        assert said.text.startswith(page.title.removesuffix("…")) and len(page.title) <= 73
        assert page.description.startswith(who_says(said))
        assert page.properties["text"] == said.text


def test_a_long_sentence_ends_at_a_word() -> None:
    assert start_of("A board met.") == "A board met"
    cut = start_of(
        "The board and its partners, who met each week, agreed on a plan for the whole of the county."
    )
    assert cut.endswith("…") and len(cut) <= 73 and not cut.endswith((",…", " …"))


def test_who_says_it_is_said_for_each_way_of_saying_it(engine: Engine) -> None:
    plain = of_the_paper(engine)
    said = {
        modality: who_says(replace(plain, evidence=replace(plain.evidence, modality=modality)))
        for modality in Modality
    }
    assert len(set(said.values())) == len(Modality)
    assert said[Modality.FACT] == "The King’s Fund paper states this as fact."
    assert all("fact" not in text for modality, text in said.items() if modality is not Modality.FACT)
    reading = replace(plain.evidence, basis=Basis.INFERRED_MEDIUM, inference="It is a guess.")
    assert who_says(replace(plain, evidence=reading)) == "Our reading, medium: It is a guess."
    other = next(each for each in statements(engine, "wigan") if each.evidence.explicit)
    assert other.source.document.name in who_says(other) and "(" in who_says(other)


def test_what_was_not_so_is_marked_without_saying_the_opposite(engine: Engine) -> None:
    plain = of_the_paper(engine)
    denied = replace(plain, evidence=replace(plain.evidence, polarity=Polarity.DENIED))
    assert words.marks(denied) == ["Says what was not so"]


def test_what_differs_and_what_came_of_it_lead_to_each_other(engine: Engine) -> None:
    pointing = [
        record
        for name in ("case-competing", "case-follow-ups")
        for record in questions.ask(engine, name, case="salford")
    ]
    assert {"other", "later"} <= {slot for record in pointing for slot in record}
    for record in pointing:
        mine = str(record["claim"]).rsplit("/", 1)[-1]
        other = str(record.get("other") or record["later"]).rsplit("/", 1)[-1]
        assert f"claim?id={other}" in targets(read_page("claim", id=mine).html)
        assert f"claim?id={mine}" in targets(read_page("claim", id=other).html)


def test_the_way_back_leads_to_the_place_of_the_statement(engine: Engine) -> None:
    story = views.story_of(engine, "leeds")
    for part in story.parts:
        for sentence in part.sentences:
            for claim in sentence.claims:
                text = shown(claim)
                assert sentence.text in text and part.label in text
                assert f"case?id=leeds#{claim}" in targets(text)
    case = html(opened("case.py", id="leeds"))
    assert all(f'id="{each.slug}"' in case for each in statements(engine, "leeds"))


def test_links_carry_the_choice_of_documents() -> None:
    found = targets(read_page("claim", paper=True, id="leeds-1").html)
    assert "case?id=leeds&paper=true#leeds-1" in found
    pages = [each for each in found if each.startswith(("case?", "claim?", "source?", "practice?"))]
    assert pages and all("paper=true" in each for each in pages)


def test_a_citation_names_document_place_and_day_and_ends_with_the_address(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = views.statement_page(engine, "canterbury-101")
    monkeypatch.delenv("KG_PUBLIC_ADDRESS", raising=False)
    text = shown("canterbury-101")
    (cited,) = re.findall(r'data-copy="([^"]*)" data-address="claim\?id=canterbury-101"', text)
    assert cited.startswith(told.statement.text)
    assert told.reference.authors and told.reference.authors in cited
    assert told.statement.source.places[0].where in cited
    assert f"read on {views.day_in_words(views.current_day())}" in cited
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", "https://cases.example.org/explorer")
    text = shown("canterbury-101")
    assert "data-address" not in text
    address = "https://cases.example.org/explorer/claim?id=canterbury-101"
    assert f"{address}</pre>" in text
    (mail,) = re.findall(r'href="mailto:\?([^"]*)"', text)
    assert unquote(mail).endswith(address) and told.statement.text in unquote(mail)


def test_of_a_reading_a_citation_says_how_sure_it_is(engine: Engine) -> None:
    for said in statements(engine, "leeds", "devon"):
        (cited,) = re.findall(r'<pre class="kg-cite">([^<]*)</pre>', shown(said.slug))
        assert ("Our reading, graded" in cited) == (not said.evidence.explicit)


def test_words_of_their_time_are_expanded(engine: Engine) -> None:
    (group,) = [each for each in views.statement_page(engine, "salford-5").words if each.word == "CCG"]
    text = shown("salford-5")
    assert group.note and group.note in text
    assert "concept?id=bodies/clinical-commissioning-group" in targets(text)


def test_a_statement_shows_its_correction_and_where_to_tell_of_a_fault(of_the_world: None) -> None:
    text = shown("river-town-1")
    assert "What was corrected</h2>" in text
    assert "<strong>15 March 2020:</strong> Every second Friday became every Friday." in text
    assert "about#wrong" in targets(text)
    assert "What was corrected" not in shown("river-town-2")


def test_a_withdrawn_statement_says_when_and_why_and_not_what(of_the_world: None) -> None:
    for paper in (False, True):
        page = read_page("claim", paper=paper, id="quiet-place-2")
        assert page.title == "This statement was withdrawn" and page.status == 200
        assert "We withdrew it on 10 February 2020. The report speaks of another place." in unescape(
            re.sub(r"\s+", " ", page.html)
        )
        assert "Quiet Place is named and no more is told.</a>" in page.html
        assert "claim/quiet-place-2.ttl" in targets(page.html)
    assert read_page("claim", id="quiet-place-99").status == 404


def test_a_wrong_address_is_a_404_that_offers_the_nearest() -> None:
    page = read_page("claim", id="leeds-999")
    assert page.status == 404
    assert "There is no statement called “leeds-999” here." in page.html
    assert "case?id=leeds" in targets(page.html)
    assert "The address does not name anything." in read_page("claim").html


def test_what_only_other_documents_say_leads_to_them() -> None:
    page = read_page("claim", paper=True, id="northumberland-8")
    assert page.status == 404 and "Other documents do." in page.html
    assert "claim?id=northumberland-8" in targets(page.html)


@pytest.mark.parametrize("wanted", ["/", "a" * 3000, HOSTILE])
def test_no_address_breaks_the_page(wanted: str, engine: Engine) -> None:
    text = read_page("claim", id=wanted).html
    assert text.count("<h1") == 1 and "<script>" not in text and "<img" not in text
    with pytest.raises(UnknownName):
        views.statement_page(engine, wanted)


def test_hostile_words_are_shown_as_words(engine: Engine, changed: pytest.MonkeyPatch) -> None:
    told = views.statement_page(engine, "canterbury-101")
    bad = views.Link(HOSTILE, "javascript:alert(1)//")
    spoilt = replace(
        told,
        statement=replace(
            told.statement,
            text=HOSTILE,
            evidence=replace(told.statement.evidence, inference=HOSTILE, caveats=(HOSTILE,)),
            topics=replace(told.statement.topics, about=(bad,)),
        ),
        reference=replace(told.reference, title=HOSTILE, page="javascript:alert(1)"),
        stories=(views.StoryUse(bad, HOSTILE, HOSTILE),),
        corrected=((views.current_day(), HOSTILE),),
    )
    changed.setattr(views, "statement_page", lambda engine, slug, graphs: spoilt)
    text = read_page("claim", id="canterbury-101").html
    assert text.count(escape("<script>")) >= 5
    assert "<script>" not in text and "<img" not in text and 'href="javascript' not in text


def test_streamlit_draws_what_the_server_sends() -> None:
    drawn = html(opened("claim.py", id="leeds-1"))
    assert read_page("claim", id="leeds-1").html in drawn
