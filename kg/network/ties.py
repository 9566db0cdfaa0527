"""Things and the statements that tie them together: what every projection, measure and path is made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

import networkx as nx
from rdflib import URIRef

from kg.engine import Engine
from kg.errors import UnknownName
from kg.evidence import Basis, Counts, Modality, Polarity, Telling, what_counts
from kg.network.kinds import CASE, ThingKind, kind_of
from kg.queries.typed_rows import row_of, rows_as
from kg.shown import shown_statements
from kg.terms import BASE, PREFIXES, expand
from kg.things import page_of

__all__ = ["Counting", "Network", "NetworkThing", "Tie", "TieCertainty", "read_network"]


class Counting(Enum):
    """Which statements count.

    A statement that denies something, or found no effect, ties nothing to anything and never counts.
    """

    FACTS = "facts"
    READINGS = "readings"
    ALL = "all"


class TieCertainty(Enum):
    """How a tie stands in its source, surest first."""

    STATED = "stated"
    READ = "read"
    OPEN = "open"


# Cases asked for at once: an answer about all of ten thousand is larger than one answer may be.
_CASES_AT_ONCE = 500
_RELATIONS = URIRef(PREFIXES["scheme"] + "relations")
# Words for ties other than by what a statement names, by whether they are made outright.
_HOW = {
    ("filed", True): "is told with the words of",
    ("filed", False): "is read to show",
    ("setback", True): "met a set-back",
    ("setback", False): "is read to have met a set-back",
    ("cited", True): "is cited for what is said of",
    ("cited", False): "is read to be cited for what is said of",
    ("about", True): "tells of",
    ("about", False): "is read to tell of",
}
# What a statement is filed under need not be what was done or met: it may tell that just this was hard.
_HARD = "had difficulty with"
_BESIDE = "is named together with"
_DONE = {"practices", "service-actions", "facilitator-practices"}


@dataclass(frozen=True)
class NetworkThing:
    """Something that statements tie to other things.

    Attributes:
        iri: Its IRI.
        name: Its name.
        kind: What kind of thing it is.
        others: Other names it goes by.
    """

    iri: str
    name: str
    kind: ThingKind
    others: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its IRI from the base on, such as `case/leeds`: what stands for it in an address."""
        return self.iri.removeprefix(BASE)

    @property
    def page(self) -> str:
        """The address of its page."""
        return page_of(self.iri)


@dataclass(frozen=True)
class Tie:
    """One statement that ties one thing to another.

    Attributes:
        start: IRI of the thing the statement starts from.
        end: IRI of the other.
        claim: IRI of the statement.
        part: How the statement leads to `end`: it names it (“object”), it is read to illustrate it
            (“filed”), it tells of it as a set-back (“setback”), it is about the case `start` and
            speaks of `end` (“about”), or it cites the work `start` for it (“cited”).
        relation: The last part of the IRI of the statement's relation.
        strength: How sure the tie is: 1 in so many words, 2 to 4 by a strong, medium or weak reading.
        standing: Whether it is stated as fact, read with reason, or left open: a hope, advice or a mere hint.
        finds: Whether `end` is found in `start` when statements of this relation name or illustrate it so.
        how: How `start` is joined to `end`, in words that stand between the two.
        told: IRI of the statement that people read of it; None where the claim says only how its source is
            arranged.
    """

    start: str
    end: str
    claim: str
    part: str
    relation: str
    strength: int
    standing: TieCertainty
    finds: bool
    how: str = ""
    told: str | None = None

    def counts(self, counting: Counting) -> bool:
        """Whether it counts where these statements do."""
        if counting is Counting.ALL:
            return True
        return self.standing is TieCertainty.STATED or (
            counting is Counting.READINGS and self.standing is TieCertainty.READ
        )

    @property
    def found(self) -> bool:
        """Whether it says of a case that `end` was met or done there."""
        return self.finds and self.standing is not TieCertainty.OPEN

    def is_hard(self, scheme: str) -> bool:
        """Whether it tells of a difficulty with what it is filed under, which was to be done."""
        return self.part == "filed" and self.relation == "met-difficulty" and scheme in _DONE


class _Rules:
    """How statements of each relation stand and what they find, as the vocabulary says it."""

    def __init__(self, counts: Counts) -> None:
        self._weakest = counts.weakest_reading
        self._as_so = counts.modalities(Telling.AS_SO)
        self._outright = counts.modalities(Telling.OUTRIGHT)
        self._not_yet = counts.relations(Telling.NOT_YET)
        self._finding = {"object": counts.finding_named, "filed": counts.finding_illustrated}

    def standing(self, relation: str, modality: Modality, strength: int) -> TieCertainty:
        """Say how a tie stands in its source."""
        if strength > self._weakest or modality not in self._as_so or relation in self._not_yet:
            return TieCertainty.OPEN
        stated = strength == Basis.EXPLICIT.position and modality in self._outright
        return TieCertainty.STATED if stated else TieCertainty.READ

    def finds(self, part: str, relation: str, scheme: str) -> bool:
        """Whether such a statement about a case finds a concept of a scheme there."""
        by_scheme = self._finding.get(part, {})
        return part == "setback" or relation in by_scheme.get(PREFIXES["scheme"] + scheme, ())


@dataclass(frozen=True, eq=False)
class Network:
    """Things and ties.

    Attributes:
        things: Things by IRI.
        ties: The ties that count, each between two of the things.
        counting: Which statements count.
        denials: How many statements are left out because they deny something or found no effect.
    """

    things: Mapping[str, NetworkThing]
    ties: tuple[Tie, ...]
    counting: Counting
    denials: int = 0

    @cached_property
    def graph(self) -> "nx.Graph[str]":
        """The things, joined where a statement ties them; an edge holds its `ties`, surest first."""
        joined: nx.Graph[str] = nx.Graph()
        joined.add_nodes_from(self.things)
        between: dict[tuple[str, str], list[Tie]] = {}
        for tie in self.ties:
            if tie.start != tie.end:
                between.setdefault((min(tie.start, tie.end), max(tie.start, tie.end)), []).append(tie)
        for (one, other), ties in sorted(between.items()):
            joined.add_edge(one, other, ties=tuple(sorted(ties, key=_surest)))
        return joined

    @cached_property
    def cases(self) -> tuple[NetworkThing, ...]:
        """The cases that some tie leads to, by name."""
        found = (self.things[each] for each in self.graph if self.graph.degree(each))
        return tuple(sorted((each for each in found if each.kind is CASE), key=_by_name))

    def of_kinds(self, kinds: Iterable[ThingKind]) -> "Network":
        """Give the network of the things of these kinds alone."""
        wanted = set(kinds)
        things = {iri: each for iri, each in self.things.items() if each.kind in wanted}
        ties = tuple(tie for tie in self.ties if tie.start in things and tie.end in things)
        return Network(things, ties, self.counting, self.denials)

    def named(self, name: str) -> NetworkThing:
        """Find a thing by what a person calls it.

        Args:
            name: An IRI, a name with prefix (`practice:pool-budgets`), a path from the base on
                (`case/leeds`), the last part of an address (`leeds`) or a name, in any case of letters.

        Raises:
            UnknownName: If there is no such thing, or more than one; the nearest name is offered.
        """
        for iri in (expand(name), BASE + name):
            if iri in self.things:
                return self.things[iri]
        found = self._by_words.get(" ".join(name.casefold().split()), ())
        of_cases = [each for each in found if each.kind is CASE]
        if len(found) == 1 or len(of_cases) == 1:
            return next(iter(of_cases or found))
        if found:
            raise UnknownName(
                "single thing", name[:100], (f"{each.path} ({each.kind.name})" for each in found)
            )
        raise UnknownName("thing", " ".join(name[:100].split()), self._by_words)

    @cached_property
    def _by_words(self) -> dict[str, list[NetworkThing]]:
        found: dict[str, list[NetworkThing]] = {}
        for thing in self.things.values():
            for words in dict.fromkeys((thing.iri.rsplit("/", 1)[-1], thing.name, *thing.others)):
                known = found.setdefault(words.casefold(), [])
                if thing not in known:
                    known.append(thing)
        return found


@dataclass(frozen=True)
class _DescribedRow:
    thing: str
    label: str
    alternative: str | None
    kind: str


@row_of("network-things")
class _ThingRow(_DescribedRow):
    pass


@row_of("network-works")
class _WorkRow(_DescribedRow):
    pass


@row_of("scheme-concepts")
class _RelationRow:
    concept: str
    label: str


@dataclass(frozen=True)
class _TieRow:
    from_: str
    to: str
    claim: str
    part: str
    relation: str
    modality: Modality
    polarity: Polarity
    strength: int


@row_of("network-case-ties")
class _CaseTieRow(_TieRow):
    pass


@row_of("network-concept-ties")
class _ConceptTieRow(_TieRow):
    pass


@row_of("network-body-ties")
class _BodyTieRow(_TieRow):
    pass


@row_of("network-work-ties")
class _WorkTieRow(_TieRow):
    pass


def read_network(
    engine: Engine,
    counting: Counting = Counting.READINGS,
    graphs: Sequence[URIRef] | None = None,
    *,
    works: bool = False,
) -> Network:
    """Read the network from the graph.

    Args:
        engine: Where to ask.
        counting: Which statements count.
        graphs: Graphs to ask; all of them if None.
        works: Whether cited works are things too, as the ends of paths.
    """
    names: dict[str, NetworkThing] = {}
    described = rows_as(_ThingRow, engine, graphs)
    for row in (*described, *(rows_as(_WorkRow, engine, graphs) if works else ())):
        known = names.get(row.thing)
        others = known.others if known else ()
        if row.alternative is not None:
            others += (row.alternative,)
        names[row.thing] = NetworkThing(row.thing, row.label, kind_of(row.kind), others)
    labels = {row.concept: row.label for row in rows_as(_RelationRow, engine, graphs, scheme=_RELATIONS)}
    rules, shown = _Rules(what_counts(engine)), shown_statements(engine)
    found: dict[Tie, None] = {}
    denials = set()
    cases = [URIRef(iri) for iri, each in names.items() if each.kind is CASE]
    of_works = rows_as(_WorkTieRow, engine, graphs) if works else ()
    for said in (*_tie_rows(engine, cases, graphs), *of_works):
        if said.from_ not in names or said.to not in names:
            continue
        # That something came to nothing is denied of a result, and said of a set-back.
        denied = said.polarity is Polarity.DENIED
        if denied or (said.polarity is not Polarity.AFFIRMED and said.part != "setback"):
            denials.add(said.claim)
            continue
        name = said.relation.rsplit("/", 1)[-1]
        standing = rules.standing(name, said.modality, said.strength)
        finds = rules.finds(said.part, name, names[said.to].kind.slug)
        tie = Tie(said.from_, said.to, said.claim, said.part, name, said.strength, standing, finds)
        if tie.counts(counting):
            how = _how(tie, names[said.to], labels.get(said.relation, name))
            found[replace(tie, how=how, told=shown.of(said.claim))] = None
    return Network(names, tuple(found), counting, len(denials))


def _tie_rows(engine: Engine, cases: Sequence[URIRef], graphs: Sequence[URIRef] | None) -> Iterator[_TieRow]:
    """Ask for every statement that ties two things."""
    for first in range(0, len(cases), _CASES_AT_ONCE):
        yield from rows_as(_CaseTieRow, engine, graphs, case=cases[first : first + _CASES_AT_ONCE])
    yield from rows_as(_ConceptTieRow, engine, graphs)
    yield from rows_as(_BodyTieRow, engine, graphs)


def _how(tie: Tie, end: NetworkThing, label: str) -> str:
    """Say how a tie joins its ends."""
    if tie.part == "object":
        return label
    if tie.part == "filed" and not tie.found:
        return _HARD if tie.is_hard(end.kind.slug) else _BESIDE
    return _HOW[tie.part, tie.strength == Basis.EXPLICIT.position]


def _surest(tie: Tie) -> tuple[int, bool, str, str]:
    order = list(TieCertainty).index(tie.standing)
    beside = tie.part == "about" or tie.how in {_HARD, _BESIDE}
    return order, beside, f"{tie.strength}", tie.claim


def _by_name(thing: NetworkThing) -> tuple[str, str]:
    return thing.name.casefold(), thing.iri
