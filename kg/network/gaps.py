"""Gaps: what is advised and shown nowhere, and difficulties that nothing is offered against."""

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.network.measures import MeasureResult
from kg.network.ties import Network, NetworkThing
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows

__all__ = ["UnansweredDifficulty", "UntriedAdvice", "advised_nowhere", "unanswered_difficulties"]


@dataclass(frozen=True)
class UntriedAdvice:
    """Something that is advised, though no case is said or read to have done it.

    Attributes:
        practice: What is advised.
        claims: IRIs of the statements that advise it.
    """

    practice: NetworkThing
    claims: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The row in words."""
        count = len(self.claims)
        return f"“{self.practice.name}”: advised in {count} statement{'s' if count > 1 else ''}."


@dataclass(frozen=True)
class UnansweredDifficulty:
    """A difficulty against which nothing is offered.

    Attributes:
        difficulty: The difficulty.
        cases: The cases that are said, in so many words, to have met it.
    """

    difficulty: NetworkThing
    cases: tuple[NetworkThing, ...]

    @property
    def sentence(self) -> str:
        """The row in words."""
        met = ", ".join(case.name for case in self.cases)
        return f"“{self.difficulty.name}”: " + (f"met by {met}." if met else "said of no case outright.")


@row_of("practice-advised-nowhere")
class _AdvisedRow:
    practice: str
    claim: str


@row_of("challenge-unanswered")
class _UnansweredRow:
    challenge: str
    case: str | None


def advised_nowhere(
    engine: Engine, network: Network, graphs: Sequence[URIRef] | None = None
) -> MeasureResult[UntriedAdvice]:
    """Tell what leaders are advised to do that no case is said, or read, to have done."""
    advice = grouped(
        shown_rows(_AdvisedRow, engine, graphs, lambda row: row.practice), key=lambda row: row.practice
    )
    rows = tuple(
        UntriedAdvice(network.things[iri], tuple(row.claim for row in advised))
        for iri, advised in advice.items()
    )
    return MeasureResult(
        "What is advised that none of these cases shows?",
        "A source advises it, and no statement about a case says, or is read to say even as a mere hint, "
        "that it was done there.",
        "That no case shows it does not say that nobody does it, nor that it is bad advice: accounts rarely "
        "tell how people talk with each other, and many were read in part.",
        f"{len(rows)} of the actions in the list.",
        rows,
    )


def unanswered_difficulties(
    engine: Engine, network: Network, graphs: Sequence[URIRef] | None = None
) -> MeasureResult[UnansweredDifficulty]:
    """Tell which difficulties nothing that leaders can do is offered against."""
    faced = grouped(rows_as(_UnansweredRow, engine, graphs), key=lambda row: row.challenge)
    rows = [
        UnansweredDifficulty(
            network.things[iri], tuple(network.things[row.case] for row in facing if row.case is not None)
        )
        for iri, facing in faced.items()
    ]
    rows.sort(key=lambda row: (-len(row.cases), row.difficulty.name.casefold()))
    return MeasureResult(
        "Against which difficulties is nothing offered?",
        "No statement offers anything that leaders do, or a principle, against it; not even by our reading.",
        "A case that met it may well have done something about it: see its page. Only what a source itself "
        "sets against a difficulty counts as an answer.",
        f"{len(rows)} of the difficulties in the list; "
        f"{sum(bool(row.cases) for row in rows)} of them were met by a case.",
        tuple(rows),
    )
