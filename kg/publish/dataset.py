"""The description of the dataset for programs that look for data: DCAT 3 and VoID, every number counted."""

from collections.abc import Iterable, Iterator
from importlib.metadata import version as package_version

from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, VOID, XSD, Literal, URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.graph.named_graphs import DATASET
from kg.graph.oxigraph import Triple
from kg.publish.serialised import FORMATS
from kg.queries.questions import ask, rows
from kg.terms import BASE, PREFIXES, SL, shortened

__all__ = ["DATASET", "described"]

_TITLE = "System Leadership Case Explorer: the graph"
_DESCRIPTION = (
    "What sources say about places that lead health and care as one system, statement by statement, each "
    "tied to the place in the source where it stands, with how it is said, by whom and how surely. Cases "
    "that were written about lean towards success; most documents were read in part."
)
# Of DCAT 3, which rdflib does not know yet.
_VERSION = URIRef(str(DCAT) + "version")
_LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
_DUMPS = (
    ("trig", "The whole graph as TriG", "graph.trig", "application/trig"),
    ("nquads", "The whole graph as N-Quads", "graph.nq", "application/n-quads"),
)
# One thing of each of these is named as an example.
_SHOWN = ("CaseStudy", "Claim", "Illustration", "Source")


def described(engine: Engine, version: str, address: str) -> list[Triple]:
    """Describe the dataset.

    Args:
        engine: Where to count.
        version: A short name for exactly this state of the content.
        address: Where this server is reached, such as `https://example.org`, without a slash at its end.

    Returns:
        Triples about `DATASET`, its parts, how it can be had and what it was made from; no blank nodes.
    """
    return [
        *_itself(engine, version, address),
        *_access(address),
        *_made_from(engine),
        *_counted(engine),
        *_graphs(engine),
        *_shown(engine),
    ]


def _part(name: str) -> URIRef:
    return URIRef(f"{DATASET}#{name}")


def _text(text: str) -> Literal:
    return Literal(text, lang="en")


def _of(subject: Node, said: Iterable[tuple[Node, Node]]) -> Iterator[Triple]:
    return ((subject, predicate, obj) for predicate, obj in said)


def _itself(engine: Engine, version: str, address: str) -> Iterator[Triple]:
    named = f"{package_version('system-leadership-explorer')}+{version}"
    properties = (row[0] for row in rows(engine, "property-counts").rows)
    classes = (row[0] for row in rows(engine, "class-counts").rows)
    spaces = {_vocabulary(str(term)) for term in (*properties, *classes)} - {None}
    yield from _of(
        DATASET,
        [
            (RDF.type, DCAT.Dataset),
            (RDF.type, VOID.Dataset),
            (DCTERMS.title, _text(_TITLE)),
            (DCTERMS.description, _text(_DESCRIPTION)),
            (DCTERMS.license, _LICENCE),
            (DCTERMS.language, URIRef("http://id.loc.gov/vocabulary/iso639-1/en")),
            (DCTERMS.conformsTo, URIRef(str(SL))),
            (_VERSION, Literal(named)),
            (OWL.versionInfo, Literal(named)),
            (DCAT.landingPage, URIRef(f"{address}/about")),
            (FOAF.homepage, URIRef(f"{address}/")),
            (VOID.uriSpace, Literal(BASE)),
            (VOID.rootResource, URIRef(str(SL))),
            *((VOID.feature, form.iri) for form in FORMATS),
            *((VOID.vocabulary, URIRef(space)) for space in sorted(filter(None, spaces))),
        ],
    )


def _vocabulary(term: str) -> str | None:
    """Give the namespace of a term; None where the prefix table has none."""
    short = shortened(term)
    return None if short == term else PREFIXES[short.partition(":")[0]]


def _access(address: str) -> Iterator[Triple]:
    endpoint, service = URIRef(f"{address}/sparql"), _part("sparql")
    yield from _of(DATASET, [(VOID.sparqlEndpoint, endpoint), (DCAT.distribution, service)])
    yield from _of(
        service,
        [
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, _text("Queries by SPARQL 1.1")),
            (DCTERMS.license, _LICENCE),
            (DCAT.accessURL, endpoint),
            (DCAT.accessService, _part("service")),
        ],
    )
    yield from _of(
        _part("service"),
        [
            (RDF.type, DCAT.DataService),
            (DCTERMS.title, _text("SPARQL endpoint")),
            (DCTERMS.conformsTo, URIRef("https://www.w3.org/TR/sparql11-protocol/")),
            (DCAT.endpointURL, endpoint),
            (DCAT.endpointDescription, endpoint),
            (DCAT.servesDataset, DATASET),
        ],
    )
    for name, title, file, media_type in _DUMPS:
        dump = URIRef(f"{address}/download/{file}")
        yield from _of(DATASET, [(VOID.dataDump, dump), (DCAT.distribution, _part(name))])
        yield from _of(
            _part(name),
            [
                (RDF.type, DCAT.Distribution),
                (DCTERMS.title, _text(title)),
                (DCTERMS.license, _LICENCE),
                (DCAT.accessURL, dump),
                (DCAT.downloadURL, dump),
                (DCAT.mediaType, URIRef(_MEDIA_TYPE + media_type)),
            ],
        )


def _made_from(engine: Engine) -> Iterator[Triple]:
    yield DATASET, RDF.type, PROV.Entity
    for source in _sources(engine):
        yield DATASET, PROV.wasDerivedFrom, source
    for record in ask(engine, "source-starting-point"):
        if record["source"] is not None:
            yield DATASET, DCTERMS.source, record["source"]


def _sources(engine: Engine) -> list[Node]:
    """Give every source in which a statement stands."""
    return sorted({record["source"] for record in ask(engine, "source-read") if record["source"]}, key=str)


def _counted(engine: Engine) -> Iterator[Triple]:
    (counts,) = ask(engine, "dataset-counts")
    classes = rows(engine, "class-counts").rows
    properties = rows(engine, "property-counts").rows
    yield from _of(
        DATASET,
        [
            (VOID.triples, _number(counts["triples"])),
            (VOID.entities, _number(counts["things"])),
            (VOID.distinctSubjects, _number(counts["things"])),
            (VOID.distinctObjects, _number(counts["values"])),
            (VOID.classes, _number(len(classes))),
            (VOID.properties, _number(counts["properties"])),
        ],
    )
    for partition, what, how_many, found in (
        (VOID.classPartition, VOID["class"], VOID.entities, classes),
        (VOID.propertyPartition, VOID.property, VOID.triples, properties),
    ):
        for term, count in found:
            if term is not None:
                part = _part(shortened(str(term)).replace(":", "-"))
                yield DATASET, partition, part
                yield from _of(part, [(RDF.type, VOID.Dataset), (what, term), (how_many, _number(count))])


def _graphs(engine: Engine) -> Iterator[Triple]:
    graphs = [record["graph"] for record in ask(engine, "graph-list") if record["graph"] is not None]
    for graph, triples in rows(engine, "graph-sizes", {"graph": graphs}).rows:
        if graph is None:
            continue
        yield DATASET, VOID.subset, graph
        yield from _of(graph, [(RDF.type, VOID.Dataset), (VOID.triples, _number(triples))])
    for graph, how, source in rows(engine, "graph-origins").rows:
        if graph is not None and how is not None and source is not None:
            yield from _of(graph, [(how, source), (DCTERMS.source, source)])


def _shown(engine: Engine) -> Iterator[Triple]:
    for name in _SHOWN:
        for _, shown in rows(engine, "class-things", {"class": [SL[name]]}).rows[:1]:
            if shown is not None:
                yield DATASET, VOID.exampleResource, shown


def _number(count: Node | int | None) -> Literal:
    return Literal(int(str(count)), datatype=XSD.integer)
