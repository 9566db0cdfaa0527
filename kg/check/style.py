"""Plain English: openings that need another sentence, long sentences, idioms, American spelling."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from rdflib import RDF, SKOS, URIRef
from rdflib.term import Node
from sentencex import segment

from kg.check.findings import Finding
from kg.check.reading import TurtleFile
from kg.errors import BadContent
from kg.graph.content import Content
from kg.storage.files import text_of
from kg.terms import SL, shorten

__all__ = [
    "LONGEST_SENTENCE",
    "ReadText",
    "Style",
    "alike_labels",
    "sentences",
    "style_findings",
    "style_of",
    "texts_read",
]

LONGEST_SENTENCE = 28
# Longer ones are put first by `texts_read`, though none is warned of before LONGEST_SENTENCE.
_AIM = 20
# What one mark weighs beside a word too many.
_MARK = 10
_READ = (SL.statement, SKOS.prefLabel, SKOS.definition, SKOS.scopeNote)
_READING_MARK = "Our reading: "
_WORD = re.compile(r"[\w’'£$€%.,-]*\w[\w’'%]*")


@dataclass(frozen=True)
class Style:
    """The lists of the folder ontology/style, which anybody may add to.

    Attributes:
        openings: First words that leave open who or what is meant.
        idioms: What to write instead, by phrase.
        spellings: The British spelling, by American one.
    """

    openings: tuple[str, ...] = ()
    idioms: Mapping[str, str] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)

    def marks(self, text: str, *, opening: bool) -> tuple[str, ...]:
        """Say what makes a reader stumble over a text.

        Args:
            text: What people read.
            opening: Whether the text has to stand alone, so that its first words count.
        """
        found: list[str] = []
        found += self.openings_of(text) if opening else ()
        for phrase in self._phrases.findall(text):
            key = phrase.casefold()
            if key in self.idioms:
                found.append(f"“{phrase}” makes a reader stumble; write {self.idioms[key]}.")
            else:
                found.append(f"“{phrase}” is spelt “{self.spellings[key]}” in British English.")
        return tuple(found)

    def openings_of(self, text: str) -> tuple[str, ...]:
        """Say with what a text that has to stand alone cannot begin; nothing if it begins well."""
        first = self._first.match(text)
        return () if first is None else (f"Begin with who or what is meant, not with “{first.group()}”.",)

    @cached_property
    def _first(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any_of(self.openings)})(?!\w)")

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{_any_of([*self.idioms, *self.spellings])})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class ReadText:
    """One text that makes a reader stumble.

    Attributes:
        file: Name of its file.
        predicate: What kind of text it is.
        line: Its line, from 1; None if it has none of its own.
        thing: What the text says something of, as a short name.
        text: The text.
        longest: Words of its longest sentence.
        marks: What is amiss, each with what to write instead.
    """

    file: str
    predicate: URIRef
    line: int | None
    thing: str
    text: str
    longest: int
    marks: tuple[str, ...]

    @property
    def measure(self) -> int:
        """Words beyond twenty in the longest sentence, and ten for each mark."""
        return max(0, self.longest - _AIM) + _MARK * len(self.marks)


def style_of(content: Content) -> Style:
    """Read the lists of the content; those that it lacks are empty.

    Raises:
        BadContent: If a line of idioms or spellings does not say what to write instead.
    """
    folder = content.ontology / "style"

    def lines(name: str) -> list[list[str]]:
        path = folder / name
        if not path.is_file():
            return []
        return [line.split("\t") for line in text_of(path).splitlines() if line.strip()]

    def pairs(name: str) -> dict[str, str]:
        for number, cells in enumerate(lines(name), 1):
            if len(cells) != 2 or not all(cell.strip() for cell in cells):
                raise BadContent(
                    f"ontology/style/{name}:{number}: Write the phrase, a tab, and what to write instead."
                )
        return {phrase.strip().casefold(): instead.strip() for phrase, instead in lines(name)}

    openings = tuple(cells[0].strip() for cells in lines("openings.tsv"))
    return Style(openings, pairs("idioms.tsv"), pairs("spellings.tsv"))


def sentences(text: str) -> list[str]:
    """Cut an English text into its sentences.

    >>> sentences("St. Anne met Dr. Bell in 2016. It went well.")
    ['St. Anne met Dr. Bell in 2016.', 'It went well.']
    """
    return [sentence.strip() for sentence in segment("en", text) if sentence.strip()]


def texts_read(documents: Iterable[TurtleFile], style: Style) -> list[ReadText]:
    """Return the texts that people read, with what is amiss in each, the worst first.

    Statements, labels, definitions and scope notes are read; only a statement has to stand alone, so that
    only its opening counts.
    """
    return sorted(
        (
            _read(document, subject, predicate, str(text), style)
            for document in documents
            for subject, predicate, text in document.triples
            if isinstance(predicate, URIRef) and predicate in _READ
        ),
        key=lambda found: (-found.measure, found.file, found.line or 0),
    )


def style_findings(checked: Iterable[TurtleFile], style: Style) -> list[Finding]:
    """Warn of statements that need another sentence to be understood, of long ones, idioms and spellings."""
    return [
        Finding(text.file, text.line, f"{text.thing}: {mark}", "warning")
        for text in texts_read(checked, style)
        if text.predicate == SL.statement
        for mark in (*text.marks, *_too_long(text))
    ]


def alike_labels(documents: Sequence[TurtleFile], checked: Sequence[TurtleFile]) -> list[Finding]:
    """Refuse two concepts whose labels differ by case or plural only: no reader could tell them apart."""
    names = {document.name for document in checked}
    concepts = {
        subject
        for document in documents
        for subject, predicate, kind in document.triples
        if (predicate, kind) == (RDF.type, SKOS.Concept)
    }
    labelled: dict[str, list[tuple[TurtleFile, Node, str]]] = {}
    for document in documents:
        for subject, predicate, label in document.triples:
            if predicate == SKOS.prefLabel and subject in concepts:
                labelled.setdefault(_plain(str(label)), []).append((document, subject, str(label)))
    return [
        Finding(
            here.name,
            here.line(str(subject), str(SKOS.prefLabel)),
            f"{shorten(str(subject))}: The label “{label}” differs from “{other_label}” "
            f"({shorten(str(other))}) by case or plural only; call one of them otherwise.",
        )
        for alike in labelled.values()
        for pair in pairwise(alike)
        for (here, subject, label), (_, other, other_label) in (pair, pair[::-1])
        if label != other_label and here.name in names
    ]


def _read(document: TurtleFile, subject: Node, predicate: URIRef, text: str, style: Style) -> ReadText:
    body = text.removeprefix(_READING_MARK)
    return ReadText(
        document.name,
        predicate,
        document.line(str(subject), str(predicate)),
        shorten(str(subject)),
        text,
        max((len(_WORD.findall(sentence)) for sentence in sentences(text)), default=0),
        style.marks(body, opening=predicate == SL.statement),
    )


def _any_of(phrases: Iterable[str]) -> str:
    """Write a pattern for any of the phrases, the longest first; for none, one that never fits."""
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) or r"(?!)"


def _too_long(text: ReadText) -> list[str]:
    if text.longest <= LONGEST_SENTENCE:
        return []
    return [f"A sentence of {text.longest} words is hard to read; {LONGEST_SENTENCE} at most."]


def _plain(label: str) -> str:
    return " ".join(_singular(word) for word in label.casefold().split())


def _singular(word: str) -> str:
    """Cut the plural ending off a word, roughly: two labels that become the same are too alike to read.

    >>> [_singular(word) for word in ("bodies", "boxes", "boards", "loss")]
    ['body', 'box', 'board', 'loss']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word
