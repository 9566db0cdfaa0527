"""One thing in the formats that it is asked for in: a page for people, RDF for programs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import quote

from rdflib import URIRef
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kg.graph.oxigraph import Triple
from kg.publish import jsonld
from kg.publish.serialised import FORMATS, serialise
from kg.web.negotiation import best_media_type
from kg.web.resource import accept_header, etag, is_held

__all__ = [
    "PAGE",
    "SUFFIXES",
    "FurtherForm",
    "LinkedDataRequest",
    "negotiate",
    "not_acceptable",
    "split_suffix",
]

# The ending of an address, and the media type, that ask for the page.
PAGE = "html"
_PAGE_TYPE = "text/html"
_BY_SUFFIX = {form.suffix: form for form in FORMATS}
_BY_TYPE = {form.media_type: form for form in FORMATS}
SUFFIXES = (*_BY_SUFFIX, PAGE)
_OFFERED = [*_BY_TYPE, _PAGE_TYPE]


@dataclass(frozen=True)
class FurtherForm:
    """A form that only some things have, beside the page and the triples.

    Attributes:
        address: Where it can be had without choosing.
        media_type: The media type that asks for it.
        answer: Answers a request with it.
    """

    address: str
    media_type: str
    answer: Callable[[Request], Response]


@dataclass(frozen=True)
class LinkedDataRequest:
    """A thing that is asked for.

    Attributes:
        iri: What it is called everywhere.
        path: Its address here, without a suffix.
        suffix: The ending that was asked for; None where the client chooses by Accept.
        page: The address of its page.
        forms: How the address of one of its formats is written from path and suffix.
        further: Forms that only things of its kind have; they come last in our preference.
    """

    iri: URIRef
    path: str
    suffix: str | None
    page: str
    forms: str = "{path}.{suffix}"
    further: tuple[FurtherForm, ...] = ()

    def form(self, suffix: str) -> str:
        """Give the address of one of its formats."""
        return self.forms.format(path=quote(self.path), suffix=suffix)


def split_suffix(path: str) -> tuple[str, str | None]:
    """Take the suffix off the end of a path, if it is one of ours.

    >>> split_suffix("leeds.ttl"), split_suffix("F4-p3.s1")
    (('leeds', 'ttl'), ('F4-p3.s1', None))
    """
    name, dot, suffix = path.rpartition(".")
    return (name, suffix) if dot and suffix in SUFFIXES else (path, None)


def negotiate(
    request: Request,
    asked: LinkedDataRequest,
    state: str,
    triples: Callable[[], Sequence[Triple]],
    context: Callable[[Sequence[Triple]], jsonld.Context],
) -> Response:
    """Answer in the format that is asked for.

    Args:
        request: What the client sent.
        asked: The thing.
        state: Names everything that the answer depends on beside the thing and its format.
        triples: Gives what there is to say of it; asked only where it has to be written.
        context: Gives the short names for JSON-LD.
    """
    further = {form.media_type: form for form in asked.further}
    offered = [*_OFFERED, *further]
    chosen_type = (
        (_BY_SUFFIX[asked.suffix].media_type if asked.suffix in _BY_SUFFIX else _PAGE_TYPE)
        if asked.suffix
        else best_media_type(accept_header(request), offered)
    )
    if chosen_type is None:
        return not_acceptable(offered)
    if chosen_type in further:
        return further[chosen_type].answer(request)
    headers = {"Link": _links(asked), "Vary": "Accept"}
    if chosen_type == _PAGE_TYPE:
        return RedirectResponse(asked.page, 303, headers=headers)
    form = _BY_TYPE[chosen_type]
    tag = etag(version("system-leadership-explorer"), state, asked.path, form.media_type)
    headers |= {
        "Cache-Control": "no-cache",
        "Content-Location": asked.form(form.suffix),
        "ETag": tag,
    }
    if is_held(request, tag):
        return Response(status_code=304, headers=headers)
    found = triples()
    written = serialise(found, form, context(found) if form.suffix == "jsonld" else {}, asked.iri)
    return Response(written, media_type=_with_charset(form.media_type), headers=headers)


def not_acceptable(offered: Sequence[str]) -> Response:
    """Say which media types there are."""
    return PlainTextResponse(
        f"None of the formats you accept is on offer; there are {', '.join(offered)}.\n",
        406,
        headers={"Vary": "Accept"},
    )


def _links(asked: LinkedDataRequest) -> str:
    """Write the Link header: the name of the thing, and its other forms."""
    others: Mapping[str, str] = {
        **{asked.form(form.suffix): form.media_type for form in FORMATS},
        asked.page: _PAGE_TYPE,
        **{form.address: form.media_type for form in asked.further},
    }
    return ", ".join(
        [f'<{asked.iri}>; rel="canonical"']
        + [f'<{address}>; rel="alternate"; type="{kind}"' for address, kind in others.items()]
    )


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
