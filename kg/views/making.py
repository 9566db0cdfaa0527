"""How the collection was made, in numbers: what was read, what stands in it, what is our reading."""

from dataclasses import dataclass

from kg.engine import Engine
from kg.evidence import Basis, ReadingExtent
from kg.queries.questions import ask
from kg.views.cases import counts
from kg.views.choices import Graphs
from kg.views.statements import text

__all__ = ["CollectionStats", "collection_stats"]


@dataclass(frozen=True)
class CollectionStats:
    """How the collection was made, in numbers.

    Attributes:
        statements: How many statements it holds.
        cases: How many cases they are about, beside the field in general.
        documents: How many documents they stand in.
        said: How many statements stand in so many words.
        readings: How often a statement is filed under a term by us.
        readings_said: How many of these the document makes in the words of the term itself.
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
    whole: int
    sentences: int
    holding: int

    @property
    def read(self) -> int:
        """How many statements are our reading."""
        return self.statements - self.said


def collection_stats(engine: Engine, graphs: Graphs = None) -> CollectionStats:
    """Count how the collection was made.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    held = counts(engine, graphs)
    bases = [
        (Basis.of(each["basis"]), int(text(each["statements"])), int(text(each["readings"])))
        for each in ask(engine, "coverage-bases", graphs)
    ]
    sentences = ask(engine, "coverage-sentences", graphs)
    return CollectionStats(
        statements=held["statements"],
        cases=held["cases"],
        documents=held["sources"],
        said=sum(statements for basis, statements, _ in bases if basis is Basis.EXPLICIT),
        readings=sum(readings for *_, readings in bases),
        readings_said=sum(readings for basis, _, readings in bases if basis is Basis.EXPLICIT),
        whole=sum(
            int(text(each["documents"]))
            for each in ask(engine, "coverage-readings", graphs)
            if ReadingExtent.of(each["extent"]) is ReadingExtent.WHOLE
        ),
        sentences=sum(int(text(each["sentences"])) for each in sentences),
        holding=sum(int(text(each["holding"])) for each in sentences),
    )
