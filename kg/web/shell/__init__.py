"""What we add to the page that Streamlit gives every browser: words for when the page cannot come to life."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.language import language_tag

__all__ = ["Shell", "routes"]

_HERE = Path(__file__).parent
_WITHOUT_SCRIPTS = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
# Streamlit's page is changed, so neither its compressed form nor its validators are of use.
_OF_THE_FILE = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}


def routes() -> Sequence[BaseRoute]:
    """Give the route of the script that watches the connection."""

    def script(_: Request) -> FileResponse:
        return FileResponse(
            _HERE / "connection.js", media_type="text/javascript", headers={"Cache-Control": "no-cache"}
        )

    return [Route("/connection.js", script, methods=["GET"])]


class Shell:
    """Add to every page what to say where it needs a websocket and gets none, or runs no scripts."""

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        """Wrap an application.

        Args:
            app: The application.
            pages: The addresses of its pages, without the first stroke.
        """
        self.app = app
        self._pages = {"", *pages}
        self._added = (_HERE / "connection.html").read_bytes()
        self._instead = (_HERE / "without_scripts.html").read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; change the answer if it is a page."""
        if scope["type"] != "http" or scope["path"].strip("/") not in self._pages:
            await self.app(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name not in _OF_THE_FILE]
        started: list[Message] = []
        body: list[bytes] = []

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            body.append(message.get("body", b""))
            if message.get("more_body", False):
                return
            (start,) = started
            page = b"".join(body)
            answer = MutableHeaders(scope=start)
            if answer.get("content-type", "").startswith("text/html"):
                page = self._written(page)
                for name in ("content-length", "etag", "last-modified", "accept-ranges"):
                    del answer[name]
                if scope["method"] != "HEAD":
                    answer["content-length"] = str(len(page))
            await send(start)
            await send({"type": "http.response.body", "body": page})

        await self.app({**scope, "headers": headers}, receive, send_changed)

    def _written(self, page: bytes) -> bytes:
        page = page.replace(b'<html lang="en">', f'<html lang="{language_tag()}">'.encode(), 1)
        page = _WITHOUT_SCRIPTS.sub(lambda _: self._instead.strip(), page, count=1)
        return page.replace(b"</body>", self._added + b"</body>", 1)
