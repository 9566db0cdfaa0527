"""Nanopublications: each statement at an address of its own, as TriG."""

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import UnknownName
from kg.publish.nanopublications import ENDING, MEDIA_TYPE, nanopublication
from kg.service import ServedGraph
from kg.web.negotiation import best_media_type
from kg.web.representations import FurtherForm, not_acceptable
from kg.web.resource import ReadOnlyResource, accept_header, etag, is_held

__all__ = ["nanopublication_form", "routes"]

_FILE = f"/claim/{{slug}}{ENDING}.trig"
_PAGE_TYPE = "text/html"
_OFFERED = (MEDIA_TYPE, _PAGE_TYPE)


def routes(serving: Callable[[], ServedGraph]) -> list[BaseRoute]:
    """Return the routes; `serving` gives the graph as it is now, each time it is asked."""

    def file(request: Request) -> Response:
        return _answer(serving(), request.path_params["slug"], request)

    def named(request: Request) -> Response:
        slug = request.path_params["slug"]
        chosen_type = best_media_type(accept_header(request), _OFFERED)
        if chosen_type is None:
            return not_acceptable(_OFFERED)
        if chosen_type == _PAGE_TYPE:
            return RedirectResponse(f"/claim/{quote(slug)}", 303, headers={"Vary": "Accept"})
        return _answer(serving(), slug, request)

    return [
        Route(_FILE, ReadOnlyResource(file)),
        Route(f"/claim/{{slug}}{ENDING}", ReadOnlyResource(named)),
    ]


def nanopublication_form(served: ServedGraph, slug: str) -> FurtherForm:
    """Return the form in which a statement is a nanopublication, for those that ask for TriG."""
    return FurtherForm(_file(slug), MEDIA_TYPE, partial(_answer, served, slug))


def _file(slug: str) -> str:
    return _FILE.format(slug=quote(slug))


def _answer(served: ServedGraph, slug: str, request: Request) -> Response:
    tag = etag(version("system-leadership-explorer"), served.version, ENDING, slug)
    headers = {
        "Cache-Control": "no-cache",
        "Content-Location": _file(slug),
        "ETag": tag,
        "Vary": "Accept",
    }
    if is_held(request, tag):
        return Response(status_code=304, headers=headers)
    try:
        text = nanopublication(served.engine, slug)
    except UnknownName as error:
        return PlainTextResponse(f"{error}\n", 404)
    return Response(text, media_type=MEDIA_TYPE, headers=headers)
