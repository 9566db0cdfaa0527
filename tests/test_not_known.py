"""What is not known: only what nothing speaks of, and never beside what says otherwise."""

import itertools
import re

import pytest

from kg import export, views, words
from kg.build.store import open_engine
from kg.engine import Engine
from kg.evidence import Standing, Voice, what_counts
from kg.export import Manuscript
from kg.export.manuscript import Heading
from kg.graph.content import Content
from kg.terms import PREFIXES
from kg.views import RestsOn
from tests.manuscripts import under

KINDS = {
    "independent-evaluation": "Independent evaluation",
    "regulator-or-audit": "Regulator or audit",
    "research-by-those-involved": "Research by those involved",
    "partners-own-account": "Partners' own account",
    "press-or-campaign": "Press or campaign report",
    "think-tank-paper": "Think tank's paper",
}
DEFICIT = """
claim:river-town-90 a sl:Claim ; sl:statement "In River Town the deficit was large."@en ;
    sl:about case:river-town ; sl:subject case:river-town ; sl:relation relation:{relation} ;
    sl:object {concept} ; {more}
    sl:passage passage:H1-p1.s1 ; dcterms:source source:harbour-report ; sl:basis {basis} ;
    sl:modality modality:fact ; sl:polarity {polarity} ; sl:voice voice:not-established .
"""


def silent_on(engine: Engine) -> dict[str, set[str]]:
    case = views.case(engine, "river-town")
    return {silence.heading: set(silence.names) for silence in case.silences}


@pytest.mark.parametrize("basis", ["basis:explicit", "basis:inferred-medium"])
@pytest.mark.parametrize("polarity", ["polarity:affirmed", "polarity:denied"])
@pytest.mark.parametrize(
    ("relation", "concept", "more"),
    [
        ("faces", "challenge:deficit-or-funding-gap", ""),
        ("reports", "outcome:budgets-kept-or-missed", "sl:direction direction:worsened ;"),
        ("reports", "outcome:rapid-progress-on-complex-issues", "sl:setback setback:money-missed ;"),
    ],
)
def test_what_any_statement_speaks_of_is_not_listed(
    own_world: Content, basis: str, polarity: str, relation: str, concept: str, more: str
) -> None:
    assert "Money" in silent_on(open_engine(own_world))["Outcomes"]
    path = own_world.data / "cases" / "river-town.ttl"
    claim = DEFICIT.format(basis=basis, polarity=polarity, relation=relation, concept=concept, more=more)
    prefix = "PREFIX setback: <https://w3id.org/system-leadership/scheme/setbacks/>\n"
    path.write_text(prefix + path.read_text() + claim)
    assert "Money" not in silent_on(open_engine(own_world))["Outcomes"]


@pytest.mark.parametrize(
    ("extent", "heading"), [("whole", "What is not known"), ("part", "Not in what we have read")]
)
def test_heading_says_whether_documents_were_read_whole(
    with_activities: Content, extent: str, heading: str
) -> None:
    path = with_activities.data / "sources" / "harbour-report.ttl"
    text = path.read_text()
    assert "reading:whole" in text
    path.write_text(text.replace("reading:whole", f"reading:{extent}"))
    brief = export.brief_of_cases(open_engine(with_activities), ["river-town"], "abc")
    assert heading in headings(brief)
    assert not ({*words.NOT_KNOWN.values()} - {heading}) & headings(brief)


def headings(brief: Manuscript) -> set[str]:
    return {each.text for each in brief.parts if isinstance(each, Heading)}


@pytest.mark.parametrize(("kind", "voice"), list(itertools.product(KINDS, words.VOICES)))
def test_no_result_is_called_an_evaluations_own_that_no_evaluation_found(
    world_engine: Engine, kind: str, voice: Voice
) -> None:
    counts, iri = what_counts(world_engine), PREFIXES["kind"] + kind
    each = RestsOn(KINDS[kind], voice, 1, counts.standing_of(iri), counts.standing(iri, voice))
    named = words.rests_on([each]).lower()
    evaluated = each.standing is Standing.EVALUATED
    assert (named.startswith(("independent evaluation", "regulator or audit"))) == evaluated


@pytest.mark.parametrize(
    ("voice", "asked"),
    [
        ("independent", "What did the evaluation not look at"),
        ("self-reported", "No independent evaluation we read"),
    ],
)
def test_a_brief_says_the_same_of_evaluations_in_both_places(
    with_activities: Content, voice: str, asked: str
) -> None:
    source = with_activities.data / "sources" / "harbour-report.ttl"
    source.write_text(source.read_text().replace("kind:think-tank-paper", "kind:independent-evaluation"))
    path = with_activities.data / "cases" / "river-town.ttl"
    path.write_text(re.sub(r"voice:[\w-]+", f"voice:{voice}", path.read_text()))
    brief = export.brief_of_cases(open_engine(with_activities), ["river-town"], "abc")
    rests = under(brief, "What happened")
    assert ("independent evaluation (" in rests) == (voice == "independent")
    assert asked in under(brief, "Three questions")


def test_canterbury_is_not_silent_on_money(engine: Engine) -> None:
    names = {name for silence in views.case(engine, "canterbury").silences for name in silence.names}
    assert "Money" not in names
