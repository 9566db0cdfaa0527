"""The page of a case: the answer first, each sentence with its statements, every statement beneath."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import jinja2
import pytest
from markupsafe import escape

from app_pages.parts.templates import render
from kg import views, words
from kg.engine import Engine
from kg.evidence import Basis, Direction, Modality, Polarity, Standing, Voice
from kg.views import story_of
from tests.frozen import SLUGS
from tests.pages import HOSTILE, case_of, html, opened, read_page


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


def test_no_address_or_paragraph_id_is_shown() -> None:
    for slug in SLUGS:
        text = shown(slug)
        assert "w3id.org" not in text
        assert "F1-p" not in text


def test_leeds_is_as_thin_as_the_paper(paper: Engine) -> None:
    text = html(opened("case.py", id="leeds", paper="true"))
    leeds = case_of(paper, "leeds")
    assert text.count('<li class="kg-line') == leeds.row.statements + len(leeds.row.sources) == 6
    assert f"All {leeds.row.statements} statements, and where each comes from" in text
    assert "1 of them is our reading, and says so." in text
    assert 'id="results"' not in text
    assert "What the paper does not say" in text
    assert "The paper reports no result on:" in text


def test_every_fold_that_the_page_leads_to_exists() -> None:
    text = shown("canterbury")
    targets = re.findall(r'href="#([^"]+)"', text)
    assert targets and all(f'id="{target}"' in text for target in targets)


def test_sources_say_how_much_of_them_was_read(paper: Engine) -> None:
    text = shown("devon")
    of_paper = views.case(paper, "devon").row.statements
    assert f"Think tank paper · year not given · Read in full · {of_paper} statements about this case" in text
    assert "BBC · Press or campaign report · 2025 (year worked out) · Read in part · 1 statement" in text


def test_a_copy_elsewhere_has_no_link_and_says_to_search_for_the_title() -> None:
    text = shown("torbay")
    assert "we read a copy elsewhere: search for the title" in text
    assert "paperzz" not in text


def test_an_unknown_case_is_answered_with_the_nearest_name_and_the_list() -> None:
    page = read_page("case", id="leds")
    assert (page.status, page.title) == (404, "Which case?")
    assert "There is no case called “leds” here." in page.html
    named = re.findall(r'href="case\?id=([\w-]+)"', page.html)
    assert named[0] == "leeds" and len(named) == len(SLUGS) + 1
    assert "The address does not name a case." in read_page("case").html


def test_a_place_inside_a_case_leads_to_the_case() -> None:
    assert re.findall(r'href="case\?id=([\w-]+)"', read_page("case", id="plymouth").html)[0] == "devon"


def test_a_case_that_the_paper_does_not_speak_of_leads_to_other_documents() -> None:
    page = read_page("case", id="wigan", paper=True)
    assert page.status == 404
    assert "does not speak of Wigan (the Wigan Deal)." in page.html
    assert '<a href="case?id=wigan">Show what other documents say</a>' in page.html


def test_the_choice_of_documents_goes_along_with_every_link() -> None:
    text = read_page("case", id="leeds", paper=True).html
    ours = [
        unescape(target)
        for target in re.findall(r' href="([^"]*)"', text)
        if not target.startswith(("http", "#", "case/", "brief/")) and "id=leeds" not in target
    ]
    assert {each.partition("?")[0] for each in ours} >= {"source", "places"}
    assert all("paper=true" in target for target in ours)


def test_what_differs_stands_side_by_side() -> None:
    both = shown("northumberland").split('<div class="kg-both">')[1:]
    assert len(both) == 1
    assert "14% fall" in both[0]
    assert "no evidence of an overall fall" in both[0]


def test_words_of_their_time_are_expanded_once_with_what_a_page_says() -> None:
    folded = shown("salford").split('id="words"')[1].split('id="sources"')[0]
    assert folded.count("Clinical commissioning group") == 1
    assert "closed on 1 July 2022" in folded


def test_what_only_owners_report_never_looks_like_what_an_evaluation_found(engine: Engine) -> None:
    rows = re.findall(r"<tr><td>.*?</tr>", "".join(map(shown, SLUGS)), re.DOTALL)
    for standing in Standing:
        own = [row for row in rows if f"kg-dot-{standing.value}" in row]
        assert own
        others = [words.STANDINGS[other] for other in Standing if other is not standing]
        assert all(escape(words.STANDINGS[standing]) in row for row in own)
        assert not any(escape(other) in row for other in others for row in own)


def test_a_statement_wears_what_it_is_in_words_and_in_form(engine: Engine) -> None:
    plain = case_of(engine, "leeds").groups[0].parts[0][1][0]

    def drawn(**changes: Any) -> str:
        said = replace(plain, evidence=replace(plain.evidence, **changes))
        return render("tools/statements.html", statements=[said])

    marks: dict[str, tuple[str, dict[str, Any]]] = {
        words.DENIAL: ("kg-line-denied", {"polarity": Polarity.DENIED}),
        "Our reading, weak": ("kg-line-read", {"basis": Basis.INFERRED_WEAK, "inference": "A guess."}),
    }
    for modality in (Modality.HOPE, Modality.INTENTION, Modality.NORMATIVE):
        marks[words.NOT_RESULTS[modality]] = ("kg-line-hoped", {"modality": modality})
    for said, (look, changes) in marks.items():
        assert said in drawn(**changes) and look in drawn(**changes)
        assert said not in drawn() and look not in drawn()


def test_whom_a_statement_is_attributed_to_stands_beside_it() -> None:
    assert "According to David Meates" in shown("canterbury")


def test_a_hostile_address_is_shown_as_text() -> None:
    text = html(opened("case.py", id=HOSTILE))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_hostile_content_is_shown_as_text(engine: Engine, changed: pytest.MonkeyPatch) -> None:
    case = hostile(case_of(engine, "leeds"))
    changed.setattr(views, "case", lambda engine, slug, graphs: case)
    text = shown("leeds")
    assert str(escape(HOSTILE)) in text
    assert "<script>" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text


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


def hostile(case: views.Case) -> views.Case:
    """The same case, with every text in it written by someone who means harm."""
    spoilt_source = replace(
        case.row.sources[0],
        label=HOSTILE,
        title=HOSTILE,
        page="javascript:alert(1)",
        kind=HOSTILE,
        year=HOSTILE,
        reading=HOSTILE,
        authors=HOSTILE,
        publisher=HOSTILE,
        copy=HOSTILE,
        notes=(HOSTILE,),
    )
    spoilt_row = replace(
        case.row,
        label=HOSTILE,
        question=HOSTILE,
        place=HOSTILE,
        factors=(
            views.FactorTie(4, HOSTILE, HOSTILE, Basis.EXPLICIT, False, HOSTILE),
            views.FactorTie(9, HOSTILE, HOSTILE, Basis.INFERRED_WEAK, True, HOSTILE),
        ),
        results=(views.Result(HOSTILE, Direction.MIXED, views.Standing.TOLD),),
        rests_on=(views.RestsOn(HOSTILE, Voice.INDEPENDENT, 1, views.Standing.TOLD, views.Standing.TOLD),),
        sources=(spoilt_source,),
    )
    link, other = views.Link(HOSTILE, HOSTILE), views.Other(HOSTILE, HOSTILE, HOSTILE)
    spoilt = views.Statement(
        slug="leeds-1",
        text=HOSTILE,
        evidence=views.Evidence(
            Basis.INFERRED_MEDIUM, Modality.HOPE, Polarity.DENIED, inference=HOSTILE, caveats=(HOSTILE,)
        ),
        attribution=views.Attribution(Voice.SELF_REPORTED, (HOSTILE,)),
        time=views.StatementTime(HOSTILE, planned=True, overdue=True),
        source=views.Citation(
            link, HOSTILE, HOSTILE, views.Origin.ELSEWHERE, (views.Place(HOSTILE, HOSTILE),)
        ),
        relation=views.Relation(HOSTILE, views.NamedThing(link), views.NamedThing(link, HOSTILE)),
        topics=views.Topics(
            about=(link,),
            place=link,
            illustrates=(views.Illustration(link, "practices", Basis.INFERRED_WEAK, HOSTILE),),
            setbacks=(HOSTILE,),
        ),
        result=views.ReportedResult(Direction.MIXED, views.Standing.OWN_ACCOUNT),
        related=views.Related(differing=(other,), later=(other,), earlier=(other,)),
    )
    return views.Case(
        row=spoilt_row,
        groups=(views.Group(HOSTILE, HOSTILE, ((HOSTILE, (spoilt,)), ("", (spoilt,)))),),
        silences=(views.Silence("setbacks", HOSTILE, (HOSTILE,)),),
        read_whole=False,
        inferred=1,
        parts=(views.Participant(HOSTILE, 1, 1),),
        contrasts=(views.Contrast(other, other),),
        timeline=(spoilt,),
        latest=HOSTILE,
        words=(views.BodyNote(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)", HOSTILE),),
    )
