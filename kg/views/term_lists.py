"""The terms of a list, by group, with how much is told of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.queries.typed_rows import row_of, rows_as
from kg.terms import PREFIXES
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link
from kg.views.ties import FOUND_IN, GUIDANCE, JoinedStatement, joined_by_thing, sorted_by_question

__all__ = ["ListedTerm", "TermGroup", "Terms", "terms"]

_PRACTICES = "practices"


@dataclass(frozen=True)
class ListedTerm:
    """A term of a list.

    Attributes:
        link: The term.
        definition: What it means.
        cases: In how many cases it is found.
        explicit: In how many of them a document says so in so many words.
        statements: How many statements name it, speak of it or are filed under it.
        advised: Whether any of them gives it as advice.
    """

    link: Link
    definition: str
    cases: int
    explicit: int
    statements: int
    advised: bool


@dataclass(frozen=True)
class TermGroup:
    """Terms that belong together, the most told first.

    Attributes:
        head: What they belong to: a factor, or a term of the list itself; None for terms that stand alone.
        terms: The terms.
    """

    head: Link | None
    terms: tuple[ListedTerm, ...]

    @property
    def cases(self) -> int:
        """In how many cases its terms are found, each case counted for each term."""
        return sum(term.cases for term in self.terms)


@dataclass(frozen=True)
class Terms:
    """The terms of a list.

    Attributes:
        name: What the list is called.
        definition: What it holds.
        groups: Practices by factor, in the order of the factors; others by the term they are grouped
            under, the most told first. Terms that stand alone come last.
    """

    name: str
    definition: str
    groups: tuple[TermGroup, ...]

    @property
    def terms(self) -> tuple[ListedTerm, ...]:
        """Every term that is listed beneath a heading, or alone."""
        return tuple(term for group in self.groups for term in group.terms)


@row_of("scheme-concepts")
class _ConceptRow:
    concept: str
    label: str
    definition: str
    broader: str | None
    position: int | None


@row_of("scheme-list")
class _SchemeRow:
    scheme: str
    label: str
    definition: str


@row_of("factor-practices")
class _ServesRow:
    factor: str
    practice: str


def terms(engine: Engine, scheme: str, graphs: Graphs = None) -> Terms:
    """Return the terms of a list, by group.

    Args:
        engine: Where to ask.
        scheme: The last part of its IRI, such as `challenges`.
        graphs: Graphs to ask; all of them if None.
    """
    iri = PREFIXES["scheme"] + scheme
    own = next(row for row in rows_as(_SchemeRow, engine, graphs) if row.scheme == iri)
    concepts = _concepts(engine, iri, graphs)
    factors = _concepts(engine, PREFIXES["scheme"] + "factors", graphs) if scheme == _PRACTICES else {}
    head_of = _factors_of(engine, factors, graphs) if factors else _broader(concepts)
    joined = joined_by_thing(engine, [URIRef(concept) for concept in concepts], graphs)
    members: dict[str, list[ListedTerm]] = {}
    for concept, row in concepts.items():
        term = _term(row, joined.get(concept, []), scheme)
        head = concept if concept in head_of.values() else head_of.get(concept, "")
        # A heading that nothing is said of is a heading alone.
        if head != concept or term.statements:
            members.setdefault(head, []).append(term)
    return Terms(own.label, own.definition, _groups(members, factors or concepts))


def _concepts(engine: Engine, scheme: str, graphs: Graphs) -> dict[str, _ConceptRow]:
    """Return the first row of each concept of a list, in their order."""
    rows = rows_as(_ConceptRow, engine, graphs, scheme=URIRef(scheme))
    return {row.concept: row for row in reversed(rows)}


def _broader(concepts: Mapping[str, _ConceptRow]) -> dict[str, str]:
    return {
        concept: row.broader for concept, row in concepts.items() if row.broader and row.broader in concepts
    }


def _factors_of(engine: Engine, factors: Iterable[str], graphs: Graphs) -> dict[str, str]:
    """Return the first factor that each practice serves."""
    given = [URIRef(factor) for factor in factors]
    order = {factor: place for place, factor in enumerate(given)}
    rows = rows_as(_ServesRow, engine, graphs, factor=given)
    return {
        row.practice: row.factor
        for row in sorted(rows, key=lambda row: order[URIRef(row.factor)], reverse=True)
    }


def _term(row: _ConceptRow, joined: Sequence[JoinedStatement], scheme: str) -> ListedTerm:
    by_question = sorted_by_question(joined, scheme)
    surest: dict[str, int] = {}
    for each in by_question.get(FOUND_IN, []):
        for case, _ in each.cases:
            surest[case] = min(each.strength, surest.get(case, each.strength))
    return ListedTerm(
        link=link_of(row.concept, row.label),
        definition=row.definition,
        cases=len(surest),
        explicit=sum(strength == 1 for strength in surest.values()),
        statements=len({each.claim for each in joined}),
        advised=GUIDANCE in by_question,
    )


def _groups(
    members: Mapping[str, list[ListedTerm]], heads: Mapping[str, _ConceptRow]
) -> tuple[TermGroup, ...]:
    groups = {
        head: TermGroup(
            link_of(head, heads[head].label) if head else None,
            tuple(sorted(listed, key=lambda term: (-term.cases, -term.statements, term.link.name))),
        )
        for head, listed in members.items()
    }

    def place(head: str) -> tuple[bool, int, int, str]:
        position = heads[head].position if head else None
        return not head, position or 0, -groups[head].cases, head

    return tuple(groups[head] for head in sorted(groups, key=place))
