"""Which case is found to have which concept, stated or by our reading."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.engine import Engine
from kg.evidence import Basis
from kg.queries.typed_rows import row_of, rows_as
from kg.views.choices import Graphs

__all__ = ["CaseConcept", "concepts_of_cases"]


@dataclass(frozen=True)
class CaseConcept:
    """A concept that is found in a case.

    Attributes:
        case: The IRI of the case.
        concept: The IRI of the concept.
        stated: Whether a document states it; if not, it is our reading.
    """

    case: str
    concept: str
    stated: bool


@row_of("case-concepts-stated")
class _StatedRow:
    case: str
    concept: str


@row_of("case-concepts-read")
class _ReadRow:
    case: str
    concept: str
    surest: int


def concepts_of_cases(engine: Engine, graphs: Graphs, weakest: int) -> Iterator[CaseConcept]:
    """Return every concept of every case: what documents state first, then our readings.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
        weakest: How weak our readings may be, by the position of their basis.
    """
    for stated in rows_as(_StatedRow, engine, graphs):
        yield CaseConcept(stated.case, stated.concept, stated=True)
    if weakest > Basis.EXPLICIT.position:
        for read in rows_as(_ReadRow, engine, graphs):
            if read.surest <= weakest:
                yield CaseConcept(read.case, read.concept, stated=False)
