"""Processor time of the measures of the network, beside igraph, rustworkx and NetworkX on the same graph.

Run as `python -m benchmarks.network`, after `kg build` and with the peers in `.venv/peers`.
"""

import json
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
import networkx as nx

from benchmarks.report import table, write
from benchmarks.servers import HOME
from benchmarks.synthetic import ties
from kg.build.pipeline import GRAPH_FILE
from kg.network import (
    Counting,
    Network,
    NetworkThing,
    Tie,
    bridges,
    groups,
    projection,
    shared_concepts,
    unique_contributions,
    ways,
)
from kg.network.betweenness import betweenness
from kg.network.groups import partitions
from kg.network.kinds import CASE, kind_named
from kg.network.projections import found_in
from kg.terms import PREFIXES

_RELATIONS = {
    "challenges": "faces",
    "factors": "shows",
    "outcomes": "reports",
    "parties": "involves",
    "practices": "uses",
}
_PEERS = HOME / ".venv" / "peers" / "bin" / "python"
_LONGEST = 60.0
# The largest size is doubled up to so many times the size it begins with.
_FURTHEST = 4
# NetworkX takes hours for the betweenness of more cases than this.
_MOST_FOR_NETWORKX = 400


@click.command()
@click.option("--cases", "sizes", default=[17, 400, 10_000], multiple=True, show_default=True)
@click.option("--ties", "each", default=30, show_default=True, help="Ties of each case to concepts.")
@click.option("--largest", is_flag=True, help="Also double the largest size until a measure takes a minute.")
@click.option("--peers", default=_PEERS, type=click.Path(path_type=Path), show_default=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="JSON file for the figures.")
def main(sizes: tuple[int, ...], each: int, largest: bool, peers: Path, out: Path | None) -> None:
    """Time the measures, each once; of what takes less than a tenth of a second, the best of five."""
    rows = []
    for cases in sizes:
        network = invented(cases, each)
        theirs = _by_peers(network, peers)
        for name, step in _steps(network).items():
            plain = _plain(network).get(name)
            rows.append(
                {
                    "cases": cases,
                    "measure": name,
                    "ours, s": _took(step),
                    "NetworkX, s": "" if plain is None else _took(plain),
                    "igraph, s": theirs.get(f"igraph {name}", ""),
                    "rustworkx, s": theirs.get(f"rustworkx {name}", ""),
                }
            )
            click.echo(json.dumps(rows[-1]), err=True)
    click.echo(table(rows))
    found = _largest(max(sizes), each) if largest else []
    if found:
        click.echo(table(found))
    if out:
        write(out, {"measures": rows, "largest": found})


def invented(cases: int, each: int) -> Network:
    """Make a network of synthetic cases.

    Args:
        cases: How many.
        each: Ties of each.
    """
    things: dict[str, NetworkThing] = {}
    found = []
    for number, (case, concept) in enumerate(ties(HOME / "build" / GRAPH_FILE, cases, each)):
        iri = f"{PREFIXES['case']}synthetic-{case}"
        scheme, slug = concept.rsplit("/", 2)[1:]
        things.setdefault(iri, NetworkThing(iri, f"Case {case}", CASE))
        things.setdefault(concept, NetworkThing(concept, slug, kind_named(scheme)))
        claim, fact = f"{PREFIXES['claim']}synthetic-{number}", f"{PREFIXES['modality']}fact"
        found.append(Tie(iri, concept, claim, "object", _RELATIONS[scheme], fact, 1))
    return Network(things, tuple(found), Counting.FACTS)


def _steps(network: Network) -> dict[str, Callable[[], object]]:
    """Give the measures as the product takes them, from the ties on."""
    one, other = network.cases[:2]
    found = found_in(network, (kind_named("practices"),)).table
    return {
        "the graph itself": lambda: Network(network.things, network.ties, network.counting).graph,
        "shared": lambda: shared_concepts(network),
        "bridges": lambda: bridges(network),
        "bridges, figure alone": lambda: betweenness(found),
        "added": lambda: unique_contributions(network),
        "practice-pairs": lambda: projection(network, "practice-pairs"),
        "case-similarity": lambda: projection(network, "case-similarity"),
        "groups": lambda: groups(network),
        "groups, one run": partial(partitions, projection(network, "case-similarity").graph, [1]),
        "five ways": lambda: ways(network, one, other),
    }


def _plain(network: Network) -> dict[str, Callable[[], object]]:
    """Give what NetworkX has of its own for the same, on a graph that is made already."""
    graph, cases, practices = _bipartite(network)
    steps: dict[str, Callable[[], object]] = {
        "practice-pairs": lambda: nx.bipartite.weighted_projected_graph(graph, practices),
    }
    if len(cases) <= _MOST_FOR_NETWORKX:
        steps["bridges, figure alone"] = lambda: nx.betweenness_centrality_subset(graph, cases, cases)
    return steps


def _bipartite(network: Network) -> tuple["nx.Graph[int]", list[int], list[int]]:
    found = found_in(network, (kind_named("practices"),))
    entries = found.table.tocoo()
    cases = len(found.cases)
    graph: nx.Graph[int] = nx.Graph()
    pairs = zip(entries.row.tolist(), entries.col.tolist(), strict=True)
    graph.add_edges_from((row, cases + column) for row, column in pairs)
    return graph, list(range(cases)), list(range(cases, cases + len(found.concepts)))


def _by_peers(network: Network, python: Path) -> dict[str, float]:
    """Have igraph and rustworkx do the same, in a program of their own that times itself."""
    graph, cases, practices = _bipartite(network)
    alike = projection(network, "case-similarity").graph
    number = {iri: place for place, iri in enumerate(network.graph)}
    given = {
        "cases": len(cases),
        "practices": len(practices),
        "found": [list(edge) for edge in graph.edges],
        "alike": [[number[one], number[other], alike[one][other]["weight"]] for one, other in alike.edges],
        "things": len(number),
        "joined": [[number[one], number[other]] for one, other in network.graph.edges],
        "ends": [number[each.iri] for each in network.cases[:2]],
    }
    told = subprocess.run(
        [python, HOME / "benchmarks" / "network_peers.py"],
        input=json.dumps(given),
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def _took(step: Callable[[], object]) -> float:
    taken = []
    for _ in range(5):
        begun = time.process_time()
        step()
        taken.append(time.process_time() - begun)
        if taken[-1] > 0.1:
            break
    return min(taken)


def _largest(smallest: int, each: int) -> list[dict[str, object]]:
    """Double the number of cases until a measure takes longer than a minute."""
    rows: dict[str, dict[str, object]] = {}
    cases, running = smallest, set(_steps(invented(10, each)))
    while running:
        for name, step in _steps(invented(cases, each)).items():
            if name not in running:
                continue
            begun = time.process_time()
            step()
            seconds = time.process_time() - begun
            click.echo(json.dumps({"cases": cases, "measure": name, "seconds": seconds}), err=True)
            if seconds > _LONGEST:
                running.discard(name)
            else:
                rows[name] = {"measure": name, "most cases in a minute": cases, "seconds": seconds}
        cases *= 2
        if cases > _FURTHEST * smallest:
            break
    return list(rows.values())


if __name__ == "__main__":
    main()
