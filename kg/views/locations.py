"""Where cases lie: each place with its point on the map, and the cases there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.engine import Engine
from kg.queries.typed_rows import row_of, rows_as
from kg.terms import PREFIXES
from kg.things import page_of
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link
from kg.views.statements import slug_of

__all__ = ["LocatedCases", "Locations", "Point", "locations"]


@dataclass(frozen=True)
class Point:
    """A point on the map, to a tenth of a degree.

    Attributes:
        latitude: Degrees north of the equator.
        longitude: Degrees east of Greenwich.
    """

    latitude: float
    longitude: float


@dataclass(frozen=True)
class LocatedCases:
    """One place and the cases that lie there.

    Attributes:
        slug: The last part of its IRI.
        place: What it is called, with its page.
        country: The country it is in, if that is held.
        point: Where to look for it on a map, if that is held.
        cases: The cases, in order of name.
    """

    slug: str
    place: Link
    country: str | None
    point: Point | None
    cases: tuple[Link, ...]


@dataclass(frozen=True)
class Locations:
    """Where cases lie.

    Attributes:
        mapped: Places with a point, in order of name.
        unmapped: Places without one, in order of name.
        nowhere: Cases of which no place is named.
    """

    mapped: tuple[LocatedCases, ...]
    unmapped: tuple[LocatedCases, ...]
    nowhere: tuple[Link, ...]

    @property
    def cases(self) -> int:
        """How many cases there are, of which some lie in several places."""
        placed = {case for place in (*self.mapped, *self.unmapped) for case in place.cases}
        return len(placed | set(self.nowhere))

    def of(self, slugs: Iterable[str]) -> "Locations":
        """Give where some of the cases lie, by the last part of the IRI of each."""
        wanted = {page_of(PREFIXES["case"] + slug) for slug in slugs}

        def kept(places: Iterable[LocatedCases]) -> tuple[LocatedCases, ...]:
            some = (
                replace(place, cases=tuple(case for case in place.cases if case.address in wanted))
                for place in places
            )
            return tuple(place for place in some if place.cases)

        nowhere = tuple(case for case in self.nowhere if case.address in wanted)
        return Locations(kept(self.mapped), kept(self.unmapped), nowhere)


@row_of("case-points")
class _PointRow:
    case: str
    label: str
    place: str | None
    name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None


def locations(engine: Engine, graphs: Graphs = None) -> Locations:
    """Say where cases lie.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    places: dict[str, LocatedCases] = {}
    nowhere = []
    for row in rows_as(_PointRow, engine, graphs):
        case = link_of(row.case, row.label)
        if row.place is None:
            nowhere.append(case)
            continue
        before = places[row.place].cases if row.place in places else ()
        places[row.place] = LocatedCases(
            slug=slug_of(row.place),
            place=link_of(row.place, row.name or ""),
            country=row.country,
            point=None
            if row.latitude is None or row.longitude is None
            else Point(row.latitude, row.longitude),
            cases=(*before, case),
        )
    return Locations(
        mapped=tuple(place for place in places.values() if place.point is not None),
        unmapped=tuple(place for place in places.values() if place.point is None),
        nowhere=tuple(nowhere),
    )
