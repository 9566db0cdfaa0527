"""From files to the graph: what each source states, and what is derived from it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from rdflib import DCAT, DCTERMS, PROV, RDF, SH, Literal, URIRef
from rdflib.term import Node

from kg.engine import Engine, Rows
from kg.engine.in_process import InProcessEngine
from kg.errors import BadContent
from kg.graph.content import SHAPE_FILES, Content
from kg.graph.named_graphs import COLLECTION_GRAPH, DATASET, PROVENANCE_GRAPH, derived_graph
from kg.graph.oxigraph import Quad, Triple, TurtleFault, parse_turtle
from kg.graph.placement import quads_of_files
from kg.queries.binding import QueryFile, read_query
from kg.storage.files import text_of

__all__ = ["derive", "graph_of", "graph_with_version", "open_engine", "read_files", "version_of"]


def derive(stated_quads: Sequence[Quad], derivations: Iterable[Path]) -> list[Quad]:
    """Derive the shortcuts.

    Args:
        stated_quads: What the files state.
        derivations: SELECT queries whose header says which triple each row makes; `?source` is the source
            whose claim it follows from.

    Returns:
        Quads, those of each set of sources in a graph of their own; from which sources each graph comes, and
        by which derivations (`prov:wasGeneratedBy`), each an activity with its query (`sh:select`).

    Raises:
        BadContent: If a query is not of this form.
    """
    engine = InProcessEngine(stated_quads)
    sources: dict[Triple, set[Node]] = {}
    makers: dict[Triple, set[str]] = {}
    rules = {rule.name: rule for rule in map(read_query, derivations)}
    for rule in rules.values():
        for triple, source in _shortcuts(engine, rule):
            sources.setdefault(triple, set()).add(source)
            makers.setdefault(triple, set()).add(rule.name)
    graphs = {frozenset(given): derived_graph(given) for given in sources.values()}
    homes = {triple: graphs[frozenset(given)] for triple, given in sources.items()}
    made = {(home, name) for triple, home in homes.items() for name in makers[triple]}
    origins: list[Triple] = [
        *((graph, PROV.wasDerivedFrom, source) for given, graph in graphs.items() for source in given),
        *((graph, PROV.wasGeneratedBy, _activity(name)) for graph, name in made),
        *(triple for name in {name for _, name in made} for triple in _described(rules[name])),
    ]
    return [
        *((*triple, home) for triple, home in homes.items()),
        *((*triple, PROVENANCE_GRAPH) for triple in origins),
    ]


def _activity(derivation: str) -> URIRef:
    return URIRef(f"{PROVENANCE_GRAPH}#{derivation}")


def _described(rule: QueryFile) -> Iterator[Triple]:
    activity = _activity(rule.name)
    yield activity, RDF.type, PROV.Activity
    yield activity, DCTERMS.identifier, Literal(rule.name)
    yield activity, DCTERMS.description, Literal(rule.header["summary"], lang="en")
    yield activity, SH.select, Literal(rule.text)


def _shortcuts(engine: Engine, derivation: QueryFile) -> Iterator[tuple[Triple, Node]]:
    """Ask one derivation: each triple that it makes, with a source that it follows from."""
    makes = derivation.makes
    if makes is None:
        raise BadContent(f"{derivation.name} has to say which triple it makes; add “#+ makes: …”.")
    answer = engine.answer(derivation.text)
    if not isinstance(answer, Rows):
        raise BadContent(f"{derivation.name} has to be a SELECT query.")
    needed = ("source", makes.subject, makes.value)
    if missing := [name for name in needed if name not in answer.variables]:
        raise BadContent(f"{derivation.name} has to select ?{missing[0]}.")
    places = [answer.variables.index(name) for name in needed]
    for row in answer.rows:
        source, subject, value = (row[place] for place in places)
        if source is not None and subject is not None and value is not None:
            yield (subject, makes.predicate, value), source


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
    quads = quads_of_files(read_files(content))
    return [*quads, *derive(quads, sorted((content.ontology / "derive").glob("*.rq")))]


def graph_with_version(content: Content) -> list[Quad]:
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
            # An editor may take a file away before it is read.
            with suppress(FileNotFoundError):
                digest.update(content.name_of(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
