"""Cases for pages and documents: rows of named questions, turned into records."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from rdflib import URIRef

from kg.engine import Engine
from kg.errors import UnknownName
from kg.evidence import Basis, Counts, ReadingExtent, Voice, YearBasis, what_counts
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.terms import PREFIXES
from kg.things import page_of
from kg.views.bodies import words_of_their_time
from kg.views.choices import Graphs
from kg.views.records import (
    Case,
    CaseRow,
    Collection,
    Contrast,
    FactorTie,
    Group,
    Participant,
    RestsOn,
    Result,
    Silence,
    SourceNote,
)
from kg.views.results import ResultRow, result_of
from kg.views.statement_records import Other, Statement
from kg.views.statements import (
    CaseStatementRow,
    of_the_paper,
    slug_of,
    statements_about,
    year_in_words,
)
from kg.views.times import current_day, in_words

__all__ = [
    "OTHER_DOCUMENTS",
    "case",
    "case_countries",
    "case_list",
    "case_rows",
    "collection",
    "counts",
    "smaller_places",
]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NO_FACTOR = "Across the factors"
OTHER_DOCUMENTS = "From other documents"
_WHAT_HELPED = PREFIXES["relation"] + "what-helped"
_Told = tuple[CaseStatementRow, Statement]


@row_of("graph-counts")
class _CountsRow:
    statements: int
    cases: int
    sources: int


@row_of("case-list")
class _NameRow:
    case: str
    label: str


@row_of("case-details")
class _CaseRow:
    case: str
    label: str
    question: str
    place: str | None
    country: str | None


@row_of("case-factors")
class _FactorRow:
    case: str
    factor: str
    label: str
    short: str
    number: int
    basis: Basis


@row_of("case-sources")
class _SourceRow:
    case: str
    source: str
    label: str
    title: str | None
    page: str | None
    year: str | None
    year_basis: YearBasis
    year_known: str
    extent: ReadingExtent
    reading: str
    kind_label: str
    shown: int


@row_of("source-details")
class _SourceNoteRow:
    source: str
    note: str | None
    authors: str | None
    publisher: str | None
    copy: str | None
    start: str | None


@row_of("case-places")
class _SmallerPlaceRow:
    case: str
    name: str


@row_of("case-countries")
class _CountryRow:
    case: str
    country: str | None


@row_of("practice-factors")
class _PracticeRow:
    practice: str
    claim: str
    label: str
    number: int
    strength: int


@row_of("case-silences")
class _SilenceRow:
    scheme: str
    heading: str
    label: str


@row_of("case-parties")
class _PartyRow:
    party: str
    label: str
    strength: int
    shown: int


@row_of("case-timeline")
class _TimeRow:
    claim: str


@row_of("case-latest")
class _LatestRow:
    latest: str


@row_of("source-starting-point")
class _StartRow:
    title: str | None
    page: str | None


@row_of("factor-list")
class _FactorNameRow:
    label: str
    position: int


def counts(engine: Engine, graphs: Graphs = None) -> dict[str, int]:
    """Count statements, cases and sources.

    Returns:
        The numbers under `statements`, `cases` and `sources`.
    """
    (row,) = rows_as(_CountsRow, engine, graphs)
    return {"statements": row.statements, "cases": row.cases, "sources": row.sources}


def case_list(engine: Engine, graphs: Graphs = None) -> dict[str, str]:
    """Give the name of every case by its slug, in order of name."""
    return {slug_of(row.case): row.label for row in rows_as(_NameRow, engine, graphs)}


def case_rows(engine: Engine, graphs: Graphs = None, only: Iterable[str] | None = None) -> list[CaseRow]:
    """Give cases as the index shows them, in order of name.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
        only: Slugs of the cases to give; all of them if None. What is no case is left out.
    """
    slugs = case_list(engine, graphs) if only is None else only
    cases = [URIRef(PREFIXES["case"] + slug) for slug in slugs if _SLUG.fullmatch(slug)]
    if not cases:
        return []
    factors = grouped(rows_as(_FactorRow, engine, graphs, case=cases), key=lambda row: row.case)
    results = grouped(rows_as(ResultRow, engine, graphs, case=cases), key=lambda row: row.case)
    sources = grouped(rows_as(_SourceRow, engine, graphs, case=cases), key=lambda row: row.case)
    named = sorted({URIRef(row.source) for rows in sources.values() for row in rows})
    noted = rows_as(_SourceNoteRow, engine, graphs, source=named) if named else []
    details = grouped(noted, key=lambda row: row.source)
    by_case = grouped(rows_as(_CaseRow, engine, graphs, case=cases), key=lambda row: row.case)
    counts = what_counts(engine)
    shown = [
        CaseRow(
            slug=slug_of(iri),
            label=rows[0].label,
            question=rows[0].question,
            place=_place_name(rows),
            factors=_ties(factors.get(iri, []), counts),
            results=_results(results.get(iri, []), counts),
            rests_on=_rests_on(results.get(iri, []), counts),
            sources=tuple(_source(row, details[row.source]) for row in sources.get(iri, [])),
        )
        for iri, rows in by_case.items()
    ]
    return sorted(shown, key=lambda row: row.label)


def smaller_places(engine: Engine, graphs: Graphs = None) -> dict[str, str]:
    """Give the slug of the case that speaks of each smaller place, by the name of the place."""
    return {row.name: slug_of(row.case) for row in rows_as(_SmallerPlaceRow, engine, graphs)}


def case_countries(engine: Engine, graphs: Graphs = None) -> dict[str, str]:
    """Give the name of the country of each case by its slug; a case whose place is not named is left out."""
    return {
        slug_of(row.case): row.country
        for row in rows_as(_CountryRow, engine, graphs)
        if row.country is not None
    }


def case(engine: Engine, slug: str, graphs: Graphs = None, today: date | None = None) -> Case:
    """Give one case as its page shows it.

    Args:
        engine: Where to ask.
        slug: The last part of its IRI.
        graphs: Graphs to ask; all of them if None.
        today: Tells whether the time of a plan has passed; the day of the call if None.

    Raises:
        UnknownName: If there is no such case; the nearest name is offered.
    """
    rows = case_rows(engine, graphs, [slug])
    if not rows:
        raise UnknownName("case", slug, case_list(engine, graphs))
    (row,) = rows
    iri = URIRef(PREFIXES["case"] + slug)
    told = statements_about(engine, iri, graphs, today or current_day())
    statements = [statement for _, statement in told]
    return Case(
        row=row,
        groups=_groups(told, _main_factors(engine, graphs)),
        silences=_silences(rows_as(_SilenceRow, engine, graphs, case=iri)),
        read_whole=all(source.extent is ReadingExtent.WHOLE for source in row.sources),
        inferred=sum(not statement.evidence.explicit for statement in statements),
        parts=_parts(rows_as(_PartyRow, engine, graphs, case=iri)),
        contrasts=_contrasts(statements),
        timeline=_timeline(statements, shown_rows(_TimeRow, engine, graphs, case=iri)),
        latest=_latest(rows_as(_LatestRow, engine, graphs, case=iri)),
        words=words_of_their_time(engine, statements, graphs),
    )


def _groups(told: list[_Told], main: dict[str, tuple[int, str]]) -> tuple[Group, ...]:
    groups = []
    beside_the_paper = any(of_the_paper(statement) for _, statement in told)
    for (group, heading), pairs in groupby(told, key=lambda pair: (pair[0].group, pair[0].group_label)):
        parts: dict[tuple[int, str], list[_Told]] = {}
        for row, statement in pairs:
            parts.setdefault(_part(row, statement, main, beside_the_paper), []).append((row, statement))
        ordered = tuple(
            (name, tuple(statement for _, statement in sorted(parts[order, name], key=_as_told)))
            for order, name in sorted(parts)
        )
        groups.append(Group(slug_of(group), heading, ordered))
    return tuple(groups)


def _place_name(rows: list[_CaseRow]) -> str | None:
    places = sorted({row.place for row in rows if row.place is not None})
    if not places:
        return None
    country = rows[0].country or ""
    name = " and ".join(places)
    return name if country in name else f"{name}, {country}"


def _ties(rows: list[_FactorRow], counts: Counts) -> tuple[FactorTie, ...]:
    """Give the surest tie to each factor, as the rows come: the surest first."""
    ties: dict[str, FactorTie] = {}
    for row in rows:
        ties.setdefault(
            row.factor,
            FactorTie(
                number=row.number,
                label=row.label,
                short=row.short,
                basis=row.basis,
                hint=row.basis.position > counts.weakest_reading,
                address=page_of(row.factor),
            ),
        )
    return tuple(ties.values())


def _results(rows: list[ResultRow], counts: Counts) -> tuple[Result, ...]:
    results = {result_of(row, counts) for row in rows}
    return tuple(
        sorted(
            results, key=lambda result: (result.label, result.direction.position, result.standing.position)
        )
    )


def _rests_on(rows: list[ResultRow], counts: Counts) -> tuple[RestsOn, ...]:
    by_kind: dict[tuple[str, str, Voice], set[str]] = {}
    for row in rows:
        by_kind.setdefault((row.kind, row.kind_label, row.voice), set()).add(row.outcome)
    counted = [
        RestsOn(label, voice, len(outcomes), counts.standing_of(kind), counts.standing(kind, voice))
        for (kind, label, voice), outcomes in by_kind.items()
    ]
    return tuple(
        sorted(counted, key=lambda rests_on: (-rests_on.count, rests_on.kind, rests_on.voice.position))
    )


def _source(row: _SourceRow, details: list[_SourceNoteRow]) -> SourceNote:
    return SourceNote(
        label=row.label,
        title=row.title,
        page=row.page,
        year=year_in_words(row.year, row.year_basis, row.year_known),
        kind=row.kind_label,
        extent=row.extent,
        reading=row.reading,
        statements=row.shown,
        slug=slug_of(row.source),
        authors=details[0].authors,
        publisher=details[0].publisher,
        copy=details[0].copy,
        notes=tuple(detail.note for detail in details if detail.note is not None),
        starting_point=details[0].start is not None,
    )


def _as_told(told: _Told) -> tuple[bool, str, int]:
    """Put what a source says before what is read from it; the paper keeps its order, others that of time."""
    row, statement = told
    number = int(statement.slug.rsplit("-", 1)[-1])
    time = "" if of_the_paper(statement) else row.time or row.time_end or "undated"
    return not statement.evidence.explicit, time, number


def _main_factors(engine: Engine, graphs: Graphs) -> dict[str, tuple[int, str]]:
    """Give each practice the factor it belongs to most surely; of two as sure, the one told first."""
    main: dict[str, tuple[int, int, int, str]] = {}
    for row in rows_as(_PracticeRow, engine, graphs):
        tie = row.strength, int(row.claim.rsplit("-", 1)[-1]), row.number, row.label
        main[row.practice] = min(main.get(row.practice, tie), tie)
    return {practice: (number, label) for practice, (_, _, number, label) in main.items()}


def _part(
    row: CaseStatementRow, statement: Statement, main: dict[str, tuple[int, str]], beside_the_paper: bool
) -> tuple[int, str]:
    """Place a statement under a sub-heading: its order within the group, and its name; "" for none."""
    if not of_the_paper(statement) and row.direction is None:
        return (10, OTHER_DOCUMENTS) if beside_the_paper else (9, "")
    thing = row.object or ""
    if thing.startswith(PREFIXES["practice"]) and row.group != _WHAT_HELPED:
        return main.get(thing, (7, _NO_FACTOR))
    if thing.startswith(PREFIXES["action"]):
        return 8, "Changes to services"
    if thing.startswith(PREFIXES["principle"]):
        return 0, row.object_group or ""
    group = row.subject_group if row.direction is None else row.object_group
    return (9, "") if group is None else (0, group)


def _silences(rows: list[_SilenceRow]) -> tuple[Silence, ...]:
    return tuple(
        Silence(slug_of(scheme), heading, tuple(row.label for row in together))
        for (scheme, heading), together in groupby(rows, key=lambda row: (row.scheme, row.heading))
    )


def _parts(rows: list[_PartyRow]) -> tuple[Participant, ...]:
    said: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for row in rows:
        (said if row.strength == Basis.EXPLICIT.position else read)[row.label] += row.shown
    pages = {row.label: page_of(row.party) for row in rows}
    return tuple(Participant(label, said[label], read[label], pages[label]) for label in sorted(pages))


def _contrasts(statements: list[Statement]) -> tuple[Contrast, ...]:
    pairs: dict[frozenset[str], Contrast] = {}
    for statement in statements:
        own = Other(statement.slug, statement.text, statement.source.document.name)
        for other in statement.related.differing:
            pairs.setdefault(frozenset({own.slug, other.slug}), Contrast(own, other))
    return tuple(pairs.values())


def _timeline(statements: list[Statement], rows: list[_TimeRow]) -> tuple[Statement, ...]:
    by_slug = {statement.slug: statement for statement in statements}
    return tuple(by_slug[slug_of(row.claim)] for row in rows)


def _latest(rows: list[_LatestRow]) -> str | None:
    return next((in_words(row.latest) for row in rows if row.latest), None)


def collection(engine: Engine, graphs: Graphs = None) -> Collection:
    """Give what the list of cases says above and below itself.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    return Collection(
        papers=tuple((row.title or "", row.page or "") for row in rows_as(_StartRow, engine, graphs)),
        documents=counts(engine, graphs)["sources"],
        factors=tuple((row.position, row.label) for row in rows_as(_FactorNameRow, engine, graphs)),
    )
