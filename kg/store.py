"""From files to the graph: what each source states, and what is derived from it."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from rdflib import DCAT, DCTERMS, FOAF, ORG, PROV, RDF, SKOS, Literal, URIRef
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
    "COMMON_GRAPHS",
    "DATASET",
    "FURTHER_COLLECTION_GRAPH",
    "FURTHER_ONTOLOGY_GRAPH",
    "ONTOLOGY_GRAPH",
    "PROVENANCE_GRAPH",
    "derived_graph",
    "graph_of",
    "open_engine",
    "source_graph",
    "stated",
    "version_of",
    "versioned",
]

_GRAPH = PREFIXES["graph"]
ONTOLOGY_GRAPH = URIRef(_GRAPH + "ontology")
COLLECTION_GRAPH = URIRef(_GRAPH + "collection")
# Concepts and things of which no statement of the starting point speaks, only those of further documents.
FURTHER_ONTOLOGY_GRAPH = URIRef(_GRAPH + "ontology-further")
FURTHER_COLLECTION_GRAPH = URIRef(_GRAPH + "collection-further")
# From which sources each graph comes.
PROVENANCE_GRAPH = URIRef(_GRAPH + "provenance")
# What every choice of sources needs beside the graphs of these sources.
COMMON_GRAPHS = (ONTOLOGY_GRAPH, COLLECTION_GRAPH)
DATASET = URIRef(BASE + "dataset")


_HOMES = {
    "ontology": (ONTOLOGY_GRAPH, FURTHER_ONTOLOGY_GRAPH),
    "data": (COLLECTION_GRAPH, FURTHER_COLLECTION_GRAPH),
}


def source_graph(source: Node) -> URIRef:
    """Give the graph of what a source states: its claims."""
    return URIRef(_GRAPH + str(source).rsplit("/", 1)[-1])


def derived_graph(sources: Iterable[Node]) -> URIRef:
    """Return the graph of the shortcuts that follow from the claims of each of these sources, and no other.

    A shortcut that several sources give lies in one graph of theirs together: in graphs of their own it would
    count twice wherever a query asks their union.
    """
    names = sorted(str(source).rsplit("/", 1)[-1] for source in sources)
    if len(names) == 1:
        return URIRef(f"{_GRAPH}{names[0]}-derived")
    return URIRef(f"{_GRAPH}derived-{hashlib.sha256(' '.join(names).encode()).hexdigest()[:10]}")


def stated(files: Mapping[str, Sequence[Triple]]) -> list[Quad]:
    """Sort the triples of the files into named graphs.

    Args:
        files: Triples by file name, as seen from the root of the content.

    Returns:
        Quads: claims, what they illustrate and what was changed in them in the graph of their source,
        the ontology in one graph, and cases, bodies, places, sources and passages in another. Concepts and
        things of which the starting point does not speak lie in two further graphs. No triple lies in two.
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
    further = _further(everything, told_in)
    homes: dict[Triple, URIRef] = {}
    for name, triples in files.items():
        own, others = _HOMES["ontology" if name.startswith("ontology/") else "data"]
        for triple in triples:
            subject = triple[0]
            homes.setdefault(triple, told_in.get(subject, others if subject in further else own))
    quads = [(*triple, home) for triple, home in homes.items()]
    sources = {source_graph(source_of[claim]): source_of[claim] for claim in graph_of_claim}
    return [
        *quads,
        *((graph, PROV.hadPrimarySource, source, PROVENANCE_GRAPH) for graph, source in sources.items()),
    ]


# What is described beside the claims, by class or scheme. All other concepts say how a claim is made, or what
# a word for a kind of body means, and are needed to read any claim.
_SPOKEN_OF = {
    FOAF.Group,
    FOAF.Person,
    ORG.Organization,
    ORG.Role,
    SL.CaseStudy,
    SL.Excerpt,
    SL.MergedSource,
    SL.Omission,
    SL.Paragraph,
    SL.Place,
    SL.Programme,
    SL.Section,
    SL.Sentence,
    SL.Source,
    *(
        URIRef(PREFIXES["scheme"] + scheme)
        for scheme in (
            "challenges",
            "conditions",
            "facilitator-practices",
            "factors",
            "goals",
            "outcomes",
            "parties",
            "practices",
            "principles",
            "qualities",
            "service-actions",
            "setbacks",
        )
    ),
}
# What speaks of a thing speaks of where it lies, of what it is grouped under, and of who published it.
_LEADING_ON = {
    DCTERMS.isPartOf,
    DCTERMS.publisher,
    DCTERMS.spatial,
    DCTERMS.subject,
    ORG.classification,
    SKOS.broader,
}


def _further(triples: Sequence[Triple], told_in: Mapping[Node, URIRef]) -> set[Node]:
    """Find the concepts and things of which no statement of the starting point speaks."""
    starting = {subject for subject, predicate, _ in triples if predicate == SL.startingPoint}
    if not starting:
        return set()
    own = {source_graph(source) for source in starting}
    leads: dict[Node, list[Node]] = {}
    parts: dict[Node, list[Node]] = {}
    kinds: dict[Node, set[Node]] = {}
    # A group is our order, and shows that nothing in it is spoken of.
    grouped = {subject for subject, predicate, _ in triples if predicate == SKOS.broader}
    in_groups = {obj for s, predicate, obj in triples if predicate == SKOS.inScheme and s in grouped}
    groups = {s for s, predicate, obj in triples if predicate == SKOS.topConceptOf and obj in in_groups}
    spoken_of = set(starting)
    for subject, predicate, obj in triples:
        if told_in.get(subject) in own:
            spoken_of.add(obj)
        if predicate in _LEADING_ON:
            leads.setdefault(subject, []).append(obj)
        if predicate == DCTERMS.isPartOf:
            parts.setdefault(obj, []).append(subject)
        if predicate in {RDF.type, SKOS.inScheme}:
            kinds.setdefault(subject, set()).add(obj)
    # Its passages are all there, those too in which no statement stands.
    _follow(starting, parts, into := set(starting))
    _follow(spoken_of | into, leads, spoken_of)
    return {
        subject
        for subject, found in kinds.items()
        if subject not in spoken_of and subject not in groups and found & _SPOKEN_OF
    }


def _follow(starts: Iterable[Node], leads: Mapping[Node, Iterable[Node]], reached: set[Node]) -> None:
    """Add to what is reached everything to which it leads."""
    waiting = list(starts)
    reached.update(waiting)
    while waiting:
        for each in leads.get(waiting.pop(), ()):
            if each not in reached:
                reached.add(each)
                waiting.append(each)


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
