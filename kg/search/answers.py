"""What a search gives back."""

from dataclasses import dataclass
from enum import Enum

__all__ = ["Because", "Reason", "SearchAnswer", "SearchResult"]


class Because(Enum):
    """What led to a result."""

    WORDS = "words"
    NAME = "name"
    EVERYDAY = "everyday"
    STATEMENT = "statement"
    TIE = "tie"


@dataclass(frozen=True)
class Reason:
    """Why something was found.

    Attributes:
        because: What led to it.
        text: The words that matched, the name or sentence that is near, the statement, or the name of
            the concept that the result is tied to.
        claim: The statement's IRI where there is one.
        said: What the statement says where `text` names a concept.
        modality: IRI of the tone in which it is said.
        denied: Whether the statement says that something is not so.
    """

    because: Because
    text: str
    claim: str | None = None
    said: str | None = None
    modality: str | None = None
    denied: bool = False

    def __str__(self) -> str:
        """Give the reason as one sentence."""
        if self.because is Because.WORDS:
            return f"It has your words {self.text}."
        if self.because is Because.NAME:
            return f"Near in meaning: “{self.text.rstrip('.')}”."
        if self.because is Because.EVERYDAY:
            return f"Someone might say: “{self.text}”"
        if self.because is Because.STATEMENT:
            return f"A statement{' that denies it' if self.denied else ''}: “{self.text}”"
        return f"Because it is about “{self.text}”" + (f": “{self.said}”" if self.said else ".")


@dataclass(frozen=True)
class SearchResult:
    """One result.

    Attributes:
        kind: What kind of thing it is, such as `practice`.
        iri: Its IRI.
        label: Its name, or what a statement says.
        score: How well it fits, above 0; comparable within one answer only.
        why: What led to it.
        part: Which part of the question it fits best, counted from 0.
        cases: The cases that a statement is about.
    """

    kind: str
    iri: str
    label: str
    score: float
    why: Reason
    part: int = 0
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchAnswer:
    """What was found.

    Attributes:
        query: What was asked.
        parts: The parts it was looked up by; one where it is not compound.
        results: Best first; empty if nothing fits.
        nearest: What comes nearest where nothing fits.
        read_as: Words that were taken for misspelt, with what they were read as.
        by_meaning: Whether meaning was looked at, or words alone.
        close: Whether any of it is clearly near; if not, it may be beside the point.
    """

    query: str
    parts: tuple[str, ...]
    results: tuple[SearchResult, ...]
    nearest: tuple[SearchResult, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()
    by_meaning: bool = True
    close: bool = True
