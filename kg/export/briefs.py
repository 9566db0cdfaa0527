"""A brief of one page: of a case, of some cases side by side, or of what a search found for a meeting."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg import views, words
from kg.engine import Engine
from kg.errors import NoBrief
from kg.evidence import Direction, Standing
from kg.export.as_pdf import pages_of
from kg.export.manuscript import (
    Heading,
    Item,
    Line,
    Listing,
    Manuscript,
    Paragraph,
    Part,
    Run,
    aside,
    plain,
    strong,
)
from kg.language import N_, listed, ngettext
from kg.language import gettext as _
from kg.sessions import Prompt, material
from kg.things import page_of
from kg.views import MOST, Brief, Case, Comparison, Graphs, Statement

__all__ = ["brief_for_a_meeting", "brief_of_cases"]

_SITUATION, _DID, _WROTE, _REPORTED = (
    "situation",
    "what-leaders-did",
    "what-leaders-wrote-down",
    "what-is-reported",
)
WRITTEN = N_("Written down; the source does not say it was done")
_OUTCOMES, _DIFFICULTIES = "outcomes", "challenges"
_MOST_SHARED = 6
_READ_ME = N_(
    "Each entry is one statement from a document, in our own words, with its source. A few cases cannot "
    "prove a cause, and what they did may not suit your place."
)
_FOOT = N_(
    "System Leadership Case Explorer, version %(version)s. Independent of The King’s Fund and of the NHS. "
    "Text: CC BY 4.0. The questions are ours."
)


@dataclass(frozen=True)
class _Amount:
    """How much of each kind a brief tells of a place, in which size, and the margin in millimetres."""

    size: float
    deeds: int
    results: int
    setbacks: int
    situation: int
    margin: int = 12


# From the fullest to the barest; the first that fits on one sheet is taken. A set-back goes last of all.
_AMOUNTS = (
    _Amount(10.5, 9, 8, 4, 4),
    _Amount(10.5, 7, 6, 3, 2),
    _Amount(10.5, 6, 5, 2, 2),
    _Amount(10.5, 5, 4, 2, 1),
    _Amount(10.5, 4, 4, 1, 1),
    _Amount(10, 4, 3, 1, 1),
    _Amount(10, 3, 3, 1, 0),
    _Amount(9.5, 3, 3, 1, 0),
    _Amount(9.5, 3, 2, 1, 0),
    _Amount(9.5, 2, 2, 1, 0),
    _Amount(9, 2, 2, 1, 0),
    _Amount(9, 2, 1, 1, 0),
    _Amount(9, 1, 1, 1, 0),
    _Amount(8.5, 1, 1, 1, 0),
    _Amount(8.5, 1, 1, 0, 0),
    _Amount(8.5, 1, 1, 0, 0, margin=9),
)


@dataclass(frozen=True)
class _Place:
    """A case with its statements in the order in which they are worth telling."""

    case: Case
    deeds: tuple[Statement, ...]
    results: tuple[Statement, ...]
    reason: Statement | None = None


def brief_of_cases(engine: Engine, slugs: Sequence[str], version: str, graphs: Graphs = None) -> Manuscript:
    """Write the brief of one case, or of two to four side by side.

    Args:
        engine: Where to ask.
        slugs: The cases.
        version: The state of the content.
        graphs: Graphs to ask; all of them if None.

    Returns:
        What fits on one sheet; the same for the same content.

    Raises:
        UnknownName: If there is no such case; the nearest name is offered.
        NoBrief: If no case is named, or more than can be set side by side.
    """
    wanted = list(dict.fromkeys(slugs))
    if not 1 <= len(wanted) <= MOST:
        raise NoBrief(
            ngettext(
                "A brief covers one to %(most)s cases; you named %(num)s.",
                "A brief covers one to %(most)s cases; you named %(num)s.",
                len(wanted),
                most=MOST,
            )
        )
    cases = [views.case(engine, slug, graphs) for slug in wanted]
    places = [
        _Place(each, tuple(_in_turn(_parts(each, _DID, _WROTE))), tuple(_fairly(_results(each))))
        for each in cases
    ]
    questions = _questions(engine, places)
    if len(places) == 1:
        return _fitted(lambda amount: _of_one(places[0], questions, version, amount))
    compared = views.comparison(engine, cases, graphs)
    return _fitted(lambda amount: _of_some(places, compared, questions, version, amount))


def brief_for_a_meeting(engine: Engine, brief: Brief) -> Manuscript:
    """Write what a search found as a brief for a meeting.

    Args:
        engine: Where to ask for questions.
        brief: What was found.

    Returns:
        What fits on one sheet; the same for the same question and content.
    """
    places = [
        _Place(each.case, each.deeds, tuple(_fairly(each.results)), each.reading.statement)
        for each in brief.places
    ]
    questions = _questions(engine, places)
    return _fitted(lambda amount: _of_a_meeting(brief, places, questions, amount))


def _fitted(written: Callable[[_Amount], Manuscript]) -> Manuscript:
    for amount in _AMOUNTS[:-1]:
        manuscript = written(amount)
        if pages_of(manuscript) == 1:
            return manuscript
    return written(_AMOUNTS[-1])


def _sheet(title: str, parts: Iterator[Part], version: str, amount: _Amount) -> Manuscript:
    foot = _(_FOOT, version=version)
    return Manuscript(title, tuple(parts), foot, size=amount.size, margin=amount.margin, one_sheet=True)


def _of_one(place: _Place, questions: Sequence[str], version: str, amount: _Amount) -> Manuscript:
    def parts() -> Iterator[Part]:
        row = place.case.row
        yield Paragraph((strong(row.question), plain(row.place or _("Place not named"))))
        yield Paragraph((aside([_extent(place.case), _(_READ_ME)]),))
        yield from _telling(place, amount, alone=True)
        yield from _asking(questions)

    return _sheet(place.case.row.label, parts(), version, amount)


def _of_some(
    places: Sequence[_Place],
    compared: Comparison,
    questions: Sequence[str],
    version: str,
    amount: _Amount,
) -> Manuscript:
    def parts() -> Iterator[Part]:
        yield Paragraph((plain(words.compared(compared, with_extent=False)),))
        yield Paragraph((aside(_(_READ_ME)),))
        yield Heading(1, _("What they share"))
        yield from _shared(compared)
        for place in places:
            yield Heading(1, place.case.row.label)
            yield Paragraph((plain(place.case.row.question), aside(_extent(place.case))))
            yield from _telling(place, amount, alone=False)
        yield from _asking(questions)

    title = listed([place.case.row.label for place in places])
    return _sheet(title, parts(), version, amount)


def _of_a_meeting(
    brief: Brief, places: Sequence[_Place], questions: Sequence[str], amount: _Amount
) -> Manuscript:
    def parts() -> Iterator[Part]:
        yield Paragraph((strong(_("You asked:")), plain("; ".join(brief.asked))))
        yield Paragraph((aside(_(_READ_ME)),))
        for place in places:
            yield Heading(1, place.case.row.label)
            yield Paragraph((plain(place.case.row.question), aside(_extent(place.case))))
            if place.reason is not None:
                yield Paragraph((strong(_("Why this place:")), *_in_a_line(place.reason)))
            yield from _telling(place, amount, alone=False)
        if brief.setback is not None:
            names = listed([each.name for each in brief.setback.statement.topics.about])
            yield Heading(1, _("What went wrong elsewhere: %(names)s", names=names))
            yield Listing((_entry(brief.setback.statement),))
        if brief.advice is not None:
            yield Heading(1, _("Advice: %(about)s", about=brief.advice.page.name))
            yield Listing((_entry(brief.advice.statement),))
        yield from _asking(questions)

    return _sheet(_("What other places did, and how we know"), parts(), brief.version, amount)


def _telling(place: _Place, amount: _Amount, alone: bool) -> Iterator[Part]:
    """Tell of a place: no statement twice."""
    taken = {place.reason.slug} if place.reason is not None else set()

    def first(statements: Sequence[Statement], most: int) -> list[Statement]:
        found = [each for each in statements if each.slug not in taken][:most]
        taken.update(each.slug for each in found)
        return found

    deeds = first(place.deeds, amount.deeds)
    results = first(place.results, amount.results)
    setbacks = first([each for _, found in place.case.setbacks for each in found], amount.setbacks)
    situations = sorted(_told(place.case, _SITUATION), key=lambda each: not _of_a_difficulty(each))
    situation = first(situations, max(amount.situation, int(not place.deeds)))
    if situation:
        heading = _with_share(_("The situation"), situation, len(situations))
        yield from _section(alone, heading, told=situation)
    none = "" if place.deeds else _("We found nothing on what leaders did there.")
    heading = _("What leaders did or wrote down") if any(map(_only_written, deeds)) else _("What leaders did")
    yield from _section(alone, _with_share(heading, deeds, len(place.deeds)), none, deeds)
    rests = (
        _("Based on: %(evidence)s.", evidence=words.rests_on(place.case.row.rests_on))
        if place.results
        else _("We found no result.")
    )
    heading = _with_share(_("What happened, and who says so"), results, len(place.results))
    yield from _section(alone, heading, rests, results)
    if setbacks:
        yield from _section(alone, _("What went wrong"), told=setbacks)
    yield from _section(alone, words.NOT_KNOWN[place.case.read_whole], _unknown(place.case))


def _section(alone: bool, heading: str, opening: str = "", told: Sequence[Statement] = ()) -> Iterator[Part]:
    """Write one section, under a heading where a case stands alone, else after a word or two in line."""
    if alone:
        yield Heading(1, heading)
        if opening:
            yield Paragraph((plain(opening),))
    else:
        yield Paragraph((_lead(heading), *([plain(opening)] if opening else [])))
    if told:
        yield Listing(tuple(_entry(each) for each in told))


def _lead(heading: str) -> Run:
    """Return the word or two before what they name."""
    return strong(_("%(heading)s:", heading=heading))


def _only_written(statement: Statement) -> bool:
    """Whether leaders have written it down, and nothing says that it was done."""
    return statement.relation.name == "sets-out"


def _with_share(heading: str, told: Sequence[Statement], held: int) -> str:
    """Return a heading that says how many of the statements stand below it, where some do not."""
    if len(told) == held:
        return heading
    return _("%(heading)s (%(shown)s of %(all)s statements)", heading=heading, shown=len(told), all=held)


def _entry(statement: Statement) -> Item:
    return _said(statement), (aside(_where(statement)),)


def _in_a_line(statement: Statement) -> Line:
    return *_said(statement), aside(_where(statement))


def _said(statement: Statement) -> Line:
    marks = [*words.marks(statement), *([_(WRITTEN)] if _only_written(statement) else [])]
    beside = [*words.news(statement), *words.disagreeing(statement)]
    return (
        plain(statement.text),
        *([strong(f"{' · '.join(marks)}.")] if marks else []),
        *map(plain, statement.evidence.caveats),
        *map(plain, beside),
    )


def _where(statement: Statement) -> str:
    return " ".join(each for each in (words.about_time(statement), words.where(statement)) if each)


def _extent(case: Case) -> str:
    whole = _("We read every document whole.") if case.read_whole else _("We read most documents in part.")
    latest = [_("Latest: %(year)s.", year=case.latest)] if case.latest else []
    return " ".join([f"{words.extent(case.row)}.", *latest, whole])


def _unknown(case: Case) -> str:
    silent = next((each for each in case.silences if each.scheme == _OUTCOMES), None)
    if silent is None:
        return _("We found results of every kind that we look for. None of them proves a cause.")
    paper = any(source.starting_point for source in case.row.sources)
    opening = words.silence(silent, case.read_whole, paper)
    return f"{opening} {', '.join(name.lower() for name in silent.names)}."


def _shared(compared: Comparison) -> Iterator[Part]:
    items: list[Item] = []
    for section in compared.sections:
        found = [row for row in section.rows if row.cases == len(compared.cases)]
        named = [
            row.matter.name
            if all(cell.stated for cell in row.cells)
            else _("%(name)s (partly our reading)", name=row.matter.name)
            for row in found
        ]
        if named:
            items.append(((_lead(section.heading), plain(_some_of(named))),))
    if items:
        yield Listing(tuple(items))
    else:
        yield Paragraph((plain(_("We found nothing that all of them share: too little to compare.")),))


def _some_of(names: Sequence[str]) -> str:
    first, rest = "; ".join(names[:_MOST_SHARED]), len(names) - _MOST_SHARED
    if rest <= 0:
        return f"{first}."
    return ngettext("%(names)s; and %(num)s more.", "%(names)s; and %(num)s more.", rest, names=first)


def _asking(questions: Sequence[str]) -> Iterator[Part]:
    yield Heading(1, _("Three questions to ask"))
    yield Listing(tuple(((plain(each),),) for each in questions), numbered=True)


def _questions(engine: Engine, places: Sequence[_Place]) -> list[str]:
    """Ask what results rest on, what goes with what was done, and what is not the same here."""
    prompts = material(engine).prompts.values()
    anywhere = sorted((each for each in prompts if each.suits_any), key=lambda each: each.use_when)
    return [_of_results(places), (_of_deeds(prompts, places) or anywhere[0]).text, anywhere[-1].text]


def _of_results(places: Sequence[_Place]) -> str:
    # The same counts as under “Rests on”, so that the two never differ.
    standings = {each.standing for place in places for each in place.case.row.rests_on if place.results}
    if not standings:
        return _("We found no result. Who there could say what happened?")
    if Standing.EVALUATED not in standings:
        return _(
            "No independent evaluation we read found these results. Has anyone looked who was not involved?"
        )
    return _("What did the evaluation not look at, and what has happened there since?")


def _of_deeds(prompts: Collection[Prompt], places: Sequence[_Place]) -> Prompt | None:
    """Give the question meant for the first thing that leaders did, else for a factor the case is tied to."""
    told = [name for place in places for each in place.deeds for name in _named(each)]
    told += [tie.address for place in places for tie in place.case.row.factors]
    for address in told:
        for prompt in sorted(prompts, key=lambda each: each.text):
            if not prompt.suits_any and address in {page_of(each) for each in prompt.works_on}:
                return prompt
    return None


def _named(statement: Statement) -> list[str | None]:
    named = statement.relation.object
    return [
        *([named.link.address] if named is not None else []),
        *(each.concept.address for each in statement.topics.illustrates),
    ]


def _of_a_difficulty(statement: Statement) -> bool:
    ends = (statement.relation.subject, statement.relation.object)
    lists = {end.scheme for end in ends if end is not None}
    return _DIFFICULTIES in lists.union(each.scheme for each in statement.topics.illustrates)


def _told(case: Case, *groups: str) -> list[Statement]:
    return [each for part in _parts(case, *groups) for each in part]


def _parts(case: Case, *groups: str) -> list[tuple[Statement, ...]]:
    return [members for group in case.groups if group.slug in groups for _, members in group.parts]


def _in_turn(parts: Sequence[Sequence[Statement]]) -> Iterator[Statement]:
    """Take one statement of each part in turn; what a document says comes before what is read from it."""
    turns = [each for turn in zip_longest(*parts) for each in turn if each is not None]
    yield from sorted(turns, key=lambda each: (not each.evidence.explicit, each.evidence.denied))


def _results(case: Case) -> list[Statement]:
    return [each for each in _told(case, _REPORTED) if each.result is not None]


def _fairly(results: Sequence[Statement]) -> Iterator[Statement]:
    """Put the surest first, but one of each direction before a second of any: none is picked for it."""
    surest = sorted(results, key=lambda each: _standing(each).position)
    first = list({_direction(each): each for each in reversed(surest)}.values())
    yield from (each for each in surest if each in first)
    yield from (each for each in surest if each not in first)


def _standing(result: Statement) -> Standing:
    return Standing.TOLD if result.result is None else result.result.standing


def _direction(result: Statement) -> Direction | None:
    return None if result.result is None else result.result.direction
