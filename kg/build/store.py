"""From files to the graph: what each source states, and what is derived from it."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from rdflib import DCAT, PROV, RDF, Literal, URIRef
from rdflib.term import Node

from kg.engine import Engine, Rows
from kg.engine.in_process import InProcessEngine
from kg.errors import BadContent
from kg.graph.content import SHAPE_FILES, Content
from kg.graph.named_graphs import COLLECTION_GRAPH, DATASET, PROVENANCE_GRAPH, derived_graph
from kg.graph.oxigraph import Quad, Triple, TurtleFault, parse_turtle
from kg.graph.placement import stated
from kg.storage.files import text_of
from kg.terms import expanded

__all__ = ["derived", "graph_of", "open_engine", "read_files", "version_of", "versioned"]

_TEMPLATE = re.compile(r"^CONSTRUCT \x7b \?(\w+) (\w+:\w+) \?(\w+) \x7d$", re.MULTILINE)

_GIVEN = re.compile(r"^ *VALUES \?source \x7b[^\x7d]*\x7d\n", re.MULTILINE)


def derived(stated_quads: Sequence[Quad], derivations: Iterable[Path]) -> list[Quad]:
    """Derive the shortcuts.

    Args:
        stated_quads: What the files state.
        derivations: CONSTRUCT queries, each with `?source` given and one triple of two variables to make.

    Returns:
        Quads, those of each set of sources in a graph of their own, and from which sources each graph comes.

    Raises:
        BadContent: If a query is not of this form.
    """
    engine = InProcessEngine(stated_quads)
    sources: dict[Triple, set[Node]] = {}
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
        for source, s, o in answer.rows:
            if source is not None and s is not None and o is not None:
                sources.setdefault((s, predicate, o), set()).add(source)
    found = {frozenset(each): derived_graph(each) for each in sources.values()}
    return [
        *((s, p, o, found[frozenset(given)]) for (s, p, o), given in sources.items()),
        *(
            (graph, PROV.wasDerivedFrom, source, PROVENANCE_GRAPH)
            for given, graph in found.items()
            for source in given
        ),
    ]


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
            # An editor may take a file away before it is read.
            with suppress(FileNotFoundError):
                digest.update(content.name_of(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
