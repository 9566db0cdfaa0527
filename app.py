"""The application: the pages and, on the same port, what programs ask for."""

from importlib.metadata import version
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from kg.web.headers import SecurityHeaders
from kg.web.routes import routes

PAGES = Path(__file__).resolve().parent / "app_pages"


def health() -> dict[str, object]:
    """Say that the service is up, and which version it is."""
    return {"ok": True, "version": version("system-leadership-explorer")}


def favicon(_: Request) -> FileResponse:
    """Give our own icon before the first page has named it."""
    return FileResponse(PAGES / "static" / "icon.png")


app = st.App(
    PAGES / "router.py",
    routes=[*routes(health), Route("/favicon.png", favicon)],
    middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1024)],
)
