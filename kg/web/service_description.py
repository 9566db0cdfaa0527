"""What the SPARQL endpoint says of itself when it is asked without a query."""

from collections.abc import Iterable
from functools import lru_cache

from rdflib import RDF, VOID, Literal, Namespace, URIRef
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.engine import ResultType
from kg.graph.oxigraph import Triple
from kg.publish import jsonld
from kg.publish.dataset import DATASET, describe_dataset
from kg.publish.serialised import FORMATS
from kg.service import ServedGraph
from kg.web.description import public_address
from kg.web.representations import SUFFIXES, LinkedDataRequest, negotiate

__all__ = ["service_description", "service_triples"]

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_W3C = Namespace("http://www.w3.org/ns/formats/")
_ROW_FORMATS = {
    ResultType.JSON: _W3C.SPARQL_Results_JSON,
    ResultType.XML: _W3C.SPARQL_Results_XML,
    ResultType.CSV: _W3C.SPARQL_Results_CSV,
    ResultType.TSV: _W3C.SPARQL_Results_TSV,
}
_SUFFIX_OF = {"turtle": "ttl", "ntriples": "nt", "xml": "rdf", "json": "jsonld"}


def service_description(request: Request, served: ServedGraph) -> Response:
    """Describe the endpoint in the format that is asked for; people are led to the query page."""
    address = public_address(request)
    if address is None:
        return PlainTextResponse("The Host header does not name a host.\n", 400)
    wanted = request.query_params.get("format", "").strip().lower()
    suffix = _SUFFIX_OF.get(wanted, wanted) or None
    if suffix is not None and suffix not in SUFFIXES:
        return PlainTextResponse(
            f"The description has no such format; use one of {', '.join(SUFFIXES)}.\n", 400
        )
    endpoint = URIRef(f"{address}/sparql")
    return negotiate(
        request,
        LinkedDataRequest(endpoint, "/sparql", suffix, "/query", forms="/sparql?format={suffix}"),
        f"{served.version} {address}",
        lambda: service_triples(served, address),
        lambda triples: jsonld.context_of(jsonld.uses_in(triples)),
    )


def service_triples(served: ServedGraph, address: str) -> list[Triple]:
    """Describe the endpoint.

    Args:
        served: The graph in service.
        address: Where this server is reached, such as `https://example.org`, without a slash at its end.

    Returns:
        Triples about the endpoint (SD) and about the dataset behind it (DCAT and VoID); no blank nodes.
    """
    dataset = _described(served, address)
    return [*dataset, *_service(URIRef(f"{address}/sparql"), dataset)]


@lru_cache(maxsize=4)
def _described(served: ServedGraph, address: str) -> tuple[Triple, ...]:
    return tuple(describe_dataset(served.engine, served.version, address))


def _service(endpoint: URIRef, dataset: Iterable[Triple]) -> Iterable[Triple]:
    default = URIRef(f"{endpoint}#default-graph")
    said = [
        (RDF.type, _SD.Service),
        (_SD.endpoint, endpoint),
        (_SD.supportedLanguage, _SD.SPARQL11Query),
        (_SD.feature, _SD.UnionDefaultGraph),
        (_SD.defaultDataset, DATASET),
        *((_SD.resultFormat, iri) for iri in _ROW_FORMATS.values()),
        *((_SD.resultFormat, form.iri) for form in FORMATS),
    ]
    yield from ((endpoint, predicate, obj) for predicate, obj in said)
    yield DATASET, RDF.type, _SD.Dataset
    yield DATASET, _SD.defaultGraph, default
    yield default, RDF.type, _SD.Graph
    for subject, predicate, obj in dataset:
        if subject == DATASET and predicate == VOID.triples and isinstance(obj, Literal):
            yield default, VOID.triples, obj
        if subject == DATASET and predicate == VOID.subset:
            named = URIRef(f"{endpoint}#{str(obj).rsplit('/', 1)[-1]}")
            yield DATASET, _SD.namedGraph, named
            yield named, RDF.type, _SD.NamedGraph
            yield named, _SD.name, obj
            yield named, _SD.graph, obj
            yield obj, RDF.type, _SD.Graph
