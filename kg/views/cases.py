"""Cases for pages and documents: rows of named questions, turned into records."""

from collections.abc import Sequence
from itertools import groupby

from rdflib import URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.errors import UnknownName
from kg.questions import ask
from kg.terms import PREFIXES
from kg.views.records import Case, CaseRow, FactorTie, Group, Place, RestsOn, Silence, SourceNote, Statement

__all__ = ["case", "case_rows", "counts"]

_Record = dict[str, Node | None]
_SLUG_START = len(PREFIXES["case"])
_EXPLICIT = PREFIXES["basis"] + "explicit"
_NO_FACTOR = "Across the factors"
_WHAT_HELPED = URIRef(PREFIXES["relation"] + "what-helped")
_SPELT = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ORDINALS = _SPELT.split()


def counts(engine: Engine, graphs: Sequence[URIRef] | None = None) -> dict[str, int]:
    """Count statements, cases and sources.

    Returns:
        The numbers under `statements`, `cases` and `sources`.
    """
    return {name: int(str(cell)) for name, cell in ask(engine, "graph-counts", graphs)[0].items()}


def case_rows(engine: Engine, graphs: Sequence[URIRef] | None = None) -> list[CaseRow]:
    """Give every case as the index shows it, in order of name."""
    factors = _by_case(ask(engine, "case-factors", graphs))
    results = _by_case(ask(engine, "case-results", graphs))
    sources = _by_case(ask(engine, "case-sources", graphs))
    return [
        CaseRow(
            slug=_slug(record["case"]),
            label=_text(record["label"]),
            question=_text(record["question"]),
            place=_place_name(record),
            factors=tuple(_tie(each) for each in factors.get(_text(record["case"]), [])),
            results=tuple(sorted({_text(each["label"]) for each in results.get(_text(record["case"]), [])})),
            rests_on=_rests_on(results.get(_text(record["case"]), [])),
            sources=tuple(_source(each) for each in sources.get(_text(record["case"]), [])),
        )
        for record in ask(engine, "case-list", graphs)
    ]


def case(engine: Engine, slug: str, graphs: Sequence[URIRef] | None = None) -> Case:
    """Give one case as its page shows it.

    Raises:
        UnknownName: If there is no such case; the nearest name is offered.
    """
    rows = {row.slug: row for row in case_rows(engine, graphs)}
    if slug not in rows:
        raise UnknownName("case", slug, rows)
    iri = URIRef(PREFIXES["case"] + slug)
    places: dict[str, list[Place]] = {}
    sources: dict[str, str] = {}
    for record in ask(engine, "case-statement-passages", graphs, case=iri):
        places.setdefault(_text(record["claim"]), []).append(_where(record))
        sources[_text(record["claim"])] = _text(record["source"])
    notes: dict[str, list[_Record]] = {}
    for record in ask(engine, "case-statement-notes", graphs, case=iri):
        notes.setdefault(_text(record["claim"]), []).append(record)
    records = ask(engine, "case-statements", graphs, case=iri)
    statements = {
        _text(record["claim"]): _statement(
            record,
            notes.get(_text(record["claim"]), []),
            sources[_text(record["claim"])],
            places[_text(record["claim"])],
        )
        for record in records
    }
    row = rows[slug]
    return Case(
        row=row,
        groups=_groups(records, statements, _main_factors(engine, graphs)),
        silences=_silences(ask(engine, "case-silences", graphs, case=iri)),
        read_whole=all(source.reading == "Read whole" for source in row.sources),
        inferred=sum(_text(record["basis"]) != _EXPLICIT for record in records),
    )


def _groups(
    records: list[_Record], statements: dict[str, Statement], main: dict[str, tuple[int, str]]
) -> tuple[Group, ...]:
    groups = []
    for (group, heading), found in groupby(
        records, key=lambda r: (_text(r["group"]), _text(r["groupLabel"]))
    ):
        parts: dict[tuple[int, str], list[Statement]] = {}
        for record in found:
            parts.setdefault(_part(record, main), []).append(statements[_text(record["claim"])])
        ordered = tuple(
            (name, tuple(sorted(parts[order, name], key=_as_told))) for order, name in sorted(parts)
        )
        groups.append(Group(_slug_of(group), heading, ordered))
    return tuple(groups)


def _text(node: Node | None) -> str:
    return "" if node is None else str(node)


def _maybe(node: Node | None) -> str | None:
    return None if node is None else str(node)


def _slug(node: Node | None) -> str:
    return _text(node)[_SLUG_START:]


def _slug_of(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _by_case(records: list[_Record]) -> dict[str, list[_Record]]:
    found: dict[str, list[_Record]] = {}
    for record in records:
        found.setdefault(_text(record["case"]), []).append(record)
    return found


def _place_name(record: _Record) -> str | None:
    if record["place"] is None:
        return None
    place, country = _text(record["place"]), _text(record["country"])
    return place if country in place else f"{place}, {country}"


def _tie(record: _Record) -> FactorTie:
    return FactorTie(
        number=int(_text(record["number"])),
        label=_text(record["label"]),
        short=_text(record["short"]),
        explicit=_text(record["basis"]) == _EXPLICIT,
        grade=_text(record["grade"]),
    )


def _rests_on(records: list[_Record]) -> tuple[RestsOn, ...]:
    found: dict[tuple[str, str], set[str]] = {}
    for record in records:
        found.setdefault((_text(record["kind"]), _text(record["voice"])), set()).add(_text(record["outcome"]))
    counted = [RestsOn(kind, voice, len(outcomes)) for (kind, voice), outcomes in found.items()]
    return tuple(sorted(counted, key=lambda each: (-each.count, each.kind, each.voice)))


def _source(record: _Record) -> SourceNote:
    return SourceNote(
        label=_text(record["label"]),
        title=_maybe(record["title"]),
        page=_maybe(record["page"]),
        year=_maybe(record["year"]) or _text(record["yearBasis"]).lower(),
        kind=_text(record["kind"]),
        reading=_text(record["reading"]),
        statements=int(_text(record["statements"])),
    )


def _where(record: _Record) -> Place:
    number, heading = _maybe(record["number"]), _text(record["heading"])
    parts = [f"Section {number}" if number else f"Section “{heading}”"]
    if record["paragraph"] is not None:
        paragraph = f"{_ordinal(record['paragraph'])} paragraph"
        if record["row"] is not None:
            paragraph += f", {_ordinal(record['row'])} row of the table"
        if record["box"] is not None:
            paragraph += f", in the box on {_text(record['box'])}"
        parts.append(paragraph)
    else:
        parts.append("heading")
    return Place(", ".join(parts), _maybe(record["anchor"]))


def _ordinal(node: Node | None) -> str:
    number = int(_text(node))
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{number}th"


def _statement(record: _Record, notes: list[_Record], source: str, places: list[Place]) -> Statement:
    return Statement(
        slug=_slug_of(_text(record["claim"])),
        text=_text(record["statement"]),
        explicit=_text(record["basis"]) == _EXPLICIT,
        grade=_text(record["grade"]),
        tone=_text(record["tone"]),
        denied=_text(record["polarity"]) == "Denied",
        direction=_maybe(record["direction"]),
        voice=_text(record["voice"]),
        time=_maybe(record["time"]),
        inference=_maybe(record["inference"]),
        attributions=tuple(_text(note["attribution"]) for note in notes if note["attribution"] is not None),
        caveats=tuple(_text(note["caveat"]) for note in notes if note["caveat"] is not None),
        source=source,
        places=tuple(places),
        concept=_maybe(record["objectLabel"]),
        group=_maybe(record["objectGroup"]),
    )


def _as_told(statement: Statement) -> tuple[bool, int]:
    """Put what the source says before what is read from it, each in the order of the source."""
    return not statement.explicit, int(statement.slug.rsplit("-", 1)[-1])


def _main_factors(engine: Engine, graphs: Sequence[URIRef] | None) -> dict[str, tuple[int, str]]:
    """Give each practice the factor it belongs to most surely; of two as sure, the one told first."""
    main: dict[str, tuple[int, int, int, str]] = {}
    for record in ask(engine, "practice-factors", graphs):
        told = int(_text(record["claim"]).rsplit("-", 1)[-1])
        tie = (int(_text(record["strength"])), told, int(_text(record["number"])), _text(record["label"]))
        practice = _text(record["practice"])
        main[practice] = min(main.get(practice, tie), tie)
    return {practice: (number, label) for practice, (_, _, number, label) in main.items()}


def _part(record: _Record, main: dict[str, tuple[int, str]]) -> tuple[int, str]:
    """Place a statement under a sub-heading: its order within the group, and its name; "" for none."""
    thing = _text(record["object"])
    if thing.startswith(PREFIXES["practice"]) and record["group"] != _WHAT_HELPED:
        return main.get(thing, (7, _NO_FACTOR))
    if thing.startswith(PREFIXES["action"]):
        return 8, "Changes to services"
    if thing.startswith(PREFIXES["principle"]):
        return 0, _text(record["objectGroup"])
    group = record["objectGroup"] if record["direction"] is not None else record["subjectGroup"]
    return (9, "") if group is None else (0, _text(group))


def _silences(records: list[_Record]) -> tuple[Silence, ...]:
    return tuple(
        Silence(heading, tuple(_text(record["label"]) for record in found))
        for heading, found in groupby(records, key=lambda record: _text(record["heading"]))
    )
