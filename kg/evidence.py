"""How a source says something, how surely and in whose voice: and what counts as what."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Self

from rdflib import URIRef

from kg.engine import Engine
from kg.errors import BadContent
from kg.queries.typed_rows import row_of, rows_as
from kg.terms import PREFIXES, SL, shorten

__all__ = [
    "LISTS",
    "Basis",
    "Counts",
    "Direction",
    "ListedConcept",
    "Modality",
    "Polarity",
    "ReadingExtent",
    "Standing",
    "Telling",
    "Voice",
    "YearBasis",
    "what_counts",
]


class ListedConcept(StrEnum):
    """A concept of a list, by the last part of its IRI; its label is for readers and decides nothing."""

    @classmethod
    def of(cls, iri: object) -> Self:
        """Return the member that an IRI stands for.

        Raises:
            BadContent: If it is of another list, or the code does not know it.

        >>> Basis.of(PREFIXES["basis"] + "inferred-weak")
        <Basis.INFERRED_WEAK: 'inferred-weak'>
        """
        slug = str(iri).removeprefix(PREFIXES[LISTS[cls]])
        try:
            return cls(slug)
        except ValueError as fault:
            known = ", ".join(f"{LISTS[cls]}:{member}" for member in cls)
            raise BadContent(
                f"{shorten(str(iri))} is not known to the program, which can tell apart {known}."
            ) from fault

    @property
    def position(self) -> int:
        """Its place in the list, from 1, as `sl:position` gives it."""
        return list(type(self)).index(self) + 1


class Basis(ListedConcept):
    """Whether a statement stands in the source or is read from it, the surest first."""

    EXPLICIT = "explicit"
    INFERRED_STRONG = "inferred-strong"
    INFERRED_MEDIUM = "inferred-medium"
    INFERRED_WEAK = "inferred-weak"


class Modality(ListedConcept):
    """How a source says something."""

    FACT = "fact"
    HEDGED = "hedged"
    NORMATIVE = "normative"
    INTENTION = "intention"
    HOPE = "hope"
    EXAMPLE = "example"


class Polarity(ListedConcept):
    """Whether a source affirms or denies something, or looked for it in vain."""

    AFFIRMED = "affirmed"
    DENIED = "denied"
    NO_EFFECT_FOUND = "no-effect-found"


class Direction(ListedConcept):
    """Which way a reported result went."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    MIXED = "mixed"
    NOT_STATED = "not-stated"
    NO_CHANGE = "no-change"
    BETTER_THAN_ELSEWHERE = "better-than-elsewhere"
    WORSE_THAN_ELSEWHERE = "worse-than-elsewhere"


class Voice(ListedConcept):
    """Whose claim a statement is, seen from the place it is about."""

    INDEPENDENT = "independent"
    SELF_REPORTED = "self-reported"
    NOT_ESTABLISHED = "not-established"


class ReadingExtent(ListedConcept):
    """How much of a document was read."""

    WHOLE = "whole"
    PART = "part"
    NOT_READ = "not-read"


class YearBasis(ListedConcept):
    """How the year of a document is known."""

    STATED = "stated"
    INFERRED = "inferred"
    NOT_STATED = "not-stated"


class Standing(ListedConcept):
    """Who stands behind a result, the surest first: never to be taken for one another."""

    EVALUATED = "evaluated"
    OWN_ACCOUNT = "own-account"
    TOLD = "told"


class Telling(ListedConcept):
    """What a tone, a basis or a relation makes of what is told."""

    OUTRIGHT = "outright"
    AS_SO = "as-so"
    AIM = "aim"
    ADVICE = "advice"
    SURE_ENOUGH = "sure-enough"
    HINT = "hint"
    DONE_OR_MET = "done-or-met"
    WENT_BEFORE = "went-before"
    NOT_YET = "not-yet"


# The prefix under which the concepts of each list stand.
LISTS: Mapping[type[ListedConcept], str] = {
    Basis: "basis",
    Direction: "direction",
    Modality: "modality",
    Polarity: "polarity",
    ReadingExtent: "reading",
    Standing: "standing",
    Telling: "telling",
    Voice: "voice",
    YearBasis: "yearbasis",
}


@dataclass(frozen=True)
class Counts:
    """What counts as what, as the vocabulary says.

    Attributes:
        of: The IRIs of what each concept counts as, by its IRI.
        finding_named: By the IRI of a list, the relations whose statements find in a case what they name.
        finding_illustrated: The same for what they are read to illustrate.
    """

    of: Mapping[str, frozenset[str]]
    finding_named: Mapping[str, frozenset[str]]
    finding_illustrated: Mapping[str, frozenset[str]]

    def standing(self, kind: str, voice: Voice) -> Standing:
        """Say who stands behind a result.

        Args:
            kind: The IRI of the kind of document that it rests on.
            voice: Whose claim it is.

        Returns:
            Evaluated only if the document and the voice both count as that; the account of those involved
            if either counts as that.
        """
        found = {self.standing_of(kind), self.standing_of(PREFIXES["voice"] + voice)}
        if Standing.OWN_ACCOUNT in found:
            return Standing.OWN_ACCOUNT
        return Standing.EVALUATED if found == {Standing.EVALUATED} else Standing.TOLD

    def standing_of(self, concept: str) -> Standing:
        """Say what a kind of document, or a voice, counts as on its own.

        Raises:
            BadContent: If the vocabulary does not say so, or says two things.
        """
        space = PREFIXES[LISTS[Standing]]
        found = [Standing.of(each) for each in self.of.get(concept, ()) if each.startswith(space)]
        if len(found) != 1:
            raise BadContent(
                f"{shorten(concept)} has to count as one standing (sl:countsAs); it counts as {len(found)}."
            )
        return found[0]

    def modalities(self, telling: Telling) -> frozenset[Modality]:
        """Give the tones that count as this."""
        return frozenset(each for each in Modality if self._counts(PREFIXES["modality"] + each, telling))

    def relations(self, telling: Telling) -> frozenset[str]:
        """Give the relations that count as this: the last part of the IRI of each."""
        space = PREFIXES["relation"]
        found = (each for each in self.of if each.startswith(space) and self._counts(each, telling))
        return frozenset(each.removeprefix(space) for each in found)

    @cached_property
    def weakest_reading(self) -> int:
        """The strength of the weakest reading that counts: what is weaker is a hint and no more."""
        return max(
            each.position for each in Basis if self._counts(PREFIXES["basis"] + each, Telling.SURE_ENOUGH)
        )

    def _counts(self, concept: str, telling: Telling) -> bool:
        return PREFIXES[LISTS[Telling]] + telling in self.of.get(concept, ())


@row_of("what-counts")
class _CountsRow:
    concept: str
    property: URIRef
    counts_as: str


def what_counts(engine: Engine) -> Counts:
    """Ask what counts as what."""
    of: dict[str, set[str]] = {}
    finding: dict[URIRef, dict[str, set[str]]] = {SL.findsNamed: {}, SL.findsIllustrated: {}}
    for row in rows_as(_CountsRow, engine):
        if row.property == SL.countsAs:
            of.setdefault(row.concept, set()).add(row.counts_as)
        else:
            relations = finding[row.property].setdefault(row.counts_as, set())
            relations.add(row.concept.removeprefix(PREFIXES["relation"]))
    return Counts(_frozen(of), _frozen(finding[SL.findsNamed]), _frozen(finding[SL.findsIllustrated]))


def _frozen(found: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {name: frozenset(each) for name, each in found.items()}
