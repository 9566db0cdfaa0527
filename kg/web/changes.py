"""What changed, as an Atom feed (RFC 4287)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from feedgenerator import Atom1Feed
from rdflib import URIRef
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.graph.named_graphs import DATASET
from kg.markup import filled
from kg.service import ServedGraph
from kg.views import Changes, Link, Since, changes, day_in_words
from kg.web.description import public_address
from kg.web.negotiation import best_media_type
from kg.web.representations import not_acceptable
from kg.web.resource import ReadOnlyResource, accept_header, etag, is_held

__all__ = ["FEED", "FeedLink", "routes", "write_feed"]

_TEMPLATES = Path(__file__).parent / "templates"
FEED = "/changes.atom"
FEED_TYPE = "application/atom+xml"
_LINK = f'<{FEED}>; rel="alternate"; type="{FEED_TYPE}"; title="What changed"'
_NAME = "System Leadership Case Explorer"
_TYPES = (FEED_TYPE, "application/xml", "text/xml")
# The feed is called the same wherever it is served, as RFC 4287 asks of it.
_CALLED = URIRef(f"{DATASET}#changes")


def routes(serving: Callable[[], ServedGraph]) -> list[BaseRoute]:
    """Give the route of the feed; `serving` gives the graph as it is now, each time it is asked."""

    def feed(request: Request) -> Response:
        address = public_address(request)
        if address is None:
            return PlainTextResponse("The Host header does not name a host.\n", 400)
        if best_media_type(accept_header(request), _TYPES) is None:
            return not_acceptable(_TYPES)
        served = serving()
        tag = etag(version("system-leadership-explorer"), served.version, FEED, address)
        headers = {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept"}
        if is_held(request, tag):
            return Response(status_code=304, headers=headers)
        return Response(
            write_feed(changes(served.engine), address),
            media_type=f"{FEED_TYPE}; charset=utf-8",
            headers=headers,
        )

    return [Route(FEED, ReadOnlyResource(feed))]


class FeedLink:
    """Name the feed in the head of every page, where readers of feeds look for it.

    It is a header of the answer (RFC 8288), since the head of the page itself is Streamlit's own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the link where the answer is a page."""

        async def send_with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Link", _LINK)
            await send(message)

        await self._app(scope, receive, send_with_link if scope["type"] == "http" else send)


class _Feed(Atom1Feed):  # type: ignore[misc]
    """A feed that says itself when it was last changed, even where it holds nothing yet."""

    def latest_post_date(self) -> datetime:
        found: datetime = self.feed["updated"]
        return found


def write_feed(found: Changes, address: str) -> str:
    """Write the feed.

    Args:
        found: What changed.
        address: Where this server is reached, such as `https://example.org`, without a slash at its end.

    Returns:
        Atom: an entry for each correction, each withdrawal and each release, latest first.
    """
    entries = sorted(
        [
            *_corrections(found, address),
            *_withdrawals(found, address),
            *(entry for since in found.periods for entry in _releases(since, address)),
        ],
        key=lambda entry: (entry["updateddate"], entry["unique_id"]),
        reverse=True,
    )
    feed = _Feed(
        title=f"{_NAME}: what changed",
        link=f"{address}/about",
        description="Statements that are new, were corrected or withdrawn, and why.",
        feed_url=f"{address}{FEED}",
        feed_guid=str(_CALLED),
        author_name=_NAME,
        language="en-GB",
        feed_copyright="CC BY 4.0",
        updated=max((entry["updateddate"] for entry in entries), default=_moment(found.begun)),
    )
    for entry in entries:
        feed.add_item(**entry)
    text: str = feed.writeString("utf-8")
    return text


def _corrections(found: Changes, address: str) -> Iterator[dict[str, Any]]:
    for correction in found.corrected:
        yield _entry(
            f"Corrected: a statement about {_about(correction.about)}",
            f"{address}/claim?id={correction.slug}",
            correction.iri,
            correction.day,
            filled(_TEMPLATES / "correction.html", correction=correction),
            "corrected",
        )


def _withdrawals(found: Changes, address: str) -> Iterator[dict[str, Any]]:
    for withdrawal in found.withdrawn:
        yield _entry(
            f"Withdrawn: a statement about {_about(withdrawal.about)}",
            f"{address}/claim?id={withdrawal.slug}",
            withdrawal.iri,
            withdrawal.day,
            filled(_TEMPLATES / "withdrawal.html", withdrawal=withdrawal, address=address),
            "withdrawn",
        )


def _releases(since: Since, address: str) -> Iterator[dict[str, Any]]:
    if since.release is None:
        return
    release = since.release
    yield _entry(
        f"Release {release.version} of {day_in_words(release.day)}",
        f"{address}/about",
        release.iri,
        release.day,
        filled(_TEMPLATES / "release.html", release=release, since=since, address=address),
        "released",
    )


def _entry(title: str, link: str, name: str, day: date, text: str, kind: str) -> dict[str, Any]:
    return {
        "title": title,
        "link": link,
        "description": text,
        "unique_id": name,
        "updateddate": _moment(day),
        "categories": [kind],
    }


def _about(links: Iterable[Link]) -> str:
    return " and ".join(link.name for link in links)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
