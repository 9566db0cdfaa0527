"""Every page: the server's time from a visitor's request to the end of the page, beside an empty page."""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.report import table, write
from benchmarks.servers import HOME, empty_page, product
from benchmarks.synthetic import write_graph
from kg.build.pipeline import GRAPH_FILE

_REAL_CASES = 17
_ROUNDS = 9
# What is opened, in the order of a visit: the name of the page in its address, and the slots that follow.
OPENED: dict[str, tuple[str, dict[str, object]]] = {
    "index": ("", {}),
    "index, narrowed": ("", {"factor": "have-frequent-personal-contact"}),
    "index, narrowed twice": ("", {"factor": "have-frequent-personal-contact", "country": "united-kingdom"}),
    "case": ("case", {"id": "canterbury"}),
    "case, the paper alone": ("case", {"id": "leeds", "paper": "true"}),
    "five factors": ("factors", {}),
    "factor": ("factor", {"id": "surface-and-resolve-conflicts"}),
    "practice": ("practice", {"id": "make-challenge-safe"}),
    "difficulty": ("concept", {"id": "challenges/limited-resources"}),
    "document": ("source", {"id": "ardern-2019"}),
    "statement": ("claim", {"id": "leeds-1"}),
    "compare": ("compare", {"case": ["leeds", "salford"]}),
    "find": ("find", {"words": "two trusts at war over a fixed budget"}),
    "similar": ("similar", {"case": "leeds"}),
    "known": ("known", {}),
    "map": ("places", {}),
    "timeline": ("timeline", {}),
    "network": ("network", {"focus": "case/leeds"}),
    "session": ("session", {"difficulty": "fixed-budget-dispute"}),
    "about": ("about", {}),
}


@click.command()
@click.option("--cases", "sizes", default=[_REAL_CASES, 400, 10_000], multiple=True, show_default=True)
@click.option("--claims", default=50, show_default=True, help="Claims of each synthetic case.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="JSON file for the figures.")
def main(sizes: tuple[int, ...], claims: int, out: Path | None) -> None:
    """Open every page over the real cases and as many synthetic ones as make up each number."""
    rows: list[dict[str, object]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            graph = folder / GRAPH_FILE
            more = max(0, size - _REAL_CASES)
            quads = write_graph(HOME / "build" / GRAPH_FILE, graph, more, claims, keep=True)
            with empty_page(folder) as empty, product(graph, folder) as server:
                of_empty = asyncio.run(visited(empty.address, "", {}))[1]
                for page, (path, slots) in OPENED.items():
                    first, again = asyncio.run(visited(server.address, path, slots))
                    rows.append(
                        {
                            "cases": size,
                            "quads": quads,
                            "page": page,
                            "first ms": first * 1e3,
                            "again ms": again * 1e3,
                            "again / empty page": again / of_empty,
                        }
                    )
    click.echo(table(rows))
    if out:
        write(out, {"pages": rows})


async def visited(address: str, path: str, slots: dict[str, object]) -> tuple[float, float]:
    """Open a page in one session, several times; gives seconds of the first and the median rest."""
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    took = []
    async with websockets.connect(
        stream, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None
    ) as s:
        for _ in range(_ROUNDS):
            request = BackMsg()
            request.rerun_script.page_name = path
            request.rerun_script.query_string = urlencode(slots, doseq=True)
            begun = time.perf_counter()
            await s.send(request.SerializeToString())
            while not await _finished(s):
                pass
            took.append(time.perf_counter() - begun)
    return took[0], statistics.median(took[1:])


async def _finished(stream: websockets.ClientConnection) -> bool:
    message = ForwardMsg()
    received = await stream.recv()
    message.ParseFromString(received if isinstance(received, bytes) else received.encode())
    if message.WhichOneof("type") != "script_finished":
        return False
    if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        raise SystemExit("A page failed.")
    return True


if __name__ == "__main__":
    main()
