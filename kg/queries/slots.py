"""Slots of a question: what it is given, of which kind, and an example of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.errors import BadContent, MissingInput
from kg.terms import PREFIXES, expand, shorten

__all__ = ["ANYTHING", "CONCEPT", "TEXT", "Slot", "slots_of"]

TEXT = "xsd:string"
CONCEPT = "skos:Concept"
ANYTHING = "rdfs:Resource"
_BELOW = ":*"
_TERM = re.compile(r'"[^"]*"|\S+')


@dataclass(frozen=True)
class Slot:
    """One thing that a question is given.

    Attributes:
        name: The variable, without its question mark.
        kind: `case:*` for a thing whose address begins so, `skos:Concept` for a concept of any scheme,
            `rdfs:Resource` for whatever stands in the graph, or `xsd:string` for words.
        examples: What the file gives it, each as a person would write it.
    """

    name: str
    kind: str
    examples: tuple[str, ...]

    @property
    def namespace(self) -> str:
        """How the address of each thing that fits begins; empty where anything does."""
        if self.kind.endswith(_BELOW):
            return PREFIXES[self.kind.removesuffix(_BELOW)]
        return PREFIXES["scheme"] if self.kind == CONCEPT else ""

    def term(self, value: str) -> Node:
        """Turn what a person writes into a term: a slug, a name with prefix, an IRI, or words.

        Raises:
            MissingInput: If the slot needs a prefix and there is none.

        >>> Slot("other", "case:*", ("salford",)).term("leeds")
        rdflib.term.URIRef('https://w3id.org/system-leadership/case/leeds')
        """
        if self.kind == TEXT:
            return Literal(value)
        if expand(value) != value or value.startswith(("http://", "https://")):
            return URIRef(expand(value))
        if not self.kind.endswith(_BELOW):
            raise MissingInput(f"Write “{value}” with its prefix, such as practice:{value}.")
        return URIRef(self.namespace + value)

    def short(self, iri: str) -> str:
        """Write an IRI as briefly as a person may give it."""
        return iri.removeprefix(self.namespace) if self.kind.endswith(_BELOW) else shorten(iri)


def slots_of(given: str, lines: Mapping[str, str]) -> tuple[Slot, ...]:
    """Read which slots a header names.

    Args:
        given: What the header says: `case case:*, year xsd:string`.
        lines: What stands between the braces of the VALUES line of each variable.

    Raises:
        BadContent: If a slot has no kind, no example, or one of another kind.
    """
    return tuple(_slot(part.split(), lines) for part in given.split(",") if part.strip())


def _slot(words: list[str], lines: Mapping[str, str]) -> Slot:
    name, kind = words[0], " ".join(words[1:])
    prefix = kind.removesuffix(_BELOW) if kind.endswith(_BELOW) else None
    if kind not in {TEXT, CONCEPT, ANYTHING} and prefix not in PREFIXES:
        raise BadContent(f"say what ?{name} takes, such as {name} case:*, {name} {CONCEPT} or {name} {TEXT}.")
    if name not in lines:
        raise BadContent(f"give an example of ?{name} on a line of its own: VALUES ?{name} {{ … }}.")
    slot = Slot(name, kind, ())
    examples = _TERM.findall(lines[name])
    for example in examples:
        fits = (
            example.startswith('"')
            if kind == TEXT
            else expand(example) != example and expand(example).startswith(slot.namespace)
        )
        if not fits:
            raise BadContent(f"the example {example} of ?{name} is not of its kind, {kind}.")
    return Slot(name, kind, tuple(_as_written(slot, example) for example in examples))


def _as_written(slot: Slot, example: str) -> str:
    return example.strip('"') if slot.kind == TEXT else slot.short(expand(example))
