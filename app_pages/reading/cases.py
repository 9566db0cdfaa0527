"""The page of one case: the answer, key facts, the story, results, and every statement folded beneath."""

from dataclasses import dataclass

from app_pages.parts import citing, graph
from app_pages.parts.templates import render
from app_pages.reading.missing import nearest_case
from app_pages.reading.page import ReadingPage, Slots, first
from kg import words
from kg.evidence import Direction, Standing
from kg.export import FORMS
from kg.views import Case, Statement, Story, current_day, day_in_words

__all__ = ["numbers_of", "page", "results_of", "statements_of"]


@dataclass(frozen=True)
class _Said:
    """Where a document says what no statement of the case does."""

    heading: str
    names: tuple[str, ...]


def page(slots: Slots) -> ReadingPage:
    """Return the page of the case that an address names, or one that leads to the nearest."""
    wanted = first(slots, "id")
    names = graph.names()
    return _case(wanted) if wanted in names else _no_case(wanted)


def _case(slug: str) -> ReadingPage:
    case, story = graph.case(slug), graph.story(slug)
    address = f"case?id={slug}"
    return ReadingPage(
        title=case.row.label,
        description=story.line or case.row.question,
        html=render(
            "pages/case.html",
            case=case,
            story=story,
            numbers=numbers_of(story),
            results=_with_a_direction(case),
            silences=_silences(case),
            citation=citing.cases([case.row], address, day_in_words(current_day())),
            page_address=address,
            thing=f"case/{slug}",
            brief_forms=[(ending, form.name) for ending, form in FORMS.items()][:2],
        ),
        address=address,
        thing=f"case/{slug}",
        kind="Article",
        properties={"about": case.row.place or case.row.label, "isBasedOn": _works(case)},
    )


def _no_case(wanted: str) -> ReadingPage:
    names = graph.names()
    elsewhere = graph.all_names().get(wanted)
    near = None if elsewhere else nearest_case(wanted, names)
    return ReadingPage(
        title="Which case?",
        description="There is no case at this address.",
        html=render("pages/no_case.html", wanted=wanted[:80], elsewhere=elsewhere, near=near, names=names),
        address="case",
        status=404,
    )


def numbers_of(story: Story) -> dict[str, int]:
    """Number the statements that a story rests on, in the order in which a reader meets them."""
    parts = [[claim for said in part.sentences for claim in said.claims] for part in story.parts]
    facts = [claim for fact in story.facts for claim in fact.claims]
    # The key facts stand right below the answer, which is the first part.
    met = dict.fromkeys(claim for claims in [*parts[:1], facts, *parts[1:]] for claim in claims)
    return {claim: number for number, claim in enumerate(met, start=1)}


def statements_of(case: Case) -> list[Statement]:
    """Return the statements of a case in the order of its page."""
    return [statement for group in case.groups for _, members in group.parts for statement in members]


def results_of(case: Case) -> list[Statement]:
    """Return the results of a case: those with a direction first, the best attested first among them."""
    by_standing: dict[Standing, list[Statement]] = {standing: [] for standing in Standing}
    for statement in statements_of(case):
        if statement.result:
            by_standing[statement.result.standing].append(statement)
    results = [statement for statements in by_standing.values() for statement in statements]
    return sorted(results, key=lambda statement: not _has_direction(statement))


def _with_a_direction(case: Case) -> list[Statement]:
    return [each for each in results_of(case) if _has_direction(each) and not each.evidence.denied]


def _has_direction(statement: Statement) -> bool:
    return statement.result is not None and statement.result.direction is not Direction.NOT_STATED


def _silences(case: Case) -> list[_Said]:
    of_the_paper = any(source.starting_point for source in case.row.sources)
    return [
        _Said(words.silence(silence, case.read_whole, of_the_paper), silence.names)
        for silence in case.silences
    ]


def _works(case: Case) -> list[str]:
    return [source.page for source in case.row.sources if source.page]
