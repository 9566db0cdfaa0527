"""The small records that pages and documents draw; every one is frozen."""

from dataclasses import dataclass

__all__ = [
    "Case",
    "CaseRow",
    "FactorTie",
    "Group",
    "Place",
    "RestsOn",
    "Silence",
    "SourceNote",
    "Statement",
]


@dataclass(frozen=True)
class RestsOn:
    """How many results rest on one kind of document, in one voice.

    Attributes:
        kind: What kind of document it is.
        voice: Whose claim they are, seen from the place.
        count: How many results.
    """

    kind: str
    voice: str
    count: int


@dataclass(frozen=True)
class FactorTie:
    """A factor that a case is tied to.

    Attributes:
        number: 1 to 5.
        label: The factor's name.
        short: Its name in two or three words.
        explicit: Whether the source makes the tie; if not, it is our reading.
        grade: The basis in words.
    """

    number: int
    label: str
    short: str
    explicit: bool
    grade: str

    @property
    def hint(self) -> bool:
        """Whether the tie is a hint and no more: a long step from the words."""
        return self.grade.endswith("weak")


@dataclass(frozen=True)
class SourceNote:
    """A source as a reader needs it beneath a statement.

    Attributes:
        label: A short name.
        title: Its title, where one is known.
        page: Its web address, where one is known.
        year: Its year, or the words that say that none is stated.
        kind: What kind of document it is.
        reading: How much of it was read.
        statements: How many statements about the case stand in it.
    """

    label: str
    title: str | None
    page: str | None
    year: str
    kind: str
    reading: str
    statements: int


@dataclass(frozen=True)
class CaseRow:
    """One case as the index shows it.

    Attributes:
        slug: The last part of its IRI.
        label: Its name.
        question: The question it answers for a leader.
        place: Where it is, if that is known.
        factors: Explicit ties first.
        results: Names of the results that are reported, in order of name.
        rests_on: The same results, counted by the kind of document they rest on.
        sources: The sources that speak of it.
    """

    slug: str
    label: str
    question: str
    place: str | None
    factors: tuple[FactorTie, ...]
    results: tuple[str, ...]
    rests_on: tuple[RestsOn, ...]
    sources: tuple[SourceNote, ...]

    @property
    def statements(self) -> int:
        """How many statements there are about the case, in all sources."""
        return sum(source.statements for source in self.sources)


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
class Statement:
    """One statement with all that has to be shown with it.

    Attributes:
        slug: The last part of its IRI.
        text: The statement.
        explicit: Whether it stands in the source; if not, it is our reading.
        grade: The basis in words.
        tone: How the source says it, in words.
        denied: Whether the source says that it is not so.
        direction: For a result, which way it went.
        voice: Whose claim it is.
        time: The year, month or day it speaks of, where the source states one.
        inference: For a reading, why it is read so.
        attributions: To whom the source gives it.
        caveats: What has to be said with it.
        source: The name of its source.
        places: Where in the source it stands.
        concept: Name of the concept or thing it ends at, if any.
        group: Name of the group that concept belongs to, if any.
    """

    slug: str
    text: str
    explicit: bool
    grade: str
    tone: str
    denied: bool
    direction: str | None
    voice: str
    time: str | None
    inference: str | None
    attributions: tuple[str, ...]
    caveats: tuple[str, ...]
    source: str
    places: tuple[Place, ...]
    concept: str | None
    group: str | None


@dataclass(frozen=True)
class Group:
    """Statements under one heading.

    Attributes:
        slug: A name for links within the page.
        heading: The heading.
        parts: Statements by sub-heading; the sub-heading is empty where there is none.
    """

    slug: str
    heading: str
    parts: tuple[tuple[str, tuple[Statement, ...]], ...]

    @property
    def statements(self) -> int:
        """How many statements stand under the heading."""
        return sum(len(statements) for _, statements in self.parts)


@dataclass(frozen=True)
class Silence:
    """What nothing that was read says anything on: names, by heading."""

    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One case as its page shows it.

    Attributes:
        row: What the index shows of it.
        groups: Its statements in the order of the page.
        silences: What is not said, by heading.
        read_whole: Whether every source that speaks of it was read whole.
        inferred: How many of its statements are our reading.
    """

    row: CaseRow
    groups: tuple[Group, ...]
    silences: tuple[Silence, ...]
    read_whole: bool
    inferred: int
