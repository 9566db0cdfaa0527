"""Everything below a path of the host, such as /explorer/, if KG_PUBLIC_ADDRESS names one."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["BasePath"]

_IN_LINK = re.compile(r"<(?=/(?!/))")


class BasePath:
    """Take the base path off what is asked for, and put it before every address in the head of an answer.

    All that is inside knows nothing of it. A proxy may have taken it off already.
    """

    def __init__(self, app: ASGIApp, base: Callable[[], str]) -> None:
        """Wrap an application.

        Args:
            app: The application.
            base: Gives the base path, such as `/explorer`; empty if there is none.
        """
        self.app = app
        self._base = base()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as if it were for the root of the host."""
        if not self._base or scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path == self._base and scope["type"] == "http":
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{path}/{'?' * bool(query)}{query}", 308)(scope, receive, send)
            return
        if path.startswith(f"{self._base}/"):
            # The base path holds no letters that are written otherwise in an address.
            start = len(self._base)
            raw = scope.get("raw_path")
            scope = {**scope, "path": path[start:], "raw_path": raw[start:] if raw else raw}
        host = Headers(scope=scope).get("host", "")

        async def send_below(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._put_before(MutableHeaders(scope=message), host)
            await send(message)

        await self.app(scope, receive, send_below)

    def _put_before(self, headers: MutableHeaders, host: str) -> None:
        for name in ("location", "content-location"):
            address = headers.get(name)
            if address is None:
                continue
            parts = urlsplit(address)
            if parts.netloc in {"", host} and parts.path.startswith("/"):
                headers[name] = parts._replace(path=self._base + parts.path).geturl()
        if links := headers.getlist("link"):
            headers["link"] = ", ".join(_IN_LINK.sub(f"<{self._base}", link) for link in links)
