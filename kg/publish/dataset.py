"""The description of the dataset for programs that look for data: DCAT 3 and VoID, every number counted."""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version as package_version

from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, VOID, XSD, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.graph.named_graphs import DATASET
from kg.graph.oxigraph import Triple
from kg.publish.serialised import FORMATS
from kg.queries.typed_rows import row_of, rows_as
from kg.settings.contact import contact_of_environment
from kg.terms import BASE, PREFIXES, SL, shorten

__all__ = ["DATASET", "describe_dataset"]

_TITLE = "System Leadership Case Explorer: the graph"
_DESCRIPTION = (
    "What sources say about places that lead health and care as one system, statement by statement, each "
    "tied to the place in the source where it stands, with how it is said, by whom and how surely. Cases "
    "that were written about lean towards success; most documents were read in part."
)
# Of DCAT 3, which rdflib does not know yet.
_VERSION = URIRef(str(DCAT) + "version")
# Of whom the licence asks to be named.
_PUBLISHER = "System Leadership Case Explorer"
# Of the list that DCAT-AP asks for: health, and government and public sector.
_THEMES = tuple(
    URIRef(f"http://publications.europa.eu/resource/authority/data-theme/{code}") for code in ("HEAL", "GOVE")
)
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
_DUMPS = (
    ("trig", "The whole graph as TriG", "graph.trig", "application/trig"),
    ("nquads", "The whole graph as N-Quads", "graph.nq", "application/n-quads"),
)
# One thing of each of these is named as an example.
_SHOWN = ("CaseStudy", "Claim", "Illustration", "Source")


@row_of("property-counts")
class _PropertyRow:
    property: URIRef
    uses: int


@row_of("class-counts")
class _ClassRow:
    class_: URIRef
    things: int


@row_of("class-things")
class _InstanceRow:
    thing: URIRef


@row_of("source-starting-point")
class _StartRow:
    source: URIRef


@row_of("source-read")
class _SourceRow:
    source: URIRef


@row_of("dataset-counts")
class _CountsRow:
    triples: int
    things: int
    properties: int
    values: int


@row_of("graph-list")
class _GraphRow:
    graph: URIRef


@row_of("graph-sizes")
class _SizeRow:
    graph: URIRef
    triples: int


@row_of("graph-origins")
class _OriginRow:
    graph: URIRef
    how: URIRef
    source: URIRef


@row_of("release-list")
class _ReleaseRow:
    issued: date


def describe_dataset(engine: Engine, version: str, address: str) -> list[Triple]:
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
        *_published(engine, address),
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
    properties = (row.property for row in rows_as(_PropertyRow, engine))
    classes = (row.class_ for row in rows_as(_ClassRow, engine))
    spaces = {_vocabulary(term) for term in (*properties, *classes)} - {None}
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


def _published(engine: Engine, address: str) -> Iterator[Triple]:
    """Say who publishes the data set, whom to ask, what it is about, and when it was released."""
    publisher = _part("publisher")
    yield DATASET, DCTERMS.publisher, publisher
    yield from _of(
        publisher,
        [(RDF.type, FOAF.Agent), (FOAF.name, _text(_PUBLISHER)), (FOAF.homepage, URIRef(f"{address}/"))],
    )
    yield from ((DATASET, DCAT.theme, theme) for theme in _THEMES)
    if (contact := contact_of_environment()) is not None:
        yield DATASET, DCAT.contactPoint, _part("contact")
        yield from _of(
            _part("contact"),
            [
                (RDF.type, _VCARD.Kind),
                (_VCARD.fn, _text(_PUBLISHER)),
                (
                    _VCARD.hasEmail if contact.address.startswith("mailto:") else _VCARD.hasURL,
                    URIRef(contact.address),
                ),
            ],
        )
    days = sorted(row.issued for row in rows_as(_ReleaseRow, engine))
    for term, day in zip((DCTERMS.issued, DCTERMS.modified), (*days[:1], *days[-1:]), strict=False):
        yield DATASET, term, Literal(day.isoformat(), datatype=XSD.date)


def _vocabulary(term: str) -> str | None:
    """Give the namespace of a term; None where the prefix table has none."""
    short = shorten(term)
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
    for row in rows_as(_StartRow, engine):
        yield DATASET, DCTERMS.source, row.source


def _sources(engine: Engine) -> list[URIRef]:
    """Give every source in which a statement stands."""
    return sorted({row.source for row in rows_as(_SourceRow, engine)}, key=str)


def _counted(engine: Engine) -> Iterator[Triple]:
    (counts,) = rows_as(_CountsRow, engine)
    classes = [(row.class_, row.things) for row in rows_as(_ClassRow, engine)]
    properties = [(row.property, row.uses) for row in rows_as(_PropertyRow, engine)]
    yield from _of(
        DATASET,
        [
            (VOID.triples, _number(counts.triples)),
            (VOID.entities, _number(counts.things)),
            (VOID.distinctSubjects, _number(counts.things)),
            (VOID.distinctObjects, _number(counts.values)),
            (VOID.classes, _number(len(classes))),
            (VOID.properties, _number(counts.properties)),
        ],
    )
    for partition, what, how_many, found in (
        (VOID.classPartition, VOID["class"], VOID.entities, classes),
        (VOID.propertyPartition, VOID.property, VOID.triples, properties),
    ):
        for term, count in found:
            part = _part(shorten(term).replace(":", "-"))
            yield DATASET, partition, part
            yield from _of(part, [(RDF.type, VOID.Dataset), (what, term), (how_many, _number(count))])


def _graphs(engine: Engine) -> Iterator[Triple]:
    graphs = [row.graph for row in rows_as(_GraphRow, engine)]
    for size in rows_as(_SizeRow, engine, graph=graphs):
        yield DATASET, VOID.subset, size.graph
        yield from _of(size.graph, [(RDF.type, VOID.Dataset), (VOID.triples, _number(size.triples))])
    for origin in rows_as(_OriginRow, engine):
        yield from _of(origin.graph, [(origin.how, origin.source), (DCTERMS.source, origin.source)])


def _shown(engine: Engine) -> Iterator[Triple]:
    for name in _SHOWN:
        for row in rows_as(_InstanceRow, engine, class_=SL[name])[:1]:
            yield DATASET, VOID.exampleResource, row.thing


def _number(count: int) -> Literal:
    return Literal(count, datatype=XSD.integer)
