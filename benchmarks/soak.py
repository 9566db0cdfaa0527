"""A soak: visitors, queries and downloads for a while, and one kill a minute, with every answer checked.

Before it begins each page, query and file is asked for, and what came is kept; every later answer has to be
the same. An answer is `wrong` if it differs, `cut` if it ends early, and a `fault` if it is an error. A
refusal that says when to come back (503 with Retry-After), or a page that says that it cannot answer, is
counted apart if it comes within two seconds of a kill; at any other time it is a fault.
"""

import asyncio
import itertools
import os
import random
import signal
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
import httpx2
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.pages import OPENED
from benchmarks.report import table, write
from benchmarks.servers import children, memory, running

_EXCUSED = 2.0
_ANSWER = 60.0
_SAMPLE = 5.0
_MOST_VISITORS = 500
_MOST_MINUTES = 24 * 60
_ASKERS = 4
_PAGES_A_VISIT = 10
_SHOWN = 20
_GROWTH = 0.05
# Pages that set or show a choice which goes along to the next page: each is opened in a visit of its own.
_ALONE = frozenset({"index", "index, narrowed", "index, narrowed twice", "case, the paper alone"})
_QUERIES = {
    "count": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "classes": "SELECT ?type (COUNT(?s) AS ?n) WHERE { ?s a ?type } GROUP BY ?type",
    "everything": "SELECT ?s ?p ?o WHERE { ?s ?p ?o }",
}
_FILES = ("claims.csv", "cases.csv", "graph.nq", "case/leeds.ttl")


class _RefusedError(Exception):
    """An answer that says that there is none for now."""


class _CutError(Exception):
    """An answer that ended early."""


class _GoneError(Exception):
    """The visitor has been killed, and expects no answer."""


class _WrongError(Exception):
    """An answer that is not what came before the soak."""


@dataclass
class _Tally:
    """What became of what was asked."""

    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    killed: float = -1e9

    async def take(self, kind: str, what: str, asked: Awaitable[None]) -> None:
        """Await an answer and count it."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(_ANSWER):
                await asked
        except _RefusedError as refusal:
            # It may have been asked before the kill, and answered after.
            near = self.killed <= time.monotonic() <= self.killed + _EXCUSED
            self._count(kind, "refused after a kill" if near else "fault", what, refusal)
        except _GoneError:
            return
        except _WrongError as fault:
            self._count(kind, "wrong", what, fault)
        except (_CutError, httpx2.RemoteProtocolError, httpx2.ReadError) as fault:
            self._count(kind, "cut", what, fault)
        except (httpx2.HTTPError, websockets.WebSocketException, OSError, TimeoutError) as fault:
            self._count(kind, "fault", what, fault)
        else:
            self.outcomes[kind]["right"] += 1
            self.seconds[kind].append(time.monotonic() - begun)

    def _count(self, kind: str, outcome: str, what: str, fault: Exception) -> None:
        self.outcomes[kind][outcome] += 1
        if outcome in {"wrong", "cut", "fault"}:
            since = time.monotonic() - self.killed
            self.errors.append(f"{kind} {what}: {outcome}, {since:.1f} s after a kill: {fault!r}"[:300])

    @property
    def failed(self) -> int:
        """How many answers were wrong, cut or a fault."""
        return sum(each[name] for each in self.outcomes.values() for name in ("wrong", "cut", "fault"))


class _Visitor:
    """A browser's side of one visit."""

    def __init__(self, stream: websockets.ClientConnection) -> None:
        self._stream = stream
        self._kept: dict[str, ForwardMsg] = {}

    async def page(self, name: str, slots: Mapping[str, object]) -> dict[tuple[int, ...], str]:
        """Open a page; gives the text of each of its parts by the place of the part."""
        request = BackMsg()
        request.rerun_script.page_name = name
        request.rerun_script.query_string = urlencode(slots, doseq=True)
        await self._stream.send(request.SerializeToString())
        shown: dict[tuple[int, ...], str] = {}
        while True:
            message = await self._message()
            kind = message.WhichOneof("type")
            if kind == "delta":
                shown[tuple(message.metadata.delta_path)] = _text(message)
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise _CutError("the page did not finish")
                return shown

    async def _message(self) -> ForwardMsg:
        received = await self._stream.recv()
        message = ForwardMsg()
        message.ParseFromString(received if isinstance(received, bytes) else received.encode())
        if message.WhichOneof("type") == "ref_hash":
            whole = ForwardMsg()
            whole.CopyFrom(self._kept[message.ref_hash])
            whole.metadata.CopyFrom(message.metadata)
            return whole
        if message.hash:
            self._kept[message.hash] = message
        return message

    def kill(self) -> None:
        """Go away without a word, as a phone does that loses its network."""
        self._stream.transport.abort()


def _text(message: ForwardMsg) -> str:
    if message.delta.WhichOneof("type") != "new_element":
        return ""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind == "exception":
        raise _RefusedError(f"exception: {element.exception.message}")
    if kind == "alert":
        return f"alert: {element.alert.body}"
    return str(getattr(getattr(element, str(kind)), "body", "")) if kind else ""


@asynccontextmanager
async def _visit(address: str) -> AsyncIterator[_Visitor]:
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    subprotocol = [websockets.Subprotocol("streamlit")]
    async with websockets.connect(
        stream, subprotocols=subprotocol, max_size=None, open_timeout=_ANSWER
    ) as one:
        yield _Visitor(one)


class _Soak:
    """One soak of one server.

    Args:
        address: Where it is.
        process: The process that was started; all others descend from it.
    """

    def __init__(self, address: str, process: int, seed: int) -> None:
        self.tally = _Tally()
        self.memory: list[tuple[float, int]] = []
        self._address = address
        self._process = process
        self._random = random.Random(seed)
        self._pages: dict[str, dict[tuple[int, ...], str]] = {}
        self._bodies: dict[str, bytes] = {}
        self._present: list[_Visitor] = []
        self._numbers = itertools.count()
        self._client = _client(1)

    async def run(self, seconds: float, visitors: int, kill_every: float) -> None:
        """Learn what is right, then go on for a while."""
        async with self._client:
            await self._learn()
            tasks = [
                *(self._visitor() for _ in range(visitors)),
                *(self._asker(number) for number in range(_ASKERS)),
                self._reader(),
                self._doctor(),
                self._killer(kill_every),
                self._scales(),
            ]
            running_now = [asyncio.create_task(each) for each in tasks]
            # None of them ends by itself; one that does has a fault of its own.
            done, rest = await asyncio.wait(running_now, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            for each in rest:
                each.cancel()
            await asyncio.gather(*rest, return_exceptions=True)
            for each in done:
                each.result()

    async def _learn(self) -> None:
        for name, (page, slots) in OPENED.items():
            shown = []
            for _ in range(2):
                async with _visit(self._address) as visitor:
                    shown.append(await visitor.page(page, slots))
            # What differs from one visit to the next, such as a number of a widget, cannot be checked.
            same = {at: text for at, text in shown[0].items() if text and shown[1].get(at) == text}
            if not same or any(text.startswith("alert: ") and name != "find" for text in same.values()):
                raise SystemExit(f"The page {name} shows nothing that can be checked.")
            self._pages[name] = same
        for name in _QUERIES:
            self._bodies[name] = _sorted((await self._fetched(self._query(name))).content)
        for name in _FILES:
            self._bodies[name] = (await self._fetched(f"/download/{name}")).content

    async def _visitor(self) -> None:
        while True:
            with suppress(websockets.WebSocketException, OSError):
                await asyncio.sleep(self._random.uniform(0, 5))
                async with _visit(self._address) as visitor:
                    self._present.append(visitor)
                    try:
                        for name in self._route():
                            await self.tally.take("page", name, self._opened(visitor, name))
                            await asyncio.sleep(self._random.uniform(2, 15))
                            if visitor not in self._present:
                                break
                    finally:
                        if visitor in self._present:
                            self._present.remove(visitor)

    def _route(self) -> list[str]:
        """Give the pages of a visit, in order."""
        first = self._random.choice(list(OPENED))
        rest = [] if first in _ALONE else sorted(OPENED.keys() - _ALONE)
        return [first, *self._random.choices(rest, k=_PAGES_A_VISIT - 1)] if rest else [first]

    async def _opened(self, visitor: _Visitor, name: str) -> None:
        try:
            shown = await visitor.page(*OPENED[name])
        except websockets.ConnectionClosed:
            if visitor not in self._present:
                raise _GoneError from None
            raise
        wrong = {at for at, text in self._pages[name].items() if shown.get(at) != text}
        if not wrong:
            return
        alerts = [text for text in shown.values() if text.startswith("alert: ")]
        if alerts:
            raise _RefusedError(alerts[0])
        raise _WrongError(f"{len(wrong)} of {len(self._pages[name])} parts differ")

    async def _asker(self, number: int) -> None:
        async with _client(number + 2) as client:
            for name in itertools.cycle(_QUERIES):
                asked = self._asked(self._query(name), name, _sorted, client)
                await self.tally.take("query", name, asked)
                await asyncio.sleep(self._random.uniform(0.1, 2))

    async def _reader(self) -> None:
        for name in itertools.cycle(_FILES):
            await self.tally.take("download", name, self._asked(f"/download/{name}", name, bytes))
            await asyncio.sleep(self._random.uniform(0.5, 3))

    async def _doctor(self) -> None:
        while True:
            await self.tally.take("healthz", "", self._healthy())
            await asyncio.sleep(1)

    async def _healthy(self) -> None:
        if (await self._fetched("/healthz")).json()["ok"] is not True:
            raise _WrongError("not ok")

    async def _asked(
        self,
        path: str,
        name: str,
        laid: Callable[[bytes], bytes],
        client: httpx2.AsyncClient | None = None,
    ) -> None:
        if laid((await self._fetched(path, client)).content) != self._bodies[name]:
            raise _WrongError("another answer than before")

    async def _fetched(self, path: str, client: httpx2.AsyncClient | None = None) -> httpx2.Response:
        answer = await (client or self._client).get(f"{self._address}{path}")
        if answer.status_code == 503 and "retry-after" in answer.headers:
            raise _RefusedError(answer.text)
        answer.raise_for_status()
        return answer

    def _query(self, name: str) -> str:
        # A text never asked before, so that none is answered from what was kept.
        text = f"{_QUERIES[name]} # {next(self._numbers)}"
        return f"/sparql?{urlencode({'query': text, 'format': 'csv'})}"

    async def _killer(self, every: float) -> None:
        for kind in itertools.cycle(("worker", "loading process", "client")):
            await asyncio.sleep(every)
            if kind == "client":
                if not self._present:
                    self.tally.kills[f"{kind}: there was none"] += 1
                    continue
                victim = self._random.choice(self._present)
                self._present.remove(victim)
                victim.kill()
            else:
                loading = [each for each in children(self._process) if _is_loading_process(each)]
                found = (
                    loading if kind == "loading process" else [w for each in loading for w in children(each)]
                )
                if not found:
                    self.tally.kills[f"{kind}: there was none"] += 1
                    continue
                os.kill(self._random.choice(found), signal.SIGKILL)
            self.tally.killed = time.monotonic()
            self.tally.kills[kind] += 1

    async def _scales(self) -> None:
        begun = time.monotonic()
        while True:
            self.memory.append((time.monotonic() - begun, await asyncio.to_thread(memory, self._process)))
            await asyncio.sleep(_SAMPLE)


def _client(number: int) -> httpx2.AsyncClient:
    """Give a client with an address of its own on this machine, since turns are shared out by address."""
    transport = httpx2.AsyncHTTPTransport(local_address=f"127.0.0.{number}")
    return httpx2.AsyncClient(transport=transport, timeout=_ANSWER)


def _is_loading_process(process: int) -> bool:
    """Whether a process is the one that loads the graph; its workers bear its name and are its children."""
    with suppress(FileNotFoundError, ProcessLookupError):
        if b"kg.engine." in Path(f"/proc/{process}/cmdline").read_bytes():
            parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
            return b"kg.engine." not in Path(f"/proc/{parent}/cmdline").read_bytes()
    return False


def _sorted(rows: bytes) -> bytes:
    head, *rest = rows.splitlines(keepends=True)
    return b"".join([head, *sorted(rest)])


@click.command()
@click.option("--minutes", default=30.0, show_default=True, type=click.FloatRange(0.1, _MOST_MINUTES))
@click.option("--visitors", default=50, show_default=True, type=click.IntRange(1, _MOST_VISITORS))
@click.option("--kill-every", default=60.0, show_default=True, type=click.FloatRange(1), help="Seconds.")
@click.option("--settle", default=5.0, show_default=True, help="Minutes after which memory may not grow.")
@click.option("--seed", default=1, show_default=True)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="JSON file for the figures.")
def main(
    minutes: float, visitors: int, kill_every: float, settle: float, seed: int, out: Path | None
) -> None:
    """Soak the explorer as `kg serve` starts it; exit 1 for an error, or if memory grows by over 5 %."""
    with running() as (address, process):
        soak = _Soak(address, process, seed)
        asyncio.run(soak.run(minutes * 60, visitors, kill_every))
    tally = soak.tally
    names = ("right", "refused after a kill", "wrong", "cut", "fault")
    rows: list[dict[str, object]] = [
        {
            "asked for": kind,
            **{name: outcomes[name] for name in names},
            "median ms": statistics.median(tally.seconds[kind] or [0.0]) * 1e3,
            "slowest ms": max(tally.seconds[kind], default=0.0) * 1e3,
        }
        for kind, outcomes in tally.outcomes.items()
    ]
    click.echo(table(rows))
    killed: list[dict[str, object]] = [
        {"killed": kind, "times": times} for kind, times in tally.kills.items()
    ]
    if killed:
        click.echo(table(killed))
    settled = _memory(soak.memory, min(settle * 60, minutes * 60 / 2))
    click.echo(table([settled]))
    for error in tally.errors[:_SHOWN]:
        click.echo(error)
    if len(tally.errors) > _SHOWN:
        click.echo(f"and {len(tally.errors) - _SHOWN} more.")
    if out:
        write(out, {"answers": rows, "kills": killed, "memory": settled, "errors": tally.errors})
    sys.exit(bool(tally.failed) or float(str(settled["growth"])) > _GROWTH)


def _memory(samples: list[tuple[float, int]], settle: float) -> dict[str, object]:
    """Compare the minute after memory has settled with the last one."""
    last = samples[-1][0]
    before = [size for at, size in samples if settle <= at < settle + 60] or [samples[0][1]]
    after = [size for at, size in samples if at > last - 60]
    begun, ended = statistics.median(before), statistics.median(after)
    return {
        "settled MB": begun / 1e6,
        "end MB": ended / 1e6,
        "peak MB": max(size for _, size in samples) / 1e6,
        "growth": ended / begun - 1,
    }


if __name__ == "__main__":
    main()
