"""What stands out in the network: measures, each with a plain reading and with what it cannot say.

Every measure counts what was read. None is about what works, and none says that one thing leads to another.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from kg.network.betweenness import betweenness, column_counts
from kg.network.kinds import ThingKind, kind_named
from kg.network.projections import Incidence, found_in
from kg.network.ties import Network, NetworkThing

__all__ = [
    "FEWEST_FOR_BRIDGES",
    "FEWEST_FOR_SHARED",
    "Bridge",
    "MeasureResult",
    "SharedConcept",
    "UniqueContribution",
    "bridges",
    "shared_concepts",
    "unique_contributions",
]

# With fewer cases than this a measure has too little to go by, and says so.
FEWEST_FOR_SHARED = 3
FEWEST_FOR_BRIDGES = 5
FEWEST_FOR_ADDED = 2
# Of more cases than this, ways are counted from a sample of them.
EXACT_UP_TO = 20_000
_SAMPLE = 1_000
# Of more cases than this, single pairs are not listed.
_PAIRS_UP_TO = 500
_SEED = 7

# Who was involved is much the same everywhere, and factors and principles are how the paper sorts its matter.
_STORIES = tuple(
    kind_named(slug)
    for slug in ("practices", "challenges", "outcomes", "service-actions", "setbacks", "qualities")
)

_T = TypeVar("_T")


@dataclass(frozen=True)
class MeasureResult(Generic[_T]):
    """What a measure found.

    Attributes:
        question: What it answers.
        reading: How to read it.
        limits: What it cannot say.
        size: How much it rests on.
        rows: What stands out, most first.
        too_small: Why there is too little to say, if so; then there are no rows.
        sampled: How it was estimated, if it was not counted in full.
    """

    question: str
    reading: str
    limits: str
    size: str
    rows: tuple[_T, ...] = ()
    too_small: str | None = None
    sampled: str | None = None


@dataclass(frozen=True)
class SharedConcept:
    """A concept that stories pass through.

    Attributes:
        concept: The concept.
        cases: The cases in which it is found.
        of: How many cases there are.
        statements: How many statements say so.
    """

    concept: NetworkThing
    cases: tuple[NetworkThing, ...]
    of: int
    statements: int

    @property
    def sentence(self) -> str:
        """The row in words."""
        return (
            f"{self.concept.kind.name} “{self.concept.name}”: found in {len(self.cases)} of {self.of} cases, "
            f"in {self.statements} statements."
        )


@dataclass(frozen=True)
class Bridge:
    """Something leaders did that lies between cases.

    Attributes:
        practice: What they did.
        cases: The cases in which it is found.
        only_link: Pairs of cases that have nothing else of what leaders did in common; in a collection of
            more than 500 cases none are listed.
        between: How many pairs of cases it lies between, counted by shares where several ways are
            equally short (betweenness).
    """

    practice: NetworkThing
    cases: tuple[NetworkThing, ...]
    only_link: tuple[tuple[NetworkThing, NetworkThing], ...]
    between: float

    @property
    def sentence(self) -> str:
        """The row in words."""
        alone = len(self.only_link)
        return (
            f"“{self.practice.name}” lies between {self.between:.1f} pairs of cases; it is found in "
            f"{', '.join(case.name for case in self.cases)}"
            + (f"; it alone joins {alone} pair{'s' if alone > 1 else ''} of them." if alone else ".")
        )


@dataclass(frozen=True)
class UniqueContribution:
    """What would be gone without a case.

    Attributes:
        case: The case.
        only_here: Concepts found in no other case.
        found: How many concepts are found in it.
        statements: How many statements about it count here.
    """

    case: NetworkThing
    only_here: tuple[NetworkThing, ...]
    found: int
    statements: int

    @property
    def sentence(self) -> str:
        """The row in words."""
        return (
            f"{self.case.name}: of {self.found} things found in it, by {self.statements} statements, "
            f"{len(self.only_here) or 'none'} in no other case."
        )


@dataclass(frozen=True)
class _Measure:
    """What is said of a measure, whatever it finds.

    Attributes:
        question: What it answers.
        reading: How to read it.
        limits: What it cannot say.
        fewest: With fewer cases than this there is too little to say.
    """

    question: str
    reading: str
    limits: str
    fewest: int

    def result(
        self, incidence: Incidence, rows: Callable[[], Iterable[_T]], sampled: str | None = None
    ) -> MeasureResult[_T]:
        """Give what is found, or why there is too little to say.

        Args:
            incidence: What it rests on.
            rows: Gives what stands out, most first; asked only where there is enough to say.
            sampled: How it was estimated, if it was not counted in full.
        """
        too_small = _too_small(incidence, self.fewest)
        return MeasureResult(
            self.question,
            self.reading,
            self.limits,
            _size(incidence),
            rows=() if too_small else tuple(rows()),
            too_small=too_small,
            sampled=sampled,
        )


_SHARED = _Measure(
    question="Which difficulties, actions and results do most of these stories tell of?",
    reading="In how many cases each is found, and in how many statements.",
    limits=(
        "It counts what was written down and read. A case of which more was read has more chances to tell of "
        "something; what most tell of need not be what matters most."
    ),
    fewest=FEWEST_FOR_SHARED,
)
_BRIDGES = _Measure(
    question="What did leaders do in cases that otherwise have little in common?",
    reading=(
        "Take any two cases and go from one to the other by way of what leaders did in both, in as few steps "
        "as can be. The figure says on the ways between how many pairs of cases each action lies; where "
        "several ways are equally short, each counts for its share."
    ),
    limits=(
        "With so few cases one statement more or less changes the order. It says what ties these accounts "
        "together, and nothing about what works."
    ),
    fewest=FEWEST_FOR_BRIDGES,
)
_ADDED = _Measure(
    question="What would no longer be told of if a case were left out?",
    reading="What is found in this case and in no other.",
    limits=(
        "A case adds more where more was read of it. What is found in one case alone may have been done in "
        "others, whose accounts were silent on it or were read in part."
    ),
    fewest=FEWEST_FOR_ADDED,
)


def shared_concepts(
    network: Network, kinds: tuple[ThingKind, ...] = _STORIES
) -> MeasureResult[SharedConcept]:
    """Tell which concepts most stories pass through."""
    incidence = found_in(network, kinds)
    return _SHARED.result(incidence, lambda: _shared_concepts(incidence))


def bridges(network: Network) -> MeasureResult[Bridge]:
    """Tell what leaders did that lies between cases which otherwise have little in common."""
    incidence = found_in(network, (kind_named("practices"),))
    sources, sampled = _sample(len(incidence.cases))
    return _BRIDGES.result(incidence, lambda: _bridges(incidence, sources), sampled)


def unique_contributions(network: Network) -> MeasureResult[UniqueContribution]:
    """Tell what each case adds: what would be told of nowhere if it were left out."""
    incidence = found_in(network)
    return _ADDED.result(incidence, lambda: _unique_contributions(incidence))


def _shared_concepts(incidence: Incidence) -> list[SharedConcept]:
    entries = incidence.statements
    statements = np.bincount(entries.indices, weights=entries.data, minlength=len(incidence.concepts))
    shared = [
        SharedConcept(concept, incidence.cases_of(at), len(incidence.cases), int(statements[at]))
        for at, concept in enumerate(incidence.concepts)
    ]
    shared.sort(key=lambda row: (-len(row.cases), -row.statements, row.concept.name.casefold()))
    return [row for row in shared if len(row.cases) > 1]


def _bridges(incidence: Incidence, sources: Sequence[int] | None) -> list[Bridge]:
    between = betweenness(incidence.table, sources)
    alone = _only_links(incidence) if len(incidence.cases) <= _PAIRS_UP_TO else {}
    rows = [
        Bridge(practice, incidence.cases_of(at), tuple(alone.get(at, ())), float(between[at]))
        for at, practice in enumerate(incidence.concepts)
        if between[at] > 0
    ]
    return sorted(rows, key=lambda row: (-round(row.between, 6), row.practice.name.casefold()))


def _only_links(incidence: Incidence) -> dict[int, list[tuple[NetworkThing, NetworkThing]]]:
    """Give, by column, the pairs of cases that share this one concept and no other."""
    table = incidence.table.toarray()
    # Of a pair that shares one concept, the sum of the columns that both have is that column.
    columns = (table * np.arange(table.shape[1])) @ table.T
    alone: dict[int, list[tuple[NetworkThing, NetworkThing]]] = {}
    for one, other in np.argwhere(np.triu(table @ table.T == 1, k=1)).tolist():
        alone.setdefault(int(columns[one, other]), []).append((incidence.cases[one], incidence.cases[other]))
    return alone


def _unique_contributions(incidence: Incidence) -> list[UniqueContribution]:
    table = incidence.table
    alone = np.flatnonzero(column_counts(table) == 1)
    rows = []
    for at, case in enumerate(incidence.cases):
        of_case = table.indices[table.indptr[at] : table.indptr[at + 1]]
        rows.append(
            UniqueContribution(
                case,
                tuple(incidence.concepts[column] for column in sorted(np.intersect1d(of_case, alone))),
                len(of_case),
                int(incidence.statements[[at], :].sum()),
            )
        )
    return sorted(rows, key=lambda row: (-len(row.only_here), row.case.name.casefold()))


def _sample(cases: int) -> tuple[Sequence[int] | None, str | None]:
    if cases <= EXACT_UP_TO:
        return None, None
    chosen = np.random.default_rng(_SEED).choice(cases, _SAMPLE, replace=False)
    return sorted(
        chosen.tolist()
    ), f"Estimated from {_SAMPLE} of {cases} cases, drawn at random with seed {_SEED}."


def _too_small(incidence: Incidence, fewest: int) -> str | None:
    if len(incidence.cases) >= fewest:
        return None
    return (
        f"Too small to say: it takes {fewest} cases in which something is found, and "
        f"{'there is' if len(incidence.cases) == 1 else 'there are'} {len(incidence.cases) or 'none'}."
    )


def _size(incidence: Incidence) -> str:
    return (
        f"{len(incidence.cases)} cases, {len(incidence.concepts)} things found in them, "
        f"{int(incidence.statements.sum())} statements that say so."
    )
