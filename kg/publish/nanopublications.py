"""Statements as nanopublications: what is said, where it stands, and what is known of the publication."""

from collections.abc import Iterator, Sequence

from rdflib import DCTERMS, FOAF, PROV, RDF, SKOS, URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.named_graphs import DATASET
from kg.graph.oxigraph import Quad, Triple, as_trig, write_nquads
from kg.publish.additions import with_additions
from kg.queries.questions import rows
from kg.terms import NP, PREFIXES, SL

__all__ = ["ENDING", "MEDIA_TYPE", "nanopublication", "nanopublications", "published_claims"]

# What the address of a statement is followed by.
ENDING = ".nanopub"
MEDIA_TYPE = "application/trig"
_LICENCE = URIRef("https://creativecommons.org/licenses/by/4.0/")
# What a claim says of where it comes from, and how it was read there.
_PROVENANCE = {
    DCTERMS.source,
    SL.attribution,
    SL.basis,
    SL.inference,
    SL.passage,
    SL.voice,
    SL.voiceReason,
}
# What it says of itself as an entry of the collection.
_PUBLICATION = {DCTERMS.created, DCTERMS.identifier, SKOS.changeNote}


def nanopublication(engine: Engine, slug: str) -> bytes:
    """Return one statement as a nanopublication, as TriG.

    Args:
        engine: Where to ask.
        slug: The last part of its address, such as `leeds-1`.

    Raises:
        UnknownName: If there is no such statement, or it was withdrawn.
    """
    claims = {str(claim).removeprefix(PREFIXES["claim"]): claim for claim in published_claims(engine)}
    if slug not in claims:
        raise UnknownName("statement", " ".join(slug[:100].split()), claims)
    return _trig(engine, [claims[slug]])


def nanopublications(engine: Engine) -> bytes:
    """Return every statement as a nanopublication, as TriG."""
    return _trig(engine, published_claims(engine))


def published_claims(engine: Engine) -> list[URIRef]:
    """Return the claims of which there is a nanopublication: every one that was not withdrawn."""
    found = rows(engine, "class-things", {"class": [SL.Claim]}).rows
    return [claim for _, claim, *_ in found if isinstance(claim, URIRef)]


def _trig(engine: Engine, claims: Sequence[Node]) -> bytes:
    told: dict[Node, list[Triple]] = {claim: [] for claim in claims}
    for claim, thing, predicate, value in rows(engine, "statement-triples", {"claim": claims}).rows:
        if claim is not None and thing is not None and predicate is not None and value is not None:
            told[claim].append((thing, predicate, value))
    quads = [quad for claim, triples in told.items() for quad in _quads(claim, triples)]
    return as_trig(write_nquads(quads), PREFIXES)


def _quads(claim: Node, triples: Sequence[Triple]) -> Iterator[Quad]:
    whole = URIRef(f"{claim}{ENDING}")
    head, assertion, provenance, publication = (
        URIRef(f"{whole}#{part}") for part in ("head", "assertion", "provenance", "pubinfo")
    )
    yield whole, RDF.type, NP.Nanopublication, head
    yield whole, NP.hasAssertion, assertion, head
    yield whole, NP.hasProvenance, provenance, head
    yield whole, NP.hasPublicationInfo, publication, head
    yield whole, DCTERMS.license, _LICENCE, publication
    yield whole, DCTERMS.isPartOf, DATASET, publication
    yield whole, FOAF.primaryTopic, claim, publication
    for subject, predicate, value in with_additions(triples):
        if subject != claim or predicate in _PROVENANCE:
            yield subject, predicate, value, provenance
        elif predicate in _PUBLICATION:
            yield subject, predicate, value, publication
        else:
            yield subject, predicate, value, assertion
        if subject == claim and predicate == SL.passage:
            yield assertion, PROV.wasDerivedFrom, value, provenance
        if subject == claim and predicate == DCTERMS.source:
            yield assertion, PROV.hadPrimarySource, value, provenance
        if subject == claim and predicate == DCTERMS.created:
            yield whole, DCTERMS.created, value, publication
