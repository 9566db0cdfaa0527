"""The application: the pages and, on the same port, what programs ask for."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from app_pages import discovery, serving
from app_pages.parts import graph
from app_pages.parts.pages import ADDRESSES
from kg.errors import KgError
from kg.settings.allowed_hosts import allowed_hosts_of_environment
from kg.settings.public_address import base_path_of_environment
from kg.web.base_path import BasePath
from kg.web.changes import FeedLink
from kg.web.headers import SecurityHeaders
from kg.web.hosts import KnownHosts
from kg.web.routes import routes
from kg.web.shell import Shell
from kg.web.wrong_addresses import WrongAddresses

PAGES = Path(__file__).resolve().parent / "app_pages"


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Open the graph before the first visitor comes; if it has a fault, the pages say which."""
    graph.serve_on(asyncio.get_running_loop())
    with suppress(KgError):
        await asyncio.to_thread(graph.service().current)
    threading.Thread(target=graph.warm, name="what every visitor needs", daemon=True).start()
    yield
    await graph.service().leave()
    graph.service().close()


def favicon(_: Request) -> FileResponse:
    """Give our own icon before the first page has named it."""
    return FileResponse(PAGES / "static" / "icon.png")


answered = [*routes(graph.service()), *serving.routes(), *discovery.routes(), Route("/favicon.png", favicon)]
app = st.App(
    PAGES / "router.py",
    routes=answered,
    lifespan=warm,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(KnownHosts, allowed=allowed_hosts_of_environment),
        Middleware(BasePath, base=base_path_of_environment),
        Middleware(FeedLink),
        Middleware(GZipMiddleware, minimum_size=1024),
        Middleware(WrongAddresses, pages=ADDRESSES, routes=answered, nothing=serving.nothing),
        Middleware(Shell, pages=ADDRESSES, frame=serving.frame),
    ],
)
