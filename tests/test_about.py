"""The page About: how all this is made, what changed, and on what terms it runs."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
import streamlit as st
from markupsafe import escape as markup_escape

from app_pages.reading.about import about
from kg import views
from kg.engine import Engine
from kg.errors import MissingInput
from kg.settings.contact import contact_of_environment
from tests.pages import HOSTILE, html, opened, read_page, targets


@pytest.fixture
def of_the_world(monkeypatch: pytest.MonkeyPatch, world_engine: Engine) -> Iterator[None]:
    """Let the pages tell what changed in the invented world, and let no other test see it."""
    st.cache_resource.clear()
    real, withdrawal, told = views.changes, views.withdrawal_of, views.statement_page
    monkeypatch.setattr(views, "changes", lambda engine, graphs: real(world_engine, graphs))
    monkeypatch.setattr(views, "withdrawal_of", lambda engine, slug: withdrawal(world_engine, slug))
    monkeypatch.setattr(
        views, "statement_page", lambda engine, slug, graphs: told(world_engine, slug, graphs)
    )
    yield
    st.cache_resource.clear()


def section(slug: str, *, paper: bool = False) -> str:
    """Return one part of the page, from its heading to the next, as a reader sees it."""
    found = re.search(
        rf'<section aria-labelledby="{slug}".*?</section>', read_page("about", paper=paper).html, re.DOTALL
    )
    assert found, slug
    return " ".join(unescape(found.group()).split())


def test_the_answer_comes_first_and_links_lead_to_every_part_of_the_page(engine: Engine) -> None:
    page = read_page("about")
    made = views.collection_stats(engine)
    assert f"{made.cases} places and groups" in page.description
    assert page.html.index(page.description) < page.html.index("<nav")
    headings = re.findall(r'<h2 id="([^"]+)">', page.html)
    assert headings == ["coverage", "wrong", "changed", "accessibility", "governance"]
    nav = page.html[page.html.index("<nav") : page.html.index("</nav>")]
    assert targets(nav) == [f"#{each}" for each in headings]
    # What other pages and the foot of every page lead to.
    assert all(f'id="{each}"' in page.html for each in ("contact", "log", *headings))


def test_streamlit_draws_the_page_that_is_served() -> None:
    assert read_page("about").html in html(opened("about.py"))


@pytest.mark.parametrize("alone", [False, True])
def test_figures_are_those_of_the_questions(alone: bool, engine: Engine, paper: Engine) -> None:
    made = views.collection_stats(paper if alone else engine)
    page = " ".join(read_page("about", paper=alone).html.split())
    text = page[page.index('id="made"') : page.index('id="coverage"')]
    assert f"<strong>{made.statements} statements</strong> about {made.cases} places and groups" in text
    assert f"Sources state <strong>{made.said}</strong> of the statements" in text
    assert f"<strong>{made.read}</strong> are our reading" in text
    assert f"<strong>{made.unlisted} more statements</strong>" in text
    assert f"has {made.sentences} sentences, and every one supports a statement" in text
    assert ("only a part of the other" in text) == (not alone)
    assert (f"<strong>{made.readings} times</strong>" in text) == (not alone)
    assert made.said + made.read == made.statements > made.said > 0


def test_paper_is_counted_sentence_by_sentence(paper: Engine) -> None:
    made = views.collection_stats(paper)
    assert (made.documents, made.whole, made.readings) == (1, 1, 0)
    assert made.holding == made.sentences > 100


def test_nothing_was_released_or_corrected_and_the_page_says_so() -> None:
    assert "We have corrected or withdrawn no statement so far." in section("wrong")
    assert "The collection has not been released yet." in section("changed")
    assert "<h3>" not in section("changed")
    assert "withdrawn no statement of the paper so far" in section("wrong", paper=True)


def test_log_tells_each_kind_of_change(of_the_world: None) -> None:
    text = section("wrong")
    told = re.findall(r"<strong>(\w+ on [^<]+)</strong>, about <a href=\"([^\"]+)\">", text)
    assert told == [
        ("Corrected on 15 March 2020", "case?id=river-town"),
        ("Corrected on 15 February 2020", "case?id=river-town"),
        ("Withdrawn on 10 February 2020", "case?id=quiet-place"),
        ("Corrected on 5 February 2020", "case?id=quiet-place"),
    ]
    assert "Every second Friday became every Friday." in text
    assert "The report speaks of another place." in text
    assert '<a href="claim?id=quiet-place-2">What is left of it</a>' in text
    instead = '<a href="claim?id=quiet-place-1">Quiet Place is named and no more is told.</a>'
    assert f"In its place: {instead}" in text
    assert "It now says: <a href=" in text


def test_what_changed_is_told_by_release(of_the_world: None) -> None:
    text = section("changed")
    assert "has not been released" not in text
    parts = re.split(r"(?<!<summary>)<h3>", text)[1:]
    assert [part.split("</h3>")[0] for part in parts] == [
        "Since the last release",
        "Release 0.2.0, 1 March 2020",
        "Release 0.1.0, 10 January 2020",
    ]
    assert "New: 0. Corrected: 1. Withdrawn: 0." in parts[0]
    assert "held 9 statements. New: 1. Corrected: 2. Withdrawn: 1." in parts[1]
    assert 'New statements</h3> <span class="kg-count">1</span>' in text
    assert "Hill County hopes to do the same in its 11 villages." in parts[1]
    assert "held 9 statements. This was the first release, so all of them were new." in parts[2]


def test_page_leads_to_the_feed() -> None:
    assert 'href="changes.atom" rel="alternate"' in section("changed")


def test_contact_is_shown_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_CONTACT", raising=False)
    text = read_page("about").html
    assert text.count("does not name a contact") == 2
    monkeypatch.setenv("KG_CONTACT", " help@example.org ")
    text = read_page("about").html
    assert text.count('<a href="mailto:help@example.org">help@example.org</a>') == 2
    assert "does not name a contact" not in text
    monkeypatch.setenv("KG_CONTACT", "https://example.org/help?a=1&b=2")
    found = contact_of_environment()
    assert found is not None and found.address == "https://example.org/help?a=1&b=2"


@pytest.mark.parametrize("given", ["us", "javascript:alert(1)", "a@b", "https://", "x@y.z<script>", HOSTILE])
def test_contact_that_is_no_address_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_CONTACT", given)
    with pytest.raises(MissingInput, match="KG_CONTACT has to be"):
        contact_of_environment()
    tester = opened("about.py")
    assert [title.value for title in tester.title][-1] == "This page cannot be shown"
    assert "<script>" not in html(tester)


def test_texts_of_a_change_are_text_on_the_page(engine: Engine, world_engine: Engine) -> None:
    found = views.changes(world_engine)
    spoilt = views.Changes(
        begun=found.begun,
        added=tuple(
            views.Addition(HOSTILE, HOSTILE, (views.Link(HOSTILE),), each.day) for each in found.added
        ),
        corrected=tuple(
            views.Correction(HOSTILE, HOSTILE, HOSTILE, (views.Link(HOSTILE),), each.day, HOSTILE)
            for each in found.corrected
        ),
        withdrawn=tuple(
            views.Withdrawal(
                HOSTILE,
                HOSTILE,
                (views.Link(HOSTILE),),
                each.day,
                HOSTILE,
                views.Link(HOSTILE),
                views.Link(HOSTILE, "javascript:alert(1)"),
            )
            for each in found.withdrawn
        ),
        releases=tuple(views.Release(HOSTILE, HOSTILE, each.day, each.held) for each in found.releases),
    )
    text = about(
        views.collection(engine), views.collection_stats(engine), views.coverage(engine), spoilt, None
    ).html
    assert text.count(str(markup_escape(HOSTILE))) > 10
    assert "<script>" not in text and "<img" not in text and 'href="javascript' not in text
