"""Where a browser is led that asks for a page that does not exist."""

from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["WrongAddresses"]

# What Streamlit itself answers beside the pages: see its starlette_routes.
_STREAMLIT = {"_stcore", "app", "component", "media", "static"}
_LONGEST = 200


class WrongAddresses:
    """Lead browsers from an address without a page to the page that says so, which is a real 404.

    Streamlit would show its first page instead.
    """

    def __init__(
        self, app: ASGIApp, pages: Collection[str], routes: Sequence[BaseRoute], missing: str
    ) -> None:
        """Wrap an application.

        Args:
            app: The application.
            pages: The addresses of its pages, without the first stroke.
            routes: What it answers beside them.
            missing: The address of the page that tells that there is none.
        """
        self.app = app
        self._pages = pages
        self._routes = routes
        self._missing = missing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless a browser asks for a page that does not exist."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
        elif scope["path"].rstrip("/") == self._missing:
            await self.app(scope, receive, _with_status(send, 404))
        elif self._is_wrong(scope):
            wanted = scope["path"].strip("/")[:_LONGEST]
            answer = RedirectResponse(f"{self._missing}?{urlencode({'address': wanted})}", 303)
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_wrong(self, scope: Scope) -> bool:
        path = scope["path"].strip("/")
        steps = path.split("/")
        return (
            path not in {"", *self._pages}
            and not _STREAMLIT & set(steps)
            # Files, such as those that Streamlit's own page loads.
            and "." not in steps[-1]
            and "text/html" in Request(scope).headers.get("accept", "")
            and all(route.matches(scope)[0] is Match.NONE for route in self._routes)
        )


def _with_status(send: Send, status: int) -> Send:
    async def send_with_status(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            message = {**message, "status": status}
        await send(message)

    return send_with_status
