"""Files to take away, each at an address that does not change, and the list of them."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import UnknownName
from kg.publish.downloads import CSVM, BuiltDownload, File, files
from kg.service import ServedGraph
from kg.settings.public_address import base_path_of_environment
from kg.web.listing import ListingLink, ListingSection, page
from kg.web.negotiation import best_media_type
from kg.web.resource import REST, ReadOnlyResource, accept_header, etag, is_held
from kg.web.state_cache import StateCache

__all__ = ["routes"]

_ROOM = "/download/"
_JSON, _HTML = "application/json", "text/html"


def routes(
    serving: Callable[[], ServedGraph], ready: Callable[[str], Mapping[str, BuiltDownload]] = lambda _: {}
) -> list[BaseRoute]:
    """Give the routes below `/download`, where nothing but these answers.

    Args:
        serving: Gives the graph as it is now.
        ready: Gives the files that were built of a version of the graph, by name; those that are missing
            are made when they are first asked for.
    """
    to_list = ReadOnlyResource(lambda _: RedirectResponse(_ROOM, 308))
    return [
        Route("/download", to_list),
        Route(f"{_ROOM}{{name:{REST}}}", ReadOnlyResource(_Downloads(serving, ready).answer)),
    ]


class _Downloads:
    def __init__(
        self, serving: Callable[[], ServedGraph], ready: Callable[[str], Mapping[str, BuiltDownload]]
    ) -> None:
        self._serving = serving
        self._ready = ready
        self._files: StateCache[Mapping[str, File]] = StateCache()
        self._built: StateCache[Mapping[str, BuiltDownload]] = StateCache()
        self._bytes: StateCache[bytes] = StateCache()
        # One file is made at a time, so that however many are asked for, there is room for other requests.
        self._maker = ThreadPoolExecutor(1, thread_name_prefix="downloads")

    def answer(self, request: Request) -> Response | Awaitable[Response]:
        """Give the list or a file; 404 with the nearest name for any other."""
        name: str = request.path_params["name"]
        served = self._serving()
        on_offer = self._files.get(
            served.version, "", lambda: {file.name: file for file in files(served.engine)}
        )
        if name == "":
            return self._list(request, served, on_offer)
        if name not in on_offer:
            error = UnknownName("file", " ".join(name[:100].split()), on_offer)
            return PlainTextResponse(f"{error} {_ROOM} lists them all.\n", 404)
        return self._file(request, served, on_offer[name])

    def _file(self, request: Request, served: ServedGraph, file: File) -> Response | Awaitable[Response]:
        tag = etag(version("system-leadership-explorer"), served.version, file.name)
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        if file.described_by:
            headers["Link"] = f'<{_ROOM}{file.described_by}>; rel="describedby"; type="{CSVM}"'
        if is_held(request, tag):
            return Response(status_code=304, headers=headers)
        shown = "inline" if file.media_type.endswith("json") else "attachment"
        headers["Content-Disposition"] = f'{shown}; filename="{file.name.rpartition("/")[2]}"'
        found = self._built_of(served).get(file.name)
        if found is None or not found.path.is_file():
            return self._made(served, file, headers)
        path = found.path
        if found.compressed is not None:
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in request.headers.get("accept-encoding", "") and "range" not in request.headers:
                path, headers["Content-Encoding"] = found.compressed, "gzip"
        return FileResponse(path, media_type=file.media_type, headers=headers, stat_result=path.stat())

    async def _made(self, served: ServedGraph, file: File, headers: Mapping[str, str]) -> Response:
        """Make a file that was not built, after those that were asked for before."""

        def make() -> bytes:
            return self._bytes.get(served.version, file.name, file.make)

        content = await asyncio.get_running_loop().run_in_executor(self._maker, make)
        return Response(content, media_type=file.media_type, headers=headers)

    def _built_of(self, served: ServedGraph) -> Mapping[str, BuiltDownload]:
        return self._built.get(served.version, "", lambda: self._ready(served.version))

    def _list(self, request: Request, served: ServedGraph, on_offer: Mapping[str, File]) -> Response:
        kind = best_media_type(accept_header(request), [_JSON, _HTML]) or _JSON
        sizes = {name: found.size for name, found in self._built_of(served).items()}
        tag = etag(version("system-leadership-explorer"), served.version, kind, "with sizes" if sizes else "")
        headers = {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept"}
        if is_held(request, tag):
            return Response(status_code=304, headers=headers)
        body = _page(on_offer, sizes) if kind == _HTML else _as_json(on_offer, sizes)
        return Response(body, media_type=kind, headers=headers)


def _as_json(on_offer: Mapping[str, File], sizes: Mapping[str, int]) -> str:
    listed = [
        {
            "address": base_path_of_environment() + _ROOM + name,
            "holds": file.means,
            "type": file.media_type,
            **({"bytes": sizes[name]} if name in sizes and not file.other_form_of else {}),
        }
        for name, file in on_offer.items()
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _page(on_offer: Mapping[str, File], sizes: Mapping[str, int]) -> str:
    described = {file.described_by for file in on_offer.values()}

    def row(file: File) -> list[str | list[ListingLink]]:
        links = [ListingLink(file.name, _ROOM + file.name)]
        links += [
            ListingLink(other.name.rpartition(".")[2], _ROOM + other.name)
            for other in on_offer.values()
            if other.other_form_of == file.name
        ]
        if file.described_by:
            links.append(ListingLink("metadata", _ROOM + file.described_by))
        return [links, file.means, *([_size(sizes[file.name])] if sizes else [])]

    def section(heading: str, group: str) -> ListingSection:
        shown = [each for each in on_offer.values() if each.group == group and not each.other_form_of]
        rows = [row(each) for each in shown if each.name not in described]
        return ListingSection(heading, ("File", "What it holds", *(("Size",) if sizes else ())), rows)

    return page(
        "Downloads",
        "Every file is made from the graph as it is now. Data: CC BY 4.0. An empty cell of a table means "
        "that something is not stated or was not found, never no; the codebook says which, column by column.",
        [ListingLink("Questions with a fixed address", "/ask/"), ListingLink("The explorer", "/")],
        [
            section("Tables for spreadsheets and statistics", "table"),
            section("The whole graph", "graph"),
            section("Each case", "case"),
        ],
    )


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"
