"""The endpoint beside its peers: requests a second and how long they take, on one graph, in one run."""

import contextlib
import csv
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
import httpx2

from benchmarks.report import table, write
from benchmarks.servers import HOME, Server, memory, oxigraph, product, rdflib_endpoint
from benchmarks.synthetic import write_graph
from kg.build.pipeline import GRAPH_FILE

_QUERIES = {path.stem: path.read_text() for path in sorted((Path(__file__).parent / "queries").glob("*.rq"))}
_ACCEPT = "text/csv"


@dataclass(frozen=True)
class Load:
    """What one server made of one load.

    Attributes:
        query: Name of the query.
        clients: How many asked at once, each its next query as soon as it had its answer.
        server: Which server.
        mode: "new" where each query was one never asked before, "repeated" where all were the same text.
        rate: Answers a second.
        median: Milliseconds that half of the answers took at most.
        slowest: Milliseconds that 99 in 100 answers took at most.
        errors: Answers that were none.
    """

    query: str
    clients: int
    server: str
    mode: str
    rate: float
    median: float
    slowest: float
    errors: int


@click.command()
@click.option("--cases", default=10_000, show_default=True, help="Synthetic cases.")
@click.option("--claims", default=3, show_default=True, help="Claims of each.")
@click.option("--seconds", default=4, show_default=True, help="Length of one load.")
@click.option("--rounds", default=3, show_default=True, help="Loads of each kind; the median one counts.")
@click.option("--clients", "crowds", default=[1, 8, 32], multiple=True, show_default=True)
@click.option("--peers", type=click.Path(path_type=Path, exists=True), default=HOME / ".venv" / "peers")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="JSON file for the figures.")
def main(
    cases: int, claims: int, seconds: int, rounds: int, crowds: tuple[int, ...], peers: Path, out: Path | None
) -> None:
    """Ask this product, Oxigraph's server and rdflib-endpoint the same queries over the same graph."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graph = folder / GRAPH_FILE
        quads = write_graph(HOME / "build" / GRAPH_FILE, graph, cases, claims)
        click.echo(f"{cases} cases, {quads} quads")
        with started(graph, folder, peers) as servers:
            agree(servers)
            loads = [
                load
                for query in _QUERIES
                for clients in crowds
                for load in measured(servers, query, clients, seconds, rounds)
            ]
            held = {server.name: memory(server.process) for server in servers}
            ready = {server.name: server.ready for server in servers}
    click.echo(table([asdict(load) for load in loads]))
    click.echo(table(ratios(loads)))
    click.echo(
        table(
            [
                {"server": each, "ready after s": ready[each], "MB after all": held[each] / 1e6}
                for each in held
            ]
        )
    )
    if out:
        write(
            out,
            {
                "cases": cases,
                "quads": quads,
                "loads": [asdict(load) for load in loads],
                "ratios": ratios(loads),
            },
        )


@contextlib.contextmanager
def started(graph: Path, folder: Path, peers: Path) -> Iterator[list[Server]]:
    """Start all three, one after the other, so that none loads at another's cost."""
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(product(graph, folder)),
            stack.enter_context(oxigraph(graph, peers)),
            stack.enter_context(rdflib_endpoint(graph, peers)),
        ]


def agree(servers: list[Server]) -> None:
    """Refuse to measure servers that do not give the same answers."""
    for name, query in _QUERIES.items():
        answers = []
        for server in servers:
            told = httpx2.get(
                server.address,
                params={"query": query, **server.more},
                headers={"Accept": _ACCEPT},
                timeout=600,
            )
            told.raise_for_status()
            answers.append(list(csv.reader(io.StringIO(told.text))))
        if any(answer != answers[0] for answer in answers):
            sys.exit(f"The servers differ over {name}.")
        click.echo(f"{name}: {len(answers[0]) - 1} rows from each")


def measured(servers: list[Server], query: str, clients: int, seconds: int, rounds: int) -> Iterator[Load]:
    """Load each server in turn, round by round, and give the median round of each."""
    for server in servers:
        loaded(server, query, clients, 1, "new")
    kinds = [(servers[0], "new"), (servers[0], "repeated"), (servers[1], "new"), (servers[2], "new")]
    found: dict[int, list[Load]] = {}
    for turn in range(rounds):
        for index, (server, mode) in enumerate(kinds):
            slow = server is servers[2]
            if slow and turn:
                continue
            length = max(seconds, 12) if slow else seconds
            found.setdefault(index, []).append(loaded(server, query, clients, length, mode))
    for loads in found.values():
        middle = statistics.median_low(load.rate for load in loads)
        yield next(load for load in loads if load.rate == middle)


def loaded(server: Server, query: str, clients: int, seconds: int, mode: str) -> Load:
    """Ask one server for a while."""
    # The query comes last, so that a comment can be added to it.
    path = f"{urlsplit(server.address).path}?{urlencode({**server.more, 'query': _QUERIES[query]})}"
    mark = [f"{time.monotonic_ns()}-"] if mode == "new" else []
    script = str(Path(__file__).with_name("load.lua"))
    told = subprocess.run(
        [
            *("wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "120s"),
            *("-H", f"Accept: {_ACCEPT}", "-s", script, server.address, "--", path, *mark),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    requests, lasted, median, slowest, errors = map(float, told.stdout.split("\n")[-2].split())
    return Load(
        query, clients, server.name, mode, requests / lasted * 1e6, median / 1e3, slowest / 1e3, int(errors)
    )


def ratios(loads: list[Load]) -> list[dict[str, object]]:
    """Say how many times as many answers a second the product gives."""
    rate = {(load.query, load.clients, load.server, load.mode): load.rate for load in loads}
    return [
        {
            "query": query,
            "clients": clients,
            "new / oxigraph": rate[query, clients, "this product", "new"]
            / rate[query, clients, "oxigraph serve", "new"],
            "repeated / oxigraph": rate[query, clients, "this product", "repeated"]
            / rate[query, clients, "oxigraph serve", "new"],
            "new / rdflib-endpoint": rate[query, clients, "this product", "new"]
            / rate[query, clients, "rdflib-endpoint", "new"],
        }
        for query, clients in dict.fromkeys((load.query, load.clients) for load in loads)
    ]


if __name__ == "__main__":
    main()
