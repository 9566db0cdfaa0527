"""Pages opened through the router as a visitor opens them, without a browser, and what stands on them."""

import json
import re
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from app_pages.parts import graph
from app_pages.reading import READERS, ReadingPage
from kg import views
from kg.engine import Engine
from tests.frozen import ROOT

__all__ = [
    "HOSTILE",
    "MORE",
    "OPEN",
    "ROOMS_OF_PAGES",
    "ROUTER",
    "button",
    "case_of",
    "data_of",
    "downloads",
    "glance",
    "html",
    "links",
    "opened",
    "read_page",
    "targets",
    "was_drawn",
]


# An address of each page at which it asks the graph for something.
OPEN: dict[str, dict[str, str | list[str]]] = {
    "index": {},
    "about": {},
    "background": {},
    "body": {"id": "nhs-england"},
    "case": {"id": "leeds"},
    "claim": {"id": "leeds-1"},
    "compare": {"case": ["leeds", "devon"]},
    "concept": {"id": "challenges"},
    "factor": {"id": "surface-and-resolve-conflicts"},
    "factors": {},
    "find": {"words": "nobody trusts anybody"},
    "known": {},
    "missing": {"address": "nope"},
    "network": {"focus": "case/leeds"},
    "place": {"id": "leeds"},
    "places": {},
    "practice": {"id": "set-up-joint-leadership-and-governance-arrangements"},
    "query": {},
    "session": {"difficulty": "conflict"},
    "similar": {"case": "leeds"},
    "source": {"id": "waites-2016"},
    "thing": {"id": "case/leeds"},
    "timeline": {},
    "vocabulary": {},
}


# What else is asked where a name is unknown, or where something is opened.
MORE: list[tuple[str, dict[str, str | list[str]]]] = [
    ("case", {"id": "leds"}),
    ("claim", {"id": "nope"}),
    ("claim", {"id": "nope", "paper": "true"}),
    ("practice", {"id": "nope"}),
    ("known", {"by": "difficulty", "matter": "earthquakes", "area": "recognition"}),
    ("query", {"example": "case-list"}),
    ("session", {"blocks": "open.10_close.10", "minutes": "30"}),
]


# What stands before the slot of an address, for each page of things.
ROOMS_OF_PAGES = {
    "body": "body/",
    "case": "case/",
    "claim": "claim/",
    "concept": "scheme/",
    "factor": "scheme/factors/",
    "place": "place/",
    "practice": "scheme/practices/",
    "source": "source/",
    "thing": "",
}


ROUTER = ROOT / "app_pages" / "router.py"


HOSTILE = (
    "<script>alert(1)</script> **x** [a](javascript:alert(1)) $x$ :red[x] \"' & <img src=x onerror=alert(1)>"
)


def opened(page: str = "index.py", /, **address: str | list[str]) -> AppTest:
    tester = AppTest.from_file(str(ROUTER), default_timeout=30)
    if page != "index.py":
        tester.switch_page(page)
    for name, value in address.items():
        tester.query_params[name] = value
    tester.run()
    assert not tester.exception
    return tester


def read_page(page: str, /, **slots: str | bool) -> ReadingPage:
    """Return a reading page as the server sends it before Streamlit runs; `paper` asks the paper alone."""
    paper = slots.pop("paper", False) is True
    with graph.chosen(graph.Choice(paper=paper)):
        return READERS[page]({name: [str(value)] for name, value in slots.items()})


def html(tester: AppTest) -> str:
    """Return what a page shows as HTML, without the mark that tells one run of it from another."""
    bodies = [str(each.proto.body) for each in tester.get("html")]
    return "\n".join(body for body in bodies if "data-kg-drawn" not in body)


def was_drawn(tester: AppTest) -> bool:
    """Whether a page was drawn to its end, which the script that moves between pages waits for."""
    return "data-kg-drawn" in str(tester.get("html")[-1].proto.body)


def links(tester: AppTest) -> list[tuple[str, str, str]]:
    protos = [each.proto for each in tester.get("page_link")]
    return [(proto.label, proto.page, proto.query_string) for proto in protos]


def downloads(tester: AppTest) -> list[str]:
    """Name the buttons of a page that save a file, in their order."""
    return [
        json.loads(each.proto.json)["label"]
        for each in tester.get("bidi_component")
        if each.proto.component_name == "save"
    ]


def case_of(engine: Engine, slug: str) -> views.Case:
    return views.case(engine, slug)


def targets(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'<a href="([^"]*)"', text)]


def data_of(tester: Any) -> dict[str, Any]:
    (element,) = (
        each.proto
        for each in tester.get("bidi_component")
        if getattr(each.proto, "component_name", "") == "connections"
    )
    found: dict[str, Any] = json.loads(element.json)
    return found


def glance(tester: AppTest) -> list[str]:
    return list(tester.radio(key="session-at").options)


def button(tester: AppTest, name: str) -> AppTest:
    (found,) = [each for each in tester.button if each.label == name]
    return found.click().run()
