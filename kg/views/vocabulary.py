"""The vocabulary as its page shows it: every term with its meaning and how the data uses it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import SH, URIRef

from kg.check.requirements import requirements
from kg.engine import Engine
from kg.graph.content import content_of_environment
from kg.graph.oxigraph import Triple
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.terms import BASE, PREFIXES, shorten
from kg.things import page_of
from kg.views.names import Link
from kg.views.statements import slug_of

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["Concept", "End", "Requirement", "Scheme", "Term", "Vocabulary", "vocabulary"]


@dataclass(frozen=True)
class End:
    """How the data uses a property: from things of which class to what.

    Attributes:
        start: The class of the things that have the property, with its prefix.
        end: Class, concept scheme or datatype of its values, with its prefix; "" for a web address.
        uses: How often.
    """

    start: str
    end: str
    uses: int


@dataclass(frozen=True)
class Requirement:
    """What a shape asks of a class or a property.

    Attributes:
        shape: The shape, as a link to what it says in full.
        message: What is needed, in a sentence.
    """

    shape: Link
    message: str


@dataclass(frozen=True)
class Term:
    """A class or a property.

    Attributes:
        slug: The last part of its IRI.
        kind: What kind of term it is, with the prefix of OWL.
        label: Its name.
        definition: What it means.
        notes: How it is meant to be used.
        examples: Examples that the vocabulary gives.
        parents: Classes or properties that it is a kind of, with their prefix.
        domain: What it may start from by the vocabulary itself, with its prefix.
        range: What it may end at by the vocabulary itself, with its prefix.
        uses: For a class, how many things there are; for a property, how often it is used.
        ends: For a property, how the data uses it.
        example: A thing of the class, or one that has the property.
        requirements: What the data must have.
    """

    slug: str
    kind: str
    label: str
    definition: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    parents: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    uses: int
    ends: tuple[End, ...]
    example: Link | None
    requirements: tuple[Requirement, ...]

    @property
    def is_class(self) -> bool:
        """Whether it is a class."""
        return self.kind == "owl:Class"


@dataclass(frozen=True)
class Concept:
    """A concept of a scheme: its link, what it means, and whether it is grouped under another one."""

    link: Link
    definition: str
    grouped: bool


@dataclass(frozen=True)
class Scheme:
    """A concept scheme.

    Attributes:
        slug: The last part of its IRI.
        prefix: The prefix of its concepts.
        label: Its name.
        definition: What it is for.
        concepts: Its concepts, in their order.
    """

    slug: str
    prefix: str
    label: str
    definition: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The whole vocabulary.

    Attributes:
        terms: Classes first, then properties, each in order of name.
        schemes: Concept schemes, in order of name.
        prefixes: Prefixes of the one table, with what they stand for.
        shapes: How many shapes the data and the terms are held against.
    """

    terms: tuple[Term, ...]
    schemes: tuple[Scheme, ...]
    prefixes: tuple[tuple[str, str], ...]
    shapes: int

    def term(self, slug: str) -> Term | None:
        """Find a term by the last part of its IRI."""
        return next((term for term in self.terms if term.slug == slug), None)


@row_of("vocabulary-terms")
class _TermRow:
    term: str
    kind: str
    label: str
    definition: str
    note: str | None
    example: str | None
    parent: str | None
    domain: str | None
    range: str | None


@row_of("class-counts")
class _ClassRow:
    class_: str
    things: int


@row_of("property-counts")
class _PropertyRow:
    property: str
    uses: int


@row_of("property-ends")
class _EndRow:
    property: str
    from_: str
    to: str | None
    uses: int
    example: str


@row_of("class-things")
class _InstanceRow:
    thing: str


@row_of("scheme-list")
class _SchemeRow:
    scheme: URIRef
    label: str
    definition: str


@row_of("scheme-concepts")
class _ConceptRow:
    scheme: str
    concept: str
    label: str
    definition: str
    broader: str | None


def vocabulary(engine: Engine) -> Vocabulary:
    """Give the vocabulary, with how everything that the engine holds uses it."""
    required = requirements(content_of_environment()).triples
    return Vocabulary(
        terms=_terms(engine, required),
        schemes=_schemes(engine),
        prefixes=tuple(sorted(PREFIXES.items())),
        shapes=sum(obj in (SH.NodeShape, SH.PropertyShape) for _, _, obj in required),
    )


def _terms(engine: Engine, required: Sequence[Triple]) -> tuple[Term, ...]:
    by_term = grouped(rows_as(_TermRow, engine), key=lambda row: row.term)
    uses = {row.class_: row.things for row in rows_as(_ClassRow, engine)}
    uses |= {row.property: row.uses for row in rows_as(_PropertyRow, engine)}
    ends = grouped(rows_as(_EndRow, engine), key=lambda row: row.property)
    asked = _requirements(required)
    terms = [
        Term(
            slug=slug_of(iri),
            kind=shorten(rows[0].kind),
            label=rows[0].label,
            definition=rows[0].definition,
            notes=_each(row.note for row in rows),
            examples=_each(row.example for row in rows),
            parents=tuple(map(shorten, _each(row.parent for row in rows))),
            domain=tuple(map(shorten, _each(row.domain for row in rows))),
            range=tuple(map(shorten, _each(row.range for row in rows))),
            uses=uses.get(iri, 0),
            ends=_ends(ends.get(iri, ())),
            example=_example(engine, iri, ends.get(iri, ()), uses.get(iri, 0)),
            requirements=tuple(asked.get(iri, ())),
        )
        for iri, rows in by_term.items()
    ]
    return tuple(sorted(terms, key=lambda term: (not term.is_class, term.label.casefold())))


def _each(cells: Iterable[str | None]) -> tuple[str, ...]:
    """Return each cell that is not empty, once."""
    return tuple(dict.fromkeys(cell for cell in cells if cell is not None))


def _ends(rows: Iterable[_EndRow]) -> tuple[End, ...]:
    ends = [End(shorten(row.from_), shorten(row.to or ""), row.uses) for row in rows]
    return tuple(sorted(ends, key=lambda end: (-end.uses, end.start, end.end)))


def _example(engine: Engine, iri: str, ends: Iterable[_EndRow], uses: int) -> Link | None:
    """Give the first thing of a class, or the first that has a property."""
    examples = [row.example for row in ends]
    if not examples and uses:
        examples = [row.thing for row in rows_as(_InstanceRow, engine, class_=URIRef(iri))]
    ours = sorted(example for example in examples if example.startswith(BASE))
    return Link(shorten(ours[0]), page_of(ours[0])) if ours else None


def _requirements(triples: Sequence[Triple]) -> dict[str, list[Requirement]]:
    """Give what the shapes ask, by the class that they are for and by the property that they look at."""
    values: dict[tuple[Node, Node], list[Node]] = {}
    for subject, predicate, obj in triples:
        values.setdefault((subject, predicate), []).append(obj)
    asked_of: dict[str, dict[Requirement, None]] = {}
    for subject, predicate, obj in sorted(triples, key=lambda triple: str(triple[0])):
        if predicate == SH.targetClass:
            asked = sorted(values.get((subject, SH.property), []), key=str)
        elif predicate == SH.path:
            asked = [subject]
        else:
            continue
        for shape in asked:
            for message in values.get((shape, SH.message), []):
                told = Requirement(Link(shorten(str(shape)), page_of(str(shape))), str(message))
                asked_of.setdefault(str(obj), {})[told] = None
    return {about: list(told) for about, told in asked_of.items()}


def _schemes(engine: Engine) -> tuple[Scheme, ...]:
    listed = rows_as(_SchemeRow, engine)
    concepts: dict[str, dict[str, Concept]] = {}
    for row in rows_as(_ConceptRow, engine, scheme=[row.scheme for row in listed]):
        concepts.setdefault(row.scheme, {})[row.concept] = Concept(
            Link(row.label, page_of(row.concept)), row.definition, row.broader is not None
        )
    prefixes = {iri: prefix for prefix, iri in PREFIXES.items()}
    schemes = [
        Scheme(
            slug=slug_of(row.scheme),
            prefix=prefixes.get(f"{row.scheme}/", ""),
            label=row.label,
            definition=row.definition,
            concepts=tuple(concepts.get(str(row.scheme), {}).values()),
        )
        for row in listed
    ]
    return tuple(sorted(schemes, key=lambda scheme: scheme.label.casefold()))
