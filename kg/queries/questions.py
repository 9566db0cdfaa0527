"""Named questions: find them, bind what is given, ask them. Nothing else reads query files."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from rdflib import URIRef
from rdflib.term import Node

from kg.engine import Answer, Engine, Rows
from kg.errors import BadContent, MissingInput, UnknownName
from kg.language import label_language
from kg.queries.binding import QueryFile, bound, read_query
from kg.queries.labels import in_language
from kg.queries.slots import Slot
from kg.terms import PREFIXES

__all__ = [
    "all_questions",
    "answer",
    "ask",
    "examples",
    "given_nodes",
    "given_terms",
    "known_terms",
    "question",
    "questions_in",
    "rows",
]

_FOLDER = Path(__file__).parent


@cache
def _all() -> Mapping[str, QueryFile]:
    return questions_in(_FOLDER)


def questions_in(folder: Path) -> dict[str, QueryFile]:
    """Read every question of a folder, by name.

    Raises:
        BadContent: If there are none, or two of one name.
    """
    paths: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.rq")):
        if path.stem in paths:
            subjects = f"{paths[path.stem].parent.name} and {path.parent.name}"
            raise BadContent(f"Two questions are called {path.stem}, in {subjects}; rename one.")
        paths[path.stem] = path
    if not paths:
        raise BadContent("There are no questions; the folder kg/queries is empty.")
    return {name: read_query(path) for name, path in paths.items()}


def all_questions() -> list[QueryFile]:
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
    return {slot: [asked.slot(slot).term(value) for value in values] for slot, values in given.items()}


def examples(name: str) -> dict[str, list[str]]:
    """Give what a person could write for each slot of a question: the example of its VALUES line.

    Raises:
        UnknownName: If there is no such question.

    >>> examples("case-since")
    {'case': ['salford'], 'year': ['2017']}
    """
    return {slot.name: list(slot.examples) for slot in question(name).slots}


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
    named = {str(row[0]) for row in rows(engine, "thing-list").rows}
    for slot in map(question(name).slot, terms):
        known = {iri for iri in named if iri.startswith(slot.namespace)}
        for term in terms[slot.name]:
            if isinstance(term, URIRef) and str(term) not in known and not _stands(engine, slot, term):
                raise UnknownName(slot.name, slot.short(term)[:100], map(slot.short, known))
    return dict(terms)


def _stands(engine: Engine, slot: Slot, term: URIRef) -> bool:
    """Say whether the graph holds a thing that has no name of its own, such as a claim or a passage."""
    if slot.namespace == PREFIXES["graph"]:
        return any(row[0] == term for row in rows(engine, "graph-list").rows)
    if not term.startswith(slot.namespace):
        return False
    try:
        return bool(rows(engine, "thing-triples", {"thing": [term]}).rows)
    except MissingInput:  # What is no address, such as one with a space, stands nowhere.
        return False


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
    return engine.answer(bound(in_language(asked.text, label_language()), terms), graphs)


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
    table = rows(engine, name, given_nodes(name, given), graphs)
    return [dict(zip(table.variables, row, strict=True)) for row in table.rows]


def given_nodes(name: str, given: Mapping[str, str | URIRef | Sequence[URIRef]]) -> dict[str, Sequence[Node]]:
    """Turn what our own pages give into terms: one term for each slot, or several.

    Raises:
        UnknownName: If the question has no such slot.
    """
    return {
        slot: [value]
        if isinstance(value, URIRef)
        else [question(name).slot(slot).term(value)]
        if isinstance(value, str)
        else list(value)
        for slot, value in given.items()
    }
