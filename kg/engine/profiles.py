"""What is peculiar to each engine that we know, in one place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from rdflib import XSD

__all__ = ["EngineProfile", "profile_of", "standard_results"]

_ASK_COLUMN = "__ASK_RETVAL"
_BOOLEAN = str(XSD.boolean)
_TRUTHS = {"1": "true", "0": "false"}


@dataclass(frozen=True)
class EngineProfile:
    """How an engine differs from what the standard leads to expect.

    Attributes:
        name: What it is called.
        union: Parameters that make the union of all named graphs the default graph.
        union_hides: Whether nothing is left for GRAPH once a graph stands for all of them.
        timeout: The parameter that takes a deadline, with how many of its units make a second.
        sound: Whether what it sends is standard, so that it may be passed on as it comes.
        partial: Headers that mark an answer as cut short, though it looks whole.
        foreign_functions: Schemes and prefixes of functions that reach beyond the graph.
    """

    name: str
    union: Mapping[str, str] = field(default_factory=dict)
    union_hides: bool = False
    timeout: tuple[str, int] | None = None
    sound: bool = False
    partial: tuple[str, ...] = ()
    foreign_functions: frozenset[str] = frozenset()


_KNOWN = {
    # Started with --union-default-graph it would ignore FROM; asked like this it does not.
    "oxigraph": EngineProfile("Oxigraph", union={"union-default-graph": "true"}, sound=True),
    # Its timeout gives what was found by then, with status 200, and so does its limit on rows.
    "virtuoso": EngineProfile(
        "Virtuoso",
        union_hides=True,
        timeout=("timeout", 1000),
        partial=("x-sql-state", "x-sparql-maxrows"),
        foreign_functions=frozenset(["bif", "sql"]),
    ),
    "jena": EngineProfile("Apache Jena Fuseki", timeout=("timeout", 1), sound=True),
    "fuseki": EngineProfile("Apache Jena Fuseki", timeout=("timeout", 1), sound=True),
    "graphdb": EngineProfile("GraphDB", timeout=("timeout", 1), sound=True),
    "qlever": EngineProfile("QLever", sound=True),
    "stardog": EngineProfile("Stardog", timeout=("timeout", 1000), sound=True),
}
_UNKNOWN = EngineProfile("an engine of another kind")


def profile_of(headers: Mapping[str, str]) -> EngineProfile:
    """Tell from the headers of an answer which engine gave it; an unknown one is trusted with little.

    >>> profile_of({"server": "Oxigraph/0.5.13"}).name
    'Oxigraph'
    """
    said = f"{headers.get('server', '')} {headers.get('fuseki-request-id', '') and 'fuseki'}".lower()
    return next((profile for name, profile in _KNOWN.items() if name in said), _UNKNOWN)


def standard_results(written: bytes) -> bytes:
    """Give SPARQL results JSON as the standard has it.

    Typed literals were once called `typed-literal`; Virtuoso answers ASK by a row and writes truth as 1.

    Raises:
        ValueError: If it is not JSON, or not such results.
    """
    results = json.loads(written)
    if not isinstance(results, dict):
        raise ValueError("no results")
    if "boolean" in results:
        return json.dumps({"head": {}, "boolean": bool(results["boolean"])}).encode()
    variables = results["head"]["vars"]
    rows = results["results"]["bindings"]
    if variables == [_ASK_COLUMN]:
        truth = any(row[_ASK_COLUMN]["value"] in {"1", "true"} for row in rows)
        return json.dumps({"head": {}, "boolean": truth}).encode()
    for row in rows:
        for term in row.values():
            if term["type"] == "typed-literal":
                term["type"] = "literal"
            if term.get("datatype") == _BOOLEAN:
                term["value"] = _TRUTHS.get(term["value"], term["value"])
    return json.dumps({"head": {"vars": variables}, "results": {"bindings": rows}}).encode()
