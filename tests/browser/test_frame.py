"""What surrounds every page: served at once, taken over without a jump, and Back returns to its place."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.looking import drawn, opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHONE: ViewportSize = {"width": 390, "height": 844}
CASE = "/case?id=canterbury"
# Where everything on a page stands, and how large it is written.
LAYOUT = """root => [...document.querySelectorAll(root + ' :is(h1,h2,h3,p,li,td,a,button)')].map(part => {
  const box = part.getBoundingClientRect();
  return [part.tagName, part.textContent.slice(0, 40), Math.round(box.left), Math.round(box.top + scrollY),
          Math.round(box.height)];
})"""


def layout(page: Page, root: str) -> list[Any]:
    """Return where everything below an element stands."""
    found: list[Any] = page.evaluate(LAYOUT, root)
    return found


@pytest.mark.parametrize("width", [390, 1280])
def test_streamlit_takes_over_without_a_jump(page: Page, server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(server + CASE)
    served = layout(page, "#kg-served .kg-page")
    page.unroute_all(behavior="ignoreErrors")
    opened(page, server + CASE)
    assert len(served) > 200
    assert layout(page, "#root .kg-page") == served
    expect(page.get_by_role("main")).to_have_count(1)


@pytest.mark.parametrize(
    "address", [f"{CASE}&keep=leeds.devon", "/find?words=budgets", "/similar?case=leeds"]
)
def test_a_page_that_nobody_moved_stays_at_its_top(address: str, page: Page, server: str) -> None:
    opened(page, server + address)
    assert page.evaluate("window.scrollY") == 0


@pytest.mark.parametrize("address", [CASE, "/compare?case=leeds&case=devon"])
def test_the_first_link_leads_past_the_bar(address: str, page: Page, server: str) -> None:
    opened(page, server + address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_place_and_the_focus_of_the_reader_outlast_the_take_over(page: Page, server: str) -> None:
    page.goto(server + CASE)
    fold = page.locator("#kg-served #group-situation > summary")
    fold.focus()
    page.keyboard.press("Enter")
    page.evaluate("document.querySelector('#kg-served .kg-line').scrollIntoView()")
    drawn(page)
    expect(page.locator("#root #group-situation > summary")).to_be_focused()
    expect(page.locator("#root #group-situation .kg-line").first).to_be_in_viewport()


def test_back_returns_to_the_same_place_on_the_case(page: Page, server: str) -> None:
    opened(page, server + CASE)
    page.evaluate("window.sameDocument = true")
    page.locator("#group-situation > summary").click()
    link = page.locator("#canterbury-76 a").last
    link.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    link.click()
    expect(page).to_have_url(re.compile(r"/claim\?id=canterbury-76$"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("#kg-said")).to_have_text(page.title())
    page.go_back()
    expect(link).to_be_focused()
    assert abs(page.evaluate("scrollY") - place) < 3
    assert page.evaluate("window.sameDocument") is True


def test_a_choice_is_an_entry_that_back_undoes(page: Page, server: str) -> None:
    opened(page, server + CASE)
    page.get_by_role("link", name="Add to my shortlist").click()
    expect(page.locator(".kg-shortlist")).to_contain_text("Canterbury")
    expect(page.get_by_role("link", name="Take off my shortlist")).to_be_focused()
    expect(page.locator(".kg-nav a").first).to_have_attribute("href", re.compile("keep=canterbury"))
    page.go_back()
    expect(page.locator(".kg-shortlist")).to_have_count(0)
    page.get_by_role("link", name="Only the King’s Fund paper").click()
    expect(page.get_by_role("link", name="Show all documents")).to_be_focused()
    expect(page).to_have_url(re.compile("paper=true"))
    page.go_back()
    expect(page.get_by_role("link", name="Only the King’s Fund paper")).to_be_visible()


def test_the_menu_of_a_phone_closes_on_a_choice_and_by_escape(page: Page, server: str) -> None:
    page.set_viewport_size(PHONE)
    opened(page, server + CASE)
    menu, bar = page.get_by_role("button", name="Menu"), page.locator(".kg-bar").bounding_box()
    assert bar is not None and bar["height"] <= 56
    expect(page.get_by_role("link", name="Sessions")).to_be_hidden()
    menu.click()
    expect(page.get_by_role("link", name="Sessions")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Sessions")).to_be_hidden()
    expect(menu).to_be_focused()
    menu.click()
    page.get_by_role("link", name="Data", exact=True).click()
    expect(page).to_have_url(re.compile("/query$"))
    expect(page.get_by_role("link", name="Sessions")).to_be_hidden()


def test_nothing_that_has_focus_hides_under_the_bar(page: Page, server: str) -> None:
    opened(page, server + CASE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden += page.evaluate(
            """() => {
              const part = document.activeElement, bar = document.querySelector('.kg-bar');
              if (bar.contains(part) || part.matches('body, .kg-skip')) return [];
              return part.getBoundingClientRect().top < bar.getBoundingClientRect().bottom - 1
                ? [part.textContent] : [];
            }"""
        )
    assert hidden == []


def test_a_page_reads_well_with_scripts_off(browser: Browser, server: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server + CASE)
        expect(page.get_by_role("heading", level=1)).to_have_text("Canterbury DHB, New Zealand")
        expect(page.get_by_text("need JavaScript")).to_be_visible()
        expect(page.get_by_role("button", name="Copy link")).to_be_hidden()
        page.get_by_label("You are here").get_by_role("link").first.click()
        expect(page).to_have_url(f"{server}/")


def test_a_page_reads_well_where_the_connection_is_blocked(browser: Browser, server: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        page.route_web_socket("**/*", lambda socket: socket.close())
        page.goto(server + CASE)
        expect(page.get_by_text("something blocks it")).to_be_hidden()
        page.clock.run_for(15_000)
        expect(page.get_by_text("something blocks it")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text("Canterbury DHB, New Zealand")


def test_a_copied_link_opens_the_same_page_without_the_shortlist(page: Page, server: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, f"{server}{CASE}&paper=true&keep=salford")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#kg-said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}{CASE}&paper=true"
