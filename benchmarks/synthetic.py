"""A graph of any size in the shape of the real one: the real vocabulary, and cases that nobody lives in."""

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from rdflib import DC, DCTERMS, PROV, RDF, SKOS, XSD

from kg.graph.content import Content
from kg.graph.named_graphs import COLLECTION_GRAPH, FURTHER_ONTOLOGY_GRAPH, ONTOLOGY_GRAPH, PROVENANCE_GRAPH
from kg.terms import BASE, PREFIXES, SL

__all__ = ["ties", "write_content", "write_graph"]

# Subject, predicate and graph as bare IRIs, the object as N-Quads has it.
_Quad = tuple[str, str, str, str]
_SEED = 7
_NUMBERS = ("modest", "steady", "large", "uneven", "early", "later", "partial", "joint", "local", "shared")
_WORDS = (
    "board", "budget", "care", "council", "director", "discharge", "district", "doctor", "family", "fund",
    "group", "home", "hospital", "leader", "meeting", "neighbour", "nurse", "partner", "patient", "plan",
    "practice", "promise", "record", "review", "service", "staff", "team", "trust", "visit", "ward", "winter",
)  # fmt: skip
# The relations, in turn, each with the scheme of its objects and the shortcut that follows from it.
_CLAIMS = (
    ("uses", "practices", "usesPractice"),
    ("faces", "challenges", "facesChallenge"),
    ("reports", "outcomes", "reportsOutcome"),
    ("shows", "factors", "showsFactor"),
    ("involves", "parties", "involvesParty"),
)
_DIRECTIONS = ("improved", "improved", "worsened", "mixed", "not-stated")
_KINDS = ("partners-own-account", "independent-evaluation", "press-or-campaign", "regulator-or-audit")


def write_graph(real: Path, out: Path, cases: int, claims: int, *, keep: bool = False) -> int:
    """Write a graph of many cases as N-Quads; the same for the same arguments.

    Args:
        real: The graph that `kg build` wrote, for the vocabulary.
        out: File to write.
        cases: Number of synthetic cases.
        claims: Claims of each; 3 make about 52 triples a case.
        keep: Whether the real cases stay beside them.

    Returns:
        The number of quads written.
    """
    ontology = tuple(f" <{graph}> .\n" for graph in (ONTOLOGY_GRAPH, FURTHER_ONTOLOGY_GRAPH))
    concepts = _concepts(real)
    written = 0
    with real.open(encoding="utf-8") as given, out.open("w", encoding="utf-8") as file:
        for line in given:
            if keep or line.endswith(ontology):
                file.write(line)
                written += 1
        for _, quads in _collection(concepts, cases, claims):
            for quad in quads:
                file.write("<{}> <{}> {} <{}> .\n".format(*quad))
                written += 1
    return written


def ties(real: Path, cases: int, each: int) -> Iterator[tuple[int, str]]:
    """Give what each case is tied to, as in a graph of so many claims; the same for the same arguments.

    Args:
        real: The graph that `kg build` wrote, for the vocabulary.
        cases: Number of synthetic cases.
        each: Ties of each case; some of them are to the same concept.

    Yields:
        The number of a case and the IRI of a concept.
    """
    chance = random.Random(_SEED)
    concepts = _concepts(real)
    weights = _weights(chance, concepts)
    schemes = [scheme for _, scheme, _ in _CLAIMS]
    for case in range(cases):
        for number in range(each):
            scheme = schemes[number % len(schemes)]
            yield case, chance.choices(concepts[scheme], weights[scheme])[0]


def write_content(real: Content, graph: Path, out: Path, cases: int, claims: int) -> Content:
    """Write the same cases as the files that a graph is built from: two of each case, as its editors would.

    Args:
        real: Content with the vocabulary.
        graph: The graph that `kg build` wrote of it.
        out: Folder to write to; made.
        cases: Number of synthetic cases.
        claims: Claims of each.
    """
    shutil.copytree(real.ontology, out / "ontology")
    for folder in ("cases", "sources"):
        (out / "data" / folder).mkdir(parents=True)
    for name, quads in _collection(_concepts(graph), cases, claims):
        lines: dict[str, list[str]] = {"cases": [], "sources": []}
        for subject, predicate, obj, home in quads:
            if not home.endswith(("-derived", str(PROVENANCE_GRAPH))):
                folder = "sources" if subject.startswith((f"{BASE}source/", f"{BASE}passage/")) else "cases"
                lines[folder].append(f"<{subject}> <{predicate}> {obj} .\n")
        for folder, written in lines.items():
            (out / "data" / folder / f"{name}.ttl").write_text("".join(written), encoding="utf-8")
    return Content(out)


def _concepts(real: Path) -> dict[str, list[str]]:
    member = re.compile(rf"<([^>]*)> <{re.escape(str(SKOS.inScheme))}> <{re.escape(BASE)}scheme/([^>]*)> ")
    found: dict[str, set[str]] = {}
    with real.open(encoding="utf-8") as lines:
        for line in lines:
            if told := member.match(line):
                found.setdefault(told[2], set()).add(told[1])
    return {scheme: sorted(members) for scheme, members in found.items()}


def _collection(concepts: dict[str, list[str]], cases: int, claims: int) -> Iterator[tuple[str, list[_Quad]]]:
    chance = random.Random(_SEED)
    weights = _weights(chance, concepts)
    for number in range(cases):
        name = f"synthetic-{number}"
        yield name, list(_case(chance, concepts, weights, name, claims))


def _weights(chance: random.Random, concepts: dict[str, list[str]]) -> dict[str, list[float]]:
    """Shuffle the concepts; a few of them are common and many are rare, as in the real collection."""
    for members in concepts.values():
        chance.shuffle(members)
    return {scheme: [1 / (rank + 1) for rank in range(len(members))] for scheme, members in concepts.items()}


def _case(
    chance: random.Random,
    concepts: dict[str, list[str]],
    weights: dict[str, list[float]],
    name: str,
    claims: int,
) -> Iterator[_Quad]:
    collection = COLLECTION_GRAPH
    case, source, place = f"{BASE}case/{name}", f"{BASE}source/{name}", f"{BASE}place/{name}"
    stated, derived = f"{PREFIXES['graph']}{name}", f"{PREFIXES['graph']}{name}-derived"
    label = f"Invented {' '.join(chance.sample(_WORDS, 2))} {name.rsplit('-', 1)[-1]}"
    kind = chance.choice(_KINDS)
    for subject, predicate, obj in (
        (case, RDF.type, _iri(SL.CaseStudy)),
        (case, SKOS.prefLabel, _words(label)),
        (case, SL.question, _words(f"How did a {chance.choice(_WORDS)} become a {chance.choice(_WORDS)}?")),
        (case, DCTERMS.spatial, _iri(place)),
        (case, SL.claimsNumbered, _integer(claims)),
        (place, RDF.type, _iri(SL.Place)),
        (place, SKOS.prefLabel, _words(f"Place of {label}")),
        (place, DCTERMS.isPartOf, _iri(f"{BASE}place/england")),
        (source, RDF.type, _iri(SL.Source)),
        (source, SKOS.prefLabel, _words(f"Account of {label}")),
        (source, DCTERMS.title, _words(f"Account of {label}")),
        (source, DC.publisher, '"Nobody"'),
        (source, DCTERMS.issued, f'"{chance.randint(2005, 2025)}"^^<{XSD.gYear}>'),
        (source, SL.documentKind, _iri(f"{BASE}scheme/document-kinds/{kind}")),
        (source, SL.readingExtent, _iri(f"{BASE}scheme/reading-extents/part")),
        (source, SL.yearBasis, _iri(f"{BASE}scheme/year-bases/stated")),
        (source, SL.tier, _iri(f"{BASE}scheme/tiers/own-page-or-think-tank")),
        (source, SL.copyRead, _iri(f"{BASE}scheme/copies/original-page")),
    ):
        yield _quad(subject, predicate, obj, collection)
    shortcuts: set[tuple[str, str]] = set()
    for number in range(1, claims + 1):
        relation, scheme, shortcut = _CLAIMS[(number - 1) % len(_CLAIMS)]
        concept = chance.choices(concepts[scheme], weights[scheme])[0]
        claim, passage = f"{BASE}claim/{name}-{number}", f"{BASE}passage/{name}-{number}"
        yield from (
            _quad(passage, RDF.type, _iri(SL.Excerpt), collection),
            _quad(passage, SL.anchor, _words(_sentence(chance, 4)), collection),
            _quad(passage, DCTERMS.isPartOf, _iri(source), collection),
            _quad(passage, SL.position, _integer(number), collection),
        )
        yield from (
            _quad(claim, predicate, obj, stated)
            for predicate, obj in (
                (RDF.type, _iri(SL.Claim)),
                (DCTERMS.source, _iri(source)),
                (SL.about, _iri(case)),
                (SL.subject, _iri(case)),
                (SL.relation, _iri(f"{BASE}scheme/relations/{relation}")),
                (SL.object, _iri(concept)),
                (SL.statement, _words(_sentence(chance, 14))),
                (SL.passage, _iri(passage)),
                (SL.basis, _iri(f"{BASE}scheme/bases/explicit")),
                (SL.modality, _iri(f"{BASE}scheme/modalities/fact")),
                (SL.polarity, _iri(f"{BASE}scheme/polarities/affirmed")),
                (SL.voice, _iri(f"{BASE}scheme/voices/self-reported")),
            )
        )
        if relation == "reports":
            direction = chance.choice(_DIRECTIONS)
            yield _quad(claim, SL.direction, _iri(f"{BASE}scheme/directions/{direction}"), stated)
        shortcuts.add((shortcut, concept))
    for shortcut, concept in sorted(shortcuts):
        yield _quad(case, SL[shortcut], _iri(concept), derived)
    yield _quad(stated, PROV.hadPrimarySource, _iri(source), str(PROVENANCE_GRAPH))
    yield _quad(derived, PROV.wasDerivedFrom, _iri(source), str(PROVENANCE_GRAPH))


def _sentence(chance: random.Random, length: int) -> str:
    words: Sequence[str] = [chance.choice(_WORDS) for _ in range(length - 1)]
    return " ".join((chance.choice(_NUMBERS), *islice(words, length))).capitalize() + "."


def _quad(subject: str, predicate: str, obj: str, graph: str) -> _Quad:
    return subject, predicate, obj, graph


def _iri(text: str) -> str:
    return f"<{text}>"


def _words(text: str) -> str:
    return f'"{text}"@en'


def _integer(number: int) -> str:
    return f'"{number}"^^<{XSD.integer}>'
