"""The page that stands on the wall while a session runs, made from the address of its plan."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from kg import sessions, views
from kg.engine import Engine
from kg.errors import Busy, KgError, NoPlan, Unreachable, sentence_of
from kg.service import ServedGraph
from kg.sessions.room import POLICY, room
from kg.web.resource import ReadOnlyResource

__all__ = ["ROOM", "routes"]

ROOM = "/room"
_VIEWS = {"": False, "facilitator": False, "participant": True}
_EARLIEST, _LATEST = 2000, 2100
_LONGEST = 40
_LOG = logging.getLogger(__name__)


def routes(serving: Callable[[], ServedGraph]) -> list[BaseRoute]:
    """Give the route of the page; `serving` gives the graph as it is now, each time it is asked."""

    def page(request: Request) -> Response:
        try:
            told = _written(serving().engine, request.query_params)
        except (Busy, Unreachable) as fault:
            return PlainTextResponse(f"{fault}\n", 503, headers={"Retry-After": "5"})
        except KgError as fault:
            return PlainTextResponse(f"{fault} Open it from the page Plan a session.\n", 400)
        except Exception as fault:  # noqa: BLE001 - the outermost edge: it is logged, and said
            _LOG.exception("The page for the wall could not be made.")
            return PlainTextResponse(f"{sentence_of(fault)}\n", 500)
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
        return HTMLResponse(told, headers=headers)

    return [Route(ROOM, ReadOnlyResource(page))]


def _written(engine: Engine, query: QueryParams) -> str:
    begins = _begin(query.get("at", ""))
    view = query.get("view", "")
    if view not in _VIEWS:
        raise NoPlan(f'There is no view "{view[:_LONGEST]}"; choose facilitator or participant.')
    graphs = views.graphs_of_the_paper(engine) if query.get("paper") == "true" else None
    settings, unread = sessions.settings_in(
        query.getlist,
        sessions.choices_in(engine, "challenges"),
        sessions.choices_in(engine, "factors"),
        views.case_list(engine, graphs),
    )
    if unread:
        raise NoPlan(f"Part of the address cannot be read: {', '.join(unread)}.")
    settings = replace(settings, start=f"{begins:%H:%M}")
    blocks = query.get("blocks")
    plan = (
        sessions.plan(engine, settings, graphs)
        if blocks is None
        else sessions.plan_from_blocks(engine, settings, sessions.blocks_in(blocks), graphs)
    )
    return room(plan, begins, _VIEWS[view])


def _begin(given: str) -> datetime:
    """Read when a session begins.

    Raises:
        NoPlan: If the address does not say so, with the offset from universal time.
    """
    try:
        begins = datetime.fromisoformat(given[:_LONGEST]).replace(second=0, microsecond=0)
    except ValueError:
        begins = None
    if begins is None or begins.tzinfo is None or not _EARLIEST <= begins.year <= _LATEST:
        raise NoPlan("The address does not say when the session begins, such as at=2026-11-24T09:30Z.")
    return begins
