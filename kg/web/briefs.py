"""One-page briefs of cases, each at an address of its own that can be linked to and sent on."""

from collections.abc import Callable
from importlib.metadata import version

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg import views
from kg.errors import Busy, KgError, Unreachable, sentence_of
from kg.export import FORMS, brief_of_cases, write_manuscript
from kg.service import ServedGraph
from kg.web.resource import etag, is_held
from kg.web.state_cache import StateCache

__all__ = ["routes"]


def routes(serving: Callable[[], ServedGraph]) -> list[BaseRoute]:
    """Return the route of the briefs; `serving` returns the graph as it is now, each time it is asked."""
    written: StateCache[bytes] = StateCache()

    def write(served: ServedGraph, slug: str, ending: str, paper: bool) -> bytes:
        graphs = views.graphs_of_the_paper(served.engine) if paper else None

        def make() -> bytes:
            return write_manuscript(brief_of_cases(served.engine, [slug], served.version, graphs), ending)

        # An unknown case is refused before it takes a place in the cache.
        if slug not in views.case_list(served.engine, graphs):
            raise KgError(f"There is no case called “{slug[:80]}” here.")
        return written.get(served.version, f"{slug}.{ending} {paper}", make)

    async def brief(request: Request) -> Response:
        slug, ending = request.path_params["slug"], request.path_params["ending"]
        if ending not in FORMS:
            return PlainTextResponse(f"A brief can be had as {', '.join(FORMS)}.\n", 404)
        paper = request.query_params.get("paper") == "true"
        try:
            served = await run_in_threadpool(serving)
            tag = etag(version("system-leadership-explorer"), served.version, f"{slug}.{ending} {paper}")
            headers = {"Cache-Control": "no-cache", "ETag": tag}
            if is_held(request, tag):
                return Response(status_code=304, headers=headers)
            content = await run_in_threadpool(write, served, slug, ending, paper)
        except (Busy, Unreachable) as fault:
            return PlainTextResponse(f"{sentence_of(fault)}\n", 503)
        except KgError as fault:
            return PlainTextResponse(f"{sentence_of(fault)}\n", 404)
        headers |= {"Content-Disposition": f'attachment; filename="brief-{slug}.{ending}"'}
        return Response(content, media_type=FORMS[ending].media_type, headers=headers)

    return [Route("/brief/{slug}.{ending}", brief, methods=["GET"])]
