"""Into which named graph each triple of the files goes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import DCTERMS, FOAF, ORG, PROV, RDF, SKOS, URIRef
from rdflib.term import Node

from kg.graph.named_graphs import (
    ALIGNMENT_GRAPH,
    COLLECTION_GRAPH,
    FURTHER_COLLECTION_GRAPH,
    FURTHER_ONTOLOGY_GRAPH,
    ONTOLOGY_GRAPH,
    PROVENANCE_GRAPH,
    STORIES_GRAPH,
    source_graph,
)
from kg.graph.oxigraph import Quad, Triple
from kg.terms import OA, PREFIXES, SL

__all__ = ["quads_of_files"]

_ALIGNMENT_FILE = "ontology/alignment.ttl"


def _homes_of(file: str) -> tuple[URIRef, URIRef]:
    """Return the graph for what a file says, and the one for what only further documents speak of."""
    if file == _ALIGNMENT_FILE:
        return ALIGNMENT_GRAPH, ALIGNMENT_GRAPH
    if file.startswith("ontology/"):
        return ONTOLOGY_GRAPH, FURTHER_ONTOLOGY_GRAPH
    return COLLECTION_GRAPH, FURTHER_COLLECTION_GRAPH


def quads_of_files(files: Mapping[str, Sequence[Triple]]) -> list[Quad]:
    """Sort the triples of the files into named graphs.

    Args:
        files: Triples by file name, as seen from the root of the content.

    Returns:
        Quads: claims, what they illustrate and what was changed in them in the graph of their source,
        the ontology in one graph, its alignment in another, and cases, bodies, places, sources and passages
        in a third. Concepts and things of which the starting point does not speak lie in two further graphs.
        No triple lies in two.
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
    told_in |= _stories(everything, graph_of_claim)
    further = _further(everything, told_in)
    homes: dict[Triple, URIRef] = {}
    for name, triples in files.items():
        own, others = _homes_of(name)
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
    FOAF.Agent,
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
# What speaks of a thing speaks of where it lies, what it is grouped under, and who wrote and published it.
_LEADING_ON = {
    DCTERMS.creator,
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


def _stories(triples: Sequence[Triple], graph_of_claim: Mapping[Node, URIRef]) -> dict[Node, URIRef]:
    """Return the graph of each story and its sentences: that of the source they rest on, if it is one."""
    kinds = {SL.StorySentence, SL.KeyFact}
    sentences = {s for s, predicate, kind in triples if predicate == RDF.type and kind in kinds}
    story_of = {s: o for s, predicate, o in triples if predicate == DCTERMS.isPartOf and s in sentences}
    graphs: dict[Node, set[URIRef]] = {}
    for subject, predicate, claim in triples:
        if predicate == PROV.wasDerivedFrom and subject in story_of and claim in graph_of_claim:
            graphs.setdefault(story_of[subject], set()).add(graph_of_claim[claim])
    homes = {story: next(iter(own)) if len(own) == 1 else STORIES_GRAPH for story, own in graphs.items()}
    return homes | {s: homes[story] for s, story in story_of.items() if story in homes}


def _borne(subject: Node, predicate: Node, obj: Node) -> Iterator[tuple[Node, Node]]:
    """Give the claim that a triple joins to an illustration or to a note on a change, and that thing."""
    if predicate == OA.hasTarget:
        yield obj, subject
    elif predicate == SKOS.changeNote:
        yield subject, obj
