"""The measures of the network by igraph and rustworkx, as `benchmarks.network` asks for them.

Reads one JSON document from standard input and prints seconds of processor time by measure. The graphs are
made before the time runs. It needs no `kg`.
"""

import json
import sys
import time

import igraph
import rustworkx

RUNS = 5


def took(step):
    """Give the processor time of a step: the best of five where it is short."""
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        step()
        taken.append(time.process_time() - begun)
        if taken[-1] > 0.1:
            break
    return min(taken)


def main():
    """Time every measure that the two have."""
    given = json.load(sys.stdin)
    cases, practices = range(given["cases"]), range(given["cases"], given["cases"] + given["practices"])
    size = given["cases"] + given["practices"]
    found = igraph.Graph(n=size, edges=given["found"])
    found.vs["type"] = [each in practices for each in range(size)]
    alike = igraph.Graph(n=given["things"], edges=[edge[:2] for edge in given["alike"]])
    weights = [edge[2] for edge in given["alike"]]
    joined = igraph.Graph(n=given["things"], edges=given["joined"])
    one, other = given["ends"]
    in_rust = rustworkx.PyGraph(multigraph=False)
    in_rust.add_nodes_from(range(size))
    in_rust.add_edges_from_no_data([tuple(edge) for edge in given["found"]])

    def alone():
        degrees = found.degree()
        return [[each for each in found.neighbors(case) if degrees[each] == 1] for case in cases]

    steps = {
        "igraph shared": lambda: found.degree(practices),
        "rustworkx shared": lambda: [in_rust.degree(each) for each in practices],
        "igraph bridges, figure alone": lambda: found.betweenness(
            practices, directed=False, sources=cases, targets=cases
        ),
        "rustworkx bridges, figure alone": lambda: rustworkx.graph_betweenness_centrality(
            in_rust, normalized=False
        ),
        "igraph added": alone,
        "igraph practice-pairs": lambda: found.bipartite_projection(which=1),
        "igraph groups, one run": lambda: alike.community_multilevel(weights=weights),
        "igraph five ways": lambda: joined.get_k_shortest_paths(one, to=other, k=5),
    }
    print(json.dumps({name: took(step) for name, step in steps.items()}))  # noqa: T201 - its answer


main()
