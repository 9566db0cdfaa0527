"""Query files: their headers, and terms put where their VALUES line says what is given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.errors import BadContent, MissingInput, UnknownName
from kg.graph.oxigraph import ntriples
from kg.queries.slots import Slot, slots_of
from kg.storage.files import text_of
from kg.terms import expand

__all__ = ["QueryFile", "Shortcut", "bound", "read_query"]

_VALUES_LINE = re.compile(r"^([ \t]*)VALUES[ \t]+\?(\w+)[ \t]*\{([^{}\n]*)\}[ \t]*$", re.MULTILINE)
_HEADER = re.compile(r"^#\+ (\w+): (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Shortcut:
    """The triple that a derivation makes of each of its rows.

    Attributes:
        subject: The variable whose term is the subject.
        predicate: The predicate of every triple.
        value: The variable whose term is the object.
    """

    subject: str
    predicate: URIRef
    value: str


@dataclass(frozen=True)
class QueryFile:
    """One question, read from its file.

    Attributes:
        name: The file's name without its ending.
        header: What the `#+` lines say, by key.
        text: The whole text, which runs as it stands.
        slots: What it is given, each with an example on a VALUES line.
        makes: What a derivation makes of each row; None for a query that only asks.
    """

    name: str
    header: Mapping[str, str]
    text: str
    slots: tuple[Slot, ...]
    makes: Shortcut | None = None

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the slots."""
        return tuple(slot.name for slot in self.slots)

    def slot(self, name: str) -> Slot:
        """Find a slot.

        Raises:
            UnknownName: If there is none of that name.
        """
        for slot in self.slots:
            if slot.name == name:
                return slot
        raise UnknownName("slot", name, self.given)


def read_query(path: Path) -> QueryFile:
    """Read one query file.

    Raises:
        BadContent: If it does not begin with its question, a slot has no kind or no example of it, or what
            it makes is not one triple.
    """
    text = text_of(path).replace("\r\n", "\n")
    header = dict(_HEADER.findall(text))
    if not text.startswith("#+ summary: ") or not header["summary"].endswith("?"):
        raise BadContent(f"{path.name}: the first line has to be its question, as “#+ summary: …?”.")
    examples = {match.group(2): match.group(3) for match in _VALUES_LINE.finditer(text)}
    try:
        slots = slots_of(header.get("given", ""), examples)
    except BadContent as fault:
        raise BadContent(f"{path.name}: {fault}") from fault
    makes = _shortcut(path, header["makes"]) if "makes" in header else None
    return QueryFile(path.stem, header, text, slots, makes)


def _shortcut(path: Path, written: str) -> Shortcut:
    """Read what a derivation makes: `?subject sl:usesPractice ?object`."""
    match written.split():
        case [subject, name, value] if (
            subject.startswith("?") and value.startswith("?") and expand(name) != name
        ):
            return Shortcut(subject[1:], URIRef(expand(name)), value[1:])
        case _:
            raise BadContent(
                f"{path.name} has to make one triple, of two variables, on a line of its own: "
                "#+ makes: ?case sl:usesPractice ?practice."
            )


def bound(text: str, given: Mapping[str, Sequence[Node]]) -> str:
    """Put terms into a query in place of its examples.

    Args:
        text: Query text with a line `VALUES ?name { example }` for each name that is given.
        given: The terms for each name; every one is written by a library, never pasted.

    Returns:
        The query with these terms.

    Raises:
        MissingInput: If the query has no such line for a name, or no term is given for it.
    """
    for name, terms in given.items():
        if not terms:
            raise MissingInput(f"Give at least one value for “{name}”.")
        text = _bound_one(text, name, " ".join(_written(term) for term in terms))
    return text


def _bound_one(text: str, name: str, written: str) -> str:
    lines = [match for match in _VALUES_LINE.finditer(text) if match.group(2) == name]
    if not lines:
        raise MissingInput(f"This question takes no “{name}”.")
    for match in reversed(lines):
        line = f"{match.group(1)}VALUES ?{name} {{ {written} }}"
        text = text[: match.start()] + line + text[match.end() :]
    return text


def _written(term: Node) -> str:
    """Write a term; braces as escapes, so that a value never looks like the end of its own line."""
    if not isinstance(term, URIRef | Literal):
        raise MissingInput("Only addresses and plain values can be given.")
    try:
        return ntriples(term).replace("{", "\\u007B").replace("}", "\\u007D")
    except ValueError as error:
        raise MissingInput(f"“{term}” is not an address.") from error
