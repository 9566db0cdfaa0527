"""Linked data: every address of ours gives a page to people and RDF to programs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version

from rdflib import OWL, URIRef
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.check.requirements import Requirements, requirements
from kg.errors import UnknownName
from kg.graph.content import content_of_environment
from kg.graph.oxigraph import Triple
from kg.publish import jsonld
from kg.publish.additions import USES, with_additions
from kg.publish.nanopublications import published_claims
from kg.service import ServedGraph
from kg.terms import PREFIXES, ROOMS, SL
from kg.things import TERMS, Things, describe_thing, page_of, things
from kg.web.nanopublications import nanopublication_form
from kg.web.negotiation import best_media_type
from kg.web.representations import FurtherForm, LinkedDataRequest, negotiate, not_acceptable, split_suffix
from kg.web.resource import REST, ReadOnlyResource, accept_header, etag, is_held

__all__ = ["CONTEXT", "routes"]

CONTEXT = "/context.jsonld"
_CONTEXT_TYPES = ("application/ld+json", "application/json")
_CASES = "case"
# The slug of the ontology that places our terms among those of others.
_ALIGNMENT = "alignment"


@dataclass(frozen=True)
class _State:
    """What is worked out once for each version of the content."""

    version: str
    required: Requirements
    things: Things
    context: jsonld.Context
    versions: Mapping[str, str]
    published_claims: frozenset[URIRef]


def routes(serving: Callable[[], ServedGraph]) -> list[BaseRoute]:
    """Give the routes of linked data; `serving` gives the graph as it is now, each time it is asked."""
    held: list[_State] = []

    def state(served: ServedGraph) -> _State:
        known = next((each for each in held if each.version == served.version), None)
        if known is None:
            held[:] = [known := _worked_out(served)]
        return known

    def thing(room: str, request: Request) -> Response:
        served = serving()
        known = state(served)
        path = request.path_params[REST]
        if room == _CASES and not path:
            return RedirectResponse(f"/{_CASES}?{request.url.query}", 303)
        if room == TERMS and path in known.versions:
            return RedirectResponse(f"/{TERMS}/{known.versions[path]}", 303)
        slug, suffix = (path, None) if path in known.things.slugs[room] else split_suffix(path)
        try:
            iri = known.things.named(room, slug)
        except UnknownName as error:
            return PlainTextResponse(f"{error}\n", 404)
        return negotiate(
            request,
            LinkedDataRequest(
                iri, f"/{room}/{slug}", suffix, "/" + page_of(iri), further=_further(served, known, iri)
            ),
            served.version,
            lambda: _said(served, known, iri),
            lambda _: known.context,
        )

    def context(request: Request) -> Response:
        known = state(serving())
        if best_media_type(accept_header(request), _CONTEXT_TYPES) is None:
            return not_acceptable(_CONTEXT_TYPES)
        tag = etag(version("system-leadership-explorer"), known.version, CONTEXT)
        headers = {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept"}
        if is_held(request, tag):
            return Response(status_code=304, headers=headers)
        return Response(jsonld.alone(known.context), media_type=_CONTEXT_TYPES[0], headers=headers)

    return [
        *[
            Route(f"/{room}/{{{REST}:{REST}}}", ReadOnlyResource(partial(thing, room)))
            for room in (*ROOMS, TERMS)
        ],
        Route(CONTEXT, ReadOnlyResource(context)),
    ]


def _said(served: ServedGraph, known: _State, iri: URIRef) -> list[Triple]:
    """Return what is said of a thing, with what other tools look for; what a named graph holds, as it is."""
    found = describe_thing(served.engine, iri, known.required)
    return found if iri.startswith(PREFIXES["graph"]) else with_additions(found)


def _further(served: ServedGraph, known: _State, iri: URIRef) -> tuple[FurtherForm, ...]:
    """Return the forms that only some things have: a nanopublication of a claim that was not withdrawn."""
    if iri not in known.published_claims:
        return ()
    return (nanopublication_form(served, iri.removeprefix(PREFIXES["claim"])),)


def _worked_out(served: ServedGraph) -> _State:
    required = requirements(content_of_environment())
    listed = things(served.engine, required)
    return _State(
        version=served.version,
        required=required,
        things=listed,
        context=jsonld.context_of(jsonld.uses_of(served.engine) | jsonld.uses_in(required.triples) | USES),
        versions=dict(_versions(served, required, listed)),
        published_claims=frozenset(published_claims(served.engine)),
    )


def _versions(served: ServedGraph, required: Requirements, listed: Things) -> Iterator[tuple[str, str]]:
    """Give the path of the version of each ontology below `/def/`, with that of the ontology."""
    for slug in {"", _ALIGNMENT} & listed.slugs[TERMS]:
        said = with_additions(describe_thing(served.engine, listed.named(TERMS, slug), required))
        for subject, predicate, obj in said:
            if predicate == OWL.versionIRI and subject == listed.named(TERMS, slug):
                yield str(obj).removeprefix(str(SL)), slug
