"""Any thing of the graph as its page shows it: what it is, what is said of it, what refers to it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import DCTERMS, OWL, RDF, SH, SKOS, BNode, URIRef
from rdflib.term import Node

from kg.check.requirements import requirements
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.content import content_of_environment
from kg.graph.oxigraph import Triple
from kg.queries.typed_rows import row_of, rows_as
from kg.terms import OA, SL, shorten
from kg.things import describe_thing, things
from kg.views.choices import Graphs
from kg.views.names import Link, link_to, names_of
from kg.views.statement_records import Related, Statement
from kg.views.statements import recorded_statements

__all__ = ["PropertyValue", "Referring", "Thing", "thing"]

_MEANING = (SKOS.definition, SH.message)
# A reading is told by its other end: at a concept the statement, at a statement the concept.
_OTHER_END: dict[Node, Node] = {OA.hasBody: OA.hasTarget, OA.hasTarget: OA.hasBody}
_NOTES = (SKOS.scopeNote, SKOS.note, SKOS.editorialNote, SL.caveat, SL.reason, SL.inference)
# What the head of the page says already, or what finds a thing and is never shown.
_NOT_SAID = {
    RDF.type,
    SKOS.prefLabel,
    SKOS.definition,
    SKOS.hiddenLabel,
    SL.saidAs,
    SKOS.topConceptOf,
    SL.claimsNumbered,
}
_NOT_SAID |= {SKOS.inScheme, DCTERMS.identifier, SL.position, *_NOTES, *_MEANING}
# A statement shows how it is said and where it stands in a form of its own.
_OF_A_CLAIM = {SL.about, SL.subject, SL.object, DCTERMS.source, SL.competesWith, SL.followedUpBy}


@dataclass(frozen=True)
class PropertyValue:
    """What one property says of a thing.

    Attributes:
        key: The property, with its prefix.
        label: Its name in the vocabulary; "" where the vocabulary is not ours.
        values: What it says.
    """

    key: str
    label: str
    values: tuple[Link, ...]


@dataclass(frozen=True)
class Referring:
    """What refers to a thing by one property.

    Attributes:
        key: The property, with its prefix.
        label: Its name in the vocabulary; "" where the vocabulary is not ours.
        count: How many things do.
        named: Those of them that have a name, in order of name; parts in their own order.
    """

    key: str
    label: str
    count: int
    named: tuple[Link, ...]


@dataclass(frozen=True)
class Thing:
    """One thing as its page shows it.

    Attributes:
        path: Its address, from the base on.
        iri: Its name for programs.
        name: What it is called.
        kind: Its class, with its prefix.
        scheme: For a concept, the list it is of.
        definition: What it means, if it has a definition.
        notes: What else has to be said of it.
        said: What is said of it, by property.
        referring: What refers to it, by property.
        statement: For a statement, all that has to be shown with it.
        about: For a statement, the cases or the field it is about.
        elsewhere: Whether nothing is said of it in the graphs that were asked, but something in others.
    """

    path: str
    iri: str
    name: str
    kind: str
    scheme: Link | None
    definition: str | None
    notes: tuple[str, ...]
    said: tuple[PropertyValue, ...]
    referring: tuple[Referring, ...]
    statement: Statement | None
    about: tuple[Link, ...]
    elsewhere: bool = False


@row_of("vocabulary-terms")
class _TermRow:
    term: str
    label: str


@row_of("graph-sizes")
class _SizeRow:
    triples: int


def thing(engine: Engine, path: str, graphs: Graphs = None) -> Thing:
    """Give one thing.

    Args:
        engine: Where to ask.
        path: Its address from the base on, such as `claim/leeds-1`.
        graphs: Graphs to ask; all of them if None.

    Raises:
        UnknownName: If there is no such thing; its `near` is the nearest address from the base on.
    """
    required = requirements(content_of_environment())
    room, _, slug = path.partition("/")
    known = things(engine, required)
    if room not in known.slugs:
        raise UnknownName("thing", path[:100], [f"{name}/" for name in known.slugs])
    try:
        iri = known.named(room, slug)
    except UnknownName as error:
        error.near = error.near and f"{room}/{error.near}"
        raise
    if room == "graph":
        return _graph(engine, path, iri)
    triples = describe_thing(engine, iri, required, graphs)
    own = [(predicate, obj) for subject, predicate, obj in triples if subject == iri]
    if not own and graphs is not None:
        return replace(thing(engine, path), elsewhere=True)
    names = names_of(engine, triples)
    labels = {row.term: row.label for row in rows_as(_TermRow, engine)}
    return Thing(
        path=path,
        iri=str(iri),
        name=names.get(iri) or shorten(str(iri)),
        kind=_kind(own),
        scheme=next((link_to(obj, names) for predicate, obj in own if predicate == SKOS.inScheme), None),
        definition=next((str(obj) for predicate, obj in own if predicate in _MEANING), None),
        notes=tuple(str(obj) for note in _NOTES for predicate, obj in own if predicate == note),
        said=_said(_with_members(own, triples), names, labels),
        referring=_referring(iri, triples, names, labels),
        statement=_statement(engine, iri, own, graphs),
        about=tuple(link_to(obj, names) for predicate, obj in own if predicate == SL.about),
    )


def _with_members(own: Iterable[tuple[Node, Node]], triples: Iterable[Triple]) -> list[tuple[Node, Node]]:
    """Put the members of a list in place of the list."""
    inside = {(subject, predicate): obj for subject, predicate, obj in triples}
    pairs = []
    for predicate, obj in own:
        while (obj, RDF.first) in inside:
            pairs.append((predicate, inside[obj, RDF.first]))
            obj = inside[obj, RDF.rest]
        if not isinstance(obj, BNode) and obj != RDF.nil:
            pairs.append((predicate, obj))
    return pairs


def _kind(own: Sequence[tuple[Node, Node]]) -> str:
    kinds = [shorten(str(obj)) for predicate, obj in own if predicate == RDF.type]
    passing = shorten(str(OWL.NamedIndividual))
    return next((kind for kind in kinds if kind != passing), "")


def _said(
    own: Sequence[tuple[Node, Node]], names: Mapping[Node, str], labels: Mapping[str, str]
) -> tuple[PropertyValue, ...]:
    claim = (RDF.type, SL.Claim) in own
    values: dict[Node, list[Link]] = {}
    for predicate, obj in own:
        if predicate not in _NOT_SAID and (not claim or predicate in _OF_A_CLAIM):
            values.setdefault(predicate, []).append(link_to(obj, names))
    return tuple(
        PropertyValue(shorten(str(predicate)), labels.get(str(predicate), ""), tuple(links))
        for predicate, links in values.items()
    )


def _referring(
    iri: URIRef, triples: Iterable[Triple], names: Mapping[Node, str], labels: Mapping[str, str]
) -> tuple[Referring, ...]:
    ends = {
        (subject, predicate): obj for subject, predicate, obj in triples if predicate in _OTHER_END.values()
    }
    by_predicate: dict[Node, dict[Node, None]] = {}
    for subject, predicate, obj in triples:
        if obj == iri and subject != iri and predicate != SKOS.topConceptOf:
            end = ends.get((subject, _OTHER_END.get(predicate, predicate)), subject)
            by_predicate.setdefault(predicate, {})[end if predicate in _OTHER_END else subject] = None
    return tuple(
        Referring(
            shorten(str(predicate)),
            labels.get(str(predicate), ""),
            len(subjects),
            tuple(
                link_to(subject, names)
                for subject in sorted(
                    (subject for subject in subjects if subject in names),
                    key=(lambda subject: _as_numbered(str(subject)))
                    if predicate == DCTERMS.isPartOf
                    else (lambda subject: [names[subject]]),
                )
            ),
        )
        for predicate, subjects in by_predicate.items()
    )


def _as_numbered(address: str) -> list[str]:
    """Give a key that puts the second part of a thing before its tenth.

    >>> sorted(["p-10", "p-2"], key=_as_numbered)
    ['p-2', 'p-10']
    """
    return [part.zfill(9) for part in re.split(r"(\d+)", address)]


def _statement(
    engine: Engine, iri: URIRef, own: Sequence[tuple[Node, Node]], graphs: Graphs
) -> Statement | None:
    if (RDF.type, SL.Claim) not in own:
        return None
    # Links of its own, among what is said, lead to these.
    statement = recorded_statements(engine, [str(iri)], graphs)[str(iri)]
    return replace(statement, related=Related())


def _graph(engine: Engine, path: str, iri: URIRef) -> Thing:
    (size,) = rows_as(_SizeRow, engine, graph=iri)
    return Thing(
        path=path,
        iri=str(iri),
        name=path.partition("/")[2],
        kind="graph",
        scheme=None,
        definition=None,
        notes=(),
        said=(PropertyValue("void:triples", "", (Link(str(size.triples)),)),),
        referring=(),
        statement=None,
        about=(),
    )
