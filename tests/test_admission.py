"""Turns of queries from outside: how many run, who comes next, and what one client may take."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message

from kg.engine import QueryRequest, ServingEngine
from kg.engine.admission import Admission, Turn
from kg.engine.limits import Limits
from kg.errors import Busy
from kg.web.client import client_of
from kg.web.service_description import service_description
from kg.web.sparql import SparqlEndpoint
from tests.asking import finished
from tests.serving import Fixed

# No test waits so long unless it fails.
LONG = 60.0


def admission(running: int = 4, waiting: int = 8, patience: float = LONG) -> Admission:
    return Admission(Limits(running=running, waiting=waiting, patience=patience), processors=2)


async def settled() -> None:
    """Let everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)


def on_a_loop(work: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        await work()

    finished(run())


def test_one_client_with_eighty_queries_keeps_nobody_else_out() -> None:
    async def work() -> None:
        turns = admission(running=16, waiting=64)
        greedy = [asyncio.create_task(turns.admit("greedy")) for _ in range(80)]
        await settled()
        running = [each for each in greedy if each.done() and not each.exception()]
        refused = [each for each in greedy if each.done() and each.exception()]
        assert (len(running), len(refused)) == (12, 20)
        assert all(isinstance(each.exception(), Busy) for each in refused)
        others = [await turns.admit(f"other {n}") for n in range(4)]
        assert turns.running == 16
        late = asyncio.create_task(turns.admit("late"))
        await settled()
        running[0].result().end()
        await settled()
        # The place that a greedy client leaves goes to one who had none.
        assert late.done()
        for each in greedy:
            each.cancel()
        for turn in (*others, late.result()):
            turn.end()

    on_a_loop(work)


def test_clients_that_wait_are_let_in_by_rotation() -> None:
    async def work() -> None:
        turns = admission(running=1)
        first = await turns.admit("a")
        order: list[str] = []

        async def one(client: str) -> None:
            turn = await turns.admit(client)
            order.append(client)
            turn.end()

        waiting = [asyncio.create_task(one(client)) for client in "aaabbc"]
        await settled()
        first.end()
        await asyncio.wait(waiting)
        assert order == list("abcaba")

    on_a_loop(work)


def test_who_waits_too_long_is_told_to_come_back() -> None:
    async def work() -> None:
        turns = admission(running=1, patience=0.01)
        turn = await turns.admit("a")
        with pytest.raises(Busy, match="Too many queries are running"):
            await turns.admit("b")
        turn.end()
        (await turns.admit("b")).end()
        assert turns.running == 0

    on_a_loop(work)


def test_ending_a_turn_twice_changes_nothing() -> None:
    async def work() -> None:
        turns = admission()
        kept, turn = await turns.admit("a"), await turns.admit("a")
        await turn.await_processor()
        for _ in range(2):
            turn.leave_processor()
            turn.end()
        assert turns.running == 1
        assert turns._at_processor == 0
        kept.end()

    on_a_loop(work)


def test_turns_belong_to_one_event_loop_at_a_time() -> None:
    turns = admission()
    turn = finished(turns.admit("a"))
    with pytest.raises(RuntimeError, match="one event loop at a time"):
        finished(turns.admit("b"))
    turn.end()
    finished(turns.admit("b")).end()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60), st.integers(1, 6))
def test_whatever_comes_nobody_gets_more_than_there_is_and_no_place_is_lost(
    events: list[tuple[str, bool]], running: int
) -> None:
    async def work() -> None:
        turns = admission(running=running, waiting=100)
        most = max(1, running - max(1, running // 4))
        asked: list[tuple[str, asyncio.Task[Turn]]] = []
        for client, ends in events:
            if not ends:
                asked.append((client, asyncio.create_task(turns.admit(client))))
            elif (
                has := next((each for each in asked if each[0] == client and each[1].done()), None)
            ) is not None:
                asked.remove(has)
                has[1].result().end()
            await settled()
            now = Counter(who for who, task in asked if task.done())
            assert turns.running == now.total() <= running
            assert max(now.values(), default=0) <= most
            # Whoever waits has all that one may take, or nothing is left.
            waits = {who for who, task in asked if not task.done()}
            assert now.total() == running or all(now[who] == most for who in waits)
        for _, task in asked:
            task.cancel()
        await settled()
        for _, task in asked:
            if not task.cancelled():
                task.result().end()
        assert turns.running == 0

    on_a_loop(work)


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("a name", "a name"),
    ],
)
def test_a_client_is_told_by_its_address(host: str, client: str) -> None:
    assert client_of({"client": (host, 4711)}) == client
    assert client_of({"client": None}) == client_of({}) == ""


class _Begun:
    """An engine whose answer begins in the very moment in which whoever asks gives up."""

    def __init__(self) -> None:
        self.first, self.complete = b"", False
        self.closed = False
        self.asking: asyncio.Task[None] | None = None

    async def stream(self, asked: QueryRequest, client: str = "") -> "_Begun":
        assert self.asking is not None
        asyncio.get_running_loop().call_soon(self.asking.cancel)
        return self

    async def close(self) -> None:
        self.closed = True


def test_an_answer_that_begins_when_its_request_is_given_up_is_closed() -> None:
    engine = _Begun()
    endpoint = SparqlEndpoint(Fixed(cast("ServingEngine", engine)), service_description)
    scope = {
        "type": "http",
        "method": "GET",
        "http_version": "1.1",
        "query_string": b"query=ASK%20%7B%7D",
        "headers": [],
        "client": ("203.0.113.1", 1),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_: Message) -> None:
        raise AssertionError("nobody waits for this")

    async def give_up() -> None:
        engine.asking = asyncio.create_task(endpoint(scope, receive, send))
        await engine.asking

    with pytest.raises(asyncio.CancelledError):
        finished(give_up())
    assert engine.closed
    assert not endpoint._under_way
