"""Files that an open page offers: each is made when the browser asks for it, at an address of its own.

The address stays the same while the page is drawn anew, so no click is lost, and a fault is answered with
a sentence that the page can show beside the button.
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import Busy, KgError, Unreachable, sentence_of

__all__ = ["FILES", "GeneratedFile", "offer", "routes"]

FILES = "/files/"
_GONE = "This page has been open for too long, or the server was started anew. Load the page again."
_NOT_STORED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class GeneratedFile:
    """A file that can be asked for as long as this object is kept.

    Attributes:
        make: Makes the content; it runs outside the page, in a thread of its own.
        media_type: What programs call its form.
        token: The last part of its address, which nobody can guess: the file may hold a visitor's own words.
    """

    make: Callable[[], bytes | str]
    media_type: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))


# What a page no longer keeps is gone from here too: a file lives as long as the visit it was offered in.
_offered: WeakValueDictionary[str, GeneratedFile] = WeakValueDictionary()


def offer(file: GeneratedFile) -> GeneratedFile:
    """Let a file be asked for by its token, as long as the caller keeps it."""
    _offered[file.token] = file
    return file


def routes() -> Sequence[BaseRoute]:
    """Return the route at which browsers ask for the files."""
    return [Route(f"{FILES}{{token}}", _answer, methods=["GET"])]


async def _answer(request: Request) -> Response:
    file = _offered.get(request.path_params["token"])
    if file is None:
        return PlainTextResponse(_GONE, 404, headers=_NOT_STORED)
    try:
        content = await run_in_threadpool(file.make)
    except Exception as fault:  # noqa: BLE001 - the outermost edge: it is logged, and said beside the button
        _LOG.exception("A file could not be made.")
        status = 503 if isinstance(fault, Busy | Unreachable) else 422 if isinstance(fault, KgError) else 500
        return PlainTextResponse(sentence_of(fault), status, headers=_NOT_STORED)
    headers = {**_NOT_STORED, "Content-Disposition": "attachment"}
    return Response(content, media_type=file.media_type, headers=headers)
