"""The addresses that answer programs, beside the pages that answer people."""

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from kg.build import built_downloads
from kg.content import bundled
from kg.service import Service, health
from kg.web import asked, changes, description, downloads, generated, linked_data, room, vendor
from kg.web.service_description import service_description
from kg.web.sparql import SparqlEndpoint


def routes(service: Service) -> list[BaseRoute]:
    """Give the routes of everything that programs ask for."""

    def healthz(_: Request) -> JSONResponse:
        state = health(service)
        status = 200 if state.get("ok") else 503
        return JSONResponse(state, status_code=status, headers={"Cache-Control": "no-store"})

    return [
        Route("/healthz", healthz, methods=["GET"]),
        Route("/sparql", SparqlEndpoint(service, service_description)),
        *linked_data.routes(service.current),
        *description.routes(service.current),
        *changes.routes(service.current),
        *downloads.routes(service.current, partial(built_downloads, bundled())),
        *asked.routes(service.current),
        *vendor.routes(),
        *room.routes(service.current),
        *generated.routes(),
    ]
