"""Queries put to an Oxigraph store, and its results as answers or as bytes."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import IO, Any, TypeVar, cast

import pyoxigraph as ox

from kg.engine import Answer, Dataset, QueryRequest, ResultType, Rows, Triples, Truth
from kg.errors import BadQuery, Unreachable
from kg.graph.oxigraph import from_oxigraph
from kg.terms import BASE, PREFIXES

__all__ = ["Result", "answer_from", "answer_of", "evaluate", "rewritten", "write"]

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
T = TypeVar("T")

_ROW_FORMATS = {
    ResultType.JSON: ox.QueryResultsFormat.JSON,
    ResultType.XML: ox.QueryResultsFormat.XML,
    ResultType.CSV: ox.QueryResultsFormat.CSV,
    ResultType.TSV: ox.QueryResultsFormat.TSV,
}
_GRAPH_FORMATS = {
    ResultType.TURTLE: ox.RdfFormat.TURTLE,
    ResultType.NTRIPLES: ox.RdfFormat.N_TRIPLES,
    ResultType.RDFXML: ox.RdfFormat.RDF_XML,
    ResultType.JSONLD: ox.RdfFormat.JSON_LD,
}
# How many triples are looked at to choose the prefixes of an answer.
_LOOKED_AT = 2_000
_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)", re.DOTALL)
# What Oxigraph says among all that its grammar would take there, and what it means.
_REASONS = {
    "Prefix not found": "the prefix is not declared; write PREFIX {prefix} <…> first",
    "The SELECT contains a variable that is unbound": "a variable of SELECT is neither grouped nor counted",
}


def evaluate(store: ox.Store, query: str, dataset: Dataset, names_dataset: bool) -> Result:
    """Put a query to a store.

    Args:
        store: What holds the graph.
        query: SPARQL 1.1 query text; relative addresses are those of our base.
        dataset: The graphs that the request names; the union of all if neither it nor the query does.
        names_dataset: Whether the query names its graphs.

    Raises:
        BadQuery: If the query cannot be read or answered.
    """
    try:
        return store.query(
            query,
            base_iri=BASE,
            # Oxigraph's union would override the query's own FROM.
            use_default_graph_as_union=not dataset.is_named and not names_dataset,
            default_graph=_nodes(dataset.default or ()) if dataset.is_named else None,
            named_graphs=_nodes(dataset.named or ()) if dataset.is_named else None,
        )
    except SyntaxError as error:
        raise _misread(query, str(error.msg)) from error
    except RuntimeError as error:
        raise BadQuery(f"The query cannot be answered: {error}") from error
    except ValueError as error:
        raise BadQuery(f"A graph that is asked for has no valid address: {error}") from error


def _nodes(graphs: tuple[str, ...]) -> list[Any]:
    return [ox.NamedNode(graph) for graph in graphs]


def _misread(query: str, reason: str) -> BadQuery:
    """Tell line, column and what stands there, in place of all that the grammar would take."""
    match = _PLACE.match(reason)
    if not match:
        return BadQuery(f"The query cannot be read: {reason}")
    line, column = int(match.group(1)), int(match.group(2))
    lines = query.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    before, after = text[: column - 1], text[column - 1 :]
    known = next((said for key, said in _REASONS.items() if key in match.group(3)), None)
    if known:
        prefix = re.search(r"([\w.-]*:)[\w.-]*$", before)
        why = known.format(prefix=prefix.group(1) if prefix else "")
        return BadQuery(f"The query cannot be read at line {line}, column {column}: {why}.", line, column)
    # The grammar has looked further than the fault when it gives up, but never less far.
    start = before[-20:] if len(before) <= 20 else re.sub(r"^\S*\s", "", before[-20:])
    near = " ".join(f"{start}{after[:10]}".split())
    hint = f" (near “{near}”)" if near else ""
    return BadQuery(
        f"The query cannot be read at line {line}, column {column}, or shortly before it{hint}.", line, column
    )


class _TermCache(dict[Any, Any]):
    """Terms of one answer turned into rdflib's; most of a long answer are the same few, turned once."""

    def __missing__(self, term: Any) -> Any:
        turned = self[term] = None if term is None else from_oxigraph(term)
        return turned


def answer_of(result: Result) -> Answer:
    """Turn a result into an answer; the query runs to its end meanwhile.

    Raises:
        BadQuery: If the query fails on the way.
    """
    try:
        if isinstance(result, ox.QuerySolutions):
            variables = tuple(variable.value for variable in result.variables)
            turned = _TermCache().__getitem__
            return Rows(variables, [tuple(map(turned, row)) for row in result])
        if isinstance(result, ox.QueryBoolean):
            return Truth(bool(result))
        return Triples(
            [(from_oxigraph(t.subject), from_oxigraph(t.predicate), from_oxigraph(t.object)) for t in result]
        )
    except (RuntimeError, TypeError) as error:
        raise BadQuery(f"The query cannot be answered: {error}") from error


def answer_from(written: bytes, kind: ResultType) -> Answer:
    """Read an answer from SPARQL results JSON, or from N-Triples.

    Raises:
        Unreachable: If it is neither, so that no engine speaks.
    """
    if kind is ResultType.NTRIPLES:
        return _read(
            lambda: answer_of(cast("ox.QueryTriples", ox.parse(written, format=ox.RdfFormat.N_TRIPLES)))
        )
    return _read(lambda: answer_of(ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON)))


def rewritten(written: bytes, request: QueryRequest) -> bytes:
    """Give an answer, in SPARQL results JSON or N-Triples, in the media type that is asked for.

    Raises:
        Unreachable: If the answer is neither, so that no engine speaks.
    """
    out = io.BytesIO()

    def rewrite() -> None:
        if request.form.gives_triples:
            triples = (quad.triple for quad in ox.parse(written, format=ox.RdfFormat.N_TRIPLES))
            write(triples, request, out, PREFIXES)
        else:
            write(ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON), request, out, {})

    _read(rewrite)
    return out.getvalue()


def _read(read: Callable[[], T]) -> T:
    try:
        return read()
    except SyntaxError as error:
        fault = error.msg
    # Out here: what was read with belongs to this thread, and an error that came of it would carry it away.
    raise Unreachable(f"The engine’s answer cannot be read: {fault}")


def write(
    result: Result | Iterable[ox.Triple], request: QueryRequest, out: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    """Write a result in the media type that is asked for, as it comes.

    Args:
        result: What the store gave.
        request: The query, with its media type.
        out: Where to write to.
        prefixes: Prefixes for Turtle, RDF/XML and JSON-LD.

    Raises:
        BadQuery: If the query fails on the way, or its form is not the one that was asked.
    """
    try:
        if request.form.gives_triples:
            triples = cast("Iterator[ox.Triple]", iter(cast("ox.QueryTriples", result)))
            first = list(islice(triples, _LOOKED_AT))
            used = None if request.type is ResultType.NTRIPLES else _used(prefixes, first)
            ox.serialize(chain(first, triples), out, format=_GRAPH_FORMATS[request.type], prefixes=used)
        else:
            cast("ox.QuerySolutions", result).serialize(out, format=_ROW_FORMATS[request.type])
    except RuntimeError as error:
        raise BadQuery(f"The query cannot be answered: {error}") from error


def _used(prefixes: Mapping[str, str], triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Give the prefixes that these triples use."""
    names = (term.value for triple in triples for term in triple if isinstance(term, ox.NamedNode))
    spaces = {name[: max(name.rfind("/"), name.rfind("#")) + 1] for name in names}
    return {prefix: space for prefix, space in prefixes.items() if space in spaces}
