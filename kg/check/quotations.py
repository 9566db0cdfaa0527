"""Readings held against recorded words: what stands in quotation marks, and what is called explicit."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from rdflib import RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.check.findings import Finding
from kg.check.reading import TurtleFile
from kg.check.source_text import plain_words, quotations
from kg.terms import OA, PREFIXES, SL, shorten

__all__ = ["quotation_findings", "quotation_stems"]

_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "ly", "e", "y")
_SHORTEST_STEM = 3
# Words that carry no part of a concept's meaning.
_SMALL = set(
    plain_words(
        "a an and another at between each for from in into is it not of on one or other the to under with"
    )
)
_EXPLICIT = URIRef(PREFIXES["basis"] + "explicit")
_NOT_THEIRS = (
    "Quotation marks hold only words of the passage that is cited, as it was recorded (sl:anchor); "
    "say it without quotation marks."
)
_NOT_EXPLICIT = (
    "An illustration is explicit only where the recorded words (sl:anchor) are those of the concept, "
    "by its name or another name it may be shown under; grade it as our reading (sl:basis)."
)


def quotation_stems(text: str) -> set[str]:
    """Cut the words that carry meaning down to their stems.

    >>> sorted(quotation_stems("Pool budgets") - quotation_stems("a pooled budget, by agreement"))
    []
    """
    return {_stem(word) for word in plain_words(text) if word not in _SMALL}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def quotation_findings(documents: Sequence[TurtleFile], checked: Sequence[TurtleFile]) -> list[Finding]:
    """Hold readings and statements against the words that were recorded of their passages.

    Args:
        documents: All files that were read.
        checked: The files whose faults are told.

    Returns:
        Findings on quotation marks round words that are not the document's, and on illustrations
        that are called explicit though the recorded words do not name the concept. A claim whose
        passages are known by their opening alone is held against the whole text elsewhere.
    """
    index = _Index(triple for document in documents for triple in document.triples)
    findings: list[Finding] = []
    for document in checked:

        def told(
            subject: Node, predicate: URIRef, message: str, found: str, home: TurtleFile = document
        ) -> Finding:
            line = home.line(str(subject), str(predicate))
            return Finding(home.name, line, f"{shorten(str(subject))}: {message} Found: {found}.")

        for subject, predicate, obj in document.triples:
            if predicate == RDF.type and obj in {SL.Claim, SL.Illustration}:
                findings.extend(_faults(index, subject, told))
    return findings


class _Index:
    """What the files say of claims, passages, illustrations and concepts, by subject."""

    def __init__(self, triples: Iterable[tuple[Node, Node, Node]]) -> None:
        kept = {
            RDF.type, SL.anchor, SL.basis, SL.inference, SL.passage, SL.statement, OA.hasBody, OA.hasTarget,
            SKOS.altLabel, SKOS.prefLabel,
        }  # fmt: skip
        self._values: dict[tuple[Node, Node], list[Node]] = {}
        for subject, predicate, obj in triples:
            if predicate in kept:
                self._values.setdefault((subject, predicate), []).append(obj)

    def values(self, subject: Node, predicate: Node) -> list[Node]:
        return self._values.get((subject, predicate), [])

    def recorded(self, claim: Node) -> list[str] | None:
        """Give the recorded words of a claim's passages; None unless all of them are excerpts."""
        passages = self.values(claim, SL.passage)
        if not passages or any(SL.Excerpt not in self.values(passage, RDF.type) for passage in passages):
            return None
        return [str(anchor) for passage in passages for anchor in self.values(passage, SL.anchor)]


_Told = Callable[[Node, URIRef, str, str], Finding]


def _faults(index: _Index, subject: Node, told: _Told) -> Iterator[Finding]:
    claims = index.values(subject, OA.hasTarget) or [subject]
    recorded = index.recorded(claims[0])
    if recorded is None:
        return
    spoken = [" ".join(plain_words(anchor)) for anchor in recorded]
    for predicate in (SL.statement, SL.inference):
        for text in index.values(subject, predicate):
            for phrase in quotations(str(text)) if isinstance(text, Literal) else ():
                if not any(f" {' '.join(plain_words(phrase))} " in f" {anchor} " for anchor in spoken):
                    yield told(subject, predicate, _NOT_THEIRS, f"“{phrase}”")
    if _EXPLICIT in index.values(subject, SL.basis):
        known = {stem for anchor in recorded for stem in quotation_stems(anchor)}
        for concept in index.values(subject, OA.hasBody):
            names = [
                str(name)
                for naming in (SKOS.prefLabel, SKOS.altLabel)
                for name in index.values(concept, naming)
            ]
            if not any(quotation_stems(name) <= known for name in names if quotation_stems(name)):
                anchor = "; ".join(f"“{words_}”" for words_ in recorded)
                yield told(subject, SL.basis, _NOT_EXPLICIT, anchor)
