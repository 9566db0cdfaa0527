"""The story of a case on its page: the answer first, each sentence with its statements."""

import re
from dataclasses import replace

import jinja2
import pytest

from app_pages.parts import account
from app_pages.parts.templates import render
from kg.engine import Engine
from kg.views import Story, StoryPart, StorySentence, story_of
from tests.pages import HOSTILE, html, opened


def test_the_case_page_opens_with_its_story(engine: Engine) -> None:
    story = story_of(engine, "leeds")
    drawn = html(opened("case.py", id="leeds"))
    assert story.line is not None
    places = [drawn.index(part.sentences[0].text) for part in story.parts]
    assert places == sorted(places)
    assert drawn.index(story.line) < drawn.index(story.facts[0].text) < drawn.index("kg-extent")
    assert "What is “the Leeds pound” an example of?" not in drawn


def test_every_sentence_leads_to_its_statements_and_a_statement_keeps_its_number(engine: Engine) -> None:
    story = story_of(engine, "leeds")
    refs = re.findall(r'href="claim\?id=([\w-]+)[^"]*"[^>]*>(\d+)<', account.draw(story))
    claims = [claim for part in story.parts for said in part.sentences for claim in said.claims]
    claims += [claim for fact in story.facts for claim in fact.claims]
    assert sorted(claim for claim, _ in refs) == sorted(claims)
    numbers = dict(refs)
    assert len(set(refs)) == len(numbers) == len(set(numbers.values()))
    firsts = list(dict.fromkeys(int(number) for _, number in refs))
    assert firsts == list(range(1, len(numbers) + 1))


def test_where_no_story_is_written_the_question_of_the_case_stands() -> None:
    drawn = html(opened("case.py", id="salford"))
    assert "kg-account" not in drawn
    assert 'class="kg-lede"' in drawn
    assert account.draw(Story((), ())) == ""


def test_hostile_words_of_a_story_are_shown_as_words(engine: Engine) -> None:
    told = StorySentence(HOSTILE, ("leeds-1",))
    story = replace(story_of(engine, "leeds"), parts=(StoryPart("in-short", HOSTILE, (told,)),))
    drawn = account.draw(story)
    assert HOSTILE not in drawn
    assert "&lt;" in drawn


def test_a_template_that_is_not_given_what_it_shows_fails() -> None:
    with pytest.raises(jinja2.UndefinedError, match="story"):
        render("story.html", numbers={}, address=str)
