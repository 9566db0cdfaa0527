"""Nanopublications: each statement at an address of its own, as TriG."""

from collections.abc import Callable
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import UnknownName
from kg.publish.nanopublications import ENDING, nanopublication
from kg.service import ServedGraph
from kg.web.resource import ReadOnlyResource, etag, is_held

__all__ = ["routes"]


def routes(serving: Callable[[], ServedGraph]) -> list[BaseRoute]:
    """Return the route; `serving` gives the graph as it is now, each time it is asked."""

    def answer(request: Request) -> Response:
        served = serving()
        slug = request.path_params["slug"]
        tag = etag(version("system-leadership-explorer"), served.version, ENDING, slug)
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        if is_held(request, tag):
            return Response(status_code=304, headers=headers)
        try:
            text = nanopublication(served.engine, slug)
        except UnknownName as error:
            return PlainTextResponse(f"{error}\n", 404)
        return Response(text, media_type="application/trig", headers=headers)

    return [Route(f"/claim/{{slug}}{ENDING}.trig", ReadOnlyResource(answer))]
