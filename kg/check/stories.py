"""Stories held against the statements they rest on: nothing is said that these do not say.

A story is written by people. What can be checked by rule is: what each sentence rests on, that it stands
alone, that its numbers and names are those of its statements, that hopes, plans, advice, readings and results
are told as such, that directions agree, that no cause is added, and that it was read since they last changed.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rdflib import DCTERMS, PROV, RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.check.findings import Finding
from kg.check.reading import TurtleFile
from kg.check.source_text import plain_words, unsupported
from kg.check.style import Style, sentences
from kg.graph.content import Content
from kg.graph.oxigraph import Triple
from kg.storage.files import text_of
from kg.terms import OA, PREFIXES, SL, shorten

__all__ = ["LONGEST_LINE", "StoryText", "Ways", "fingerprint", "list_ways", "story_findings", "story_texts"]

# Words of the line that answers what happened, for lists and links.
LONGEST_LINE = 20
# Words of a whole story: beyond this nobody reads it on a phone.
LONGEST_STORY = 220
_NOT_ALONE = "The story of the first source alone rests on statements of that source and no other."
_NO_VERSION = (
    "It rests on the first source and on others; write a story of the first source alone too, "
    "a version (dcterms:isVersionOf) of this one."
)
_IN_SHORT = URIRef(PREFIXES["part"] + "in-short")
_MOST_IN_SHORT = 2
_SPOKEN = re.compile(r"[\w’-]+")
_NEXT_TO_A_CLAIM = {DCTERMS.created, SKOS.changeNote, SL.arrangementOnly, SL.followedUpBy, SL.shownAs}
# Results that somebody has to answer for; that things got worse, partners do not say to please.
_GOOD = ("improved", "better-than-elsewhere", "mixed", "no-change")
# How a sentence has to be told, by a property and a value of a statement it rests on.
_MANNERS = {
    (SL.modality, "hope"): ("hope", "rests on a hope, and has to say so"),
    (SL.modality, "intention"): ("plan", "rests on a plan, and has to say so"),
    (SL.modality, "normative"): ("advice", "rests on advice, and has to say that it is advice"),
    (SL.modality, "hedged"): ("hedged", "rests on a guarded statement, and has to be as guarded"),
    (SL.polarity, "denied"): ("denied", "rests on a statement that something is not so, and has to say so"),
    (SL.polarity, "no-effect-found"): ("denied", "rests on a finding of no effect, and has to say so"),
    (SL.relation, "planned"): ("plan", "rests on a plan, and has to say so"),
    **{
        (SL.direction, direction): ("said", "tells a result, and has to say who says so")
        for direction in _GOOD
    },
    (SL.basis, "inferred-strong"): ("reading", "rests on a reading of ours, and has to say so"),
    (SL.basis, "inferred-medium"): ("reading", "rests on a reading of ours, and has to say so"),
    (SL.basis, "inferred-weak"): ("reading", "rests on a reading of ours, and has to say so"),
}


@dataclass(frozen=True)
class Ways:
    """The lists of ontology/style by which stories are held.

    Attributes:
        manners: Words that tell a hope, a plan, advice, a reading, a result, a guarded or denied statement.
        causal: Words that say that one thing brought about another.
        directions: Words for up, down, better, worse and the same.
    """

    manners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    causal: tuple[str, ...] = ()
    directions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class StoryText:
    """A sentence or key fact of a story.

    Attributes:
        iri: Its address.
        story: That of its story.
        subject: The case or concept that the story is about.
        text: Its words.
        predicate: The property that holds the words.
        part: The part of the story in which a sentence stands; None for a key fact.
        claims: What it rests on.
        read_against: Its fingerprint; empty if nobody has read it beside its claims yet.
    """

    iri: Node
    story: Node
    subject: Node
    text: str
    predicate: URIRef
    part: Node | None
    claims: tuple[Node, ...]
    read_against: str


def list_ways(content: Content) -> Ways:
    """Read the lists of the content; those that it lacks are empty."""
    folder = content.ontology / "style"

    def lines(name: str) -> list[str]:
        path = folder / name
        return [line for line in text_of(path).splitlines() if line.strip()] if path.is_file() else []

    def grouped(name: str) -> dict[str, tuple[str, ...]]:
        kinds: dict[str, list[str]] = {}
        for line in lines(name):
            kind, _, phrase = line.partition("\t")
            kinds.setdefault(kind, []).append(phrase)
        return {kind: tuple(phrases) for kind, phrases in kinds.items()}

    return Ways(grouped("ways.tsv"), tuple(lines("causal.tsv")), grouped("directions.tsv"))


class _Data:
    """What was read, by subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._of: dict[Node, list[tuple[Node, Node]]] = {}
        self._targets: dict[Node, list[Node]] = {}
        for subject, predicate, obj in triples:
            self._of.setdefault(subject, []).append((predicate, obj))
            if predicate == OA.hasTarget:
                self._targets.setdefault(obj, []).append(subject)

    def of(self, subject: Node) -> list[tuple[Node, Node]]:
        return self._of.get(subject, [])

    def values(self, subject: Node, predicate: URIRef) -> list[Node]:
        return [obj for found, obj in self.of(subject) if found == predicate]

    def one(self, subject: Node, predicate: URIRef) -> Node | None:
        return next(iter(self.values(subject, predicate)), None)

    def fingerprint(self, text: "StoryText") -> str:
        own = ((claim, p, o) for claim in text.claims for p, o in self.of(claim))
        return fingerprint(own, text.text, text.claims)

    def speaks_of(self, claim: Node, concept: Node) -> bool:
        """Tell whether a claim names a concept or is read to illustrate it."""
        readings = self._targets.get(claim, [])
        return any(value == concept for _, value in self.of(claim)) or any(
            (OA.hasBody, concept) in self.of(reading) for reading in readings
        )

    def typed(self, kind: URIRef) -> list[Node]:
        return [subject for subject in self._of if (RDF.type, kind) in self._of[subject]]


def fingerprint(triples: Iterable[Triple], text: str, claims: Iterable[Node]) -> str:
    """Return a short name for a text and what its claims say; days and notes on changes do not count."""
    chosen = set(claims)
    said = sorted(
        f"{subject.n3()} {predicate.n3()} {obj.n3()}"
        for subject, predicate, obj in triples
        if subject in chosen and predicate not in _NEXT_TO_A_CLAIM
    )
    return hashlib.sha256("\n".join([text, *said]).encode()).hexdigest()[:12]


def story_texts(triples: Iterable[Triple]) -> list[StoryText]:
    """Return every sentence and key fact of every story."""
    return _texts(_Data(triples))


def _texts(data: _Data) -> list[StoryText]:
    found = []
    for kind, predicate in ((SL.StorySentence, SL.sentence), (SL.KeyFact, RDF.value)):
        for iri in data.typed(kind):
            story, text = data.one(iri, DCTERMS.isPartOf), data.one(iri, predicate)
            subject = None if story is None else data.one(story, SL.storyOf)
            if story is None or subject is None or text is None:
                continue  # the shapes say what is missing
            found.append(
                StoryText(
                    iri,
                    story,
                    subject,
                    str(text),
                    URIRef(str(predicate)),
                    data.one(iri, SL.storyPart),
                    tuple(data.values(iri, PROV.wasDerivedFrom)),
                    str(data.one(iri, SL.readAgainst) or ""),
                )
            )
    return found


def story_findings(
    documents: Sequence[TurtleFile], checked: Sequence[TurtleFile], style: Style, ways: Ways
) -> list[Finding]:
    """Return what stories say beyond their statements, and what is to be read again.

    Args:
        documents: All files that were read.
        checked: The files whose faults are told.
        style: First words that leave open who is meant.
        ways: The words by which hopes, plans, results and the like are told.
    """
    data = _Data(triple for document in documents for triple in document.triples)
    homes = {subject: document for document in checked for subject, *_ in document.triples}
    texts = _texts(data)
    findings = []
    for text in texts:
        if (home := homes.get(text.iri)) is None:
            continue
        line = home.line(str(text.iri), str(text.predicate))
        name = shorten(str(text.iri))
        findings += [
            Finding(home.name, line, f"{name}: {message}")
            for message in _faults(text, data, style, ways, home.path.stem)
        ]
    return findings + list(_whole_stories(texts, data, homes))


def _faults(text: StoryText, data: _Data, style: Style, ways: Ways, file: str) -> Iterator[str]:
    yield from _not_its_own(text, data)
    if text.part is not None:
        yield from style.openings_of(text.text)
        yield from _manner_faults(text, data, ways)
        if (count := len(sentences(text.text))) > 1:
            yield f"This is {count} sentences; write each by itself, with the statements it rests on."
    for missing in unsupported(text.text, _known(text, data)):
        yield f"“{missing}” does not occur in the statements it rests on; name another, or leave it out."
    said = " ".join(_words_of(claim, data) for claim in text.claims)
    yield from _direction_faults(text.text, said, ways)
    if (cause := _first(ways.causal, text.text)) and not _first(ways.causal, said):
        yield f"“{cause}” says that one thing brought about another, which no statement it rests on does."
    yield from _one_sided(text, data)
    if text.read_against != data.fingerprint(text):
        state = "changed since they were read" if text.read_against else "not been read side by side"
        yield f"It and what it rests on have {state}. Read both, then: kg story --read {file}"


def _not_its_own(text: StoryText, data: _Data) -> Iterator[str]:
    is_case = (RDF.type, SL.CaseStudy) in data.of(text.subject)
    for claim in text.claims:
        if is_case and text.subject not in data.values(claim, SL.about):
            yield f"{shorten(str(claim))} is not about this case; a story rests on statements of its own."
        differs = set(data.values(claim, SL.competesWith)) & set(text.claims)
        if not (is_case or differs or data.speaks_of(claim, text.subject)):
            yield (
                f"{shorten(str(claim))} neither names this concept nor is read to illustrate it; "
                "a summary rests on statements that do."
            )


def _manner_faults(text: StoryText, data: _Data, ways: Ways) -> Iterator[str]:
    needed = {
        _MANNERS[key]
        for claim in text.claims
        for predicate, value in data.of(claim)
        if (key := (predicate, str(value).rsplit("/", 1)[-1])) in _MANNERS
    }
    for manner, message in sorted(needed):
        if not _first(ways.manners.get(manner, ()), text.text):
            yield f"It {message}; ontology/style/ways.tsv has words for it, under “{manner}”."


def _direction_faults(text: str, said: str, ways: Ways) -> Iterator[str]:
    for direction, phrases in ways.directions.items():
        if (word := _first(phrases, text)) and not _first(phrases, said):
            yield f"“{word}” says “{direction}”, which no statement it rests on does."


def _one_sided(text: StoryText, data: _Data) -> Iterator[str]:
    """Find statements told without the one that differs; one source alone knows no other."""
    alone = data.one(text.story, DCTERMS.isVersionOf) is not None
    for claim in text.claims:
        for other in data.values(claim, SL.competesWith):
            elsewhere = data.one(other, DCTERMS.source) != data.one(claim, DCTERMS.source)
            if other not in text.claims and not (alone and elsewhere):
                yield (
                    f"{shorten(str(other))} differs from {shorten(str(claim))}; "
                    "give both in one sentence, or neither."
                )


def _known(text: StoryText, data: _Data) -> set[str]:
    """Return the words that a sentence may take numbers and names from."""
    parts = [_labels(text.subject, data)]
    for claim in text.claims:
        parts.append(_words_of(claim, data))
        for predicate, value in data.of(claim):
            parts.append(_labels(value, data))
            if predicate == DCTERMS.source:
                parts.append(_words_of(value, data))
                parts += [_labels(other, data) for _, other in data.of(value)]
    return set(plain_words(" ".join(parts)))


def _words_of(thing: Node, data: _Data) -> str:
    return " ".join(str(value) for _, value in data.of(thing) if isinstance(value, Literal))


def _labels(thing: Node, data: _Data) -> str:
    named = {SKOS.prefLabel, SKOS.altLabel, SL.properName}
    return " ".join(str(value) for predicate, value in data.of(thing) if predicate in named)


def _first(phrases: Iterable[str], text: str) -> str | None:
    """Return the first of the phrases that occurs in a text as whole words."""
    plain = f" {' '.join(_SPOKEN.findall(text.casefold()))} "
    return next((phrase for phrase in phrases if f" {phrase} " in plain), None)


def _whole_stories(
    texts: Sequence[StoryText], data: _Data, homes: Mapping[Node, TurtleFile]
) -> Iterator[Finding]:
    of_story: dict[Node, list[StoryText]] = {}
    for text in texts:
        of_story.setdefault(text.story, []).append(text)
    for story in data.typed(SL.Story):
        if (home := homes.get(story)) is None:
            continue
        own = of_story.get(story, [])
        messages = [(message, "violation") for message in _story_faults(story, own, data)]
        count = sum(len(plain_words(text.text)) for text in own if text.part not in {None, _IN_SHORT})
        if count > LONGEST_STORY:
            messages.append((f"The story has {count} words; write {LONGEST_STORY} at most.", "warning"))
        for message, severity in messages:
            name = shorten(str(story))
            yield Finding(home.name, home.line(str(story)), f"{name}: {message}", severity)


def _story_faults(story: Node, texts: Sequence[StoryText], data: _Data) -> Iterator[str]:
    subject = data.one(story, SL.storyOf)
    if subject is None:
        return  # the shapes say so
    lines = [text for text in texts if text.part == _IN_SHORT]
    if (RDF.type, SL.CaseStudy) in data.of(subject):
        if len(lines) != 1:
            yield "The story of a case has exactly one sentence in short (part:in-short)."
        if lines and (count := len(plain_words(lines[0].text))) > LONGEST_LINE:
            yield f"The sentence in short has {count} words; write {LONGEST_LINE} at most."
    elif not 1 <= len(lines) <= _MOST_IN_SHORT or len(lines) != len(texts):
        yield "What the cases show of a concept is told in one or two sentences in short (part:in-short)."
    places = [str(data.one(text.iri, SL.position)) for text in texts if text.part is not None]
    if len(places) != len(set(places)):
        yield "Two of its sentences have the same place (sl:position)."
    yield from _source_faults(story, texts, data)


def _source_faults(story: Node, texts: Sequence[StoryText], data: _Data) -> Iterator[str]:
    starting = {source for source in data.typed(SL.Source) if data.values(source, SL.startingPoint)}
    sources = {s for text in texts for claim in text.claims for s in data.values(claim, DCTERMS.source)}
    if data.one(story, DCTERMS.isVersionOf) is not None:
        if not sources <= starting:
            yield _NOT_ALONE
    elif sources & starting and sources - starting:
        versions = {data.one(other, DCTERMS.isVersionOf) for other in data.typed(SL.Story)}
        if story not in versions:
            yield _NO_VERSION
