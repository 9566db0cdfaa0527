"""From files to the graph: what is stated, what is derived, and in which graph it lies."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from rdflib import PROV, RDF, SH, SKOS, Literal, URIRef

from kg.build.store import derive, graph_of, graph_with_version, open_engine, read_files, version_of
from kg.check import check
from kg.errors import BadContent
from kg.graph.content import Content, content_of_environment
from kg.graph.named_graphs import (
    ALIGNMENT_GRAPH,
    COLLECTION_GRAPH,
    FURTHER_COLLECTION_GRAPH,
    FURTHER_ONTOLOGY_GRAPH,
    ONTOLOGY_GRAPH,
    PROVENANCE_GRAPH,
    STORIES_GRAPH,
    derived_graph,
    source_graph,
)
from kg.graph.oxigraph import Quad, write_nquads
from kg.graph.placement import quads_of_files
from kg.terms import OA, PREFIXES, SL, bound_graph, expand

HERE = Path(__file__).parent
REPORT = URIRef(expand("source:harbour-report"))
RIVER = URIRef(expand("case:river-town"))


@pytest.fixture(scope="module")
def quads(world: Content) -> list[Quad]:
    return graph_of(world)


def change(content: Content, name: str, old: str, new: str) -> None:
    path = content.root / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def shortcuts(content: Content) -> set[tuple[str, str]]:
    return {
        (str(p), str(o)) for s, p, o, g in graph_of(content) if s == RIVER and g == derived_graph([REPORT])
    }


USES = (str(SL.usesPractice), expand("practice:meet-face-to-face-often"))


def test_claims_lie_in_the_graph_of_their_source(quads: list[Quad]) -> None:
    homes = {graph for s, _, _, graph in quads if str(s).startswith(PREFIXES["claim"])}
    assert homes == {source_graph(REPORT)}


def test_shortcuts_lie_in_a_graph_of_their_own(quads: list[Quad], world: Content) -> None:
    assert shortcuts(world) == {
        USES,
        (str(SL.showsFactor), expand("factor:have-frequent-personal-contact")),
        (str(SL.reportsOutcome), expand("outcome:rapid-progress-on-complex-issues")),
        (str(SL.facesChallenge), expand("challenge:persistent-conflict")),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sl:modality modality:fact", "sl:modality modality:hope"),
        ("sl:modality modality:fact", "sl:modality modality:intention"),
        ("sl:modality modality:fact", "sl:modality modality:normative"),
        ("sl:modality modality:fact", "sl:modality modality:hedged"),
        ("sl:polarity polarity:affirmed", "sl:polarity polarity:denied"),
        ("sl:polarity polarity:affirmed", "sl:polarity polarity:no-effect-found"),
        ("sl:basis basis:explicit", "sl:basis basis:inferred-strong"),
    ],
)
def test_no_hope_norm_denial_or_inference_becomes_a_shortcut(own_world: Content, old: str, new: str) -> None:
    assert USES in shortcuts(own_world)
    change(own_world, "data/cases/river-town.ttl", old, new)
    assert USES not in shortcuts(own_world)


def test_an_example_becomes_a_shortcut(own_world: Content) -> None:
    change(
        own_world, "data/cases/river-town.ttl", "sl:modality modality:fact", "sl:modality modality:example"
    )
    assert USES in shortcuts(own_world)


DERIVATIONS = sorted((content_of_environment().ontology / "derive").glob("*.rq"))
BAD = {
    SL.modality: ("modality:hope", "modality:intention", "modality:normative", "modality:hedged"),
    SL.polarity: ("polarity:denied", "polarity:no-effect-found"),
    SL.basis: ("basis:inferred-strong", "basis:inferred-weak"),
}

# That an evaluation found no benefit is a set-back by itself.
HARMLESS = {"has-setback": {"polarity:no-effect-found"}}


@pytest.fixture(scope="module")
def real_quads() -> list[Quad]:
    return quads_of_files(read_files(content_of_environment()))


@pytest.mark.parametrize("path", DERIVATIONS, ids=lambda path: path.stem)
def test_no_derivation_takes_a_hope_norm_denial_or_inference(path: Path, real_quads: list[Quad]) -> None:
    """Each rule, on one real claim that it takes: with any one bad value, the claim is left alone."""
    named = re.search(r"sl:relation (relation:[\w-]+)", path.read_text())
    taken = (SL.relation, URIRef(expand(named.group(1)))) if named else (SL.relation, None)
    claims = {s for s, p, o, _ in real_quads if p == taken[0] and taken[1] in (o, None)}
    judged = {SL.countsAs, SL.findsNamed, SL.findsIllustrated}
    for claim in sorted(claims, key=str):
        own = [quad for quad in real_quads if quad[0] == claim]
        objects = {o for _, p, o, _ in own if p in {SL.object, SL.about}}
        about = [
            quad
            for quad in real_quads
            if quad[0] in objects or quad[1] in judged or (quad[1] == RDF.type and quad[2] == SL.Source)
        ]
        if derive([*own, *about], [path]):
            break
    else:
        pytest.fail("no claim of the content is taken by this rule")
    for predicate, values in BAD.items():
        for value in set(values) - HARMLESS.get(path.stem, set()):
            spoilt = [(s, p, URIRef(expand(value)) if p == predicate else o, g) for s, p, o, g in own]
            assert spoilt != own
            assert derive([*spoilt, *about], [path]) == []


def test_twelve_shortcuts_are_derived() -> None:
    assert len(DERIVATIONS) == 12


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("#+ makes:", "#+ leaves:", "say which triple it makes"),
        ("SELECT DISTINCT ?source", "SELECT DISTINCT", r"select \?source"),
        ("SELECT DISTINCT ?source ?case ?setback\n", "ASK\n", "be a SELECT query"),
    ],
)
def test_a_derivation_of_another_form_is_refused(old: str, new: str, fault: str, tmp_path: Path) -> None:
    text = (content_of_environment().ontology / "derive" / "has-setback.rq").read_text()
    assert old in text
    path = tmp_path / "has-setback.rq"
    path.write_text(text.replace(old, new))
    with pytest.raises(BadContent, match=f"^has-setback has to {fault}"):
        derive([], [path])


def test_explicit_illustration_becomes_a_shortcut_and_an_inferred_one_does_not(
    world: Content, tmp_path: Path
) -> None:
    told = (HERE / "shapes" / "valid" / "document-read-in-part.ttl").read_text()
    for basis, wanted in (("basis:explicit", 1), ("basis:inferred-strong", 0)):
        root = tmp_path / basis.replace(":", "-")
        shutil.copytree(world.root, root)
        text = told.replace("basis:inferred-medium", basis)
        (root / "data" / "cases" / "sample.ttl").write_text(text)
        found = [
            quad
            for quad in graph_of(Content(root))
            if quad[0] == URIRef(expand("case:sample")) and quad[1] == SL.facesChallenge
        ]
        assert len(found) == wanted
        assert all(graph == derived_graph([URIRef(expand("source:harbour-gazette"))]) for *_, graph in found)


def test_what_a_claim_illustrates_lies_in_the_graph_of_its_source(real_quads: list[Quad]) -> None:
    home = {s: g for s, p, o, g in real_quads if p == RDF.type and o == SL.Claim}
    targets = [(o, g) for _, p, o, g in real_quads if p == OA.hasTarget]
    assert len(targets) > 300
    assert all(home[claim] == graph for claim, graph in targets)


def test_nquads_are_the_same_for_the_same_graph(quads: list[Quad]) -> None:
    assert write_nquads(quads) == write_nquads(list(reversed(quads)))


def test_broken_file_is_named_with_its_line(own_world: Content) -> None:
    change(own_world, "data/cases/river-town.ttl", "a sl:CaseStudy ;", "a sl:CaseStudy")
    with pytest.raises(BadContent, match=r"^data/cases/river-town\.ttl:\d+: .* Run kg check"):
        open_engine(own_world)


def test_version_changes_with_the_content(own_world: Content) -> None:
    before = version_of(own_world)
    assert version_of(own_world) == before
    change(own_world, "data/cases/river-town.ttl", "River Town", "River City")
    assert version_of(own_world) != before


@pytest.fixture(scope="module")
def whole_graph() -> list[Quad]:
    return graph_with_version(content_of_environment())


def test_no_triple_of_the_whole_graph_lies_in_two_graphs(whole_graph: list[Quad]) -> None:
    homes = Counter((s, p, o) for s, p, o, _ in set(whole_graph))
    assert [triple for triple, count in homes.items() if count > 1] == []
    assert len(whole_graph) == len(homes)


def test_every_graph_but_those_of_our_own_says_from_which_sources_it_comes(whole_graph: list[Quad]) -> None:
    ours = {
        ALIGNMENT_GRAPH,
        COLLECTION_GRAPH,
        FURTHER_COLLECTION_GRAPH,
        FURTHER_ONTOLOGY_GRAPH,
        ONTOLOGY_GRAPH,
        PROVENANCE_GRAPH,
        STORIES_GRAPH,
    }
    stated_in = {s: o for s, p, o, g in whole_graph if g == PROVENANCE_GRAPH and p == PROV.hadPrimarySource}
    given_by: dict[object, set[object]] = {}
    for s, p, o, g in whole_graph:
        if g == PROVENANCE_GRAPH and p == PROV.wasDerivedFrom:
            given_by.setdefault(s, set()).add(o)
    assert not stated_in.keys() & given_by.keys()
    assert stated_in.keys() | given_by.keys() | ours == {g for *_, g in whole_graph}
    assert len(set(map(frozenset, given_by.values()))) == len(given_by)
    assert max(map(len, given_by.values())) > 2


def test_a_shortcut_that_two_sources_give_lies_in_their_graph_alone(whole_graph: list[Quad]) -> None:
    """Each shortcut lies in the graph of exactly those sources whose own claims lead to it."""
    rules = sorted((content_of_environment().ontology / "derive").glob("*.rq"))
    claims = quads_of_files(read_files(content_of_environment()))
    shared = next(
        (s, p, o, g) for s, p, o, g in whole_graph if str(g).startswith(f"{PREFIXES['graph']}derived-")
    )
    given = {o for s, p, o, g in whole_graph if (s, p) == (shared[3], PROV.wasDerivedFrom)}
    assert derived_graph(given) == shared[3]
    for source in given:
        own = {source_graph(source), ONTOLOGY_GRAPH, FURTHER_ONTOLOGY_GRAPH, COLLECTION_GRAPH}
        own.add(FURTHER_COLLECTION_GRAPH)
        alone = derive([quad for quad in claims if quad[3] in own], rules)
        assert (*shared[:3], derived_graph([source])) in alone


def test_a_derived_graph_names_the_derivations_that_made_it(whole_graph: list[Quad]) -> None:
    """Each property of a derived graph is made by one derivation, which shows its query."""
    said = bound_graph((s, p, o) for s, p, o, g in whole_graph if g == PROVENANCE_GRAPH)
    makers = set(said.subject_objects(PROV.wasGeneratedBy))
    graphs = {graph for graph, _ in makers}
    properties = {(g, p) for s, p, o, g in whole_graph if g in graphs}
    assert len({activity for _, activity in makers}) > 8
    said_by: dict[object, object] = {}
    for graph, activity in makers:
        rule = str(said.value(activity, SH.select))
        (made,) = re.findall(r"^#\+ makes: \S+ (\S+)", rule, flags=re.MULTILINE)
        said_by[graph, URIRef(expand(made))] = activity
        assert (activity, RDF.type, PROV.Activity) in said
    assert set(said.subjects(PROV.wasDerivedFrom)) == graphs
    assert {(graph, said_by[graph, p]) for graph, p in properties} == set(makers)


def test_what_two_files_say_alike_is_said_once(own_world: Content) -> None:
    concept = URIRef(expand("practice:meet-face-to-face-often"))
    said = (concept, SKOS.hiddenLabel, Literal("weekly coffee", lang="en"))
    for name in ("ontology/schemes/practices.ttl", "data/cases/river-town.ttl"):
        path = own_world.root / name
        path.write_text(path.read_text() + f"\n{said[0].n3()} {said[1].n3()} {said[2].n3()} .\n")
    homes = [g for s, p, o, g in graph_of(own_world) if (s, p, o) == said]
    assert len(homes) == 1
    (finding,) = (each for each in check(own_world).findings if "keep it in one file" in each.message)
    assert finding.file == "data/cases/river-town.ttl"
    assert "practice:meet-face-to-face-often: ontology/schemes/practices.ttl says the same" in finding.message
