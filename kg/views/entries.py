"""A concept, body or place as its page shows it: what it is, and what is said of it."""

from dataclasses import dataclass

from rdflib import DCTERMS, ORG, RDF, RDFS, SKOS, URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.errors import UnknownName
from kg.queries.questions import ask
from kg.terms import BASE, PREFIXES, SL, shorten
from kg.views.bodies import words_of_their_time
from kg.views.choices import Graphs
from kg.views.links import is_address, link_of
from kg.views.records import BodyNote, Link
from kg.views.statements import Record, slug_of, text
from kg.views.ties import (
    FOUND_IN,
    HARD,
    Instances,
    Ties,
    instances,
    joined_statements,
    sorted_by_question,
    ties,
)
from kg.views.times import in_words

__all__ = ["Entry", "Later", "Terms", "entry", "name_of", "terms"]

_DIFFICULTIES = "challenges"


@dataclass(frozen=True)
class Later:
    """What became of a kind of body.

    Attributes:
        note: What became of it.
        page: The page that says so, if one is known.
        as_of: The date of the latest text the note rests on, if known.
    """

    note: str
    page: str | None
    as_of: str | None


@dataclass(frozen=True)
class Entry:
    """One thing with what is said of it.

    Attributes:
        path: Its address from the base on, such as `scheme/practices/pool-budgets`.
        name: What it is called.
        scheme: The list it is of: the last part of its IRI, or "".
        kind: Its class, with its prefix, where it is of no list.
        definition: What it means, if it has a definition.
        also: What else it is called.
        notes: What else has to be said of it.
        position: Its place among its kind; 0 where the order means nothing.
        kinds: What kind of body it is.
        within: What it lies in or is grouped under.
        parts: What is grouped under it, lies in it or is of this kind.
        here: For a place, the cases that lie in it or speak of it.
        related: What else to look at.
        later: What became of it, or of bodies of its kind.
        found_in: The cases in which it is found.
        hard: The cases that tell how hard it was.
        told: What else is said of it, by question.
        done: For a difficulty, what each case is said, in so many words, to do of what is offered
            against it.
        words: Words for kinds of bodies that the statements shown use.
        statements: How many statements name it, speak of it or are filed under it.
    """

    path: str
    name: str
    scheme: str
    kind: str
    definition: str | None
    also: tuple[str, ...]
    notes: tuple[str, ...]
    position: int
    kinds: tuple[Link, ...]
    within: tuple[Link, ...]
    parts: tuple[Link, ...]
    here: tuple[Link, ...]
    related: tuple[Link, ...]
    later: tuple[Later, ...]
    found_in: Instances
    hard: Instances
    told: tuple[Ties, ...]
    done: tuple[tuple[Link, tuple[Link, ...]], ...]
    words: tuple[BodyNote, ...]
    statements: int

    def told_of(self, key: str) -> Ties | None:
        """Give what is said on one question, such as “guidance”."""
        return next((each for each in self.told if each.key == key), None)


@dataclass(frozen=True)
class Terms:
    """The terms of a list.

    Attributes:
        name: What the list is called.
        definition: What it holds.
        groups: By name of the group, each term with what it means; the group is named "" for terms
            that stand alone.
    """

    name: str
    definition: str
    groups: tuple[tuple[str, tuple[tuple[Link, str], ...]], ...]


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
    records = ask(engine, "thing-properties", graphs, thing=iri) if is_address(path) else []
    names = _values(records, SKOS.prefLabel)
    if not names:
        raise UnknownName("entry", path[:100], ())
    scheme = next((slug_of(str(each)) for each in _values(records, SKOS.inScheme)), "")
    rows = joined_statements(engine, iri, graphs)
    by_question = sorted_by_question(rows, scheme)
    found_in = by_question.pop(FOUND_IN, [])
    hard = by_question.pop(HARD, [])
    cases = instances(engine, iri, found_in, graphs)
    hard_in = instances(engine, iri, hard, graphs, outcomes=False)
    told = ties(engine, iri, by_question, graphs)
    shown = [*(tie for case in (*cases.shown, *hard_in.shown) for tie in case.shown)]
    shown += [tie for question in told for tie in question.shown]
    return Entry(
        path=path,
        name=names[0],
        scheme=scheme,
        kind="" if scheme else next((shorten(each) for each in _values(records, RDF.type)), ""),
        definition=next(iter(_values(records, SKOS.definition)), None),
        also=tuple(_values(records, SKOS.altLabel)),
        notes=tuple(_values(records, SKOS.scopeNote)),
        position=int(next(iter(_values(records, SL.position)), 0)),
        kinds=_links(records, ORG.classification),
        within=(*_links(records, DCTERMS.isPartOf), *_links(records, SKOS.broader)),
        parts=_parts(engine, iri, graphs),
        here=_here(engine, iri, graphs),
        related=_links(records, SKOS.related),
        later=_later(engine, records, graphs),
        found_in=cases,
        hard=hard_in,
        told=told,
        done=_done(engine, iri, graphs) if scheme == _DIFFICULTIES else (),
        words=words_of_their_time(engine, [tie.statement for tie in shown], graphs),
        statements=len({each.claim for each in rows}),
    )


def name_of(engine: Engine, path: str) -> str | None:
    """Return what a thing is called, whichever documents speak of it; None if there is no such thing.

    Args:
        engine: Where to ask.
        path: Its address from the base on, as a stranger may have written it.
    """
    records = ask(engine, "thing-properties", thing=URIRef(BASE + path)) if is_address(path) else []
    return next(iter(_values(records, SKOS.prefLabel)), None)


def _values(records: list[Record], name: Node) -> list[str]:
    return [text(each["value"]) for each in records if each["property"] == name]


def _links(records: list[Record], name: Node) -> tuple[Link, ...]:
    return tuple(
        link_of(text(each["value"]), text(each["label"])) for each in records if each["property"] == name
    )


def _parts(engine: Engine, iri: URIRef, graphs: Graphs) -> tuple[Link, ...]:
    return tuple(
        link_of(text(each["part"]), text(each["label"]))
        for each in ask(engine, "thing-parts", graphs, thing=iri)
    )


def _here(engine: Engine, iri: URIRef, graphs: Graphs) -> tuple[Link, ...]:
    if not iri.startswith(PREFIXES["place"]):
        return ()
    return tuple(
        dict.fromkeys(
            link_of(text(each["case"]), text(each["label"]))
            for each in ask(engine, "place-cases", graphs, place=iri)
        )
    )


def _later(engine: Engine, records: list[Record], graphs: Graphs) -> tuple[Later, ...]:
    """Give what became of a kind of body; of a body, what became of bodies of its kind."""
    own = _noted(records)
    kinds = [each["value"] for each in records if each["property"] == ORG.classification]
    return own + tuple(
        each
        for kind in kinds
        if isinstance(kind, URIRef)
        for each in _noted(ask(engine, "thing-properties", graphs, thing=kind))
    )


def _noted(records: list[Record]) -> tuple[Later, ...]:
    page = next(iter(_values(records, RDFS.seeAlso)), None)
    as_of = next((in_words(each) for each in _values(records, SL.asOf)), None)
    return tuple(Later(note, page, as_of) for note in _values(records, SKOS.note))


def _done(engine: Engine, challenge: URIRef, graphs: Graphs) -> tuple[tuple[Link, tuple[Link, ...]], ...]:
    found: dict[Link, list[Link]] = {}
    for record in ask(engine, "challenge-case-practices", graphs, challenge=challenge):
        case = link_of(text(record["case"]), text(record["caseLabel"]))
        found.setdefault(case, []).append(link_of(text(record["practice"]), text(record["label"])))
    return tuple((case, tuple(practices)) for case, practices in found.items())


def terms(engine: Engine, scheme: str, graphs: Graphs = None) -> Terms:
    """Give the terms of a list, by group.

    Args:
        engine: Where to ask.
        scheme: The last part of its IRI, one of `READING_SCHEMES`.
        graphs: Graphs to ask; all of them if None.
    """
    iri = URIRef(PREFIXES["scheme"] + scheme)
    own = ask(engine, "thing-properties", graphs, thing=iri)
    records = ask(engine, "scheme-concepts", graphs, scheme=iri)
    labels = {text(each["concept"]): text(each["label"]) for each in records}
    groups: dict[str, list[tuple[Link, str]]] = {}
    heads = {text(each["broader"]) for each in records}
    for each in sorted(records, key=lambda each: text(each["label"])):
        concept = text(each["concept"])
        group = concept if concept in heads else text(each["broader"])
        told = (link_of(concept, text(each["label"])), text(each["definition"]))
        groups.setdefault(labels.get(group, ""), []).insert(0 if concept in heads else 10**6, told)
    return Terms(
        name=_values(own, SKOS.prefLabel)[0],
        definition=next(iter(_values(own, SKOS.definition)), ""),
        groups=tuple((name, tuple(dict.fromkeys(found))) for name, found in sorted(groups.items())),
    )
