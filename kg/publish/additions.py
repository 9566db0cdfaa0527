"""What is added on the way out, for tools that infer nothing: labels, inverses, quotations, OWL types."""

from collections.abc import Iterable, Iterator

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.graph.oxigraph import Triple
from kg.publish.jsonld import Use
from kg.terms import OA, PREFIXES, SL

__all__ = ["USES", "declared", "with_additions"]

# How the terms that are added are used, for the context of JSON-LD.
USES = frozenset(
    {
        Use(str(RDFS.label), "text", "en"),
        Use(str(SKOS.hasTopConcept), "address"),
        Use(str(OWL.versionIRI), "address"),
        Use(str(OA.motivatedBy), "address"),
        Use(str(OA.hasSource), "address"),
        Use(str(OA.hasSelector), "address"),
        Use(str(OA.exact), "http://www.w3.org/2001/XMLSchema#string"),
        *(Use(str(kind), "class") for kind in (OA.Annotation, OA.SpecificResource, OA.TextQuoteSelector)),
    }
)
_PASSAGES = {SL.Excerpt, SL.Paragraph, SL.Section, SL.Sentence}
# What SKOS declares as object properties; all else that describes our terms is an annotation.
_LINKS = {SKOS.broader, SKOS.hasTopConcept, SKOS.inScheme, SKOS.related, SKOS.topConceptOf}
_OWL_TYPES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_BUILT_IN = tuple(str(space) for space in (OWL, RDF, RDFS))


def with_additions(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples with what follows from each of them alone.

    A name is a label too, and a scheme leads to its top concepts. A passage is a part of a document that
    its words find, and an illustration an annotation that classifies. An ontology names its version.
    """
    found: dict[Triple, None] = {}
    for triple in triples:
        found[triple] = None
        for added in _following(*triple):
            found[added] = None
    return list(found)


def _following(subject: Node, predicate: Node, obj: Node) -> Iterator[Triple]:
    if predicate == SKOS.prefLabel:
        yield subject, RDFS.label, obj
    elif predicate == SKOS.topConceptOf:
        yield obj, SKOS.hasTopConcept, subject
    elif predicate == OWL.versionInfo and str(subject).startswith(str(SL)):
        yield subject, OWL.versionIRI, URIRef(f"{str(subject).removesuffix('/')}/{obj}")
    elif predicate == RDF.type and obj == SL.Illustration:
        yield subject, RDF.type, OA.Annotation
        yield subject, OA.motivatedBy, OA.classifying
    elif predicate == RDF.type and obj in _PASSAGES:
        yield subject, RDF.type, OA.SpecificResource
    elif str(subject).startswith(PREFIXES["passage"]):
        yield from _of_a_passage(subject, predicate, obj)


def _of_a_passage(passage: Node, predicate: Node, obj: Node) -> Iterator[Triple]:
    if predicate == DCTERMS.isPartOf:
        yield passage, OA.hasSource, obj
    elif predicate == SL.anchor:
        quotation = URIRef(f"{passage}#quotation")
        yield passage, OA.hasSelector, quotation
        yield quotation, RDF.type, OA.TextQuoteSelector
        # Theirs has no language.
        yield quotation, OA.exact, Literal(str(obj))


def declared(triples: Iterable[Triple], core: Iterable[Triple] = ()) -> list[Triple]:
    """Return what kind of term each class and property is that these triples use and do not declare.

    A tool for OWL then needs no other file.

    Args:
        triples: What is written.
        core: Where our own terms are declared, if it is not among them.
    """
    triples = list(triples)
    here = {
        subject: obj for subject, predicate, obj in triples if predicate == RDF.type and obj in _OWL_TYPES
    }
    kinds = {s: obj for s, predicate, obj in core if predicate == RDF.type and obj in _OWL_TYPES} | here
    found: dict[Node, Node] = {}
    for subject, predicate, obj in triples:
        used: dict[Node, Node] = {
            predicate: OWL.ObjectProperty if predicate in _LINKS else OWL.AnnotationProperty
        }
        if predicate == RDF.type:
            used[obj] = OWL.Class
        if predicate in {RDFS.subClassOf, RDFS.subPropertyOf}:
            used |= {subject: kinds[subject], obj: kinds.get(obj, kinds[subject])}
        found |= {term: kinds.get(term, kind) for term, kind in used.items()}
    return [
        (term, RDF.type, kind)
        for term, kind in sorted(found.items(), key=str)
        if term not in here and not str(term).startswith(_BUILT_IN)
    ]
