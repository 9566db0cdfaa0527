"""The vocabulary as its page shows it: every term with its meaning and how the data uses it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import SH, URIRef
from rdflib.term import Node

from kg.check.requirements import requirements
from kg.engine import Engine
from kg.graph.content import content_of_environment
from kg.graph.oxigraph import Triple
from kg.queries.questions import ask, rows
from kg.terms import BASE, PREFIXES, shorten
from kg.things import page_of
from kg.views.names import Link
from kg.views.statements import maybe, slug_of, text

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
        return next((each for each in self.terms if each.slug == slug), None)


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
    by_term: dict[str, list[dict[str, Node | None]]] = {}
    for record in ask(engine, "vocabulary-terms"):
        by_term.setdefault(text(record["term"]), []).append(record)
    uses = {text(each["class"]): int(text(each["things"])) for each in ask(engine, "class-counts")}
    uses |= {text(each["property"]): int(text(each["uses"])) for each in ask(engine, "property-counts")}
    ends: dict[str, list[dict[str, Node | None]]] = {}
    for record in ask(engine, "property-ends"):
        ends.setdefault(text(record["property"]), []).append(record)
    asked = _requirements(required)
    terms = [
        Term(
            slug=slug_of(iri),
            kind=shorten(text(records[0]["kind"])),
            label=text(records[0]["label"]),
            definition=text(records[0]["definition"]),
            notes=_all(records, "note"),
            examples=_all(records, "example"),
            parents=tuple(shorten(each) for each in _all(records, "parent")),
            domain=tuple(shorten(each) for each in _all(records, "domain")),
            range=tuple(shorten(each) for each in _all(records, "range")),
            uses=uses.get(iri, 0),
            ends=tuple(
                sorted(
                    (
                        End(
                            shorten(text(each["from"])),
                            shorten(text(each["to"])),
                            int(text(each["uses"])),
                        )
                        for each in ends.get(iri, [])
                    ),
                    key=lambda end: (-end.uses, end.start, end.end),
                )
            ),
            example=_example(engine, iri, ends.get(iri, []), uses.get(iri, 0)),
            requirements=tuple(asked.get(iri, ())),
        )
        for iri, records in by_term.items()
    ]
    return tuple(sorted(terms, key=lambda term: (not term.is_class, term.label.casefold())))


def _all(records: Sequence[Mapping[str, Node | None]], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(each[column]) for each in records if each[column] is not None))


def _example(engine: Engine, iri: str, ends: Sequence[Mapping[str, Node | None]], uses: int) -> Link | None:
    """Give the first thing of a class, or the first that has a property."""
    found = [text(each["example"]) for each in ends if each["example"] is not None]
    if not found and uses:
        found = [text(row[1]) for row in rows(engine, "class-things", {"class": [URIRef(iri)]}).rows]
    ours = sorted(each for each in found if each.startswith(BASE))
    return Link(shorten(ours[0]), page_of(ours[0])) if ours else None


def _requirements(triples: Sequence[Triple]) -> dict[str, list[Requirement]]:
    """Give what the shapes ask, by the class that they are for and by the property that they look at."""
    values: dict[tuple[Node, Node], list[Node]] = {}
    for subject, predicate, obj in triples:
        values.setdefault((subject, predicate), []).append(obj)
    found: dict[str, dict[Requirement, None]] = {}
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
                found.setdefault(str(obj), {})[told] = None
    return {about: list(told) for about, told in found.items()}


def _schemes(engine: Engine) -> tuple[Scheme, ...]:
    listed = ask(engine, "scheme-list")
    given = [each["scheme"] for each in listed if isinstance(each["scheme"], URIRef)]
    concepts: dict[str, dict[str, Concept]] = {}
    for record in ask(engine, "scheme-concepts", scheme=given):
        iri = text(record["concept"])
        concepts.setdefault(text(record["scheme"]), {})[iri] = Concept(
            Link(text(record["label"]), page_of(iri)),
            text(record["definition"]),
            maybe(record["broader"]) is not None,
        )
    prefixes = {iri: prefix for prefix, iri in PREFIXES.items()}
    return tuple(
        sorted(
            (
                Scheme(
                    slug=slug_of(text(each["scheme"])),
                    prefix=prefixes.get(f"{text(each['scheme'])}/", ""),
                    label=text(each["label"]),
                    definition=text(each["definition"]),
                    concepts=tuple(concepts.get(text(each["scheme"]), {}).values()),
                )
                for each in listed
            ),
            key=lambda scheme: scheme.label.casefold(),
        )
    )
