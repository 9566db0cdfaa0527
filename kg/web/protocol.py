"""The SPARQL 1.1 Protocol: what a request asks, or why it is refused, told without running anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from kg.engine import Dataset, QueryForm, QueryRequest, ResultType
from kg.engine.outline import LONGEST_QUERY, validated_outline
from kg.errors import BadQuery, Forbidden
from kg.web.negotiation import best_media_type

__all__ = ["ALLOWED", "LONGEST_ADDRESS", "LONGEST_BODY", "Refusal", "Request", "read_request"]

ALLOWED = "GET, HEAD, OPTIONS, POST"
LONGEST_ADDRESS = 32_000
LONGEST_BODY = 1_000_000
_MOST_GRAPHS = 2_000

_ROW_TYPES = (ResultType.JSON, ResultType.XML, ResultType.CSV, ResultType.TSV)
_GRAPH_TYPES = (ResultType.TURTLE, ResultType.NTRIPLES, ResultType.RDFXML, ResultType.JSONLD)
# What clients also call these types, and what `format=` may say.
_SYNONYMS = {
    "application/json": ResultType.JSON,
    "text/json": ResultType.JSON,
    "application/xml": ResultType.XML,
    "text/xml": ResultType.XML,
    "text/plain": ResultType.NTRIPLES,
    "application/x-turtle": ResultType.TURTLE,
}
_FORMATS = {
    "json": (ResultType.JSON, ResultType.JSONLD),
    "srj": (ResultType.JSON, None),
    "xml": (ResultType.XML, ResultType.RDFXML),
    "srx": (ResultType.XML, None),
    "csv": (ResultType.CSV, None),
    "tsv": (ResultType.TSV, None),
    "ttl": (None, ResultType.TURTLE),
    "turtle": (None, ResultType.TURTLE),
    "nt": (None, ResultType.NTRIPLES),
    "ntriples": (None, ResultType.NTRIPLES),
    "rdf": (None, ResultType.RDFXML),
    "jsonld": (None, ResultType.JSONLD),
}


class Refusal(Exception):  # noqa: N818 - an answer, not a fault of ours
    """A request that is answered with a status and one sentence.

    Attributes:
        status: The HTTP status.
        headers: Headers that go with it.
    """

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})


@dataclass(frozen=True)
class Request:
    """A request as it came.

    Attributes:
        method: GET, HEAD or POST.
        query_string: What follows the question mark of its address, as it came.
        body: What was sent.
        content_type: The value of Content-Type; empty if there is none.
        accept: The value of Accept; None if there is none.
    """

    method: str
    query_string: bytes = b""
    body: bytes = b""
    content_type: str = ""
    accept: str | None = None


@dataclass
class _Parameters:
    """What address and form give, by name; every text is decoded once."""

    given: dict[str, list[str]] = field(default_factory=dict)

    def add(self, encoded: bytes, where: str) -> None:
        try:
            text = encoded.decode("ascii")
            pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict")
        except (UnicodeDecodeError, ValueError) as error:
            raise Refusal(400, f"The {where} is not percent-encoded UTF-8.") from error
        for name, value in pairs:
            self.given.setdefault(name, []).append(value)

    def one(self, name: str) -> str | None:
        values = self.given.get(name, [])
        if len(values) > 1:
            raise Refusal(400, f"Give “{name}” once, not {len(values)} times.")
        return values[0] if values else None

    def graphs(self, name: str) -> tuple[str, ...] | None:
        values = self.given.get(name)
        if values is None:
            return None
        if len(values) > _MOST_GRAPHS:
            raise Refusal(400, f"More than {_MOST_GRAPHS} graphs are named.")
        if relative := next((value for value in values if ":" not in value), None):
            raise Refusal(400, f"“{relative[:80]}” given as {name} is no whole address of a graph.")
        return tuple(values)


def read_request(request: Request) -> QueryRequest | None:
    """Read what a request asks, by SPARQL 1.1 Protocol, section 2.1.

    Returns:
        The query, with the media type its answer is to have; None if there is none, which asks for
        the description of the service.

    Raises:
        Refusal: If the request is at fault, with 400, 403, 406, 413, 414 or 415.
    """
    if len(request.query_string) > LONGEST_ADDRESS:
        raise Refusal(414, "The address is too long; send the query by POST.")
    parameters = _Parameters()
    parameters.add(request.query_string, "address")
    text = _text(request, parameters)
    if text is None:
        if parameters.given.keys() & {"default-graph-uri", "named-graph-uri"}:
            raise Refusal(400, "Graphs are named, but there is no query.")
        return None
    try:
        outline = validated_outline(text)
    except Forbidden as error:
        raise Refusal(403, str(error)) from error
    except BadQuery as error:
        raise Refusal(413 if len(text) > LONGEST_QUERY else 400, str(error)) from error
    dataset = Dataset(parameters.graphs("default-graph-uri"), parameters.graphs("named-graph-uri"))
    form = outline.form or QueryForm.SELECT
    kind = _type(form, request.accept, parameters.one("format"))
    return QueryRequest(text, form, kind, dataset, outline.names_dataset)


def _text(request: Request, parameters: _Parameters) -> str | None:
    """Give the text of the query; None if the request has none."""
    if request.method == "POST":
        content_type, _, rest = request.content_type.partition(";")
        charset = rest.partition("charset=")[2].strip().strip('"').lower()
        if charset not in {"", "utf-8", "utf8"}:
            raise Refusal(415, f"Send the query as UTF-8, not as {charset[:40]}.")
        match content_type.strip().lower():
            case "application/sparql-query":
                if "query" in parameters.given:
                    raise Refusal(400, "There are two queries: one in the address and one in the body.")
                try:
                    return request.body.decode("utf-8")
                except UnicodeDecodeError as error:
                    raise Refusal(400, "The query is not UTF-8.") from error
            case "application/x-www-form-urlencoded":
                parameters.add(request.body, "form")
            case "application/sparql-update":
                raise Refusal(403, "The graph can only be read here.")
            case _:
                raise Refusal(
                    415,
                    "Send the query as application/sparql-query or as a form "
                    "(application/x-www-form-urlencoded).",
                    {"Accept": "application/sparql-query, application/x-www-form-urlencoded"},
                )
    if "update" in parameters.given:
        raise Refusal(403, "The graph can only be read here.")
    query = parameters.one("query")
    if query is None and request.method == "POST":
        raise Refusal(400, "The form has no “query”.")
    return query


def _type(form: QueryForm, accept: str | None, wanted: str | None) -> ResultType:
    """Choose how the answer is written: by `format=`, else by the Accept header."""
    offered = _GRAPH_TYPES if form.gives_triples else _ROW_TYPES
    if wanted is not None and wanted.strip():
        return _of_format(wanted.strip().lower(), form, offered)
    names = {str(kind): kind for kind in offered} | {
        name: kind for name, kind in _SYNONYMS.items() if kind in offered
    }
    best = best_media_type(accept, list(names))
    if best is None:
        raise Refusal(
            406,
            f"{form} is answered as {_listed([str(kind) for kind in offered])}; none of these was accepted.",
        )
    return names[best]


def _of_format(wanted: str, form: QueryForm, offered: Sequence[ResultType]) -> ResultType:
    if wanted in _FORMATS:
        kind = _FORMATS[wanted][1 if form.gives_triples else 0]
    else:
        # In an address a plus sign stands for a space.
        kind = next((each for each in offered if each == wanted.replace(" ", "+")), None)
    if kind is None or kind not in offered:
        fitting = [name for name, kinds in _FORMATS.items() if kinds[1 if form.gives_triples else 0]]
        raise Refusal(400, f"{form} has no format “{wanted[:40]}”; use {_listed(fitting)}.")
    return kind


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
