"""Named questions: find them, bind what is given, ask them. Nothing else reads query files."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.engine import Answer, Engine, Rows
from kg.errors import BadContent, MissingInput, UnknownName
from kg.queries.binding import QueryFile, bound, read_query
from kg.terms import PREFIXES, expanded, shortened

__all__ = ["answer", "ask", "examples", "given_terms", "known_terms", "listed", "question", "rows"]

_FOLDER = Path(__file__).parent
# Names that people give for a thing of a room without its prefix, as in “case=leeds”.
_ROOM_OF = {
    "award": "outcome",
    "group": "outcome",
    "other": "case",
    "partner": "party",
    "programme": "body",
    "role": "body",
    "work": "source",
}
_TEXT = {"words", "year"}
# Slots that take a concept of any scheme, whatever scheme the example is of.
_ANY_CONCEPT = {"concept"}
# Slots that take whatever stands in the graph, with a name of its own or without.
_ANYTHING = {"claim", "class", "graph", "passage", "thing"}


@cache
def _all() -> Mapping[str, QueryFile]:
    files = sorted(_FOLDER.glob("*/*.rq"))
    if not files:
        raise BadContent("There are no questions; the folder kg/queries is empty.")
    return {path.stem: read_query(path) for path in files}


def listed() -> list[QueryFile]:
    """Give every question, by name."""
    return list(_all().values())


def question(name: str) -> QueryFile:
    """Find a question.

    Raises:
        UnknownName: If there is none of that name.
    """
    if name not in _all():
        raise UnknownName("question", name, _all())
    return _all()[name]


def given_terms(name: str, given: Mapping[str, Sequence[str]]) -> dict[str, list[Node]]:
    """Turn what a person gives into terms for a question.

    Args:
        name: The question.
        given: Texts by slot: a slug (`leeds`), a name with prefix (`case:leeds`), an IRI or, where
            the slot takes words, the words.

    Raises:
        UnknownName: If the question has no such slot.
    """
    asked = question(name)
    terms: dict[str, list[Node]] = {}
    for slot, values in given.items():
        if slot not in asked.given:
            raise UnknownName("slot", slot, asked.given)
        terms[slot] = [_term(slot, value) for value in values]
    return terms


def examples(name: str) -> dict[str, list[str]]:
    """Give what a person could write for each slot of a question: the example of its VALUES line.

    Raises:
        UnknownName: If there is no such question.

    >>> examples("case-since")
    {'case': ['salford'], 'year': ['2017']}
    """
    asked = question(name)
    found = {}
    for slot in asked.given:
        line = re.search(rf"VALUES \?{slot} \{{ (.*) \}}", asked.text)
        written = re.findall(r'"[^"]*"|\S+', line.group(1)) if line else []
        found[slot] = [each.strip('"').removeprefix(f"{_ROOM_OF.get(slot, slot)}:") for each in written]
    return found


def known_terms(engine: Engine, name: str, terms: Mapping[str, list[Node]]) -> dict[str, list[Node]]:
    """Make sure that what is given is there, so that a misspelling is never taken for silence.

    Args:
        engine: Where to look.
        name: The question.
        terms: Terms by slot, from `given_terms`.

    Returns:
        The same terms.

    Raises:
        UnknownName: If a thing is not described, or is of another kind than the question asks for.
    """
    described = {str(row[0]) for row in rows(engine, "thing-list").rows}
    for slot, given in terms.items():
        if slot in _ANYTHING:
            for term in given:
                if isinstance(term, URIRef) and not _stands(engine, slot, term):
                    raise UnknownName(slot, shortened(term)[:100], map(shortened, described))
            continue
        example = re.search(rf"VALUES \?{slot} \{{ (\w+):", question(name).text)
        room = PREFIXES["scheme"] if slot in _ANY_CONCEPT else PREFIXES[example.group(1)] if example else ""
        known = {iri.removeprefix(room) for iri in described if iri.startswith(room)}
        for term in given:
            if isinstance(term, URIRef) and str(term).removeprefix(room) not in known:
                raise UnknownName(slot, str(term).removeprefix(room)[:100], known)
    return dict(terms)


def _stands(engine: Engine, slot: str, term: URIRef) -> bool:
    if slot == "graph":
        return any(row[0] == term for row in rows(engine, "graph-list").rows)
    return bool(rows(engine, "thing-triples", {"thing": [term]}).rows)


def _term(slot: str, value: str) -> Node:
    if slot in _TEXT:
        return Literal(value)
    if expanded(value) != value or value.startswith(("http://", "https://")):
        return URIRef(expanded(value))
    room = _ROOM_OF.get(slot, slot)
    if room not in PREFIXES:
        raise MissingInput(f"Write “{value}” with its prefix, such as practice:{value}.")
    return URIRef(PREFIXES[room] + value)


def answer(
    engine: Engine,
    name: str,
    given: Mapping[str, Sequence[Node]] | None = None,
    graphs: Sequence[URIRef] | None = None,
) -> Answer:
    """Ask a named question.

    Args:
        engine: Where to ask.
        name: The question.
        given: Terms for every slot of the question.
        graphs: Graphs to ask; all of them if None.

    Raises:
        UnknownName: If there is no such question, or no such slot.
        MissingInput: If a slot is left without a term.
    """
    asked = question(name)
    terms = dict(given or {})
    if missing := [slot for slot in asked.given if slot not in terms]:
        raise MissingInput(f"The question {name} needs {' and '.join(missing)}; give {missing[0]}=….")
    if extra := [slot for slot in terms if slot not in asked.given]:
        raise UnknownName("slot", extra[0], asked.given)
    return engine.answer(bound(asked.text, terms), graphs)


def rows(
    engine: Engine,
    name: str,
    given: Mapping[str, Sequence[Node]] | None = None,
    graphs: Sequence[URIRef] | None = None,
) -> Rows:
    """Ask a named question that is answered by rows; see `answer`."""
    result = answer(engine, name, given, graphs)
    if not isinstance(result, Rows):
        raise BadContent(f"The question {name} has to be a SELECT query.")
    return result


def ask(
    engine: Engine,
    name: str,
    graphs: Sequence[URIRef] | None = None,
    **given: str | URIRef | Sequence[URIRef],
) -> list[dict[str, Node | None]]:
    """Ask a named question and give its rows as records, for our own pages.

    Args:
        engine: Where to ask.
        name: The question.
        graphs: Graphs to ask; all of them if None.
        **given: One term, or several, for each slot.
    """
    terms: dict[str, Sequence[Node]] = {
        slot: [value]
        if isinstance(value, URIRef)
        else [_term(slot, value)]
        if isinstance(value, str)
        else list(value)
        for slot, value in given.items()
    }
    found = rows(engine, name, terms, graphs)
    return [dict(zip(found.variables, row, strict=True)) for row in found.rows]
