"""The description of the dataset, at the address that programs look at first and at its own."""

import re
from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg.publish import jsonld
from kg.publish.dataset import DATASET, describe_dataset
from kg.service import ServedGraph
from kg.settings.public_address import base_path_of_environment
from kg.web.representations import SUFFIXES, LinkedDataRequest, negotiate
from kg.web.resource import ReadOnlyResource

__all__ = ["public_address", "routes"]

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def routes(serving: Callable[[], ServedGraph]) -> list[BaseRoute]:
    """Give the routes of the description; `serving` gives the graph as it is now, each time it is asked."""

    def description(suffix: str | None, request: Request) -> Response:
        address = public_address(request)
        if address is None:
            return PlainTextResponse("The Host header does not name a host.\n", 400)
        served = serving()
        return negotiate(
            request,
            LinkedDataRequest(DATASET, "/dataset", suffix, "/about"),
            f"{served.version} {address}",
            lambda: describe_dataset(served.engine, served.version, address),
            lambda triples: jsonld.context_of(jsonld.uses_in(triples)),
        )

    return [
        Route("/.well-known/void", ReadOnlyResource(partial(description, None))),
        *[
            Route(
                "/dataset" + (f".{suffix}" if suffix else ""), ReadOnlyResource(partial(description, suffix))
            )
            for suffix in (None, *SUFFIXES)
        ],
    ]


def public_address(request: Request) -> str | None:
    """Give the address under which a client reached this server, without a slash at its end.

    Returns:
        None if the client named no host that could be one.
    """
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}{base_path_of_environment()}" if _HOST.fullmatch(host) else None
