"""What is answered at an address where there is no page: a real 404."""

from collections.abc import Awaitable, Callable, Collection, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["WrongAddresses"]

# What Streamlit itself answers beside the pages: see its starlette_routes.
_STREAMLIT = {"_stcore", "app", "component", "media", "static"}


class WrongAddresses:
    """Say that nothing lies at an address without a page; Streamlit would show its first page instead."""

    def __init__(
        self,
        app: ASGIApp,
        pages: Collection[str],
        routes: Sequence[BaseRoute],
        nothing: Callable[[Request], Awaitable[Response]],
    ) -> None:
        """Wrap an application.

        Args:
            app: The application.
            pages: The addresses of its pages, without the first stroke.
            routes: What it answers beside them.
            nothing: Answers where there is no page.
        """
        self.app = app
        self._pages = pages
        self._routes = routes
        self._nothing = nothing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, unless it asks for a page that does not exist."""
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and self._is_wrong(scope):
            await (await self._nothing(Request(scope)))(scope, receive, send)
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
            and all(route.matches(scope)[0] is Match.NONE for route in self._routes)
        )
