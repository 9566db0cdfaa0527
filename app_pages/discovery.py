"""What search engines and language models look for beside the pages: robots.txt, sitemap.xml, llms.txt."""

from collections.abc import Callable, Sequence
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app_pages.parts import graph
from app_pages.parts.frame import NAME
from app_pages.parts.templates import render
from app_pages.reading.addresses import addresses
from kg.errors import KgError, sentence_of
from kg.graph.content import content_of_environment
from kg.service import ServedGraph
from kg.settings.public_address import public_address_of_environment
from kg.terms import PREFIXES
from kg.views import case_list, story_lines
from kg.web.description import public_address

__all__ = ["routes"]

_SOON = {"Cache-Control": "no-cache"}


def routes() -> Sequence[BaseRoute]:
    """Return the routes of the three files."""
    return [
        Route("/robots.txt", _robots, methods=["GET"]),
        Route("/sitemap.xml", partial(_of_the_graph, _sitemap, "application/xml"), methods=["GET"]),
        Route("/llms.txt", partial(_of_the_graph, _for_language_models, "text/plain"), methods=["GET"]),
    ]


def _robots(request: Request) -> Response:
    lines = ["User-agent: *", "Allow: /", "Disallow: /sparql", "Disallow: /files/"]
    return PlainTextResponse("\n".join([*lines, f"Sitemap: {_base(request)}/sitemap.xml", ""]), headers=_SOON)


async def _of_the_graph(
    write: Callable[[ServedGraph, str], str], media_type: str, request: Request
) -> Response:
    try:
        served = await run_in_threadpool(graph.service().current)
        text = await run_in_threadpool(write, served, _base(request))
    except KgError as fault:
        return PlainTextResponse(f"{sentence_of(fault)}\n", 503)
    return Response(text, media_type=media_type, headers=_SOON)


def _base(request: Request) -> str:
    return (public_address_of_environment() or public_address(request) or "").rstrip("/")


def _sitemap(served: ServedGraph, base: str) -> str:
    pages = addresses(served.engine, content_of_environment())
    return render("site/sitemap.xml", pages=[f"{base}/{page}" for page in pages])


def _for_language_models(served: ServedGraph, base: str) -> str:
    lines = story_lines(served.engine)
    return render(
        "site/llms.txt",
        name=NAME,
        base=base,
        cases=[
            (name, slug, lines.get(PREFIXES["case"] + slug, ""))
            for slug, name in case_list(served.engine).items()
        ],
    )
