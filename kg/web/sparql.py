"""The SPARQL endpoint: requests of the SPARQL 1.1 Protocol, answered by whatever engine is in service."""

import asyncio
import hashlib
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from contextlib import AsyncExitStack
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from kg.engine import AnswerStream, QueryRequest, ResultType
from kg.engine.outline import outline_of
from kg.errors import BadQuery, Busy, Forbidden, KgError, TooCostly, Unreachable
from kg.service import ServedGraph, Service
from kg.web.client import client_of
from kg.web.protocol import ALLOWED, LONGEST_BODY, Refusal, Request, read_request
from kg.web.resource import matches

__all__ = ["SparqlEndpoint"]

_LOG = logging.getLogger(__name__)
T = TypeVar("T")
_SLOWEST_BODY = 30.0
_SLOWEST_READER = 60.0
_MOST_UNDER_WAY = 64
_MOST_UNDER_WAY_OF_ONE = 48
_RETRY_AFTER = "2"
# Quick answers are given before anyone looks whether the client is still there.
_UNWATCHED = 0.05
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Content-Length",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "Accept, Authorization, Cache-Control, Content-Type, If-None-Match, "
    "User-Agent, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}


class _AnswerCache:
    """Whole answers of this state of the graph, the least recently used given up first."""

    def __init__(self, largest: int = 1 << 20, room: int = 64 << 20) -> None:
        self._largest = largest
        self._room = room
        self._size = 0
        self._version = ""
        self._answers: OrderedDict[QueryRequest, bytes] = OrderedDict()

    def get(self, version: str, query: QueryRequest) -> bytes | None:
        if version != self._version:
            self._answers.clear()
            self._version, self._size = version, 0
        answer = self._answers.get(query)
        if answer is not None:
            self._answers.move_to_end(query)
        return answer

    def put(self, version: str, query: QueryRequest, answer: bytes) -> None:
        if version != self._version or len(answer) > self._largest or query in self._answers:
            return
        self._answers[query] = answer
        self._size += len(answer) + len(query.query)
        while self._size > self._room:
            old, gone = self._answers.popitem(last=False)
            self._size -= len(gone) + len(old.query)


class SparqlEndpoint:
    """An ASGI application that answers queries and refuses everything else in one sentence.

    Args:
        service: What keeps the graph open.
        description: Gives the description of the service, negotiated, for a request without a query.
    """

    def __init__(self, service: Service, description: Callable[[HttpRequest, ServedGraph], Response]) -> None:
        self._service = service
        self._description = description
        self._kept = _AnswerCache()
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await self._answer(scope, receive, send)
        except Refusal as refusal:
            await _told(refusal.status, str(refusal), refusal.headers)(scope, receive, send)
        except ClientDisconnect:
            return
        except (Busy, Unreachable) as error:
            await _told(503, str(error), {"Retry-After": _RETRY_AFTER})(scope, receive, send)
        except TooCostly as error:
            await _told(503, str(error), {})(scope, receive, send)
        except Forbidden as error:
            await _told(403, str(error), {})(scope, receive, send)
        except BadQuery as error:
            await _told(400, str(error), {})(scope, receive, send)
        except KgError as error:
            await _told(503, str(error), {"Retry-After": _RETRY_AFTER})(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method == "OPTIONS":
            await Response(status_code=204, headers={**_OPEN, **_PREFLIGHT, "Allow": ALLOWED})(
                scope, receive, send
            )
            return
        if method not in {"GET", "HEAD", "POST"}:
            raise Refusal(405, f"{method[:20]} is not answered here; use GET or POST.", {"Allow": ALLOWED})
        headers = _headers(scope)
        body = await _body(receive, headers)
        query = read_request(
            Request(
                method,
                scope["query_string"],
                body,
                headers.get("content-type", ""),
                headers.get("accept"),
            )
        )
        served = self._service.current_nowait()
        if served is None:
            served = await run_in_threadpool(self._service.current)
        if query is None:
            response = await run_in_threadpool(self._description, HttpRequest(scope, receive), served)
            response.headers.update(_OPEN)
            await response(scope, receive, send)
            return
        await self._give(served, query, headers.get("if-none-match", ""), scope, receive, send)

    async def _give(
        self, served: ServedGraph, query: QueryRequest, held: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        repeatable = outline_of(query.query).repeatable and bool(served.version)
        answer = {**_OPEN, "Content-Type": _content_type(query.type), "Vary": "Accept"}
        if repeatable:
            tag = _tag(served.version, query)
            answer |= {"ETag": tag, "Cache-Control": "no-cache"}
            if matches(held, tag):
                del answer["Content-Type"]
                await Response(status_code=304, headers=answer)(scope, receive, send)
                return
            kept = self._kept.get(served.version, query)
            if kept is not None:
                await _send_whole(send, answer, kept)
                return
        else:
            answer["Cache-Control"] = "no-store"
        client = client_of(scope)
        if self._under_way.total() >= _MOST_UNDER_WAY or self._under_way[client] >= _MOST_UNDER_WAY_OF_ONE:
            raise Busy("Too many answers are under way; try again in a moment.")
        # Whoever gives up in the moment in which the answer begins must not leave it open.
        async with AsyncExitStack() as closing:
            delivery = await _unless_gone(_begun(served, query, client, closing), receive)
            self._under_way[client] += 1
            closing.callback(self._end, client)
            if delivery.complete:
                if repeatable:
                    self._kept.put(served.version, query, delivery.first)
                await _send_whole(send, answer, delivery.first)
            elif scope["http_version"] == "1.0" or scope["method"] == "HEAD":
                # Neither can tell a cut connection from the end of an answer.
                await _send_whole(send, answer, await _unless_gone(_whole(delivery), receive))
            else:
                await _unless_gone(_send_parts(send, answer, delivery), receive)

    def _end(self, client: str) -> None:
        self._under_way[client] -= 1
        if not self._under_way[client]:
            del self._under_way[client]


async def _begun(
    served: ServedGraph, query: QueryRequest, client: str, closing: AsyncExitStack
) -> AnswerStream:
    delivery = await served.engine.stream(query, client)
    closing.push_async_callback(delivery.close)
    return delivery


async def _unless_gone(awaited: Coroutine[Any, Any, T], receive: Receive) -> T:
    """Wait for something, but give it up, and end it, if the client goes away.

    Raises:
        ClientDisconnect: If the client went away first.
    """
    task = asyncio.ensure_future(awaited)
    gone: asyncio.Future[None] | None = None
    try:
        done, _ = await asyncio.wait({task}, timeout=_UNWATCHED)
        if not done:
            gone = asyncio.ensure_future(_hung_up(receive))
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientDisconnect
        return task.result()
    finally:
        for each in (task, gone):
            if each is not None and not each.done():
                each.cancel()
                await asyncio.wait({each})


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def _whole(delivery: AnswerStream) -> bytes:
    return delivery.first + b"".join([part async for part in delivery.chunks()])


async def _send_whole(send: Send, headers: Mapping[str, str], body: bytes) -> None:
    length = {"Content-Length": str(len(body))}
    await send({"type": "http.response.start", "status": 200, "headers": _raw({**headers, **length})})
    await send({"type": "http.response.body", "body": body})


async def _send_parts(send: Send, headers: Mapping[str, str], delivery: AnswerStream) -> None:
    """Send an answer as it comes. If it breaks off, its end is never sent, which cuts the connection."""
    await send({"type": "http.response.start", "status": 200, "headers": _raw(headers)})
    part = delivery.first
    rest = aiter(delivery.chunks())
    try:
        while part:
            async with asyncio.timeout(_SLOWEST_READER):
                await send({"type": "http.response.body", "body": part, "more_body": True})
            part = await anext(rest, b"")
    except (KgError, TimeoutError) as error:
        _LOG.info("An answer was cut off: %s", error)
        return
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def _content_type(kind: ResultType) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else str(kind)


def _tag(version: str, query: QueryRequest) -> str:
    """Name an answer by the state of the graph and all that it depends on, without giving it."""
    digest = hashlib.sha256(repr(query).encode("utf-8", "backslashreplace")).hexdigest()
    return f'W/"{version}-{digest[:20]}"'


def _told(status: int, sentence: str, headers: Mapping[str, str]) -> Response:
    return PlainTextResponse(
        f"{sentence}\n", status, {**_OPEN, "Vary": "Accept", "Cache-Control": "no-store", **headers}
    )


def _headers(scope: Scope) -> dict[str, str]:
    """Give the headers; values that were sent several times are joined as one list."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


async def _body(receive: Receive, headers: Mapping[str, str]) -> bytes:
    too_large = Refusal(413, f"What was sent is larger than {LONGEST_BODY:,} bytes.")
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > LONGEST_BODY:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(_SLOWEST_BODY):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                body += message.get("body", b"")
                if len(body) > LONGEST_BODY:
                    raise too_large
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError as error:
        raise Refusal(408, "The request was not sent to its end in time.") from error
