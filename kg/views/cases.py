"""Cases for pages and documents: rows of named questions, turned into records."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from rdflib import URIRef

from kg.engine import Engine
from kg.errors import UnknownName
from kg.evidence import Basis, Counts, Direction, ReadingExtent, Voice, YearBasis, what_counts
from kg.queries.questions import ask
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
    Other,
    Participant,
    RestsOn,
    Result,
    Silence,
    SourceNote,
    Statement,
)
from kg.views.statements import (
    Record,
    maybe,
    of_the_paper,
    slug_of,
    statements_about,
    text,
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
_WHAT_HELPED = URIRef(PREFIXES["relation"] + "what-helped")


def counts(engine: Engine, graphs: Graphs = None) -> dict[str, int]:
    """Count statements, cases and sources.

    Returns:
        The numbers under `statements`, `cases` and `sources`.
    """
    return {name: int(str(cell)) for name, cell in ask(engine, "graph-counts", graphs)[0].items()}


def case_list(engine: Engine, graphs: Graphs = None) -> dict[str, str]:
    """Give the name of every case by its slug, in order of name."""
    return {slug_of(text(each["case"])): text(each["label"]) for each in ask(engine, "case-list", graphs)}


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
    factors = _by_case(ask(engine, "case-factors", graphs, case=cases))
    results = _by_case(ask(engine, "case-results", graphs, case=cases))
    sources = _by_case(ask(engine, "case-sources", graphs, case=cases))
    named = {URIRef(text(each["source"])) for found in sources.values() for each in found}
    details: dict[str, list[Record]] = {}
    for record in ask(engine, "source-details", graphs, source=sorted(named)) if named else ():
        details.setdefault(text(record["source"]), []).append(record)
    found = _by_case(ask(engine, "case-details", graphs, case=cases))
    counts = what_counts(engine)
    rows = [
        CaseRow(
            slug=slug_of(iri),
            label=text(records[0]["label"]),
            question=text(records[0]["question"]),
            place=_place_name(records),
            factors=_ties(factors.get(iri, []), counts),
            results=_results(results.get(iri, []), counts),
            rests_on=_rests_on(results.get(iri, []), counts),
            sources=tuple(_source(each, details[text(each["source"])]) for each in sources.get(iri, [])),
        )
        for iri, records in found.items()
    ]
    return sorted(rows, key=lambda row: row.label)


def smaller_places(engine: Engine, graphs: Graphs = None) -> dict[str, str]:
    """Give the slug of the case that speaks of each smaller place, by the name of the place."""
    return {
        text(record["name"]): slug_of(text(record["case"])) for record in ask(engine, "case-places", graphs)
    }


def case_countries(engine: Engine, graphs: Graphs = None) -> dict[str, str]:
    """Give the name of the country of each case by its slug; a case whose place is not named is left out."""
    return {
        slug_of(text(each["case"])): text(each["country"])
        for each in ask(engine, "case-countries", graphs)
        if each["country"] is not None
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
        silences=_silences(ask(engine, "case-silences", graphs, case=iri)),
        read_whole=all(source.extent is ReadingExtent.WHOLE for source in row.sources),
        inferred=sum(not statement.explicit for statement in statements),
        parts=_parts(ask(engine, "case-parties", graphs, case=iri)),
        contrasts=_contrasts(statements),
        timeline=_timeline(statements, ask(engine, "case-timeline", graphs, case=iri)),
        latest=_latest(ask(engine, "case-latest", graphs, case=iri), iri),
        words=words_of_their_time(engine, statements, graphs),
    )


def _groups(told: list[tuple[Record, Statement]], main: dict[str, tuple[int, str]]) -> tuple[Group, ...]:
    groups = []
    beside_the_paper = any(of_the_paper(statement) for _, statement in told)
    for (group, heading), found in groupby(
        told, key=lambda each: (text(each[0]["group"]), text(each[0]["groupLabel"]))
    ):
        parts: dict[tuple[int, str], list[tuple[Record, Statement]]] = {}
        for record, statement in found:
            parts.setdefault(_part(record, statement, main, beside_the_paper), []).append((record, statement))
        ordered = tuple(
            (name, tuple(statement for _, statement in sorted(parts[order, name], key=_as_told)))
            for order, name in sorted(parts)
        )
        groups.append(Group(slug_of(group), heading, ordered))
    return tuple(groups)


def _by_case(records: list[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(text(record["case"]), []).append(record)
    return found


def _place_name(records: list[Record]) -> str | None:
    places = sorted({text(record["place"]) for record in records if record["place"] is not None})
    if not places:
        return None
    country = text(records[0]["country"])
    name = " and ".join(places)
    return name if country in name else f"{name}, {country}"


def _ties(records: list[Record], counts: Counts) -> tuple[FactorTie, ...]:
    """Give the surest tie to each factor, as the rows come: the surest first."""
    ties: dict[str, FactorTie] = {}
    for record in records:
        basis = Basis.of(record["basis"])
        ties.setdefault(
            text(record["factor"]),
            FactorTie(
                number=int(text(record["number"])),
                label=text(record["label"]),
                short=text(record["short"]),
                basis=basis,
                hint=basis.position > counts.weakest_reading,
                address=page_of(text(record["factor"])),
            ),
        )
    return tuple(ties.values())


def _results(records: list[Record], counts: Counts) -> tuple[Result, ...]:
    found = {
        Result(
            text(each["label"]),
            Direction.of(each["direction"]),
            counts.standing(text(each["kind"]), Voice.of(each["voice"])),
        )
        for each in records
    }
    return tuple(
        sorted(found, key=lambda each: (each.label, each.direction.position, each.standing.position))
    )


def _rests_on(records: list[Record], counts: Counts) -> tuple[RestsOn, ...]:
    found: dict[tuple[str, str, Voice], set[str]] = {}
    for record in records:
        key = text(record["kind"]), text(record["kindLabel"]), Voice.of(record["voice"])
        found.setdefault(key, set()).add(text(record["outcome"]))
    counted = [
        RestsOn(label, voice, len(outcomes), counts.standing_of(kind), counts.standing(kind, voice))
        for (kind, label, voice), outcomes in found.items()
    ]
    return tuple(sorted(counted, key=lambda each: (-each.count, each.kind, each.voice.position)))


def _source(record: Record, details: list[Record]) -> SourceNote:
    return SourceNote(
        label=text(record["label"]),
        title=maybe(record["title"]),
        page=maybe(record["page"]),
        year=year_in_words(
            maybe(record["year"]), YearBasis.of(record["yearBasis"]), text(record["yearKnown"])
        ),
        kind=text(record["kindLabel"]),
        extent=ReadingExtent.of(record["extent"]),
        reading=text(record["reading"]),
        statements=int(text(record["statements"])),
        slug=slug_of(text(record["source"])),
        authors=maybe(details[0]["authors"]),
        publisher=maybe(details[0]["publisher"]),
        copy=maybe(details[0]["copy"]),
        notes=tuple(text(each["note"]) for each in details if each["note"] is not None),
        starting_point=details[0]["start"] is not None,
    )


def _as_told(told: tuple[Record, Statement]) -> tuple[bool, str, int]:
    """Put what a source says before what is read from it; the paper keeps its order, others that of time."""
    record, statement = told
    number = int(statement.slug.rsplit("-", 1)[-1])
    time = "" if of_the_paper(statement) else text(record["time"]) or text(record["timeEnd"]) or "undated"
    return not statement.explicit, time, number


def _main_factors(engine: Engine, graphs: Graphs) -> dict[str, tuple[int, str]]:
    """Give each practice the factor it belongs to most surely; of two as sure, the one told first."""
    main: dict[str, tuple[int, int, int, str]] = {}
    for record in ask(engine, "practice-factors", graphs):
        told = int(text(record["claim"]).rsplit("-", 1)[-1])
        tie = (int(text(record["strength"])), told, int(text(record["number"])), text(record["label"]))
        practice = text(record["practice"])
        main[practice] = min(main.get(practice, tie), tie)
    return {practice: (number, label) for practice, (_, _, number, label) in main.items()}


def _part(
    record: Record, statement: Statement, main: dict[str, tuple[int, str]], beside_the_paper: bool
) -> tuple[int, str]:
    """Place a statement under a sub-heading: its order within the group, and its name; "" for none."""
    if not of_the_paper(statement) and record["direction"] is None:
        return (10, OTHER_DOCUMENTS) if beside_the_paper else (9, "")
    thing = text(record["object"])
    if thing.startswith(PREFIXES["practice"]) and record["group"] != _WHAT_HELPED:
        return main.get(thing, (7, _NO_FACTOR))
    if thing.startswith(PREFIXES["action"]):
        return 8, "Changes to services"
    if thing.startswith(PREFIXES["principle"]):
        return 0, text(record["objectGroup"])
    group = record["objectGroup"] if record["direction"] is not None else record["subjectGroup"]
    return (9, "") if group is None else (0, text(group))


def _silences(records: list[Record]) -> tuple[Silence, ...]:
    return tuple(
        Silence(slug_of(scheme), heading, tuple(text(record["label"]) for record in found))
        for (scheme, heading), found in groupby(
            records, key=lambda record: (text(record["scheme"]), text(record["heading"]))
        )
    )


def _parts(records: list[Record]) -> tuple[Participant, ...]:
    said: dict[str, int] = {}
    read: dict[str, int] = {}
    pages: dict[str, str] = {}
    for record in records:
        tally = said if text(record["strength"]) == "1" else read
        label = text(record["label"])
        pages[label] = page_of(text(record["party"]))
        tally[label] = tally.get(label, 0) + int(text(record["statements"]))
    return tuple(
        Participant(label, said.get(label, 0), read.get(label, 0), pages[label])
        for label in sorted({*said, *read})
    )


def _contrasts(statements: list[Statement]) -> tuple[Contrast, ...]:
    pairs: dict[frozenset[str], Contrast] = {}
    for statement in statements:
        own = Other(statement.slug, statement.text, statement.source)
        for other in statement.differing:
            pairs.setdefault(frozenset({own.slug, other.slug}), Contrast(own, other))
    return tuple(pairs.values())


def _timeline(statements: list[Statement], records: list[Record]) -> tuple[Statement, ...]:
    by_slug = {statement.slug: statement for statement in statements}
    return tuple(by_slug[slug_of(text(record["claim"]))] for record in records)


def _latest(records: list[Record], iri: URIRef) -> str | None:
    found = [text(record["latest"]) for record in records if record["case"] == iri and record["latest"]]
    return in_words(found[0]) if found else None


def collection(engine: Engine, graphs: Graphs = None) -> Collection:
    """Give what the list of cases says above and below itself.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    return Collection(
        papers=tuple(
            (text(each["title"]), maybe(each["page"]) or "")
            for each in ask(engine, "source-starting-point", graphs)
        ),
        documents=counts(engine, graphs)["sources"],
        factors=tuple(
            (int(text(each["position"])), text(each["label"])) for each in ask(engine, "factor-list", graphs)
        ),
    )
