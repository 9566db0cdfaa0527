"""One statement as pages and documents show it, in a few small records; every one is frozen."""

from dataclasses import dataclass
from enum import StrEnum

from kg.evidence import Basis, Direction, Modality, Polarity, Standing, Voice
from kg.terms import BEFORE

__all__ = [
    "Attribution",
    "Citation",
    "Evidence",
    "Illustration",
    "Link",
    "NamedThing",
    "Origin",
    "Other",
    "Place",
    "Related",
    "Relation",
    "ReportedResult",
    "Statement",
    "StatementTime",
    "Topics",
]


class Origin(StrEnum):
    """Where a statement comes from; of the time since then is what tells of later than the paper."""

    PAPER = "paper"
    ELSEWHERE = "elsewhere"
    SINCE = "since"


@dataclass(frozen=True)
class Link:
    """The name of something, with the address of its page where there is one.

    Attributes:
        name: What it is called.
        address: A page of ours, without a slash before it, or an address of the web; None for a value.
    """

    name: str
    address: str | None = None


@dataclass(frozen=True)
class Place:
    """Where a statement stands.

    Attributes:
        where: Section and paragraph in words, such as “Section 3, third paragraph”.
        look_for: The opening words to look for; None where only a heading is cited.
    """

    where: str
    look_for: str | None


@dataclass(frozen=True)
class Illustration:
    """A concept that a statement is read to illustrate.

    Attributes:
        concept: The concept.
        scheme: The list it is of: the last part of its IRI.
        basis: Whether the document uses the concept's own words, or how surely we read it.
        reason: Why it is read so.
    """

    concept: Link
    scheme: str
    basis: Basis
    reason: str

    @property
    def explicit(self) -> bool:
        """Whether the document uses the concept's own words."""
        return self.basis is Basis.EXPLICIT


@dataclass(frozen=True)
class Other:
    """A statement that another one points to.

    Attributes:
        slug: The last part of its IRI.
        text: What it says.
        source: Name of its document.
    """

    slug: str
    text: str
    source: str


@dataclass(frozen=True)
class Evidence:
    """How sure a statement is.

    Attributes:
        basis: Whether it stands in the source, or how surely we read it.
        modality: How the source says it.
        polarity: Whether the source affirms or denies it, or found no effect.
        inference: For a reading, why it is read so.
        caveats: What has to be said with it.
    """

    basis: Basis
    modality: Modality
    polarity: Polarity
    inference: str | None = None
    caveats: tuple[str, ...] = ()

    @property
    def explicit(self) -> bool:
        """Whether it stands in the source; if not, it is our reading."""
        return self.basis is Basis.EXPLICIT

    @property
    def denied(self) -> bool:
        """Whether the source says that it is not so."""
        return self.polarity is Polarity.DENIED


@dataclass(frozen=True)
class Attribution:
    """Who says a statement.

    Attributes:
        voice: Whose claim it is, seen from the place.
        names: To whom the source gives it.
    """

    voice: Voice
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class StatementTime:
    """When a statement was so, or will be.

    Attributes:
        span: The year, month or day it speaks of in words, where the source states one.
        planned: Whether it tells of a plan for that time.
        overdue: Whether that time has passed and nothing later is held.
    """

    span: str | None = None
    planned: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class Citation:
    """Where a statement stands.

    Attributes:
        document: The document, with its page.
        kind: What kind of document it is.
        year: Its year, or the words that say that none is stated.
        origin: Whether it is the paper, one from elsewhere, or tells of the time since.
        places: Where in the document the statement stands.
    """

    document: Link
    kind: str
    year: str
    origin: Origin
    places: tuple[Place, ...]


@dataclass(frozen=True)
class NamedThing:
    """A concept or thing that a statement speaks of or names.

    Attributes:
        link: Its name, with its page.
        scheme: The list that it is of: the last part of its IRI; "" for what is no concept.
    """

    link: Link
    scheme: str = ""


@dataclass(frozen=True)
class Relation:
    """What a statement says of what, in terms of the vocabulary.

    Attributes:
        name: The last part of the IRI of the relation.
        subject: What it speaks of, where that is not the case, the field or a document.
        object: What it names in so many words or is read to name, if anything.
    """

    name: str
    subject: NamedThing | None = None
    object: NamedThing | None = None

    @property
    def before(self) -> bool:
        """Whether it says how things were before leaders changed them."""
        return self.name in BEFORE


@dataclass(frozen=True)
class Topics:
    """What a statement is filed under.

    Attributes:
        about: The cases it is about, or the field.
        place: The smaller place it speaks of, if any.
        illustrates: Concepts it is read to illustrate.
        setbacks: What it says went wrong or was undone.
    """

    about: tuple[Link, ...] = ()
    place: Link | None = None
    illustrates: tuple[Illustration, ...] = ()
    setbacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportedResult:
    """What a statement that reports a result says of it.

    Attributes:
        direction: Which way it went.
        standing: Who stands behind it.
    """

    direction: Direction
    standing: Standing


@dataclass(frozen=True)
class Related:
    """Other statements that a statement points to.

    Attributes:
        differing: Statements of other documents that differ from it.
        later: Statements that tell what became of it.
        earlier: Statements of which it tells what became.
    """

    differing: tuple[Other, ...] = ()
    later: tuple[Other, ...] = ()
    earlier: tuple[Other, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One statement with all that has to be shown with it.

    Attributes:
        slug: The last part of its IRI.
        text: What it says.
        evidence: How sure it is.
        attribution: Who says it.
        time: When it was so.
        source: Where it stands.
        relation: What it says of what.
        topics: What it is filed under.
        result: For a result, which way it went and who stands behind it.
        related: Statements it points to.
    """

    slug: str
    text: str
    evidence: Evidence
    attribution: Attribution
    time: StatementTime
    source: Citation
    relation: Relation
    topics: Topics
    result: ReportedResult | None = None
    related: Related = Related()
