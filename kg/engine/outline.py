"""What can be told of a query from its words alone, before any engine reads it.

It makes good messages and chooses formats. Inside our own workers no safety rests on it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rdflib import URIRef

from kg.engine import Dataset, QueryForm, QueryRequest, ResultType
from kg.errors import BadQuery, Forbidden

__all__ = ["LONGEST_QUERY", "Outline", "outline_of", "schemes_named", "validated_outline", "whole_request"]

LONGEST_QUERY = 200_000
_DEEPEST = 200

# Every alternative takes whole what it begins, closed or not, so that reading stays linear.
_TOKEN = re.compile(
    r"""
    (?P<string>
        "{3} (?: [^"\\] | \\. | "(?!"") )*+ (?:"{3})?+
      | '{3} (?: [^'\\] | \\. | '(?!'') )*+ (?:'{3})?+
      | " (?: [^"\\\n\r] | \\. )*+ "?+
      | ' (?: [^'\\\n\r] | \\. )*+ '?+
    )
    | (?P<iri> <[^<>"{}|^`\\\s]*+> )
    | (?P<comment> \#[^\n\r]*+ )
    | (?P<variable> [?$]\w++ )
    | (?P<tag> @[\w-]++ )
    | (?P<words> [^\W\d] [\w.-]*+ ) (?P<local> : (?: [\w:.%-] | \\. )*+ )?+
    | (?P<unnamed> : (?: [\w:.%-] | \\. )*+ )
    | (?P<open> [{(\[] )
    | (?P<close> [})\]] )
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
# Each call gives another value, so that no answer can stand for the next.
_CHANGING = frozenset(["NOW", "RAND", "UUID", "STRUUID", "BNODE"])


@dataclass(frozen=True)
class Outline:
    """What the words of a query tell.

    Attributes:
        form: The form of the query; None if no form begins where one has to.
        first: The first word after the prologue, in capitals; empty if there is none.
        names_dataset: Whether it names its graphs itself, with FROM.
        calls_service: Whether it calls another endpoint.
        uses_graph: Whether it reaches into single graphs, with GRAPH.
        depth: How deeply brackets nest.
        repeatable: Whether asking again gives the same answer as long as the graph is the same.
    """

    form: QueryForm | None
    first: str
    names_dataset: bool
    calls_service: bool
    uses_graph: bool
    depth: int
    repeatable: bool


@lru_cache(maxsize=1024)
def outline_of(query: str) -> Outline:
    r"""Tell what the words of a query tell.

    >>> outline_of("SELECT ?s FROM <http://a/> { ?s ?p 'SERVICE' } # SERVICE").calls_service
    False
    >>> outline_of("ASK { \\u0053ERVICE <http://a/> {} }").calls_service
    True
    """
    plain = _read(query)
    if "\\" not in query:
        return plain
    # Engines differ in when they read \u escapes: what either reading finds counts.
    read = _read(_decoded(query))
    return Outline(
        plain.form or read.form,
        plain.first,
        plain.names_dataset or read.names_dataset,
        plain.calls_service or read.calls_service,
        plain.uses_graph or read.uses_graph,
        max(plain.depth, read.depth),
        plain.repeatable and read.repeatable,
    )


def schemes_named(query: str) -> frozenset[str]:
    r"""Return what stands before the first colon of each name and address in a query, in small letters.

    Strings, comments and declarations of prefixes say nothing of what a query calls.

    >>> sorted(schemes_named("PREFIX mysql: <http://a/> SELECT * { ?s mysql:b 'SQL:c' ; <bif:d> ?o }"))
    ['bif', 'http', 'mysql']
    """
    named: set[str] = set()
    for text in (query, _decoded(query)):
        for match in _TOKEN.finditer(text):
            if match.lastgroup == "local":
                named.add(match.group("words").lower())
            elif match.lastgroup == "iri":
                named.add(match.group()[1:].partition(":")[0].lower())
    return frozenset(named)


def _decoded(query: str) -> str:
    r"""Return a query with its \u escapes read."""
    return _ESCAPE.sub(_character, query)


def validated_outline(query: str) -> Outline:
    """Outline a query; refuse what is never answered, in a sentence.

    Raises:
        Forbidden: If it would change the graph or call another endpoint.
        BadQuery: If it is nested beyond all sense or too long.
    """
    if len(query) > LONGEST_QUERY:
        raise BadQuery(f"The query is longer than {LONGEST_QUERY:,} characters.")
    outline = outline_of(query)
    if outline.calls_service:
        raise Forbidden("SERVICE is not available: this graph is asked alone.")
    if outline.form is None and outline.first in _UPDATES:
        raise Forbidden(f"{outline.first} would change the graph, which can only be read here.")
    if outline.depth > _DEEPEST:
        raise BadQuery(f"The query is nested too deeply: {outline.depth} brackets within each other.")
    return outline


def whole_request(query: str, graphs: Sequence[URIRef] | None) -> QueryRequest:
    """Return the request for an answer that is read whole: as results JSON, or as N-Triples.

    Args:
        query: SPARQL 1.1 query text.
        graphs: Named graphs that together stand as the default graph; None for all of them.

    Raises:
        BadQuery, Forbidden: As `validated_outline` does.
    """
    outline = validated_outline(query)
    form = outline.form or QueryForm.SELECT
    kind = ResultType.NTRIPLES if form.gives_triples else ResultType.JSON
    return QueryRequest(query, form, kind, Dataset.of(graphs), outline.names_dataset)


def _character(match: re.Match[str]) -> str:
    number = int(match.group(1) or match.group(2), 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match.group(0)


def _read(query: str) -> Outline:
    depth = deepest = 0
    first = ""
    in_prologue = True
    words: set[str] = set()
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
            deepest = max(deepest, depth)
        elif kind == "close":
            depth -= 1
        elif kind == "words":
            for word in re.split(r"\W", match.group().upper()):
                words.add(word)
                if in_prologue and word not in {"PREFIX", "BASE", "VERSION", ""}:
                    first, in_prologue = word, False
    form = QueryForm(first) if first in QueryForm.__members__ else None
    return Outline(
        form, first, "FROM" in words, "SERVICE" in words, "GRAPH" in words, deepest, not words & _CHANGING
    )
