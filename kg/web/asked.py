"""Named questions at addresses that do not change, answered as tables or in the forms of SPARQL."""

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.engine import Answer, Rows
from kg.errors import BadQuery, MissingInput, UnknownName
from kg.publish.downloads import CSV
from kg.queries import questions, results
from kg.queries.binding import QueryFile
from kg.service import ServedGraph
from kg.settings.public_address import base_path_of_environment
from kg.tables.spreadsheet import csv_bytes
from kg.views import graphs_of_the_paper
from kg.web.listing import ListingLink, ListingSection, page
from kg.web.negotiation import best_media_type
from kg.web.resource import REST, ReadOnlyResource, accept_header, etag, is_held

__all__ = ["routes"]

_ROOM = "/ask/"
# The slot that asks for the paper alone; no question has one of that name.
_PAPER = "paper"
_MOST_VALUES = 200
_TYPES = {
    "json": "application/sparql-results+json",
    "csv": CSV,
    "tsv": "text/tab-separated-values; charset=utf-8",
    "xml": "application/sparql-results+xml",
}
_JSON, _HTML = "application/json", "text/html"


def routes(serving: Callable[[], ServedGraph]) -> list[BaseRoute]:
    """Give the routes below `/ask`, where nothing but these answers.

    Args:
        serving: Gives the graph as it is now.
    """

    def answer(request: Request) -> Response:
        path: str = request.path_params["name"]
        if path == "":
            return _list(request, serving())
        try:
            name, form = _parted(path)
            asked = questions.question(name)
        except UnknownName as error:
            return PlainTextResponse(f"{error} {_ROOM} lists every question.\n", 404)
        try:
            return _answered(request, serving(), asked, form)
        except (BadQuery, MissingInput, UnknownName) as error:
            return PlainTextResponse(" ".join(str(error).split()) + "\n", 400)

    to_list = ReadOnlyResource(lambda _: RedirectResponse(_ROOM, 308))
    return [Route("/ask", to_list), Route(f"{_ROOM}{{name:{REST}}}", ReadOnlyResource(answer))]


def _parted(path: str) -> tuple[str, str]:
    name, dot, form = path.rpartition(".")
    if not dot:
        raise UnknownName(
            "file", _short(path), [f"{question.name}.csv" for question in questions.all_questions()]
        )
    if form not in _TYPES:
        raise UnknownName("format", _short(form), _TYPES)
    return _short(name), form


def _answered(request: Request, served: ServedGraph, asked: QueryFile, form: str) -> Response:
    given, paper = _given(request.query_params)
    tag = etag(
        version("system-leadership-explorer"), served.version, asked.name, form, str(request.query_params)
    )
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    terms = questions.known_terms(served.engine, asked.name, questions.given_terms(asked.name, given))
    if missing := [slot for slot in asked.given if slot not in terms]:
        raise MissingInput(
            f"This question needs {' and '.join(missing)}: write ?{_example(asked)} at the end."
        )
    if is_held(request, tag):
        return Response(status_code=304, headers=headers)
    graphs = graphs_of_the_paper(served.engine) if paper else None
    answer = questions.answer(served.engine, asked.name, terms, graphs)
    shown = "inline" if form in {"json", "xml"} else "attachment"
    headers["Content-Disposition"] = f'{shown}; filename="{asked.name}.{form}"'
    return Response(_written(answer, form), media_type=_TYPES[form], headers=headers)


def _given(query: QueryParams) -> tuple[dict[str, list[str]], bool]:
    """Part what is given for the slots from the choice of documents.

    Raises:
        MissingInput: If there are too many values, or the choice is none.
    """
    pairs = query.multi_items()
    if len(pairs) > _MOST_VALUES:
        raise MissingInput(f"At most {_MOST_VALUES} values can be given at once.")
    given: dict[str, list[str]] = {}
    for slot, value in pairs:
        given.setdefault(_short(slot), []).append(value)
    choices = set(given.pop(_PAPER, ["false"]))
    if choices not in ({"true"}, {"false"}):
        raise MissingInput(f"Write {_PAPER}=true for the paper alone, or leave {_PAPER} out.")
    return given, choices == {"true"}


def _written(answer: Answer, form: str) -> bytes:
    if form == "csv" and isinstance(answer, Rows):
        return csv_bytes(
            answer.variables, (["" if cell is None else str(cell) for cell in row] for row in answer.rows)
        )
    return results.write_answer(answer, form).encode()


def _short(text: str) -> str:
    return " ".join(text[:100].split())


def _example(asked: QueryFile) -> str:
    pairs = [(slot, value) for slot, values in questions.examples(asked.name).items() for value in values]
    return urlencode(pairs)


def _address(asked: QueryFile, form: str) -> str:
    example = _example(asked)
    return f"{_ROOM}{asked.name}.{form}" + (f"?{example}" if example else "")


def _list(request: Request, served: ServedGraph) -> Response:
    kind = best_media_type(accept_header(request), [_JSON, _HTML]) or _JSON
    tag = etag(version("system-leadership-explorer"), served.version, kind)
    headers = {"Cache-Control": "no-cache", "ETag": tag, "Vary": "Accept"}
    if is_held(request, tag):
        return Response(status_code=304, headers=headers)
    listed = questions.all_questions()
    body = _page(listed) if kind == _HTML else _as_json(listed)
    return Response(body, media_type=kind, headers=headers)


def _as_json(listed: Sequence[QueryFile]) -> str:
    base = base_path_of_environment()
    told = [
        {
            "name": each.name,
            "question": each.header["summary"],
            "given": list(each.given),
            **{form: base + _address(each, form) for form in ("csv", "json")},
        }
        for each in listed
    ]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _page(listed: Sequence[QueryFile]) -> str:
    rows: list[list[str | list[ListingLink]]] = [
        [
            each.header["summary"],
            ", ".join(each.given) or "nothing",
            [ListingLink(form.upper(), _address(each, form)) for form in ("csv", "json")],
        ]
        for each in listed
    ]
    return page(
        "Questions with a fixed address",
        "Each answer is taken from the graph as it is now. Where a question needs something, the links give "
        "an example: put another short name in its place, or several, each after an & of its own. With "
        "paper=true only the paper is asked. An empty answer means that nothing was found, never no.",
        [ListingLink("Downloads", "/download/"), ListingLink("The explorer", "/")],
        [ListingSection(f"{len(listed)} questions", ("Question", "Needs", "Example"), rows)],
    )
