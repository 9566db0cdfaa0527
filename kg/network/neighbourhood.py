"""The part of the network round one thing: what a picture and its list show."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from kg.network.kinds import ThingKind
from kg.network.paths import Leg
from kg.network.ties import Network, NetworkThing, Tie, TieCertainty

__all__ = ["MOST_DRAWN", "Line", "Subnetwork", "as_part", "neighbourhood", "subnetwork_along"]

# More things than this are not drawn: a browser becomes slow, and no eye follows the lines.
MOST_DRAWN = 2_000


@dataclass(frozen=True)
class Line:
    """Two things that are joined.

    Attributes:
        one: The thing that the surest statement starts from.
        other: The other.
        ties: The ties between them, surest first.
    """

    one: NetworkThing
    other: NetworkThing
    ties: tuple[Tie, ...]

    @property
    def standing(self) -> TieCertainty:
        """How the surest tie stands in its source."""
        return self.ties[0].standing

    @property
    def how(self) -> str:
        """How the one is joined to the other by the surest, in words that stand between the two."""
        return self.ties[0].how

    @property
    def claims(self) -> tuple[str, ...]:
        """IRIs of the statements that people read of it, surest first."""
        return tuple(dict.fromkeys(tie.told for tie in self.ties if tie.told is not None))

    @property
    def key(self) -> str:
        """What stands for it in an address."""
        return f"{self.one.path}~{self.other.path}"


@dataclass(frozen=True, eq=False)
class Subnetwork:
    """A part of the network.

    Attributes:
        focus: Where it starts from; several for ways between things.
        things: Its things: where it starts from, then by kind and name.
        lines: All that joins them, by the names of their ends.
        hidden: How many more things would belong to it and are left out, because they are too many.
    """

    focus: tuple[NetworkThing, ...]
    things: tuple[NetworkThing, ...]
    lines: tuple[Line, ...]
    hidden: int = 0

    def lines_of(self, thing: NetworkThing) -> tuple[Line, ...]:
        """Give what joins a thing to others."""
        return tuple(self._by_thing.get(thing.iri, ()))

    @cached_property
    def _by_thing(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.one.iri, []).append(line)
            found.setdefault(line.other.iri, []).append(line)
        return found

    @property
    def kinds(self) -> tuple[ThingKind, ...]:
        """The kinds of things in it, those of more things first."""
        count: dict[ThingKind, int] = {}
        for thing in self.things:
            count[thing.kind] = count.get(thing.kind, 0) + 1
        return tuple(sorted(count, key=lambda kind: (-count[kind], kind.slug)))


def neighbourhood(
    network: Network,
    focus: NetworkThing,
    depth: int = 1,
    kinds: Collection[ThingKind] | None = None,
    expanded: Iterable[NetworkThing] = (),
    most: int = MOST_DRAWN,
) -> Subnetwork:
    """Give what lies round one thing.

    Args:
        network: The network.
        focus: Where to start from.
        depth: How many steps to go.
        kinds: Kinds of things to show beside it; all if None.
        expanded: Things of which what they are joined to is shown too, if they are in the picture.
        most: How many things at most; the nearest stay, and of these the ones with most lines.
    """
    graph = network.graph
    shown = {iri for iri in graph if kinds is None or network.things[iri].kind in kinds or iri == focus.iri}
    seen = graph.subgraph(shown)
    steps: dict[str, int] = dict(nx.single_source_shortest_path_length(seen, focus.iri, cutoff=depth))
    for each in expanded:
        if each.iri in steps:
            for other in seen[each.iri]:
                steps.setdefault(other, steps[each.iri] + 1)
    nearest = sorted(steps, key=lambda iri: (steps[iri], -seen.degree(iri), iri))
    return _part(network, (focus,), nearest[:most], len(nearest) - min(most, len(nearest)))


def subnetwork_along(network: Network, found: Iterable[Iterable[Leg]]) -> Subnetwork:
    """Give what ways lead through, and the lines they take."""
    legs = {frozenset((leg.start.iri, leg.end.iri)): leg for legs in found for leg in legs}
    things = list(dict.fromkeys(each.iri for leg in legs.values() for each in (leg.start, leg.end)))
    lines = [_line(network, leg.ties) for leg in legs.values()]
    ends = [tuple(legs) for legs in found]
    focus = dict.fromkeys(each for way in ends if way for each in (way[0].start, way[-1].end))
    return as_part(network, tuple(focus), things, lines)


def _part(network: Network, focus: tuple[NetworkThing, ...], iris: Iterable[str], hidden: int) -> Subnetwork:
    inside = network.graph.subgraph(iris)
    lines = [_line(network, inside[one][other]["ties"]) for one, other in inside.edges]
    return as_part(network, focus, inside, lines, hidden)


def as_part(
    network: Network,
    focus: tuple[NetworkThing, ...],
    iris: Iterable[str],
    lines: Iterable[Line],
    hidden: int = 0,
) -> Subnetwork:
    """Put a part of the network in order."""
    rest = {network.things[iri] for iri in iris} - set(focus)
    return Subnetwork(
        focus,
        (*focus, *sorted(rest, key=lambda each: (each.kind.slug, each.name.casefold(), each.iri))),
        tuple(
            sorted(lines, key=lambda line: (line.one.name.casefold(), line.other.name.casefold(), line.key))
        ),
        hidden,
    )


def _line(network: Network, ties: tuple[Tie, ...]) -> Line:
    return Line(network.things[ties[0].start], network.things[ties[0].end], ties)
