"""One kind of answer for everything that is only read: methods, validators and CORS in one place."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from kg.errors import KgError

__all__ = ["REST", "ReadOnlyResource", "accept_header", "etag", "is_held", "matches"]

_METHODS = "GET, HEAD, OPTIONS"
_CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Content-Location, ETag, Link"}
# The convertor of the last part of a path that is caught whole, line ends included.
REST = "rest"


class _Rest(Convertor[str]):
    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor(REST, _Rest())


class ReadOnlyResource:
    """Answers GET and HEAD with what a function gives, OPTIONS by itself, and refuses every other method.

    Args:
        given: Gives the answer to a request, or what is to be awaited for it; it runs in a thread, so it may
            take its time.
    """

    def __init__(self, given: Callable[[Request], Response | Awaitable[Response]]) -> None:
        self._given = given

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; scripts of any page may read the answer."""
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers={"Allow": _METHODS, **_preflight()})
        elif request.method not in {"GET", "HEAD"}:
            response = PlainTextResponse(
                f"This address can only be read: {_METHODS}.\n", 405, headers={"Allow": _METHODS}
            )
        else:
            try:
                found = await run_in_threadpool(self._given, request)
                response = found if isinstance(found, Response) else await found
            except KgError as error:
                response = PlainTextResponse(f"{error}\n", 503)
        response.headers.update(_CORS)

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await response(scope, receive, without_body if request.method == "HEAD" else send)


def _preflight() -> Mapping[str, str]:
    return {
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": "Accept, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }


def accept_header(request: Request) -> str | None:
    """Give the whole of what a client accepts, however many headers say it; None if none does."""
    return ",".join(request.headers.getlist("accept")) or None


def etag(*parts: str) -> str:
    """Give a weak validator for an answer that depends on these parts and nothing else."""
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:20]}"'


def is_held(request: Request, tag: str) -> bool:
    """Whether the client says that it holds the answer with this validator."""
    return matches(",".join(request.headers.getlist("if-none-match")), tag)


def matches(said: str, tag: str) -> bool:
    """Whether a value of If-None-Match names a validator, weakly compared (RFC 9110, section 13.1.2).

    >>> matches('"other", "abc"', 'W/"abc"')
    True
    """
    opaque = tag.removeprefix("W/")
    return said.strip() == "*" or opaque in re.findall(r'"[^"]*"', said)
