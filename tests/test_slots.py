"""What a page cannot use of its address is said, with the nearest that exists, and never passed over."""

import itertools
import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.runtime.state.query_params_proxy import QueryParamsProxy
from streamlit.testing.v1 import AppTest

from app_pages.parts import graph, reading_page, slots
from app_pages.parts.pages import ADDRESSES
from kg.similarity import KINDS
from kg.views import MOST
from tests.pages import MORE, OPEN, data_of, html, opened

NOPE = "<b>nope"
# The page of results is opened without a question here: what it finds takes its time.
SEEN: dict[str, dict[str, str | list[str]]] = {**OPEN, "find": {}}
EVERY = [
    (page, name, slot)
    for page, own in slots.PAGES.items()
    for name, slot in {**slots.ANYWHERE, **own}.items()
]
NAMED = [(page, name, slot) for page, name, slot in EVERY if slot.known is not None or slot.fits is not None]


def together() -> Iterator[tuple[str, list[str]]]:
    """Give the slots of each page, as many at a time as a page names that it cannot use."""
    for page in slots.PAGES:
        names = [name for each, name, _ in NAMED if each == page]
        for start in range(0, len(names), slots._MOST_SAID):
            yield page, names[start : start + slots._MOST_SAID]


def file_of(page: str) -> str:
    return f"{page or 'index'}.py"


def about_the_address(tester: AppTest) -> str:
    """Give what a page says about its address, as text; "" if nothing."""
    found = re.findall(r'<div class="[^"]*\bkg-address\b[^>]*>(.*?)</div>', html(tester), re.DOTALL)
    assert len(found) <= 1
    return unescape(re.sub(r"<[^>]*>", " ", found[0])) if found else ""


def links_of(tester: AppTest) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]*)"', html(tester))]


class Noting(dict[str, list[str]]):
    """An address as a reading page gets it, which notes what is read of it."""

    def __init__(self, given: dict[str, list[str]], read: set[str]) -> None:
        super().__init__(given)
        self._read = read

    def get(self, key: str, default: Any = None) -> Any:
        self._read.add(key)
        return super().get(key, default)


class Opened(NamedTuple):
    """A page at its usual address, with what it read of that."""

    page: str
    tester: AppTest
    read: frozenset[str]


@pytest.fixture(scope="module")
def pages() -> list[Opened]:
    """Every page, each opened once."""
    read: set[str] = set()

    def noting(name: str) -> Any:
        real = getattr(QueryParamsProxy, name)

        def call(self: QueryParamsProxy, key: str, *given: Any) -> Any:
            read.add(key)
            return real(self, key, *given)

        return call

    found = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("__getitem__", "__contains__", "get", "get_all"):
            patch.setattr(QueryParamsProxy, name, noting(name))
        patch.setattr(reading_page, "address", lambda: Noting(slots.address(), read))
        for page, address in SEEN.items():
            read.clear()
            tester = opened(f"{page}.py", **address)
            found.append(Opened(page, tester, frozenset(read)))
    return found


def test_every_page_has_its_slots_listed() -> None:
    assert slots.PAGES.keys() == {"", *ADDRESSES}


@pytest.mark.parametrize(("page", "names"), list(together()))
def test_what_a_slot_cannot_mean_is_said(page: str, names: list[str]) -> None:
    # Each another one: what would be said twice is said once.
    given: dict[str, str | list[str]] = {name: f"{NOPE} {name}" for name in names}
    tester = opened(file_of(page), **{**SEEN[page or "index"], **given})
    assert [each for each in given.values() if f"“{each}”" not in about_the_address(tester)] == []
    assert "<b>nope" not in html(tester)
    assert tester.title or "<h1" in html(tester)
    for name in names:
        (said,) = slots.unused(page, {name: [NOPE]})
        assert NOPE in said.sentence


@pytest.mark.parametrize(
    ("page", "name"), [(p, n) for p, n, slot in EVERY if slot.on_page], ids=lambda each: each
)
def test_what_only_the_page_can_find_out_is_said_there(page: str, name: str) -> None:
    tester = opened(file_of(page), **{name: NOPE})
    text = html(tester)
    assert escape(NOPE) in text or "We cannot read the blocks in the address" in text
    assert "<b>nope" not in text


@pytest.mark.parametrize(("page", "name", "slot"), NAMED, ids=[f"{p or 'index'}-{n}" for p, n, _ in NAMED])
def test_what_a_slot_can_mean_is_used_without_a_word(page: str, name: str, slot: slots.Slot) -> None:
    usual = {
        "minutes": "60",
        "people": "9",
        "start": "10:00",
        "seed": "1",
        "steps": "2",
        "show": "20",
        "page": "1",
        "at": "53.5,-2.3",
        "zoom": "6",
    }
    value = next(iter(slot.known({}))) if slot.known is not None else usual.get(name, "true")
    assert slots.unused(page, {name: [value]}) == []


def test_every_link_that_pages_draw_is_understood_where_it_leads(pages: list[Opened]) -> None:
    looked_at = set()
    more = (opened(f"{page}.py", **address) for page, address in MORE)
    for tester in itertools.chain((each.tester for each in pages), more):
        targets = [*links_of(tester), *(f"{p}?{q}" for _, p, q in page_links(tester))]
        for target in targets:
            parts = urlsplit(target)
            path = parts.path.removeprefix("./").strip("/")
            if parts.scheme or path not in slots.PAGES or target.startswith("#"):
                continue
            given = parse_qs(parts.query)
            looked_at |= {(path, name) for name in given}
            assert slots.unused(path, given) == [], target
    assert len(looked_at) > 20


def page_links(tester: AppTest) -> Iterator[tuple[str, str, str]]:
    for each in tester.get("page_link"):
        yield each.proto.label, each.proto.page.rsplit("/", 1)[-1], each.proto.query_string


def test_no_page_reads_a_slot_that_is_not_listed(pages: list[Opened]) -> None:
    every: set[str] = set()
    for page, tester, read in pages:
        bound = {
            each.proto.query_param_key
            for kind in ("toggle", "checkbox", "text_input", "pagination")
            for each in tester.get(kind)
            if getattr(each.proto, "query_param_key", "")
        }
        listed = {*slots.ANYWHERE, *slots.PAGES["" if page == "index" else page]}
        assert read | bound <= listed, page
        every |= read | bound
    assert {"paper", "keep", "case", "focus", "stated", "documents"} <= every


def test_a_slug_alone_means_the_case_of_that_name() -> None:
    page = opened("network.py", focus="leeds")
    assert about_the_address(page) == ""
    assert data_of(page)["drawn"] == data_of(opened("network.py", focus="case/leeds"))["drawn"]
    assert page.query_params["focus"] in ("case/leeds", ["case/leeds"])


def test_the_nearest_name_is_offered_with_a_link_that_opens_it() -> None:
    for page, given, near in (
        (
            "timeline",
            {"case": ["devon", "leds"], "documents": "true"},
            "timeline?case=devon&case=leeds&documents=true",
        ),
        ("network", {"focus": "leds", "steps": "2"}, "network?focus=case/leeds&steps=2"),
        ("similar", {"case": "canterbry"}, "similar?case=canterbury"),
        ("", {"factor": "surface-and-resolve-conflict"}, "./?factor=surface-and-resolve-conflicts"),
        ("places", {"keep": "leds.devon"}, "places?keep=leeds.devon"),
    ):
        tester = opened(file_of(page), **given)
        assert "Did you mean" in about_the_address(tester)
        targets = [each.replace("%2F", "/") for each in links_of(tester)]
        assert any(each.startswith(near) for each in targets), (near, targets)


def test_a_picture_that_was_not_asked_for_says_so() -> None:
    tester = opened("network.py", focus="nowhere-at-all")
    assert "There is no case, term or body called “nowhere-at-all” here" in about_the_address(tester)
    assert "The page starts with Canterbury" in about_the_address(tester)


def test_a_part_that_no_page_reads_is_said_and_what_others_add_is_not() -> None:
    tester = opened("network.py", focsu="leeds", utm_source="mail", fbclid="x")
    assert about_the_address(tester).strip() == (
        "The address has a part called “focsu”, which this page does not use. Did you mean “focus”?"
    )


def test_more_than_a_page_takes_is_said() -> None:
    cases = list(graph.names())[: MOST + 1]
    tester = opened("compare.py", case=cases)
    assert f"The address names {MOST + 1} cases. The page uses the first {MOST}." in about_the_address(tester)
    twice = opened("network.py", focus=["case/leeds", "case/devon"])
    assert "The address has “focus” more than once. The page uses only one." in about_the_address(twice)
    many = opened("timeline.py", case=[f"nope-{number}" for number in range(20)])
    assert "14 more parts of the address could not be used." in about_the_address(many)


def test_a_case_of_other_documents_is_said_to_be_one() -> None:
    said = about_the_address(opened("timeline.py", case="wigan", paper="true"))
    assert "The paper does not speak of Wigan (the Wigan Deal), so the page leaves it out." in said


def test_a_page_that_a_list_does_not_have_is_said() -> None:
    for page in ("index.py", "places.py", "timeline.py"):
        assert "The list has one page, and no page 7." in html(opened(page, page="7"))
    known = html(opened("known.py", page="99"))
    assert re.search(r"The list has no page 99; it has \d+\. You see page 1\.", known)


def test_half_a_cell_is_said() -> None:
    tester = opened("known.py", by="difficulty", matter="earthquakes")
    assert "To open one combination, it has to name both." in html(tester)


def test_what_is_said_stays_until_the_visitor_goes_on() -> None:
    tester = opened("similar.py", case="nope", readings="true")
    assert "nope" in about_the_address(tester)
    tester.run()
    assert "nope" in about_the_address(tester)
    tester.selectbox(key="similar-case").set_value("leeds").run()
    assert about_the_address(tester) == ""
    tester.run()
    assert about_the_address(tester) == ""


def test_kinds_of_features_are_slots() -> None:
    assert set(KINDS) <= slots.PAGES["similar"].keys()
