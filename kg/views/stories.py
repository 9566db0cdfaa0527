"""Stories: what happened in a case, for people who read, with the statements each sentence rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.engine import Engine
from kg.errors import UnknownName
from kg.queries.questions import rows
from kg.queries.typed_rows import grouped, row_of, rows_as
from kg.shown import shown_rows
from kg.terms import PREFIXES, expand
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.statement_records import Link
from kg.views.statements import slug_of

__all__ = [
    "KeyFact",
    "Story",
    "StoryPart",
    "StorySentence",
    "StoryUse",
    "key_facts",
    "story_lines",
    "story_of",
    "story_uses",
]


@dataclass(frozen=True)
class StorySentence:
    """One sentence, and the slugs of the claims it rests on."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class StoryPart:
    """One part of a story.

    Attributes:
        slug: Its name, such as `what-happened`.
        label: Its heading.
        sentences: What it says, in order.
    """

    slug: str
    label: str
    sentences: tuple[StorySentence, ...]


@dataclass(frozen=True)
class KeyFact:
    """What readers look for first, where a source states it.

    Attributes:
        slug: The kind of fact, such as `led-by`.
        label: How that kind is called.
        text: The fact.
        claims: Slugs of the claims that state it.
    """

    slug: str
    label: str
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """The story of a case or concept; without parts where none is written."""

    parts: tuple[StoryPart, ...]
    facts: tuple[KeyFact, ...]

    @property
    def line(self) -> str | None:
        """What happened, in a sentence; None where no story is written."""
        short = [part for part in self.parts if part.slug == "in-short"]
        return " ".join(sentence.text for sentence in short[0].sentences) if short else None


@dataclass(frozen=True)
class StoryUse:
    """A sentence of a story that rests on a claim.

    Attributes:
        thing: What the story is of, with its page.
        part: The heading under which the sentence stands.
        text: The sentence.
    """

    thing: Link
    part: str
    text: str


@row_of("thing-list")
class _ThingRow:
    thing: str


@row_of("story-sentences")
class _SentenceRow:
    part: str
    label: str
    sentence: str
    text: str
    claim: str


@row_of("story-facts")
class _FactRow:
    case: str
    kind: str
    label: str
    fact: str
    text: str
    claim: str


@row_of("statement-stories")
class _UseRow:
    thing: str
    name: str
    part: str
    text: str


@row_of("story-lines")
class _LineRow:
    thing: str
    text: str


def story_of(engine: Engine, name: str, graphs: Graphs = None) -> Story:
    """Return the story of a case or concept.

    Args:
        engine: Where to ask.
        name: Slug of a case, or a name with prefix such as `practice:pool-budgets`.
        graphs: Graphs to ask; all of them if None.

    Raises:
        UnknownName: If there is no such thing.
    """
    thing = URIRef(expand(name) if ":" in name else PREFIXES["case"] + name)
    if not rows(engine, "thing-triples", {"thing": [thing]}).rows:
        known = [slug_of(row.thing) for row in rows_as(_ThingRow, engine)]
        raise UnknownName("case or concept", name, known)
    sentences = shown_rows(_SentenceRow, engine, graphs, lambda row: row.sentence, thing=thing)
    facts = shown_rows(_FactRow, engine, graphs, lambda row: row.fact, case=thing)
    return Story(
        tuple(
            StoryPart(slug_of(part), own[0].label, tuple(_sentences_of(own)))
            for part, own in grouped(sentences, key=lambda row: row.part).items()
        ),
        tuple(_fact(own) for own in grouped(facts, key=lambda row: row.fact).values()),
    )


def key_facts(engine: Engine, cases: Sequence[str], graphs: Graphs = None) -> dict[str, dict[str, KeyFact]]:
    """Return the key facts of cases, by the address of each case and the kind of fact.

    Args:
        engine: Where to ask.
        cases: The addresses of the cases.
        graphs: Graphs to ask; all of them if None.
    """
    if not cases:
        return {}
    rows_ = shown_rows(_FactRow, engine, graphs, lambda row: row.fact, case=[URIRef(case) for case in cases])
    found: dict[str, dict[str, KeyFact]] = {}
    for own in grouped(rows_, key=lambda row: row.fact).values():
        fact = _fact(own)
        found.setdefault(own[0].case, {}).setdefault(fact.slug, fact)
    return found


def _fact(rows: Sequence[_FactRow]) -> KeyFact:
    return KeyFact(slug_of(rows[0].kind), rows[0].label, rows[0].text, _claims(rows))


def _sentences_of(part: Sequence[_SentenceRow]) -> Iterator[StorySentence]:
    for own in grouped(part, key=lambda row: row.sentence).values():
        yield StorySentence(own[0].text, _claims(own))


def _claims(of: Sequence[_SentenceRow | _FactRow]) -> tuple[str, ...]:
    return tuple(slug_of(row.claim) for row in of)


def story_uses(engine: Engine, claims: Sequence[str], graphs: Graphs = None) -> tuple[StoryUse, ...]:
    """Return the sentences of stories that rest on any of some claims, in order of what they are of."""
    rows = rows_as(_UseRow, engine, graphs, claim=[URIRef(claim) for claim in claims])
    return tuple(dict.fromkeys(StoryUse(link_of(row.thing, row.name), row.part, row.text) for row in rows))


def story_lines(engine: Engine, graphs: Graphs = None) -> dict[str, str]:
    """Return what happened in each case, or is shown of each concept, in a line, by its address."""
    lines = grouped(rows_as(_LineRow, engine, graphs), key=lambda row: row.thing)
    return {thing: " ".join(row.text for row in own) for thing, own in lines.items()}
