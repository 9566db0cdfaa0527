"""The small records that pages and documents draw; every one is frozen."""

from dataclasses import dataclass

from kg.evidence import Basis, Direction, ReadingExtent, Standing, Voice
from kg.views.statement_records import Origin, Other, Statement

__all__ = [
    "BodyNote",
    "Case",
    "CaseRow",
    "Contrast",
    "FactorTie",
    "Group",
    "Participant",
    "RestsOn",
    "Result",
    "Silence",
    "SourceNote",
]


@dataclass(frozen=True)
class RestsOn:
    """How many results rest on one kind of document, in one voice.

    Attributes:
        kind: What kind of document it is.
        voice: Whose claim they are, seen from the place.
        count: How many results.
        kind_standing: What documents of this kind count as on their own.
        standing: Who stands behind the results.
    """

    kind: str
    voice: Voice
    count: int
    kind_standing: Standing
    standing: Standing


@dataclass(frozen=True)
class Result:
    """A result that is reported of a case.

    Attributes:
        label: What was looked at.
        direction: Which way it is said to have gone.
        standing: Who stands behind it.
    """

    label: str
    direction: Direction
    standing: Standing


@dataclass(frozen=True)
class FactorTie:
    """A factor that a case is tied to.

    Attributes:
        number: 1 to 5.
        label: The factor's name.
        short: Its name in two or three words.
        basis: Whether the source makes the tie, or how surely we read it.
        hint: Whether the tie is a hint and no more: too long a step from the words to count.
        address: The page of the factor.
    """

    number: int
    label: str
    short: str
    basis: Basis
    hint: bool
    address: str | None = None

    @property
    def explicit(self) -> bool:
        """Whether the source makes the tie; if not, it is our reading."""
        return self.basis is Basis.EXPLICIT


@dataclass(frozen=True)
class SourceNote:
    """A source as a reader needs it beneath a statement.

    Attributes:
        label: A short name.
        title: Its title, where one is known.
        page: Its web address, where one is known.
        year: Its year, or the words that say that none is stated.
        kind: What kind of document it is.
        extent: How much of it was read.
        reading: The same in words.
        statements: How many statements about the case stand in it.
        slug: The last part of its IRI.
        authors: Who wrote it, where that is known.
        publisher: Where it was published, where that is known.
        copy: Whether it was read on its own page or in a copy elsewhere; None for the paper.
        notes: What a reader should know of it.
        starting_point: Whether it is the one that the collection set out from.
    """

    label: str
    title: str | None
    page: str | None
    year: str
    kind: str
    extent: ReadingExtent
    reading: str
    statements: int
    slug: str = ""
    authors: str | None = None
    publisher: str | None = None
    copy: str | None = None
    notes: tuple[str, ...] = ()
    starting_point: bool = False


@dataclass(frozen=True)
class Collection:
    """What the cases are taken from.

    Attributes:
        papers: Title and page of each document that the collection set out from.
        documents: How many documents there are with them.
        factors: Number and name of each factor.
    """

    papers: tuple[tuple[str, str], ...]
    documents: int
    factors: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CaseRow:
    """One case as the index shows it.

    Attributes:
        slug: The last part of its IRI.
        label: Its name.
        question: The question it answers for a leader.
        place: Where it is, if that is known.
        factors: Explicit ties first.
        results: What is reported, in order of name.
        rests_on: The same results, counted by the kind of document they rest on.
        sources: The sources that speak of it.
    """

    slug: str
    label: str
    question: str
    place: str | None
    factors: tuple[FactorTie, ...]
    results: tuple[Result, ...]
    rests_on: tuple[RestsOn, ...]
    sources: tuple[SourceNote, ...]

    @property
    def statements(self) -> int:
        """How many statements there are about the case, in all sources."""
        return sum(source.statements for source in self.sources)


@dataclass(frozen=True)
class Contrast:
    """Two statements of different documents that differ; both stand."""

    one: Other
    other: Other


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
    """What nothing that was read says anything on, in one list.

    Attributes:
        scheme: The list: the last part of its IRI.
        heading: What the list is called.
        names: The names of what is not spoken of.
    """

    scheme: str
    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Participant:
    """Who is said to have had a part in a case.

    Attributes:
        label: Name of the party.
        said: How many statements name it or bodies of its kind.
        read: How many more are read so.
        address: The page of the party.
    """

    label: str
    said: int
    read: int
    address: str | None = None


@dataclass(frozen=True)
class BodyNote:
    """A word for a kind of body, as used in its time.

    Attributes:
        word: The word or abbreviation that statements use.
        name: What it stands for.
        definition: What kind of body it was.
        note: What happened next, if a named page says so.
        page: The page that says so.
        as_of: The date of the latest text the note rests on, if known.
        address: The page of the kind of body.
    """

    word: str
    name: str
    definition: str
    note: str | None
    page: str | None
    as_of: str | None
    address: str | None = None


@dataclass(frozen=True)
class Case:
    """One case as its page shows it.

    Attributes:
        row: What the index shows of it.
        groups: Its statements in the order of the page.
        silences: What is not said, by heading.
        read_whole: Whether every source that speaks of it was read whole.
        inferred: How many of its statements are our reading.
        parts: Who is said to have had a part, in order of name.
        contrasts: Pairs of statements that differ, each pair once.
        timeline: Its dated statements in the order of the time they speak of.
        latest: The latest time that a statement tells of, if any is dated.
        words: Words for kinds of bodies that its statements use.
    """

    row: CaseRow
    groups: tuple[Group, ...]
    silences: tuple[Silence, ...]
    read_whole: bool
    inferred: int
    parts: tuple[Participant, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    timeline: tuple[Statement, ...] = ()
    latest: str | None = None
    words: tuple[BodyNote, ...] = ()

    @property
    def origins(self) -> tuple[tuple[Origin, int], ...]:
        """How many of its statements come from where, the paper first."""
        origins = [
            statement.source.origin
            for group in self.groups
            for _, members in group.parts
            for statement in members
        ]
        return tuple((origin, origins.count(origin)) for origin in Origin if origin in origins)

    @property
    def setbacks(self) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
        """What is said to have gone wrong or been undone, each kind with its statements."""
        kinds: dict[str, list[Statement]] = {}
        for group in self.groups:
            for _, members in group.parts:
                for statement in members:
                    for kind in statement.topics.setbacks:
                        kinds.setdefault(kind, []).append(statement)
        return tuple((kind, tuple(statements)) for kind, statements in sorted(kinds.items()))
