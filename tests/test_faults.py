"""What a visitor reads when something goes wrong: a sentence where it happened, and nothing typed is lost."""

import ast
import errno
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from app_pages.parts import faults, files, graph, saving
from app_pages.parts.pages import ADDRESSES
from app_pages.reading import READERS
from kg.errors import BadContent, Busy, TooCostly, Unreachable, sentence_of
from kg.web import generated
from tests.pages import MORE, OPEN, html, opened, was_drawn

HERE = Path(__file__).parent
PAGES = HERE.parent / "app_pages"
TREES = {path: ast.parse(path.read_text()) for path in sorted(PAGES.rglob("*.py"))}
FAULTS: dict[str, Exception] = {
    "busy": Busy("Too many pages are being drawn at once; try again in a moment."),
    "costly": TooCostly("This takes longer than it may."),
    "lost": Unreachable("The engine cannot be reached just now."),
    "content": BadContent("A file is broken."),
    "memory": MemoryError(),
    "disk": OSError(errno.ENOSPC, "No space left on device"),
    "bug": KeyError("a bug"),
}
# All but one, which asks for nothing by itself.
ASKING = sorted(OPEN.keys() - {"find"})


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    st.cache_resource.clear()


def failing(fault: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> Any:
        raise fault

    return fail


def said(tester: AppTest) -> list[str]:
    """Give what a page calls out, each piece of HTML that does so."""
    return [each for each in html(tester).split("\n") if 'role="alert"' in each]


def test_every_page_has_an_address_here() -> None:
    assert OPEN.keys() == {"index", *ADDRESSES}


@pytest.mark.parametrize(
    ("page", "fault"), [(each, "bug") for each in ASKING] + [("case", each) for each in FAULTS]
)
def test_every_page_says_its_fault_and_leads_on(
    page: str, fault: str, broken: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    raised = FAULTS[fault]
    broken.setattr(graph, "service", failing(raised))
    tester = opened(f"{page}.py", **OPEN[page])
    (alert,) = said(tester)
    assert sentence_of(raised) in alert
    assert "Try again" in [button.label for button in tester.button]
    assert was_drawn(tester)
    comes_back = isinstance(raised, Busy | Unreachable)
    assert ("The page comes back by itself" in html(tester)) == comes_back
    assert any(record.exc_info and record.exc_info[1] is raised for record in caplog.records)


def asking_functions() -> list[str]:
    """Name the functions of the graph that pages call and that ask it something, as the code has them."""
    tree = TREES[PAGES / "parts" / "graph.py"]
    calls = {
        each.name: {ast.unparse(node.func) for node in ast.walk(each) if isinstance(node, ast.Call)}
        for each in tree.body
        if isinstance(each, ast.FunctionDef)
    }
    asks = {"service"}
    while more := {name for name, used in calls.items() if used & asks} - asks:
        asks |= more
    called = {
        node.attr
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "graph"
    }
    # The way to the graph itself is broken in the test above, and looking for it again is no page's work.
    return sorted((asks & called) - {"service", "is_reachable"})


class Callers:
    """Which page calls each function of the graph that asks something."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, dict[str, str | list[str]]]] = {}
        self._open: tuple[str, dict[str, str | list[str]]] = ("", {})
        with pytest.MonkeyPatch.context() as patch:
            for name in asking_functions():
                patch.setattr(graph, name, self._noting(name))
            for self._open in [*OPEN.items(), *MORE]:
                page, address = self._open
                tester = opened(f"{page}.py", **address)
                if page == "session":
                    plan_for_words(tester)

    def _noting(self, name: str) -> Callable[..., object]:
        real = getattr(graph, name)

        def call(*given: object, **named: object) -> object:
            self.found.setdefault(name, self._open)
            return real(*given, **named)

        return call


@pytest.fixture(scope="module")
def callers() -> Callers:
    return Callers()


def plan_for_words(tester: AppTest) -> AppTest:
    tester.text_input(key="session-words").set_value("nobody trusts anybody")
    return press(tester, "Plan for this")


def press(tester: AppTest, label: str) -> AppTest:
    (button,) = [each for each in tester.button if each.label == label]
    button.click().run()
    assert not tester.exception
    return tester


@pytest.mark.xdist_group("search")
@pytest.mark.usefixtures("finder")
@pytest.mark.parametrize("name", asking_functions())
def test_every_question_that_fails_alone_is_said(
    name: str, callers: Callers, broken: pytest.MonkeyPatch
) -> None:
    assert name in callers.found, f"no page of this test asks graph.{name}: add one to MORE"
    page, address = callers.found[name]
    broken.setattr(graph, name, failing(KeyError("a bug")))
    tester = opened(f"{page}.py", **address)
    if not said(tester):
        plan_for_words(tester)
    assert sentence_of(KeyError()) in "".join(said(tester))
    assert was_drawn(tester)


def given_to_widgets() -> dict[str, ast.expr]:
    """Give what widgets of all pages call, by where it stands in the code."""
    names = {"on_click", "on_change", "on_select", "on_submit", "on_clicked_change", "on_opened_change"}
    return {
        f"{path.relative_to(PAGES)}:{word.value.lineno}": word.value
        for path, tree in TREES.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg in names
    }


def test_no_widget_calls_what_nobody_catches() -> None:
    found = given_to_widgets()
    assert len(found) > 20
    assert [where for where, given in found.items() if not is_caught(given)] == []
    assert not is_caught(ast.parse("f(on_click=g)", mode="eval").body.keywords[0].value)  # type: ignore[attr-defined]


def is_caught(given: ast.expr) -> bool:
    # What a part passes on was caught where it was handed over.
    return ast.unparse(given).startswith("faults.caught(")


def test_every_place_of_a_fault_is_drawn() -> None:
    def places(function: str) -> set[tuple[Path, str]]:
        return {
            (path, ast.unparse(node.args[-1]))
            for path, tree in TREES.items()
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and ast.unparse(node.func) == f"faults.{function}"
            and ast.unparse(node.args[-1]).endswith("PLACE")
        }

    drawn, used = places("said"), places("caught")
    assert used
    # The picture is drawn by one part, and what goes wrong in it is said by its page.
    assert {path for path, _ in used - drawn} <= {PAGES / "parts" / "network_picture.py"}


def widgets(tester: AppTest) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give every widget of a page that a visitor can change, with what changes it."""
    for button in tester.button:
        if not button.disabled:
            yield f"button {button.label}", button.click
    for box in (*tester.checkbox, *tester.toggle):
        yield f"box {box.label}", lambda box=box: box.set_value(not box.value)  # type: ignore[misc]
    for chooser in tester.selectbox:
        other = [each for each in chooser.options if each != chooser.value][:1]
        for each in other:
            yield f"choice {chooser.label}", lambda c=chooser, o=each: c.select(o)  # type: ignore[misc]
    for number in tester.number_input:
        yield f"number {number.label}", number.increment
    for field in (*tester.text_input, *tester.text_area):
        if field.proto.form_id:
            continue
        yield f"text {field.label}", lambda field=field: field.set_value("typed by a visitor")  # type: ignore[misc]


@pytest.mark.parametrize("page", READERS)
def test_a_page_to_read_has_nothing_that_could_fail_when_it_is_pressed(page: str) -> None:
    name = page or "index"
    assert not list(widgets(opened(f"{name}.py", **OPEN[name])))


@pytest.mark.parametrize("page", ["network", "session", "query"])
def test_every_widget_says_the_fault_of_what_it_does(page: str, broken: pytest.MonkeyPatch) -> None:
    fault = MemoryError()
    real, called = faults.caught, []

    def broken_catch(change: Callable[..., None], place: str = "") -> Callable[..., None]:
        def fail(*_: object, **__: object) -> None:
            called.append(change)
            raise fault

        return real(fail, place)

    broken.setattr(faults, "caught", broken_catch)
    # Of a page with many alike, such as the cases of a list, the first of a kind stands for all.
    names = dict.fromkeys(name for name, _ in widgets(opened(f"{page}.py", **OPEN[page])))
    said_of = set()
    for name in {" ".join(each.split()[:2]): each for each in reversed(names)}.values():
        tester = opened(f"{page}.py", **OPEN[page])
        called.clear()
        next(change for each, change in widgets(tester) if each == name)()
        tester.run()
        assert not tester.exception
        assert len(said(tester)) == bool(called), name
        if called:
            said_of.add(name)
            assert sentence_of(fault) in said(tester)[0]
            assert "Nothing was changed, and what you typed is still here." in said(tester)[0]
        if name.startswith("text "):
            label = name.removeprefix("text ")
            fields = [*tester.text_input, *tester.text_area]
            assert "typed by a visitor" in [each.value for each in fields if each.label == label]
        tester.run()
        assert not said(tester)
    assert said_of


def test_a_part_of_a_page_fails_alone(broken: pytest.MonkeyPatch) -> None:
    tester = opened("compare.py", case=["leeds", "devon"])
    broken.setattr(files, "as_section", failing(MemoryError()))
    tester.toggle(key="show-brief-leeds-devon").set_value(True).run()
    assert said(tester) == [
        '<p class="kg-fault-said" role="alert">This document cannot be shown. '
        f"{sentence_of(MemoryError())}</p>"
    ]
    assert "claim?id=leeds-" in html(tester)
    broken.undo()
    press(tester, "Try again")
    assert not said(tester)
    assert "kg-sheet" in html(tester)


@pytest.mark.parametrize("fault", ["busy", "costly", "memory"])
def test_what_was_typed_and_chosen_is_there_when_the_page_comes_back(
    fault: str, broken: pytest.MonkeyPatch
) -> None:
    tester = opened("session.py", difficulty="conflict")
    tester.number_input(key="session-people").set_value(9).run()
    tester.text_input(key="session-title").set_value("Our row").run()
    tester.text_area(key="session-note").set_value("Ask Sam").run()
    tester.multiselect(key="session-case").set_value(["leeds"]).run()
    broken.setattr(graph, "service", failing(FAULTS[fault]))
    tester.run()
    assert sentence_of(FAULTS[fault]) in "".join(said(tester))
    assert not tester.number_input
    tester.run()
    broken.undo()
    press(tester, "Try again")
    assert not said(tester)
    assert tester.number_input(key="session-people").value == 9
    assert tester.text_input(key="session-title").value == "Our row"
    assert tester.multiselect(key="session-case").value == ["leeds"]
    assert tester.selectbox(key="session-difficulty").value == "conflict"


def test_a_query_stays_in_its_field_while_the_graph_is_lost(broken: pytest.MonkeyPatch) -> None:
    tester = opened("query.py")
    tester.text_area(key="query-text").set_value("ASK {}").run()
    broken.setattr(graph, "service", failing(FAULTS["busy"]))
    press(tester, "Run")
    assert tester.text_area(key="query-text").value == "ASK {}"
    assert sentence_of(FAULTS["busy"]) in html(tester)


# ---- Files ----


@pytest.fixture
def browser_of_files() -> TestClient:
    return TestClient(Starlette(routes=list(generated.routes())))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_file_that_cannot_be_made_is_answered_with_a_sentence(
    fault: Exception, browser_of_files: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    file = generated.offer(generated.GeneratedFile(failing(fault), "text/csv"))
    with caplog.at_level(logging.ERROR):
        answer = browser_of_files.get(generated.FILES + file.token)
    assert answer.status_code in {422, 500, 503}
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text == sentence_of(fault)
    assert any(record.exc_info and record.exc_info[1] is fault for record in caplog.records)


def test_a_file_is_made_when_it_is_asked_for_and_gone_when_its_visit_is(browser_of_files: TestClient) -> None:
    contents: Iterator[str | bytes] = iter(("one", b"two"))
    file = generated.offer(generated.GeneratedFile(lambda: next(contents), "text/html"))
    address = generated.FILES + file.token
    first, second = browser_of_files.get(address), browser_of_files.get(address)
    assert (first.text, second.text) == ("one", "two")
    assert first.headers["content-disposition"] == "attachment"
    del file
    gone = browser_of_files.get(address)
    assert (gone.status_code, gone.text) == (404, generated._GONE)


def test_the_address_of_a_file_stays_while_its_page_is_drawn_anew() -> None:
    tester = opened("compare.py", case=["leeds", "devon"])
    before = {key: file.token for key, file in tester.session_state["generated-files"].items()}
    assert len(before) == 4
    tester.query_params["paper"] = "true"
    tester.run()
    tester.run()
    after = {key: file.token for key, file in tester.session_state["generated-files"].items()}
    assert after == before
    other = opened("compare.py", case=["leeds", "devon"])
    assert not {file.token for file in other.session_state["generated-files"].values()} & set(after.values())


def test_a_visit_keeps_no_more_files_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "_MOST_OFFERED", 5)
    tester = opened("compare.py", case=["leeds", "devon"])
    tester.multiselect(key="case").set_value(["leeds", "salford"]).run()
    kept = list(tester.session_state["generated-files"])
    assert len(kept) == 5
    assert kept[-1].startswith("brief-leeds-salford")


def test_every_file_of_a_page_is_saved_by_the_button_that_says_its_fault() -> None:
    used = {
        path.name
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"saving.button"}
    }
    assert used == {"files.py", "network_picture.py", "session_room.py", "session_words.py"}
    assert not [
        path
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "download_button"
    ]
