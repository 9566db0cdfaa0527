"""From files to a graph that answers: time and memory, beside the bare load of the same graph."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import pyoxigraph as ox

from benchmarks.report import table, write
from benchmarks.servers import HOME, memory
from benchmarks.synthetic import write_content, write_graph
from kg.build.pipeline import GRAPH_FILE
from kg.build.store import graph_of
from kg.engine.embedded import EmbeddedEngine
from kg.graph.content import Content, bundled_content
from kg.graph.oxigraph import write_nquads

_ASK = "ASK { ?s ?p ?o }"


@click.group()
def main() -> None:
    """Measure how a graph comes to be."""


@main.command()
@click.option("--cases", "sizes", default=[10_000, 100_000], multiple=True, show_default=True)
@click.option("--claims", default=3, show_default=True, help="Claims of each case.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="JSON file for the figures.")
def compare(sizes: tuple[int, ...], claims: int, out: Path | None) -> None:
    """Build, load and open graphs of several sizes, each step in a process of its own."""
    rows: list[dict[str, object]] = []
    for cases in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            graph = folder / GRAPH_FILE
            quads = write_graph(HOME / "build" / GRAPH_FILE, graph, cases, claims)
            write_content(bundled_content(), HOME / "build" / GRAPH_FILE, folder / "content", cases, claims)
            for step, given in (("load", graph), ("open", graph), ("derive", folder / "content")):
                told = subprocess.run(
                    [sys.executable, "-m", "benchmarks.building", step, str(given)],
                    check=True,
                    capture_output=True,
                    text=True,
                )
                rows.append({"cases": cases, "quads": quads, **json.loads(told.stdout)})
    click.echo(table(rows))
    if out:
        write(out, {"steps": rows})


@main.command()
@click.argument("graph", type=click.Path(path_type=Path))
def load(graph: Path) -> None:
    """Load a graph into Oxigraph and ask it once: the least that can be done."""
    begun = time.monotonic()
    store = ox.Store()
    store.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
    store.query(_ASK, use_default_graph_as_union=True)
    _tell("bare load into pyoxigraph", begun, _peak())


@main.command("open")
@click.argument("graph", type=click.Path(path_type=Path))
def opened(graph: Path) -> None:
    """Open the engine over a graph and ask it once."""
    begun = time.monotonic()
    engine = EmbeddedEngine(graph)
    engine.answer(_ASK)
    _tell("engine open and answering", begun, memory(os.getpid()))
    engine.close()


@main.command()
@click.argument("root", type=click.Path(path_type=Path))
def derive(root: Path) -> None:
    """Read Turtle files, derive the shortcuts and write the graph: what a build does besides its checks."""
    begun = time.monotonic()
    data = write_nquads(graph_of(Content(root)))
    (root / GRAPH_FILE).write_bytes(data)
    _tell("Turtle read, derived and written", begun, _peak())


def _tell(step: str, begun: float, held: int) -> None:
    click.echo(json.dumps({"step": step, "seconds": time.monotonic() - begun, "MB": held / 1e6}))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
