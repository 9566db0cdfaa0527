"""How the collection was made, in numbers: what was read, what stands in it, what is our reading."""

from dataclasses import dataclass

from kg.engine import Engine
from kg.evidence import Basis, ReadingExtent
from kg.queries.typed_rows import row_of, rows_as
from kg.views.cases import counts
from kg.views.choices import Graphs

__all__ = ["CollectionStats", "collection_stats"]


@dataclass(frozen=True)
class CollectionStats:
    """How the collection was made, in numbers.

    Attributes:
        statements: How many statements people can read in it.
        cases: How many cases they are about, beside the field in general.
        documents: How many documents they stand in.
        said: How many statements stand in so many words.
        readings: How often a statement is filed under a term by us.
        readings_said: How many of these the document makes in the words of the term itself.
        unlisted: How many more statements it holds that lists do not show.
        whole: How many of the documents were read whole.
        sentences: How many sentences these have.
        holding: How many of these sentences hold a statement.
    """

    statements: int
    cases: int
    documents: int
    said: int
    readings: int
    readings_said: int
    unlisted: int
    whole: int
    sentences: int
    holding: int

    @property
    def read(self) -> int:
        """How many statements are our reading."""
        return self.statements - self.said


@row_of("coverage-bases")
class _BasisRow:
    basis: Basis
    shown: int
    readings: int


@row_of("coverage-sentences")
class _SentencesRow:
    sentences: int
    holding: int


@row_of("coverage-readings")
class _ExtentRow:
    extent: ReadingExtent
    documents: int


def collection_stats(engine: Engine, graphs: Graphs = None) -> CollectionStats:
    """Count how the collection was made.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    held = counts(engine, graphs)
    bases = rows_as(_BasisRow, engine, graphs)
    sentences = rows_as(_SentencesRow, engine, graphs)
    listed = sum(row.shown for row in bases)
    return CollectionStats(
        statements=listed,
        cases=held["cases"],
        documents=held["sources"],
        said=sum(row.shown for row in bases if row.basis is Basis.EXPLICIT),
        readings=sum(row.readings for row in bases),
        readings_said=sum(row.readings for row in bases if row.basis is Basis.EXPLICIT),
        unlisted=held["statements"] - listed,
        whole=sum(
            row.documents for row in rows_as(_ExtentRow, engine, graphs) if row.extent is ReadingExtent.WHOLE
        ),
        sentences=sum(row.sentences for row in sentences),
        holding=sum(row.holding for row in sentences),
    )
