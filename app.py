"""The application: the pages and, on the same port, what programs ask for."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from app_pages.parts import graph
from kg.service import health
from kg.web.changes import Announced
from kg.web.headers import SecurityHeaders
from kg.web.routes import routes

PAGES = Path(__file__).resolve().parent / "app_pages"


@asynccontextmanager
async def warm(_: st.App) -> AsyncIterator[None]:
    """Open the graph before the first visitor comes; if it has a fault, the pages say which."""
    graph.serve_on(asyncio.get_running_loop())
    health(graph.service())
    threading.Thread(target=graph.warm, name="what every visitor needs", daemon=True).start()
    yield
    await graph.service().leave()
    graph.service().close()


def favicon(_: Request) -> FileResponse:
    """Give our own icon before the first page has named it."""
    return FileResponse(PAGES / "static" / "icon.png")


app = st.App(
    PAGES / "router.py",
    routes=[*routes(graph.service()), Route("/favicon.png", favicon)],
    lifespan=warm,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(Announced),
        Middleware(GZipMiddleware, minimum_size=1024),
    ],
)
