"""Rows turned into the small records that pages and documents draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rdflib import URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.errors import UnknownName
from kg.questions import ask
from kg.terms import PREFIXES

__all__ = [
    "Case",
    "CaseRow",
    "Counted",
    "FactorTie",
    "Group",
    "Place",
    "Silence",
    "SourceNote",
    "Statement",
    "case",
    "case_rows",
    "counts",
]

_Record = dict[str, Node | None]
_SLUG_START = len(PREFIXES["case"])
_USES = URIRef(PREFIXES["relation"] + "uses")
_EXPLICIT = PREFIXES["basis"] + "explicit"
_NO_FACTOR = "Across the factors"
_SPELT = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ORDINALS = _SPELT.split()


@dataclass(frozen=True)
class Counted:
    """A label and how many statements or results stand under it."""

    label: str
    count: int


@dataclass(frozen=True)
class FactorTie:
    """A factor that a case is tied to.

    Attributes:
        number: 1 to 5.
        label: The factor's name.
        explicit: Whether the source makes the tie; if not, it is our reading.
        grade: The basis in words.
    """

    number: int
    label: str
    explicit: bool
    grade: str


@dataclass(frozen=True)
class SourceNote:
    """A source as a reader needs it beneath a statement.

    Attributes:
        label: A short name.
        title: Its title, where one is known.
        page: Its web address, where one is known.
        year: Its year, or the words that say that none is stated.
        kind: What kind of document it is.
        reading: How much of it was read.
        statements: How many statements about the case stand in it.
    """

    label: str
    title: str | None
    page: str | None
    year: str
    kind: str
    reading: str
    statements: int


@dataclass(frozen=True)
class CaseRow:
    """One case as the index shows it.

    Attributes:
        slug: The last part of its IRI.
        label: Its name.
        question: The question it answers for a leader.
        place: Where it is, if that is known.
        factors: Explicit ties first.
        results: Names of the results that are reported, in order of name.
        rests_on: The same results, counted by the kind of document they rest on.
        sources: The sources that speak of it.
    """

    slug: str
    label: str
    question: str
    place: str | None
    factors: tuple[FactorTie, ...]
    results: tuple[str, ...]
    rests_on: tuple[Counted, ...]
    sources: tuple[SourceNote, ...]

    @property
    def statements(self) -> int:
        """How many statements there are about the case, in all sources."""
        return sum(source.statements for source in self.sources)


@dataclass(frozen=True)
class Place:
    """Where a statement stands.

    Attributes:
        where: Section and paragraph in words, such as “Section 3, third paragraph”.
        look_for: The opening words to look for; None where only a heading is cited.
    """

    where: str
    look_for: str | None


@dataclass(frozen=True)
class Statement:
    """One statement with all that has to be shown with it.

    Attributes:
        slug: The last part of its IRI.
        text: The statement.
        explicit: Whether it stands in the source; if not, it is our reading.
        grade: The basis in words.
        tone: How the source says it, in words.
        denied: Whether the source says that it is not so.
        direction: For a result, which way it went.
        voice: For a result, whose claim it is.
        inference: For a reading, why it is read so.
        attributions: To whom the source gives it.
        caveats: What has to be said with it.
        source: The name of its source.
        places: Where in the source it stands.
        concept: Name of the concept or thing it ends at, if any.
        group: Name of the group that concept belongs to, if any.
    """

    slug: str
    text: str
    explicit: bool
    grade: str
    tone: str
    denied: bool
    direction: str | None
    voice: str
    inference: str | None
    attributions: tuple[str, ...]
    caveats: tuple[str, ...]
    source: str
    places: tuple[Place, ...]
    concept: str | None
    group: str | None


@dataclass(frozen=True)
class Group:
    """Statements under one heading.

    Attributes:
        slug: A name for links within the page.
        heading: The heading.
        parts: Statements by sub-heading; the sub-heading is empty where there is none.
    """

    slug: str
    heading: str
    parts: tuple[tuple[str, tuple[Statement, ...]], ...]

    @property
    def statements(self) -> int:
        """How many statements stand under the heading."""
        return sum(len(statements) for _, statements in self.parts)


@dataclass(frozen=True)
class Silence:
    """What nothing that was read says anything on: names, by heading."""

    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One case as its page shows it.

    Attributes:
        row: What the index shows of it.
        groups: Its statements in the order of the page.
        silences: What is not said, by heading.
        read_whole: Whether every source that speaks of it was read whole.
        inferred: How many of its statements are our reading.
    """

    row: CaseRow
    groups: tuple[Group, ...]
    silences: tuple[Silence, ...]
    read_whole: bool
    inferred: int


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
    main = _main_factors(engine, graphs)
    records = ask(engine, "case-statements", graphs, case=iri)
    groups = []
    for (group, heading), found in groupby(
        records, key=lambda r: (_text(r["group"]), _text(r["groupLabel"]))
    ):
        parts: dict[str, list[Statement]] = {}
        for record in found:
            claim = _text(record["claim"])
            statement = _statement(record, notes.get(claim, []), sources[claim], places[claim])
            parts.setdefault(_part(record, main), []).append(statement)
        ordered = sorted(parts.items(), key=lambda part: _part_order(part[0]))
        groups.append(
            Group(
                _slug_of(group),
                heading,
                tuple((_part_name(name), tuple(sorted(members, key=_as_told))) for name, members in ordered),
            )
        )
    row = rows[slug]
    return Case(
        row=row,
        groups=tuple(groups),
        silences=_silences(ask(engine, "case-silences", graphs, case=iri)),
        read_whole=all(source.reading == "Read whole" for source in row.sources),
        inferred=sum(_text(record["basis"]) != _EXPLICIT for record in records),
    )


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
        explicit=_text(record["basis"]) == _EXPLICIT,
        grade=_text(record["grade"]),
    )


def _rests_on(records: list[_Record]) -> tuple[Counted, ...]:
    kinds: dict[str, set[str]] = {}
    for record in records:
        kinds.setdefault(f"{_text(record['kind'])} ({_text(record['voice']).lower()})", set()).add(
            _text(record["outcome"])
        )
    return tuple(
        Counted(kind, len(found))
        for kind, found in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    )


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
    return _ORDINALS[int(_text(node)) - 1]


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
    """Give each practice the factor it belongs to most surely."""
    main: dict[str, tuple[int, str]] = {}
    for record in ask(engine, "practice-factors", graphs):
        main.setdefault(_text(record["practice"]), (int(_text(record["number"])), _text(record["label"])))
    return main


def _part(record: _Record, main: dict[str, tuple[int, str]]) -> str:
    """Name the sub-heading of a statement, with a number before it where order matters."""
    if record["relation"] == _USES or _text(record["object"]).startswith(PREFIXES["practice"]):
        if _text(record["object"]).startswith(PREFIXES["action"]):
            return "8\tChanges to services"
        number, label = main.get(_text(record["object"]), (7, _NO_FACTOR))
        return f"{number}\t{label}"
    if record["direction"] is not None and record["objectGroup"] is not None:
        return f"0\t{_text(record['objectGroup'])}"
    return ""


def _part_order(name: str) -> tuple[int, str]:
    return (int(name[0]), name) if name else (9, "")


def _part_name(name: str) -> str:
    return name.split("\t", 1)[-1]


def _silences(records: list[_Record]) -> tuple[Silence, ...]:
    return tuple(
        Silence(heading, tuple(_text(record["label"]) for record in found))
        for heading, found in groupby(records, key=lambda record: _text(record["heading"]))
    )
