"""Any SPARQL 1.1 engine somewhere else, asked over HTTP as if it were our own."""

import asyncio
import logging
import os
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import httpx2
from rdflib import URIRef

from kg.engine import Answer, AnswerStream, Engine, QueryForm, QueryRequest, ResultType
from kg.engine.admission import Admission, Turn
from kg.engine.embedded import EmbeddedEngine
from kg.engine.evaluation import answer_from, rewritten
from kg.engine.limits import Limits
from kg.engine.outline import outline_of, schemes_named, whole_request
from kg.engine.profiles import EngineProfile, profile_of, standard_results
from kg.engine.streams import too_long
from kg.errors import BadQuery, Busy, Forbidden, KgError, MissingInput, TooCostly, Unreachable
from kg.terms import BASE

__all__ = ["Endpoint", "RemoteEngine"]

_LOG = logging.getLogger(__name__)
_CONNECT = 5.0
_BLOCK = 1 << 16
# A graph that no engine holds: to name it is to name none.
_NONE = BASE + "graph/none"
_COSTLY = re.compile(
    r"time ?out|timed out|estimated execution time|exceed|out of memory|too long", re.IGNORECASE
)


@dataclass(frozen=True)
class Endpoint:
    """Where an engine is, and how it is asked.

    Attributes:
        address: Its address for queries.
        user: A name for HTTP authentication; None if it needs none.
        password: The password that goes with it.
        token: A bearer token; None if it needs none.
        union: The graph that stands for all graphs at this engine, where it has such a one.
    """

    address: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    union: str | None = None

    def __post_init__(self) -> None:
        """Refuse what is no address, or one that holds credentials.

        Raises:
            MissingInput: With what to write instead.
        """
        try:
            parts = urlsplit(self.address)
            wrong = parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0
        except ValueError:
            wrong = True
        if wrong:
            raise MissingInput(
                f"“{self.address[:200]}” is no address of an endpoint; it begins with http(s)://."
            )
        if parts.username or parts.password:
            raise MissingInput(
                "Name and password do not go into the address: set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD."
            )

    @classmethod
    def of_environment(cls, address: str | None = None) -> Self | None:
        """Give the endpoint that the environment names; None if it names none.

        Args:
            address: The address, where it is given otherwise than by KG_ENDPOINT.
        """
        where = address or os.environ.get("KG_ENDPOINT", "").strip()
        if not where:
            return None
        user, password, token, union = (
            os.environ.get(f"KG_ENDPOINT_{name}") or None for name in ("USER", "PASSWORD", "TOKEN", "UNION")
        )
        return cls(where, user, password, token, union)


class RemoteEngine:
    """Answers from an engine somewhere else.

    Queries from outside are read by a parser of our own first, in a worker that holds nothing: every
    engine is given SPARQL 1.1 queries and nothing else, whatever more it would understand.

    Args:
        endpoint: Where the engine is.
        limits: What a query may cost.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits | None = None) -> None:
        self._endpoint = endpoint
        self._limits = limits or Limits()
        self._reader = EmbeddedEngine(None, self._limits)
        self._profile: EngineProfile | None = None
        headers = {"User-Agent": "system-leadership-explorer"}
        if endpoint.token:
            headers["Authorization"] = f"Bearer {endpoint.token}"
        self._options: dict[str, Any] = {
            "follow_redirects": False,
            # Neither proxies nor passwords come from anywhere but our own settings.
            "trust_env": False,
            "headers": headers,
            "auth": (endpoint.user, endpoint.password or "") if endpoint.user else None,
        }
        self._client = httpx2.Client(**self._options)
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, httpx2.AsyncClient] = WeakKeyDictionary()
        self._admission = Admission(self._limits)
        self._lost_at_last = False

    @property
    def address(self) -> str:
        """The address of the engine."""
        return self._endpoint.address

    @property
    def is_ready(self) -> bool:
        """Whether the engine could be reached when it was asked last."""
        return not self._lost_at_last

    async def leave(self) -> None:
        """See `ServingEngine.leave`."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.aclose()

    def close(self) -> None:
        """See `ServingEngine.close`."""
        self._reader.close()
        self._client.close()

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        """Answer a query of our own; see `Engine.answer`."""
        return self._answer(query, graphs, self._limits.for_pages)

    def within(self, seconds: float) -> Engine:
        """Return this engine as one that waits no longer than so many seconds for each answer."""
        return _Within(partial(self._answer, seconds=seconds))

    def _answer(self, query: str, graphs: Sequence[URIRef] | None, seconds: float) -> Answer:
        request = whole_request(query, graphs)
        patience = httpx2.Timeout(seconds + 1, connect=min(seconds, _CONNECT))
        end = time.monotonic() + seconds
        try:
            if self._profile is None:
                with self._client.stream("GET", self.address, timeout=patience) as described:
                    self._profile = profile_of(described.headers)
            profile = self._profile
            with self._client.stream(
                "POST",
                self.address,
                data=self._form(request, profile, seconds),
                headers={"Accept": _accepted(request)},
                timeout=patience,
            ) as response:
                content = self._whole(response, seconds, end)
        except httpx2.HTTPError as error:
            raise self._lost(error, seconds) from error
        self._lost_at_last = False
        _refuse(response.status_code, response.headers, content, profile)
        return answer_from(_standard(content, request.form), request.type)

    def _whole(self, response: httpx2.Response, seconds: float, end: float) -> bytes:
        content = bytearray()
        # As it comes: each part may be in time, and all of them together not.
        for part in response.iter_bytes():
            content += part
            if len(content) > self._limits.answer:
                raise TooCostly("The answer is larger than it may be; ask for less, or add a LIMIT.")
            if time.monotonic() > end:
                raise too_long(seconds)
        return bytes(content)

    async def stream(self, request: QueryRequest, client: str = "") -> AnswerStream:
        """Answer a query from outside; see `ServingEngine.stream`."""
        await self._reader.read(request, client)
        turn = await self._admission.admit(client)
        try:
            async with asyncio.timeout(self._limits.deadline):
                return await self._begun(request, turn)
        except BaseException as error:
            turn.end()
            if isinstance(error, TimeoutError):
                raise too_long(self._limits.deadline) from error
            if isinstance(error, httpx2.HTTPError):
                raise self._lost(error, self._limits.deadline) from error
            raise

    async def _begun(self, request: QueryRequest, turn: Turn) -> AnswerStream:
        client = self._client_here()
        if self._profile is None:
            self._profile = profile_of((await client.get(self.address)).headers)
        profile = self._profile
        if reached := profile.foreign_functions & schemes_named(request.query):
            raise Forbidden(f"Functions that begin with {min(reached)}: are not available.")
        wanted = str(request.type) if profile.sound else _accepted(request)
        http_request = client.build_request(
            "POST",
            self.address,
            data=self._form(request, profile, self._limits.deadline),
            headers={"Accept": wanted},
        )
        response = await client.send(http_request, stream=True)
        remote_stream = _RemoteStream(response, self._limits, turn)
        try:
            if response.status_code != 200 or not profile.sound or not _is(response, request.type):
                content = await remote_stream.whole()
                _refuse(response.status_code, response.headers, content, profile)
                remote_stream.first = await asyncio.to_thread(
                    rewritten, _standard(content, request.form), request
                )
                remote_stream.complete = True
            else:
                await remote_stream.begin()
        except BaseException:
            await response.aclose()
            raise
        return remote_stream

    def _client_here(self) -> httpx2.AsyncClient:
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            patience = httpx2.Timeout(self._limits.deadline + 1, connect=_CONNECT)
            self._clients[loop] = httpx2.AsyncClient(timeout=patience, **self._options)
        return self._clients[loop]

    def _form(
        self, request: QueryRequest, profile: EngineProfile, seconds: float
    ) -> dict[str, str | list[str]]:
        """Write the form of a request and its deadline; the dataset is named in full, where one is."""
        form: dict[str, str | list[str]] = {"query": request.query}
        if request.dataset.is_named:
            form["default-graph-uri"] = list(request.dataset.default or [_NONE])
            form["named-graph-uri"] = list(request.dataset.named or [_NONE])
        elif not request.names_dataset:
            form |= profile.union
            if self._endpoint.union and not profile.union_hides:
                form["default-graph-uri"] = form["named-graph-uri"] = self._endpoint.union
            elif self._endpoint.union and not outline_of(request.query).uses_graph:
                form["default-graph-uri"] = self._endpoint.union
        if profile.timeout is not None:
            name, units = profile.timeout
            form[name] = str(int(seconds * units))
        return form

    def _lost(self, error: httpx2.HTTPError, seconds: float) -> KgError:
        if isinstance(error, httpx2.ReadTimeout):
            return too_long(seconds)
        self._profile = None
        self._lost_at_last = True
        # Its address is for whoever runs this server, and for no visitor.
        _LOG.warning("The engine at %s cannot be reached: %s", self.address, error)
        return Unreachable("The engine that holds the graph cannot be reached just now; try again soon.")


@dataclass(frozen=True)
class _Within:
    """An engine that waits for an answer no longer than was said; see `Engine`."""

    ask: Callable[[str, Sequence[URIRef] | None], Answer]

    def answer(self, query: str, graphs: Sequence[URIRef] | None = None) -> Answer:
        return self.ask(query, graphs)


class _RemoteStream:
    """An answer on its way from another engine; see `AnswerStream`."""

    def __init__(self, response: httpx2.Response, limits: Limits, turn: Turn) -> None:
        self.first = b""
        self.complete = False
        self._response = response
        self._limits = limits
        self._turn = turn
        self._end = asyncio.get_running_loop().time() + limits.deadline
        self._parts = response.aiter_bytes(_BLOCK)

    async def begin(self) -> None:
        first = bytearray()
        while len(first) < _BLOCK and not self.complete:
            part = await anext(self._parts, b"")
            first += part
            self.complete = not part
        self.first = bytes(first)

    async def whole(self) -> bytes:
        content = bytearray()
        async for part in self._parts:
            content += part
            if len(content) > self._limits.answer:
                raise TooCostly("The answer is larger than it may be; ask for less, or add a LIMIT.")
        return bytes(content)

    async def chunks(self) -> AsyncIterator[bytes]:
        size = len(self.first)
        while not self.complete:
            part = await self._next_part()
            size += len(part)
            if size > self._limits.answer:
                raise TooCostly("The answer is larger than it may be; ask for less, or add a LIMIT.")
            if part:
                yield part
            else:
                self.complete = True

    async def _next_part(self) -> bytes:
        """Return what comes next, nothing at the end."""
        try:
            # Never held while a part is given on: it would cancel whoever reads it.
            async with asyncio.timeout_at(self._end):
                return await anext(self._parts, b"")
        except TimeoutError as error:
            raise too_long(self._limits.deadline) from error
        except httpx2.HTTPError as error:
            raise Unreachable("The engine was lost before the answer was whole.") from error

    async def close(self) -> None:
        self._turn.end()
        await self._response.aclose()


def _accepted(request: QueryRequest) -> str:
    return str(ResultType.NTRIPLES if request.form.gives_triples else ResultType.JSON)


def _is(response: httpx2.Response, kind: ResultType) -> bool:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower() == kind


def _standard(content: bytes, form: QueryForm) -> bytes:
    if form.gives_triples:
        return content
    try:
        return standard_results(content)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise Unreachable("What answers at the address of the engine does not speak SPARQL.") from error


def _refuse(status: int, headers: Mapping[str, str], content: bytes, profile: EngineProfile) -> None:
    """Say in our words why an engine did not answer.

    Raises:
        BadQuery, TooCostly, Busy, Unreachable: If it did not, or not wholly.
    """
    if status == 200:
        if cut := next((name for name in profile.partial if name in headers), None):
            raise TooCostly(f"{profile.name} gave only a part of the answer ({cut}); ask for less.")
        return
    said = " ".join(content[:4000].decode("utf-8", "replace").split())[:300]
    if 300 <= status < 400:
        raise Unreachable("The address of the engine leads on to another one; name that.")
    if status in {401, 403, 407}:
        raise Unreachable("The engine does not accept the name and password that are set for it.")
    if status in {404, 405, 406, 410, 415}:
        raise Unreachable(f"There is no SPARQL endpoint at the address of the engine (status {status}).")
    if status == 429:
        raise Busy("The engine has too many queries; try again in a moment.")
    if status in {408, 502, 503, 504} or _COSTLY.search(said):
        raise TooCostly(f"{profile.name} ended the query: {said or status}")
    raise BadQuery(f"{profile.name} cannot answer the query: {said or status}")
