"""What is told of each place, as a table of places and features."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rdflib import URIRef
from scipy.sparse import csr_array

from kg.engine import Engine
from kg.errors import UnknownName
from kg.evidence import what_counts
from kg.queries.typed_rows import row_of, rows_as
from kg.similarity.measure import Numbers, weights

__all__ = ["APPROACH", "KINDS", "SITUATION", "Feature", "Features", "features"]

# The kinds of feature, by the slot that stands for each in an address, with the schemes it draws on.
KINDS: Mapping[str, tuple[str, ...]] = {
    "difficulty": ("challenges",),
    "part": ("parties",),
    "history": ("conditions", "setbacks"),
    "practice": ("practices",),
    "service": ("service-actions",),
}
SITUATION = ("difficulty", "part", "history")
APPROACH = ("practice", "service")
_KIND_OF = {scheme: kind for kind, schemes in KINDS.items() for scheme in schemes}


@dataclass(frozen=True)
class Feature:
    """Something by which places can be alike.

    Attributes:
        iri: The concept.
        label: Its name.
        kind: One of `KINDS`.
    """

    iri: str
    label: str
    kind: str

    @property
    def slug(self) -> str:
        """What stands for it in an address: the last part of its IRI."""
        return self.iri.rsplit("/", 1)[-1]


class Features:
    """Which place has which feature, in so many words or as we read it.

    Args:
        places: IRIs and names of the places.
        features: The features.
        stated: Pairs of a place and a feature, by their positions, that a document states outright.
        read: Pairs that are read from what a document says.

    Attributes:
        places: IRIs and names of the places.
        features: The features.
    """

    def __init__(
        self,
        places: Sequence[tuple[str, str]],
        features: Sequence[Feature],
        stated: Iterable[tuple[int, int]],
        read: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.places = tuple(places)
        self.features = tuple(features)
        said = set(stated)
        self._tables = {False: self._table(said), True: self._table(said | set(read))}
        self._columns = {counted: table.tocsc() for counted, table in self._tables.items()}
        self._having = {
            counted: columns.indices.astype(np.intp) for counted, columns in self._columns.items()
        }

    def _table(self, pairs: set[tuple[int, int]]) -> csr_array[np.float64]:
        ordered = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
        shape = len(self.places), len(self.features)
        return csr_array((np.ones(len(ordered)), (ordered[:, 0], ordered[:, 1])), shape=shape)

    def named(self, kind: str, name: str) -> Feature:
        """Find a feature by its name, or by what stands for it in an address.

        Args:
            kind: One of `KINDS`.
            name: Its name, in any case, or its slug.

        Raises:
            UnknownName: If there is none; the nearest is offered.
        """
        wanted = " ".join(name.split()).casefold()
        of_kind = [feature for feature in self.features if feature.kind == kind]
        for feature in of_kind:
            if wanted in {feature.slug, feature.label.casefold()}:
                return feature
        raise UnknownName(
            kind, name[:100], [name for feature in of_kind for name in (feature.slug, feature.label)]
        )

    def sums(self, marks: Numbers, *, readings: bool = False) -> Numbers:
        """Add up, for each place, the numbers that stand at its features: one pass over the table.

        Args:
            marks: A number for each feature, or several in columns.
            readings: Whether what is read counts beside what is stated outright.
        """
        return np.asarray(self._tables[readings] @ marks)

    def told_of(self, *, readings: bool = False) -> npt.NDArray[np.int64]:
        """Give of how many places each feature is told."""
        return np.diff(self._columns[readings].indptr).astype(np.int64)

    def weights(self, *, readings: bool = False) -> Numbers:
        """Give the weight of each feature."""
        return weights(self.told_of(readings=readings))

    def of(self, place: int, *, readings: bool = False) -> list[int]:
        """Give the positions of the features that a place has, in their order."""
        table = self._tables[readings]
        positions: list[int] = table.indices[table.indptr[place] : table.indptr[place + 1]].tolist()
        return positions

    def kinds(self, kinds: Iterable[str]) -> frozenset[int]:
        """Give the positions of the features of these kinds."""
        wanted = set(kinds)
        return frozenset(place for place, feature in enumerate(self.features) if feature.kind in wanted)

    def sharing(self, given: Iterable[int], marks: Numbers, *, readings: bool = False) -> Numbers:
        """Add up, for each place, the numbers that stand at those of the given features that it has.

        Only the lists of the places that have one of them are read, as in an inverted index.

        Args:
            given: Positions of features.
            marks: A number for each feature.
            readings: Whether what is read counts beside what is stated outright.

        Returns:
            The sums. Over the same features they are the same to the last digit, as they are added up
            in the same order.
        """
        columns, ends = sorted(given), self._columns[readings].indptr
        lists = [self._having[readings][ends[column] : ends[column + 1]] for column in columns]
        if not any(map(len, lists)):
            return np.zeros(len(self.places))
        numbers = np.repeat(marks[columns], [len(places) for places in lists])
        sums = np.bincount(np.concatenate(lists), weights=numbers, minlength=len(self.places))
        return sums.astype(np.float64, copy=False)


@row_of("case-list")
class _PlaceRow:
    case: str
    label: str


@row_of("feature-names")
class _FeatureRow:
    feature: str
    label: str
    scheme: str


@dataclass(frozen=True)
class _PairRow:
    case: str
    feature: str


@row_of("feature-cases-stated")
class _StatedRow(_PairRow):
    pass


@row_of("feature-cases-read")
class _ReadRow(_PairRow):
    surest: int


def features(engine: Engine, graphs: Sequence[URIRef] | None = None) -> Features:
    """Read which place has which feature.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    places = [(row.case, row.label) for row in rows_as(_PlaceRow, engine, graphs)]
    names = [
        Feature(row.feature, row.label, _KIND_OF[row.scheme.rsplit("/", 1)[-1]])
        for row in rows_as(_FeatureRow, engine, graphs)
    ]
    place = {iri: number for number, (iri, _) in enumerate(places)}
    column = {feature.iri: number for number, feature in enumerate(names)}
    weakest = what_counts(engine).weakest_reading

    def pairs(rows: Iterable[_PairRow]) -> list[tuple[int, int]]:
        return [
            (place[row.case], column[row.feature])
            for row in rows
            if row.case in place and row.feature in column
        ]

    stated = rows_as(_StatedRow, engine, graphs)
    read = [row for row in rows_as(_ReadRow, engine, graphs) if row.surest <= weakest]
    return Features(places, names, pairs(stated), pairs(read))
