"""From files to the graph: what each source states, and what is derived from it."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rdflib import DCAT, DCTERMS, PROV, RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.content import SHAPE_FILES, Content
from kg.engine import Engine, Rows
from kg.engine.in_process import InProcessEngine
from kg.errors import BadContent
from kg.files import text_of
from kg.oxigraph import Quad, Triple, TurtleFault, parse_turtle
from kg.terms import BASE, OA, PREFIXES, SL, expanded

__all__ = [
    "COLLECTION_GRAPH",
    "DATASET",
    "ONTOLOGY_GRAPH",
    "derived_graph",
    "graph_of",
    "graphs_of_sources",
    "open_engine",
    "source_graph",
    "stated",
    "version_of",
    "versioned",
]

_GRAPH = PREFIXES["graph"]
ONTOLOGY_GRAPH = URIRef(_GRAPH + "ontology")
COLLECTION_GRAPH = URIRef(_GRAPH + "collection")
DATASET = URIRef(BASE + "dataset")


def source_graph(source: Node) -> URIRef:
    """Give the graph of what a source states: its claims."""
    return URIRef(_GRAPH + str(source).rsplit("/", 1)[-1])


def derived_graph(source: Node) -> URIRef:
    """Give the graph of the shortcuts that follow from the claims of a source."""
    return URIRef(f"{source_graph(source)}-derived")


def graphs_of_sources(sources: Iterable[Node]) -> list[URIRef]:
    """Give the graphs to ask when only these sources are to count."""
    chosen = [graph for source in sources for graph in (source_graph(source), derived_graph(source))]
    return [ONTOLOGY_GRAPH, COLLECTION_GRAPH, *chosen]


def stated(files: Mapping[str, Sequence[Triple]]) -> list[Quad]:
    """Sort the triples of the files into named graphs.

    Args:
        files: Triples by file name, as seen from the root of the content.

    Returns:
        Quads: claims, what they illustrate and what was changed in them in the graph of their source,
        the ontology in one graph, and cases, bodies, places, sources and passages in another.
    """
    everything = [triple for triples in files.values() for triple in triples]
    source_of = {
        subject: obj
        for subject, predicate, obj in everything
        if predicate in {DCTERMS.source, PROV.wasDerivedFrom}
    }
    graph_of_claim = {
        subject: source_graph(source_of[subject])
        for subject, predicate, obj in everything
        if predicate == RDF.type and obj in {SL.Claim, SL.WithdrawnClaim} and subject in source_of
    }
    told_in = graph_of_claim | {
        node: graph_of_claim[claim]
        for subject, predicate, obj in everything
        for claim, node in _borne(subject, predicate, obj)
        if claim in graph_of_claim
    }
    quads: list[Quad] = []
    for name, triples in files.items():
        home = ONTOLOGY_GRAPH if name.startswith("ontology/") else COLLECTION_GRAPH
        quads.extend(
            (subject, predicate, obj, told_in.get(subject, home)) for subject, predicate, obj in triples
        )
    return quads


def _borne(subject: Node, predicate: Node, obj: Node) -> Iterator[tuple[Node, Node]]:
    """Give the claim that a triple joins to an illustration or to a note on a change, and that thing."""
    if predicate == OA.hasTarget:
        yield obj, subject
    elif predicate == SKOS.changeNote:
        yield subject, obj


_TEMPLATE = re.compile(r"^CONSTRUCT \x7b \?(\w+) (\w+:\w+) \?(\w+) \x7d$", re.MULTILINE)

_GIVEN = re.compile(r"^ *VALUES \?source \x7b[^\x7d]*\x7d\n", re.MULTILINE)


def derived(stated_quads: Sequence[Quad], derivations: Iterable[Path]) -> list[Quad]:
    """Derive the shortcuts.

    Args:
        stated_quads: What the files state.
        derivations: CONSTRUCT queries, each with `?source` given and one triple of two variables to make.

    Returns:
        Quads, those of each source in a graph of their own.

    Raises:
        BadContent: If a query is not of this form.
    """
    engine = InProcessEngine(stated_quads)
    quads: list[Quad] = []
    for path in derivations:
        text = text_of(path)
        template = _TEMPLATE.search(text)
        if template is None:
            raise BadContent(f"{path.name} has to make one triple, of two variables, on a line of its own.")
        subject, name, value = template.groups()
        # Asked of all sources at once, which a CONSTRUCT could not tell apart.
        query = _TEMPLATE.sub(f"SELECT DISTINCT ?source ?{subject} ?{value}", _GIVEN.sub("", text))
        answer = engine.answer(query)
        if not isinstance(answer, Rows):
            raise BadContent(f"{path.name} has to be a CONSTRUCT query.")
        predicate = URIRef(expanded(name))
        quads.extend(
            (s, predicate, o, derived_graph(source))
            for source, s, o in answer.rows
            if source is not None and s is not None and o is not None
        )
    return quads


def read_files(content: Content) -> dict[str, list[Triple]]:
    """Read every Turtle file of the content but the shapes.

    Raises:
        BadContent: If a file is not Turtle, with its name, line and column.
    """
    files: dict[str, list[Triple]] = {}
    for path in content.turtle_files():
        name = content.name_of(path)
        if path.name in SHAPE_FILES:
            continue
        try:
            files[name] = parse_turtle(text_of(path))
        except TurtleFault as fault:
            raise BadContent(f"{name}:{fault.line}: {fault.message} Run kg check for all faults.") from fault
        except BadContent as fault:
            raise BadContent(f"{name}: {fault} Run kg check for all faults.") from fault
    return files


def graph_of(content: Content) -> list[Quad]:
    """Give the whole graph of the content: what is stated and what is derived."""
    quads = stated(read_files(content))
    return [*quads, *derived(quads, sorted((content.ontology / "derive").glob("*.rq")))]


def versioned(content: Content) -> list[Quad]:
    """Give the whole graph with the name of its version, for whoever asks an engine which one it holds."""
    return [
        *graph_of(content),
        (DATASET, RDF.type, DCAT.Dataset, COLLECTION_GRAPH),
        (DATASET, URIRef(str(DCAT) + "version"), Literal(version_of(content)), COLLECTION_GRAPH),
    ]


def open_engine(content: Content) -> Engine:
    """Give an engine that holds the whole graph of the content."""
    return InProcessEngine(graph_of(content))


def version_of(content: Content) -> str:
    """Give a short name for exactly this state of the content: a hash of all its files."""
    digest = hashlib.sha256()
    for path in sorted(p for folder in (content.ontology, content.data) for p in folder.rglob("*")):
        if path.is_file():
            digest.update(content.name_of(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
