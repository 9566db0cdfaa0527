"""The addresses that answer programs, beside the pages that answer people."""

from functools import partial
from importlib.metadata import version as package_version

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from kg.build.pipeline import built_downloads
from kg.graph.content import content_of_environment
from kg.service import Service
from kg.web import (
    asked,
    briefs,
    changes,
    description,
    downloads,
    generated,
    linked_data,
    nanopublications,
    room,
    vendor,
)
from kg.web.service_description import service_description
from kg.web.sparql import SparqlEndpoint


def routes(service: Service) -> list[BaseRoute]:
    """Give the routes of everything that programs ask for."""

    async def healthz(_: Request) -> JSONResponse:
        # On the event loop, and without asking anything: it answers however busy the server is.
        state = service.health()
        said: dict[str, object] = {"ok": state.ok, "version": package_version("system-leadership-explorer")}
        if state.served is not None:
            said |= {"graph": state.served.version, "counts": dict(state.served.counts)}
        said |= {name: text for name, text in (("message", state.message), ("note", state.note)) if text}
        headers = {"Cache-Control": "no-store"} | ({} if state.ok else {"Retry-After": "2"})
        return JSONResponse(said, status_code=200 if state.ok else 503, headers=headers)

    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/sparql", SparqlEndpoint(service, service_description)),
        *nanopublications.routes(service.current),
        *linked_data.routes(service.current),
        *description.routes(service.current),
        *changes.routes(service.current),
        *downloads.routes(service.current, partial(built_downloads, content_of_environment())),
        *asked.routes(service.current),
        *briefs.routes(service.current),
        *vendor.routes(),
        *room.routes(service.current),
        *generated.routes(),
    ]
