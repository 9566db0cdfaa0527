"""What we put into the page that Streamlit gives every browser: the page itself, before any script runs."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.language import language_tag

__all__ = ["Frame", "Shell"]

_WITHOUT_SCRIPTS = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)
_ROOT = b'<div id="root">'
# Streamlit's page is changed, so neither its compressed form nor its validators are of use.
_OF_THE_FILE = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}


@dataclass(frozen=True)
class Frame:
    """What one address adds to the page.

    Attributes:
        head: HTML for the head, with a title.
        before: HTML that stands before what Streamlit draws.
        after: HTML that stands after it.
        status: 200, or 404 where there is nothing at the address.
    """

    head: str
    before: str
    after: str
    status: int = 200


class Shell:
    """Send every page whole: title, frame and content stand in it before a script runs."""

    def __init__(
        self, app: ASGIApp, pages: Collection[str], frame: Callable[[Scope], Awaitable[Frame]]
    ) -> None:
        """Wrap an application.

        Args:
            app: The application.
            pages: The addresses of its pages, without the first stroke.
            frame: Makes what an address adds.
        """
        self.app = app
        self._pages = {"", *pages}
        self._frame = frame

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; put the page into the answer if it is one."""
        if (
            scope["type"] != "http"
            or scope["method"] not in {"GET", "HEAD"}
            or scope["path"].strip("/") not in self._pages
        ):
            await self.app(scope, receive, send)
            return
        frame = await self._frame(scope)
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
                page, tag = self._written(page, frame)
                for name in ("content-length", "last-modified", "accept-ranges"):
                    del answer[name]
                answer["etag"] = tag
                answer["cache-control"] = "no-cache"
                if start["status"] == 200:
                    start["status"] = frame.status
                if frame.status == 200 and _holds(Headers(scope=scope).get("if-none-match", ""), tag):
                    start["status"], page = 304, b""
                elif scope["method"] != "HEAD":
                    answer["content-length"] = str(len(page))
            await send(start)
            await send({"type": "http.response.body", "body": page})

        await self.app({**scope, "method": "GET", "headers": headers}, receive, send_changed)

    @staticmethod
    def _written(page: bytes, frame: Frame) -> tuple[bytes, str]:
        """Return the page with what the frame adds, and its validator."""
        page = _WITHOUT_SCRIPTS.sub(b"", page, count=1)
        page = _TITLE.sub(lambda _: frame.head.encode(), page, count=1)
        page = page.replace(b'<html lang="en">', f'<html lang="{language_tag()}">'.encode(), 1)
        page = page.replace(_ROOT, frame.before.encode() + _ROOT, 1)
        page = page.replace(b"</body>", frame.after.encode() + b"</body>", 1)
        return page, f'W/"{hashlib.sha256(page).hexdigest()[:24]}"'


def _holds(known: str, tag: str) -> bool:
    """Whether a browser that names what it knows has the page already."""
    return tag.removeprefix("W/") in {each.strip().removeprefix("W/") for each in known.split(",")}
