"""A concept, body or place as its page shows it: what it is, and what is said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import DCTERMS, ORG, RDF, RDFS, SKOS, URIRef

from kg.engine import Engine
from kg.errors import UnknownName
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.terms import BASE, PREFIXES, SL, shorten
from kg.views.bodies import words_of_their_time
from kg.views.choices import Graphs
from kg.views.links import is_address, link_of
from kg.views.records import BodyNote
from kg.views.statement_records import Link
from kg.views.statements import slug_of
from kg.views.ties import (
    FOUND_IN,
    HARD,
    Instances,
    Ties,
    factors_of,
    instances,
    joined_rows,
    joined_statements,
    sorted_by_question,
    ties,
)
from kg.views.times import in_words

__all__ = ["Entry", "Later", "Meaning", "Mentions", "Surroundings", "entry", "name_of"]

_DIFFICULTIES = "challenges"


@dataclass(frozen=True)
class Later:
    """What became of a kind of body.

    Attributes:
        note: What happened next.
        page: The page that says so, if one is known.
        as_of: The date of the latest text the note rests on, if known.
    """

    note: str
    page: str | None
    as_of: str | None


@dataclass(frozen=True)
class Meaning:
    """What a thing is.

    Attributes:
        definition: What it means, if it has a definition.
        also: What else it is called.
        notes: What else has to be said of it.
        position: Its place among its kind; 0 where the order means nothing.
        later: What happened next, or of bodies of its kind.
    """

    definition: str | None
    also: tuple[str, ...]
    notes: tuple[str, ...]
    position: int
    later: tuple[Later, ...]


@dataclass(frozen=True)
class Surroundings:
    """What a thing belongs to, and what belongs to it.

    Attributes:
        kinds: What kind of body it is.
        within: What it lies in or is grouped under.
        parts: What is grouped under it, lies in it or is of this kind.
        here: For a place, the cases that lie in it or speak of it.
        related: What else to look at.
    """

    kinds: tuple[Link, ...]
    within: tuple[Link, ...]
    parts: tuple[Link, ...]
    here: tuple[Link, ...]
    related: tuple[Link, ...]


@dataclass(frozen=True)
class Mentions:
    """What statements say of a thing.

    Attributes:
        found_in: The cases in which it is found.
        hard: The cases that tell how hard it was.
        told: What else is said of it, by question.
        done: For a difficulty, what each case is said, in so many words, to do of what is offered
            against it.
        words: Words for kinds of bodies that the statements shown use.
        count: How many statements name it, speak of it or are filed under it.
        factors: The factors that it belongs to, and whether a document says so itself.
    """

    found_in: Instances
    hard: Instances
    told: tuple[Ties, ...]
    done: tuple[tuple[Link, tuple[Link, ...]], ...]
    words: tuple[BodyNote, ...]
    count: int
    factors: tuple[tuple[Link, bool], ...]

    def on(self, question: str) -> Ties | None:
        """Return what is said on one question, such as “guidance”."""
        return next((ties for ties in self.told if ties.key == question), None)


@dataclass(frozen=True)
class Entry:
    """One thing with what is said of it.

    Attributes:
        path: Its address from the base on, such as `scheme/practices/pool-budgets`.
        name: What it is called.
        scheme: The list it is of: the last part of its IRI, or "".
        kind: Its class, with its prefix, where it is of no list.
        meaning: What it is.
        around: What it belongs to, and what belongs to it.
        mentions: What statements say of it.
    """

    path: str
    name: str
    scheme: str
    kind: str
    meaning: Meaning
    around: Surroundings
    mentions: Mentions


@row_of("thing-properties")
class _PropertyRow:
    property: URIRef
    value: str
    label: str | None


@row_of("thing-parts")
class _PartRow:
    part: str
    label: str


@row_of("place-cases")
class _PlaceCaseRow:
    case: str
    label: str


@row_of("challenge-case-practices")
class _DoneRow:
    case: str
    case_label: str
    practice: str
    label: str


_Properties = Mapping[URIRef, Sequence[_PropertyRow]]


def entry(engine: Engine, path: str, graphs: Graphs = None) -> Entry:
    """Give a concept, a body or a place.

    Args:
        engine: Where to ask.
        path: Its address from the base on, such as `scheme/practices/pool-budgets`.
        graphs: Graphs to ask; all of them if None.

    Raises:
        UnknownName: If these graphs say nothing of it.
    """
    iri = URIRef(BASE + path)
    said = _said(engine, iri, graphs) if is_address(path) else {}
    names = _values(said, SKOS.prefLabel)
    if not names:
        raise UnknownName("entry", path[:100], ())
    scheme = next((slug_of(value) for value in _values(said, SKOS.inScheme)), "")
    return Entry(
        path=path,
        name=names[0],
        scheme=scheme,
        kind="" if scheme else next((shorten(value) for value in _values(said, RDF.type)), ""),
        meaning=Meaning(
            definition=next(iter(_values(said, SKOS.definition)), None),
            also=tuple(_values(said, SKOS.altLabel)),
            notes=tuple(_values(said, SKOS.scopeNote)),
            position=int(next(iter(_values(said, SL.position)), 0)),
            later=_later(engine, said, graphs),
        ),
        around=Surroundings(
            kinds=_links(said, ORG.classification),
            within=(*_links(said, DCTERMS.isPartOf), *_links(said, SKOS.broader)),
            parts=tuple(link_of(row.part, row.label) for row in rows_as(_PartRow, engine, graphs, thing=iri)),
            here=_here(engine, iri, graphs),
            related=_links(said, SKOS.related),
        ),
        mentions=_mentions(engine, iri, scheme, graphs),
    )


def _mentions(engine: Engine, iri: URIRef, scheme: str, graphs: Graphs) -> Mentions:
    rows = joined_rows(engine, iri, graphs)
    joined = joined_statements(engine, rows)
    by_question = sorted_by_question(joined, scheme)
    found_in = instances(engine, iri, by_question.pop(FOUND_IN, []), graphs)
    hard = instances(engine, iri, by_question.pop(HARD, []), graphs, outcomes=False)
    told = ties(engine, iri, by_question, graphs)
    shown = [tie for case in (*found_in.shown, *hard.shown) for tie in case.shown]
    shown += [tie for question in told for tie in question.shown]
    return Mentions(
        found_in=found_in,
        hard=hard,
        told=told,
        done=_done(engine, iri, graphs) if scheme == _DIFFICULTIES else (),
        words=words_of_their_time(engine, [tie.statement for tie in shown], graphs),
        count=len({each.claim for each in joined}),
        factors=factors_of(rows),
    )


def name_of(engine: Engine, path: str) -> str | None:
    """Return what a thing is called, whichever documents speak of it; None if there is no such thing.

    Args:
        engine: Where to ask.
        path: Its address from the base on, as a stranger may have written it.
    """
    said = _said(engine, URIRef(BASE + path), None) if is_address(path) else {}
    return next(iter(_values(said, SKOS.prefLabel)), None)


def _said(engine: Engine, thing: URIRef, graphs: Graphs) -> _Properties:
    """Return what is said of a thing, by property."""
    return grouped(rows_as(_PropertyRow, engine, graphs, thing=thing), key=lambda row: row.property)


def _values(said: _Properties, name: URIRef) -> list[str]:
    return [row.value for row in said.get(name, ())]


def _links(said: _Properties, name: URIRef) -> tuple[Link, ...]:
    return tuple(link_of(row.value, row.label or "") for row in said.get(name, ()))


def _here(engine: Engine, iri: URIRef, graphs: Graphs) -> tuple[Link, ...]:
    if not iri.startswith(PREFIXES["place"]):
        return ()
    cases = rows_as(_PlaceCaseRow, engine, graphs, place=iri)
    return tuple(dict.fromkeys(link_of(row.case, row.label) for row in cases))


def _later(engine: Engine, said: _Properties, graphs: Graphs) -> tuple[Later, ...]:
    """Give what became of a kind of body; of a body, what became of bodies of its kind."""
    kinds = _values(said, ORG.classification)
    return _noted(said) + tuple(
        later for kind in kinds for later in _noted(_said(engine, URIRef(kind), graphs))
    )


def _noted(said: _Properties) -> tuple[Later, ...]:
    page = next(iter(_values(said, RDFS.seeAlso)), None)
    as_of = next((in_words(value) for value in _values(said, SL.asOf)), None)
    return tuple(Later(note, page, as_of) for note in _values(said, SKOS.note))


def _done(engine: Engine, challenge: URIRef, graphs: Graphs) -> tuple[tuple[Link, tuple[Link, ...]], ...]:
    done = rows_as(_DoneRow, engine, graphs, challenge=challenge)
    return tuple(
        (case, tuple(link_of(row.practice, row.label) for row in rows))
        for case, rows in grouped(done, key=lambda row: link_of(row.case, row.case_label)).items()
    )
