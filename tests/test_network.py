"""How things are connected: ties, projections, measures and ways, held to the graph and to NetworkX."""

import io
import re
from itertools import combinations, pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef
from scipy.sparse import csr_array

from kg.engine import Engine, Rows
from kg.errors import BadQuery, UnknownName
from kg.evidence import Polarity
from kg.network import (
    PROJECTIONS,
    Counting,
    MeasureResult,
    Network,
    TieCertainty,
    advised_nowhere,
    bridges,
    found_in,
    groups,
    kind_named,
    leading,
    neighbourhood,
    projection,
    read_network,
    shared_concepts,
    subnetwork_along,
    told_paths,
    unanswered_difficulties,
    unique_contributions,
    ways,
)
from kg.network.betweenness import betweenness
from kg.network.exchange import as_gexf, as_graphml, of_projection
from kg.network.groups import shuffle_table
from kg.network.kinds import KINDS
from kg.network.projections import FOUND
from kg.queries.questions import ask
from kg.terms import PREFIXES, SL
from kg.views import graphs_of_the_paper
from tests.networks import CASES, PRACTICES, invented

CAUSAL = ("because", "cause", "effect", "impact", "driver", "success", "led to", "leads to", "score")
SHORTCUTS = {
    "challenges": SL.facesChallenge,
    "factors": SL.showsFactor,
    "outcomes": SL.reportsOutcome,
    "parties": SL.involvesParty,
    "practices": SL.usesPractice,
    "principles": SL.setsOutPrinciple,
    "qualities": SL.showsQuality,
    "service-actions": SL.usesServiceAction,
    "setbacks": SL.hasSetback,
}


@pytest.fixture(scope="module")
def facts(engine: Engine) -> Network:
    return read_network(engine, Counting.FACTS)


@pytest.fixture(scope="module")
def readings(engine: Engine) -> Network:
    return read_network(engine, Counting.READINGS)


@pytest.fixture(scope="module")
def everything(engine: Engine) -> Network:
    return read_network(engine, Counting.ALL)


SMALL = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 6)), min_size=1, max_size=30).map(invented)


@pytest.mark.parametrize("scheme", SHORTCUTS)
def test_what_is_found_by_facts_is_what_the_shortcuts_say(
    scheme: str, engine: Engine, facts: Network
) -> None:
    found = found_in(facts, (kind_named(scheme),))
    entries = found.statements.tocoo()
    pairs = {
        (found.cases[row].iri, found.concepts[column].iri)
        for row, column in zip(entries.row, entries.col, strict=True)
    }
    asked = f"SELECT ?case ?concept WHERE {{ ?case a <{SL.CaseStudy}> ; <{SHORTCUTS[scheme]}> ?concept }}"
    answer = engine.answer(asked)
    assert isinstance(answer, Rows)
    derived = {(str(case), str(concept)) for case, concept in answer.rows}
    assert derived
    assert pairs == derived


def test_every_kind_that_is_found_has_a_shortcut() -> None:
    assert {kind.slug for kind in FOUND} == set(SHORTCUTS)


def test_practice_pairs_are_those_of_the_named_question(engine: Engine, facts: Network) -> None:
    seen = projection(facts, "practice-pairs").graph
    ours = {frozenset(pair): seen[pair[0]][pair[1]]["weight"] for pair in seen.edges}
    theirs = {
        frozenset((str(each["one"]), str(each["other"]))): int(str(each["cases"]))
        for each in ask(engine, "practice-pairs")
    }
    assert ours == theirs


def test_more_statements_count_from_facts_to_all(
    facts: Network, readings: Network, everything: Network
) -> None:
    assert set(facts.ties) < set(readings.ties) < set(everything.ties)
    assert {tie.standing for tie in facts.ties} == {TieCertainty.STATED}
    assert {tie.standing for tie in readings.ties} == {TieCertainty.STATED, TieCertainty.READ}


def test_what_was_hard_or_only_spoken_of_is_not_called_done(engine: Engine, readings: Network) -> None:
    leeds, safe = readings.named("leeds"), readings.named("face-hard-truths-about-today")
    (tie,) = readings.graph[leeds.iri][safe.iri]["ties"]
    assert not tie.found
    assert tie.how in {"had difficulty with", "is named together with"}
    ((step,),) = told_paths(engine, ways(readings, leeds, safe, most=1))
    assert "is not said" in step.sentence
    assert "instance of" not in step.sentence
    advised = {row.practice for row in advised_nowhere(engine, readings).rows}
    told_of = set(found_in(readings, (PRACTICES,)).concepts)
    assert safe in advised
    assert not advised & told_of


def test_a_denial_ties_nothing(engine: Engine, everything: Network) -> None:
    denied = {
        str(record["claim"])
        for record in ask(engine, "statement-details", claim=[URIRef(tie.claim) for tie in everything.ties])
        if Polarity.of(record["polarity"]) is Polarity.DENIED
    }
    assert denied == set()
    assert everything.denials > 0


def test_the_paper_alone_holds_fewer_ties(engine: Engine, readings: Network) -> None:
    paper = read_network(engine, Counting.READINGS, graphs_of_the_paper(engine))
    assert set(paper.ties) < set(readings.ties)


def test_no_two_kinds_look_alike_without_colour() -> None:
    assert len({(kind.shape, kind.filled) for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("name", PROJECTIONS)
def test_a_projection_says_what_it_means_and_has_weights(name: str, readings: Network) -> None:
    seen = projection(readings, name)
    assert seen.graph.number_of_edges() > 10
    assert seen.edge.endswith(".")
    assert seen.weight.endswith(".")
    assert all(seen.graph[one][other]["weight"] > 0 for one, other in seen.graph.edges)


def test_an_unknown_projection_is_told(readings: Network) -> None:
    with pytest.raises(UnknownName, match="case-concept"):
        projection(readings, "case-concepts")


def test_names_are_found_as_people_write_them(readings: Network) -> None:
    leeds = PREFIXES["case"] + "leeds"
    for name in ("leeds", "Leeds", "LEEDS ", "case:leeds", "case/leeds", leeds):
        assert readings.named(name).iri == leeds
    with pytest.raises(UnknownName, match="did you mean"):
        readings.named("leedz")


@given(SMALL)
@settings(max_examples=60, deadline=None)
def test_betweenness_is_that_of_networkx(network: Network) -> None:
    found = found_in(network, (PRACTICES,))
    between = betweenness(found.table)
    graph: nx.Graph[str] = nx.Graph()
    entries = found.table.tocoo()
    graph.add_edges_from(
        (f"c{row}", f"p{column}") for row, column in zip(entries.row, entries.col, strict=True)
    )
    cases = [f"c{row}" for row in range(len(found.cases))]
    known = nx.betweenness_centrality_subset(graph, cases, cases)
    assert between == pytest.approx([known[f"p{column}"] for column in range(len(found.concepts))])


def test_a_sample_of_all_cases_is_the_exact_betweenness(readings: Network) -> None:
    table = found_in(readings, (PRACTICES,)).table
    assert betweenness(table, range(table.shape[0])) == pytest.approx(betweenness(table))


@given(SMALL)
@settings(max_examples=60, deadline=None)
def test_what_a_bridge_alone_joins_has_nothing_else_in_common(network: Network) -> None:
    graph = network.graph
    for bridge in bridges(network).rows:
        for one, other in bridge.only_link:
            assert set(graph[one.iri]) & set(graph[other.iri]) == {bridge.practice.iri}
    if len(network.cases) >= 5:
        alone = sum(len(bridge.only_link) for bridge in bridges(network).rows)
        pairs = combinations([case.iri for case in network.cases], 2)
        assert alone == sum(len(set(graph[one]) & set(graph[other])) == 1 for one, other in pairs)


@given(SMALL)
@settings(max_examples=60, deadline=None)
def test_what_only_a_case_tells_of_is_gone_without_it(network: Network) -> None:
    for row in unique_contributions(network).rows:
        rest = Network(
            network.things, tuple(tie for tie in network.ties if tie.start != row.case.iri), network.counting
        )
        gone = set(found_in(network).concepts) - set(found_in(rest).concepts)
        assert gone == set(row.only_here)


@given(SMALL)
@settings(max_examples=60, deadline=None)
def test_ways_are_ways_in_the_network_and_the_first_is_shortest(network: Network) -> None:
    start, *others = network.cases
    for end in others:
        found = ways(network, start, end)
        if not found:
            assert not nx.has_path(network.graph, start.iri, end.iri)
            continue
        assert len(found[0]) == nx.shortest_path_length(network.graph, start.iri, end.iri)
        assert [len(way) for way in found] == sorted(len(way) for way in found)
        for way in found:
            assert (way[0].start, way[-1].end) == (start, end)
            assert all(one.end == other.start for one, other in pairwise(way))
            assert all(leg.ties == network.graph[leg.start.iri][leg.end.iri]["ties"] for leg in way)
            passed = [way[0].start, *(leg.end for leg in way)]
            assert len(set(passed)) == len(passed)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 6)), min_size=2, max_size=30), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_shuffling_keeps_how_much_is_found_where(found: list[tuple[int, int]], seed: int) -> None:
    rows, columns = zip(*set(found), strict=True)
    table = csr_array((np.ones(len(rows)), (rows, columns)), shape=(8, 7))
    mixed = shuffle_table(table, seed)
    assert mixed.sum(axis=0).tolist() == table.sum(axis=0).tolist()
    assert mixed.sum(axis=1).tolist() == table.sum(axis=1).tolist()
    assert set(mixed.data) == {1.0}


@pytest.mark.parametrize("measure", [bridges, shared_concepts, unique_contributions, groups])
def test_a_measure_says_that_it_is_too_small_to_say(measure: object) -> None:
    assert callable(measure)
    measured = measure(invented([(1, 1)]))
    assert measured.too_small.startswith("Too small to say")
    assert measured.rows == ()


def test_the_paper_alone_is_too_small_for_groups(engine: Engine) -> None:
    paper = read_network(engine, Counting.READINGS, graphs_of_the_paper(engine))
    assert groups(paper).too_small is not None


def test_groups_of_these_cases_do_not_hold_and_it_is_said(readings: Network) -> None:
    (found,) = groups(readings).rows
    assert not found.holds
    assert "do not fall into groups" in found.sentence


def test_two_worlds_apart_are_two_groups() -> None:
    apart = invented([(case, 10 * (case % 2) + practice) for case in range(16) for practice in range(6)])
    (found,) = groups(apart).rows
    assert found.settled == 1.0
    assert sorted(len(each) for each in found.together) == [8, 8]


def test_no_measure_speaks_of_causes(engine: Engine, readings: Network) -> None:
    told_of: list[MeasureResult[Any]] = [
        shared_concepts(readings),
        bridges(readings),
        unique_contributions(readings),
        groups(readings),
    ]
    told_of += [advised_nowhere(engine, readings), unanswered_difficulties(engine, readings)]
    for measured in told_of:
        spoken = " ".join([measured.question, measured.reading, *(row.sentence for row in measured.rows)])
        for word in (
            "because",
            "cause",
            "effect",
            "impact",
            "driver",
            "success",
            "led to",
            "leads to",
            "score",
        ):
            assert word not in re.sub("“[^”]*”", "", spoken).casefold()


def test_a_way_is_told_with_where_each_step_stands(engine: Engine, readings: Network) -> None:
    found = told_paths(engine, ways(readings, readings.named("leeds"), readings.named("canterbury")))
    assert len(found) == 5
    for way in found:
        assert way[0].start.name.startswith("Leeds")
        assert way[-1].end.name.startswith("Canterbury")
        for step in way:
            assert step.sentence.startswith(step.statements[0].text)
            assert step.passages
            if step.standing is TieCertainty.READ and not step.statements[0].evidence.explicit:
                assert "Our reading" in step.sentence


def test_a_difficulty_leads_to_what_leaders_did_and_a_place(engine: Engine, readings: Network) -> None:
    found = told_paths(engine, leading(readings, readings.named("rising-demand")))
    assert found
    for offered, shown in found:
        assert offered.statements[0].relation.name == "answers"
        assert (offered.end.kind, shown.end.kind) == (PRACTICES, CASES)
    with pytest.raises(BadQuery, match="not a difficulty"):
        leading(readings, readings.named("leeds"))


def test_nothing_is_connected_with_itself(readings: Network) -> None:
    with pytest.raises(BadQuery, match="two different things"):
        ways(readings, readings.named("leeds"), readings.named("leeds"))


def test_a_part_holds_what_is_near_and_all_that_joins_it(readings: Network) -> None:
    leeds = readings.named("leeds")
    near = neighbourhood(readings, leeds)
    assert {each.iri for each in near.things} == {leeds.iri, *readings.graph[leeds.iri]}
    inside = readings.graph.subgraph(each.iri for each in near.things)
    assert len(near.lines) == inside.number_of_edges()
    assert near.things[0] == leeds
    further = neighbourhood(readings, leeds, expanded=[near.things[1]])
    assert set(near.things) < set(further.things)


def test_a_part_that_is_too_large_keeps_the_nearest_and_says_so(readings: Network) -> None:
    leeds = readings.named("leeds")
    whole, cut = neighbourhood(readings, leeds, 2), neighbourhood(readings, leeds, 2, most=20)
    assert len(cut.things) == 20
    assert cut.hidden == len(whole.things) - 20
    assert set(cut.things) <= {*neighbourhood(readings, leeds, 1).things}


def test_a_part_along_ways_holds_them_and_no_more(readings: Network) -> None:
    found = ways(readings, readings.named("leeds"), readings.named("canterbury"), most=3)
    part = subnetwork_along(readings, found)
    assert {each.iri for each in part.things} == {
        iri for way in found for leg in way for iri in (leg.start.iri, leg.end.iri)
    }
    assert len(part.lines) == len({frozenset((leg.start.iri, leg.end.iri)) for way in found for leg in way})


@pytest.mark.parametrize("name", PROJECTIONS)
def test_exchange_files_open_again_with_the_same_content(name: str, readings: Network) -> None:
    graph = of_projection(readings, projection(readings, name))
    for text, read in ((as_graphml(graph), nx.parse_graphml), (as_gexf(graph), _parse_gexf)):
        again = read(text.decode())
        assert {frozenset(edge) for edge in again.edges} == {frozenset(edge) for edge in graph.edges}
        assert {iri: again.nodes[iri]["label"] for iri in again} == {
            iri: graph.nodes[iri]["label"] for iri in graph
        }
    assert as_gexf(graph) == as_gexf(graph)
    assert b"lastmodifieddate" not in as_gexf(graph)


def _parse_gexf(text: str) -> "nx.Graph[str]":
    return nx.read_gexf(io.BytesIO(text.encode()))
