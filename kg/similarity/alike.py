"""What is answered: places that are alike, each with what it shares and what differs, in words and counts."""

from dataclasses import dataclass
from enum import Enum

from kg.similarity.features import Feature

__all__ = ["Alike", "Answer", "Lens", "Overlap", "Trait"]


class Lens(Enum):
    """What is meant by similar."""

    CONTRAST = "contrast"
    SITUATION = "situation"
    APPROACH = "approach"
    BOTH = "both"


@dataclass(frozen=True)
class Trait:
    """A feature as two places have it, or one of them.

    Attributes:
        feature: The feature.
        told_of: Of how many places it is told.
        weight: How much it weighs.
        stated: Whether it is stated outright of each place that has it here; if not, it is our reading.
    """

    feature: Feature
    told_of: int
    weight: float
    stated: bool


@dataclass(frozen=True)
class Overlap:
    """What two places share of their situations, or of their approaches, the rarest first.

    Attributes:
        ratio: How alike they are, between 0 and 1; see `kg.similarity.measure`.
        shared: What is told of both.
        only_here: What is told, or was picked, here alone.
        only_there: What is told of the other place alone.
    """

    ratio: float
    shared: tuple[Trait, ...]
    only_here: tuple[Trait, ...]
    only_there: tuple[Trait, ...]

    @property
    def all(self) -> int:
        """How many features there are on either side."""
        return len(self.shared) + len(self.only_here) + len(self.only_there)


@dataclass(frozen=True)
class Alike:
    """One place beside the one that was asked about.

    Attributes:
        iri: The place.
        label: Its name.
        score: How alike it is by the lens, between 0 and 1; None where there is too little to compare.
        situation: What is shared of difficulties, parties and history.
        approach: What is shared of what leaders and services did.
        reasons: The score in words and counts, a sentence or two each, or why there is none.
    """

    iri: str
    label: str
    score: float | None
    situation: Overlap
    approach: Overlap
    reasons: tuple[str, ...]

    @property
    def why(self) -> str:
        """The reasons in one text."""
        return " ".join(self.reasons)


@dataclass(frozen=True)
class Answer:
    """Places that are alike.

    Attributes:
        iri: The place that was asked about; None if features were picked.
        label: Its name.
        lens: What is meant by similar.
        readings: Whether our readings count beside what is stated outright.
        here: What is told of it, or was picked.
        results: The places that can be compared, most alike first.
        too_little: Places that share something, yet too little to compare; what shares most first.
        places: How many other places there are.
        comparable: How many of them can be compared.
        sharing: How many more share something.
    """

    iri: str | None
    label: str | None
    lens: Lens
    readings: bool
    here: tuple[Trait, ...]
    results: tuple[Alike, ...]
    too_little: tuple[Alike, ...]
    places: int
    comparable: int
    sharing: int
