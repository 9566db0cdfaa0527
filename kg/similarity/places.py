"""Places in a similar situation, or with a similar approach, among all that are told of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rdflib import URIRef

from kg.engine import Engine
from kg.errors import UnknownName
from kg.similarity.alike import Alike, Answer, Lens, Overlap, Trait
from kg.similarity.features import APPROACH, SITUATION, Features, features
from kg.similarity.measure import FEWEST_SHARED, Numbers, ratio, ratios
from kg.similarity.reasons import reasons_for, why_not

__all__ = ["Similarity", "similarity"]

_MOST = 10
_ALL = (*SITUATION, *APPROACH)
# The kinds of feature of which enough has to be shared for a score, by lens.
_SHARED: Mapping[Lens, tuple[str, ...]] = {
    Lens.CONTRAST: SITUATION,
    Lens.SITUATION: SITUATION,
    Lens.APPROACH: APPROACH,
    Lens.BOTH: _ALL,
}


@dataclass(frozen=True)
class _Given:
    """What is compared with every place: the features of a place, or those that a person picked.

    Attributes:
        row: The position of the place; None if features were picked.
        had: The positions of the features that count.
        stated: Those of them that are stated outright.
    """

    row: int | None
    had: frozenset[int]
    stated: frozenset[int]


class Similarity:
    """Finds places that are alike; `kg.similarity.measure` and `docs/similarity.md` tell how.

    Nothing here says that one thing caused another, or that what was done in one place will work in
    the next.

    Args:
        features: What is told of each place.

    Attributes:
        features: The same.
    """

    def __init__(self, features: Features) -> None:
        self.features = features
        self._row = {iri: number for number, (iri, _) in enumerate(features.places)}
        self._column = {feature.iri: number for number, feature in enumerate(features.features)}
        sides: tuple[tuple[str, ...], ...] = (SITUATION, APPROACH, _ALL)
        self._of_kinds = {kinds: features.kinds(kinds) for kinds in sides}
        self._weights = {readings: features.weights(readings=readings) for readings in (False, True)}
        self._own = {
            (kinds, readings): features.sharing(columns, self._weights[readings], readings=readings)
            for kinds, columns in self._of_kinds.items()
            for readings in (False, True)
        }
        self._ones = np.ones(len(features.features))
        self._done = {
            readings: features.sharing(self._of_kinds[APPROACH], self._ones, readings=readings)
            for readings in (False, True)
        }
        self._traits = {readings: self._ranked(readings) for readings in (False, True)}

    def _ranked(self, readings: bool) -> list[tuple[int, Trait, Trait]]:
        """Give for each feature its place when the rarest come first, and how it is told: stated, or read."""
        told_of, weights = self.features.told_of(readings=readings), self._weights[readings]
        order = sorted(
            range(len(weights)), key=lambda column: (-weights[column], self.features.features[column].label)
        )
        rank = {column: place for place, column in enumerate(order)}
        return [
            (
                rank[column],
                Trait(feature, int(told_of[column]), float(weights[column]), stated=True),
                Trait(feature, int(told_of[column]), float(weights[column]), stated=False),
            )
            for column, feature in enumerate(self.features.features)
        ]

    def to_place(
        self, iri: str, lens: Lens = Lens.CONTRAST, *, readings: bool = False, most: int = _MOST
    ) -> Answer:
        """Find places that are like a place.

        Args:
            iri: The place: the IRI of its case.
            lens: What is meant by similar.
            readings: Whether what we read from a document counts beside what it states outright; a
                score needs three shared features that count.
            most: Most places to give of those that can be compared, and of those that cannot.

        Raises:
            UnknownName: If there is no such place.
        """
        if iri not in self._row:
            raise UnknownName("case", _slug(iri), map(_slug, self._row))
        row = self._row[iri]
        return self._answer(self._given(row, readings), lens, readings, most)

    def to_picks(
        self,
        picked: Iterable[str],
        lens: Lens = Lens.SITUATION,
        *,
        readings: bool = False,
        most: int = _MOST,
    ) -> Answer:
        """Find places of which much is told of what a person picks.

        Args:
            picked: IRIs of features, those of one's own situation and of what one did or plans.
            lens: As in `to_place`.
            readings: As in `to_place`.
            most: As in `to_place`.

        Raises:
            UnknownName: If something that is picked is no feature.
        """
        columns = set()
        for iri in picked:
            if iri not in self._column:
                raise UnknownName("feature", _slug(iri), map(_slug, self._column))
            columns.add(self._column[iri])
        return self._answer(_Given(None, frozenset(columns), frozenset(columns)), lens, readings, most)

    def _given(self, row: int, readings: bool) -> _Given:
        had, stated = (
            frozenset(self.features.of(row, readings=with_readings)) for with_readings in (readings, False)
        )
        return _Given(row, had, stated)

    def _answer(self, given: _Given, lens: Lens, readings: bool, most: int) -> Answer:
        scores, shared, number = self._compared(given, lens, readings)
        compared = number >= FEWEST_SHARED
        if lens is Lens.CONTRAST:
            compared &= (self._done[readings] >= FEWEST_SHARED) & (self._done_here(given) >= FEWEST_SHARED)
        sharing = (shared > 0) & ~compared
        if given.row is not None:
            compared[given.row] = sharing[given.row] = False
        nearest = number + shared / (1 + shared.max(initial=0.0))
        place = (None, None) if given.row is None else self.features.places[given.row]
        return Answer(
            iri=place[0],
            label=place[1],
            lens=lens,
            readings=readings,
            here=self._told(given.had, given.stated, readings),
            results=tuple(
                self._alike(row, float(scores[row]), given, lens, readings)
                for row in self._first(compared, scores, most)
            ),
            too_little=tuple(
                self._alike(row, None, given, lens, readings) for row in self._first(sharing, nearest, most)
            ),
            places=len(self.features.places) - (given.row is not None),
            comparable=int(compared.sum()),
            sharing=int(sharing.sum()),
        )

    def _compared(self, given: _Given, lens: Lens, readings: bool) -> tuple[Numbers, Numbers, Numbers]:
        """Compare with every place at once.

        Returns:
            For each place the score, the weight of what counts for it, and how many features that
            count are shared.
        """
        counting, weights = self._of_kinds[_SHARED[lens]], self._weights[readings]
        shared = self.features.sharing(given.had & counting, weights, readings=readings)
        number = self.features.sharing(given.had & counting, self._ones, readings=readings)
        scores = self._ratios(shared, given, _SHARED[lens], readings)
        if lens is Lens.CONTRAST:
            done = given.had & self._of_kinds[APPROACH]
            alike = self.features.sharing(done, weights, readings=readings)
            scores *= 1 - self._ratios(alike, given, APPROACH, readings)
        return scores, shared, number

    def _ratios(self, shared: Numbers, given: _Given, kinds: tuple[str, ...], readings: bool) -> Numbers:
        own = self._own[kinds, readings]
        if given.row is not None:
            return ratios(shared, float(own[given.row]), own)
        picked = self._total(given.had & self._of_kinds[kinds], readings)
        return ratios(shared, picked, own, both_ways=False)

    def _total(self, columns: frozenset[int], readings: bool) -> float:
        """Add weights up one after the other, as everywhere, so that equal sets have equal sums."""
        total = 0.0
        for column in sorted(columns):
            total += self._traits[readings][column][1].weight
        return total

    def _done_here(self, given: _Given) -> int:
        return len(given.had & self._of_kinds[APPROACH])

    def _first(self, wanted: npt.NDArray[np.bool_], by: Numbers, most: int) -> list[int]:
        """Give the positions of the first of those that are wanted: the most first, then by name."""
        rows = np.flatnonzero(wanted)
        if len(rows) > most > 0:
            rows = rows[by[rows] >= np.partition(by[rows], -most)[-most]]
        return sorted(rows.tolist(), key=lambda row: (-by[row], self.features.places[row][1]))[:most]

    def _alike(self, row: int, score: float | None, given: _Given, lens: Lens, readings: bool) -> Alike:
        other = self._given(row, readings)
        situation, approach = (
            self._overlap(given, other, kinds, readings) for kinds in (SITUATION, APPROACH)
        )
        counting = given.had & other.had & self._of_kinds[_SHARED[lens]]
        said = len(given.stated & other.stated & counting)
        told = (
            (why_not(lens, len(counting), self._done_here(given), int(self._done[readings][row])),)
            if score is None
            else reasons_for(
                lens, score, situation, approach, picked=given.row is None, read=len(counting) - said
            )
        )
        iri, label = self.features.places[row]
        return Alike(iri, label, score, situation, approach, told)

    def _overlap(self, given: _Given, other: _Given, kinds: tuple[str, ...], readings: bool) -> Overlap:
        here, there = (side.had & self._of_kinds[kinds] for side in (given, other))
        sums = [self._total(columns, readings) for columns in (here & there, here, there)]
        return Overlap(
            ratio=ratio(*sums, both_ways=given.row is not None),
            shared=self._told(here & there, given.stated & other.stated, readings),
            only_here=self._told(here - there, given.stated, readings),
            only_there=self._told(there - here, other.stated, readings),
        )

    def _told(self, columns: frozenset[int], stated: frozenset[int], readings: bool) -> tuple[Trait, ...]:
        traits = self._traits[readings]
        ranked = sorted((*traits[column], column in stated) for column in columns)
        return tuple(said if outright else read for _, said, read, outright in ranked)


def _slug(iri: str) -> str:
    return iri.rsplit("/", 1)[-1][:100]


def similarity(engine: Engine, graphs: Sequence[URIRef] | None = None) -> Similarity:
    """Read what is told of each place, and give what finds places that are alike.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    return Similarity(features(engine, graphs))
