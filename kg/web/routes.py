"""The addresses that answer programs, beside the pages that answer people."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route


def routes(health: Callable[[], Mapping[str, object]]) -> list[BaseRoute]:
    """Give the routes; `health` says, each time it is asked, how the service is doing."""

    def healthz(_: Request) -> JSONResponse:
        state = dict(health())
        status = 200 if state.get("ok") else 503
        return JSONResponse(state, status_code=status, headers={"Cache-Control": "no-store"})

    return [Route("/healthz", healthz, methods=["GET"])]
