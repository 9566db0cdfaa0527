"""What stands at the address of a page before Streamlit draws it: the page itself, or what the tool is."""

import asyncio
import hashlib
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode

import streamlit
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from app_pages.parts import graph, shortlist
from app_pages.parts.frame import NAME
from app_pages.parts.pages import BAR, TITLES, TOOLS
from app_pages.parts.templates import render
from app_pages.reading import ReadingPage, Slots, read
from kg.errors import KgError, sentence_of
from kg.language import language, language_tag
from kg.publish.serialised import FORMATS
from kg.service import ServedGraph
from kg.settings.public_address import base_path_of_environment, public_address_of_environment
from kg.web.shell import Frame

__all__ = ["NAME", "STATIC", "data_of", "frame", "nothing", "routes", "style", "typefaces"]

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_YEAR = 31_536_000
_HOUR = 3600
# So many pages take some 20 MB.
_MOST_KEPT = 256


class Typeface(NamedTuple):
    """A typeface: the name of its family, and the file that holds it."""

    family: str
    file: Path


@cache
def style() -> str:
    """Return the style of every page."""
    files = sorted((_HERE / "styles").glob("*.css"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def typefaces() -> tuple[Typeface, ...]:
    """Return the typefaces that Streamlit brings along, so that a page has them before Streamlit runs."""
    media = Path(streamlit.__file__).parent / "static" / "static" / "media"
    return tuple(
        Typeface(family, next(media.glob(f"{file}.*.woff2")))
        for family, file in (
            ("Source Sans", "SourceSansVF-Upright.ttf"),
            ("Source Serif", "SourceSerifVariable-Roman.ttf"),
        )
    )


@cache
def _script() -> tuple[str, bytes]:
    content = (STATIC / "reading.js").read_bytes()
    return f"./reading.js?v={hashlib.sha256(content).hexdigest()[:12]}", content


def routes() -> Sequence[BaseRoute]:
    """Return the routes of what every page loads."""

    def script(_: Request) -> FileResponse:
        return FileResponse(
            STATIC / "reading.js",
            media_type="text/javascript",
            headers={"Cache-Control": f"public, max-age={_YEAR}, immutable"},
        )

    def picture(_: Request) -> FileResponse:
        return FileResponse(STATIC / "share.png", media_type="image/png")

    return [Route("/reading.js", script, methods=["GET"]), Route("/share.png", picture, methods=["GET"])]


async def nothing(request: Request) -> Response:
    """Answer where there is no page: in full, and without Streamlit, which would show its first page."""
    wanted = request.url.path.strip("/")
    page = await asyncio.to_thread(_nothing, wanted)
    return HTMLResponse(page, 404, headers={"Cache-Control": "no-store"})


def _nothing(wanted: str) -> str:
    slots = {"address": [wanted]}
    told = _frame("missing", slots)
    base = f"{base_path_of_environment()}/"
    return render("site/page.html", base=base, icon="./favicon.png", told=told, language=language_tag())


async def frame(scope: Scope) -> Frame:
    """Return what an address adds to the page; a fault of the graph is said in it."""
    page = scope["path"].strip("/")
    slots = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=100)
    return await asyncio.to_thread(_frame, page, slots)


class _Frames:
    """The pages of one state of the graph, drawn once each; those asked for longest ago are drawn anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[str, str, int] | None = None
        self._frames: OrderedDict[str, Frame] = OrderedDict()

    def get(self, served: ServedGraph, page: str, slots: Slots) -> Frame:
        """Return what an address adds to the page."""
        # A plan becomes overdue by the mere passing of days.
        state = (served.version, language(), int(time.time() // _HOUR))
        address = f"{page}?{urlencode(slots, doseq=True)}"
        with self._lock:
            if state != self._state:
                self._state, self._frames = state, OrderedDict()
            if address in self._frames:
                self._frames.move_to_end(address)
                return self._frames[address]
        choice = graph.Choice.of(lambda name: next(iter(slots.get(name, ())), None), served)
        with graph.chosen(choice):
            frame = _of(page, read(page, slots))
        with self._lock:
            if state == self._state:
                self._frames[address] = frame
                if len(self._frames) > _MOST_KEPT:
                    self._frames.popitem(last=False)
        return frame


_frames = _Frames()


def _frame(page: str, slots: Slots) -> Frame:
    try:
        return _frames.get(graph.service().current(), page, slots)
    except KgError as fault:
        with graph.chosen(graph.Choice()):
            return _of(page, None, sentence_of(fault))


def _of(page: str, reading: ReadingPage | None, fault: str | None = None) -> Frame:
    heading = reading.title if reading else TITLES[page]
    description = fault or (reading.description if reading else TOOLS.get(page, ""))
    status = 503 if fault else reading.status if reading else 200
    content = (
        render("frame/served.html", html=reading.html, shortlist=shortlist.drawn())
        if reading
        else render("frame/tool.html", heading=heading, description=description)
    )
    return Frame(
        head=_head(page, reading, heading, description),
        before=render("frame/bar.html", name=NAME, doors=BAR, page=page) + content,
        after=render("frame/foot.html", script=_script()[0], pages=" ".join(sorted(TITLES))),
        status=status,
    )


def _head(page: str, reading: ReadingPage | None, heading: str, description: str) -> str:
    public = (public_address_of_environment() or "").rstrip("/")
    address = reading.address if reading else page
    return render(
        "frame/head.html",
        title=f"{heading} – {NAME}" if page else NAME,
        name=NAME,
        description=description,
        canonical=f"{public}/{address}" if public else None,
        kind=reading.kind if reading else "WebPage",
        picture_text=f"{NAME}: what other places did, and how we know",
        picture=f"{public}/share.png" if public else "./share.png",
        thing=reading.thing if reading else None,
        formats=FORMATS,
        data=data_of(reading, public) if reading and reading.status == 200 else None,
        style=style(),
        typefaces=[(face.family, f"./static/media/{face.file.name}") for face in typefaces()],
        style_sheet=None,
    )


def data_of(reading: ReadingPage, public: str) -> str:
    """Return what schema.org is told of a page, safe inside a script element."""
    said: Mapping[str, object] = {
        "@context": "https://schema.org",
        "@type": reading.kind,
        "headline": reading.title,
        "description": reading.description,
        "inLanguage": "en-GB",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isPartOf": {"@type": "WebSite", "name": NAME},
        **({"url": f"{public}/{reading.address}"} if public else {}),
        **reading.properties,
    }
    return json.dumps(said, ensure_ascii=True).replace("<", "\\u003c")
