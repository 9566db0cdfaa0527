"""The page of a case: the answer first, each sentence with its statements, every statement beneath."""

import re
from dataclasses import replace

import jinja2
import pytest
from markupsafe import escape

from app_pages.parts.templates import render
from kg import views, words
from kg.engine import Engine
from kg.views import story_of
from tests.frozen import SLUGS
from tests.pages import HOSTILE, case_of, html, opened


def shown(slug: str) -> str:
    """Return the HTML of a case's page."""
    return html(opened("case.py", id=slug))


def test_the_answer_comes_first_then_facts_then_the_story(engine: Engine) -> None:
    story = story_of(engine, "leeds")
    drawn = shown("leeds")
    assert story.line is not None
    places = [drawn.index(escape(part.sentences[0].text)) for part in story.parts]
    assert places == sorted(places)
    assert drawn.index(escape(story.line)) < drawn.index(escape(story.facts[0].text)) < places[1]


def test_every_sentence_leads_to_its_statements_and_a_statement_keeps_its_number(engine: Engine) -> None:
    story = story_of(engine, "leeds")
    refs = re.findall(r'class="kg-ref" href="claim\?id=([\w-]+)[^"]*"[^>]*>(\d+)<', shown("leeds"))
    claims = [claim for part in story.parts for said in part.sentences for claim in said.claims]
    claims += [claim for fact in story.facts for claim in fact.claims]
    assert sorted(claim for claim, _ in refs) == sorted(claims)
    numbers = dict(refs)
    assert len(set(refs)) == len(numbers) == len(set(numbers.values()))
    assert list(dict.fromkeys(int(number) for _, number in refs)) == list(range(1, len(numbers) + 1))


def test_where_no_story_is_written_the_question_of_the_case_stands(engine: Engine) -> None:
    case = case_of(engine, "salford")
    assert f'<p class="kg-answer">{escape(case.row.question)}</p>' in shown("salford")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_statement_stands_there_with_its_marks_and_its_document(slug: str, engine: Engine) -> None:
    drawn = shown(slug)
    for group in case_of(engine, slug).groups:
        for _, members in group.parts:
            for said in members:
                start = drawn.index(f'id="{said.slug}"')
                entry = drawn[start : drawn.index("</li>", start)]
                assert escape(said.text) in entry
                assert all(escape(mark) in entry for mark in words.marks(said))
                assert escape(words.document(said.source.document.name, said.source.year)) in entry
                assert f"claim?id={said.slug}" in entry


def test_what_went_wrong_stands_in_the_open(engine: Engine) -> None:
    drawn = shown("leeds")
    wrong = [part for part in story_of(engine, "leeds").parts if part.slug == "what-went-wrong"]
    assert drawn.count('class="kg-wrong"') == len(wrong)


def test_what_was_read_in_part_is_never_said_to_be_silent(engine: Engine) -> None:
    drawn = shown("wigan")
    folded = drawn[drawn.index('id="not-said"') : drawn.index('id="sources"')]
    assert "Not in what we have read" in folded
    assert folded.count(" in the parts we read") == len(case_of(engine, "wigan").silences) > 0
    assert "does not say" not in folded


def test_hostile_words_of_a_story_are_shown_as_words(engine: Engine, changed: pytest.MonkeyPatch) -> None:
    told = views.StorySentence(HOSTILE, ("leeds-1",))
    story = replace(story_of(engine, "leeds"), parts=(views.StoryPart("in-short", HOSTILE, (told,)),))
    changed.setattr(views, "story_of", lambda engine, slug, graphs: story)
    drawn = shown("leeds")
    assert "<script>" not in drawn and "<img" not in drawn
    assert str(escape(HOSTILE))[:40] in drawn


def test_a_template_that_is_not_given_what_it_shows_fails() -> None:
    with pytest.raises(jinja2.UndefinedError, match="elsewhere"):
        render("pages/no_case.html", names={})
