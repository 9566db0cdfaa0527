"""The base of all addresses, the one prefix table and the names of the vocabulary."""

from collections.abc import Iterable

from rdflib import (
    DC,
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SH,
    SKOS,
    VANN,
    VOID,
    XSD,
    Graph,
    Namespace,
)
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node

__all__ = [
    "BASE",
    "BEFORE",
    "CITO",
    "NP",
    "OA",
    "OBO",
    "OUR_READING",
    "PREFIXES",
    "ROOMS",
    "SCHEMES",
    "SL",
    "WGS84",
    "bound_graph",
    "expand",
    "shorten",
]

BASE = "https://w3id.org/system-leadership/"

SL = Namespace(BASE + "def/")
OA = Namespace("http://www.w3.org/ns/oa#")
WGS84 = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
NP = Namespace("http://www.nanopub.org/nschema#")
CITO = Namespace("http://purl.org/spar/cito/")
# Of SEPIO, whose terms are numbers here.
OBO = Namespace("http://purl.obolibrary.org/obo/")

SCHEMES = {
    "action": "service-actions",
    "attribution": "attributions",
    "basis": "bases",
    "bodykind": "bodies",
    "challenge": "challenges",
    "condition": "conditions",
    "copy": "copies",
    "direction": "directions",
    "facilitation": "facilitator-practices",
    "fact": "fact-kinds",
    "factor": "factors",
    "goal": "goals",
    "kind": "document-kinds",
    "modality": "modalities",
    "mode": "modes",
    "outcome": "outcomes",
    "part": "story-parts",
    "party": "parties",
    "polarity": "polarities",
    "practice": "practices",
    "principle": "principles",
    "quality": "qualities",
    "reading": "reading-extents",
    "relation": "relations",
    "risk": "risks",
    "setback": "setbacks",
    "stage": "stages",
    "standing": "standings",
    "telling": "tellings",
    "tier": "tiers",
    "voice": "voices",
    "yearbasis": "year-bases",
}
ROOMS = (
    "activity",
    "agent",
    "body",
    "case",
    "change",
    "claim",
    "graph",
    "illustration",
    "omission",
    "passage",
    "place",
    "release",
    "scheme",
    "session",
    "shape",
    "source",
    "story",
)
STANDARD: dict[str, type[DefinedNamespace] | Namespace] = {
    "cito": CITO,
    "dc": DC,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "np": NP,
    "oa": OA,
    "obo": OBO,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SH,
    "skos": SKOS,
    "vann": VANN,
    "void": VOID,
    "wgs84": WGS84,
    "xsd": XSD,
}

# Relations by which a source says how things were before leaders changed them: the contrast to what they did.
BEFORE = frozenset({"did-before", "met-before"})

# How the statement of an inferred claim begins; the rules refuse one that does not.
OUR_READING = "Our reading: "

PREFIXES: dict[str, str] = {
    **{room: f"{BASE}{room}/" for room in ROOMS},
    **{prefix: f"{BASE}scheme/{scheme}/" for prefix, scheme in SCHEMES.items()},
    **{prefix: str(namespace) for prefix, namespace in STANDARD.items()},
    "sl": str(SL),
}


def bound_graph(triples: Iterable[tuple[Node, Node, Node]] = ()) -> Graph:
    """Give a graph of these triples that knows the prefix table and no other prefix."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    for triple in triples:
        graph.add(triple)
    return graph


def shorten(iri: str) -> str:
    """Give an IRI with its prefix where the table has one, else as it is.

    >>> shorten("https://w3id.org/system-leadership/case/leeds")
    'case:leeds'
    """
    fits = [(len(space), name, space) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not fits:
        return iri
    _, prefix, namespace = max(fits)
    return f"{prefix}:{iri[len(namespace) :]}"


def expand(name: str) -> str:
    """Give the IRI that a name with a prefix of the table stands for; other text as it is.

    >>> expand("case:leeds")
    'https://w3id.org/system-leadership/case/leeds'
    """
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES and "//" not in local else name
