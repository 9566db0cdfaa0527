"""Rules written as queries: each row that a rule finds is a fault."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rdflib import RDF
from rdflib.term import Node

from kg.check.findings import Finding
from kg.check.reading import TurtleFile
from kg.check.shapes import short_term
from kg.engine import Engine, Rows
from kg.errors import BadContent
from kg.graph.content import Content
from kg.queries.binding import QueryFile, read_query
from kg.terms import shorten

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["rule_findings", "rules_of"]

# To look for the nearest of thousands of names takes a while: someone who mends these has the idea.
_MOST_OFFERS = 50


def rules_of(content: Content) -> list[QueryFile]:
    """Give the rules of the ontology and the limits that single sources set.

    Raises:
        BadContent: If there are none, or one has no message.
    """
    paths: list[Path] = [
        *sorted((content.ontology / "rules").glob("*.rq")),
        *sorted((content.data / "limits").glob("*.rq")),
    ]
    rules = [read_query(path) for path in paths]
    if not rules:
        raise BadContent("There are no rules to check by; the folder ontology/rules is empty.")
    if silent := [rule.name for rule in rules if "message" not in rule.header]:
        raise BadContent(f"The rule {silent[0]} has no message for people; add “#+ message: …”.")
    return rules


def rule_findings(
    engine: Engine,
    rules: Sequence[QueryFile],
    documents: Sequence[TurtleFile],
    checked: Sequence[TurtleFile],
    *,
    complete: bool,
) -> list[Finding]:
    """Ask every rule and tell what it finds.

    Args:
        engine: Holds all that was read.
        rules: Queries with `?focus` and, where they have them, `?path` and `?value`.
        documents: All files that were read.
        checked: The files whose faults are told.
        complete: Whether all files could be read; if not, rules across files rest.
    """
    homes: dict[str, TurtleFile] = {}
    for document in documents:
        for subject, predicate, _ in document.triples:
            if predicate == RDF.type or str(subject) not in homes:
                homes[str(subject)] = document
    names = {document.name for document in checked}
    findings = []
    for rule in rules:
        if not complete and rule.header.get("needs") == "every file":
            continue
        offers = _MOST_OFFERS if rule.header.get("offers") == "the nearest thing" else 0
        answer = engine.answer(rule.text)
        if not isinstance(answer, Rows):
            raise BadContent(f"The rule {rule.name} has to be a SELECT query.")
        for row in answer.rows:
            cells = dict(zip(answer.variables, row, strict=True))
            home = homes.get(str(cells["focus"]))
            if home is None or home.name not in names:
                continue
            path = cells.get("path")
            line = home.line(str(cells["focus"]), None if path is None else str(path))
            severity = rule.header.get("severity", "violation")
            near = _near(cells.get("value"), homes) if offers > 0 else None
            offers -= 1
            findings.append(Finding(home.name, line, _told(rule, cells, near), severity))
    return findings


def _near(value: Node | None, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(str(value), known, n=1, cutoff=0.85)), None)


def _told(rule: QueryFile, cells: dict[str, Node | None], near: str | None) -> str:
    focus, value = cells["focus"], cells.get("value")
    told = rule.header["message"] if focus is None else f"{short_term(focus)}: {rule.header['message']}"
    if value is None:
        return told
    return f"{told} Found: {short_term(value)}" + (f"; did you mean {shorten(near)}?" if near else ".")
