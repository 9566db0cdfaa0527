"""A session planned with the keyboard alone, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import RULES, opened

# One worker looks at pages, and so one server shows them; the others go on meanwhile.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_STOPS = 80


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus, as someone without a mouse does."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("part => part === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {target}.")


def glance(page: Page) -> list[str]:
    return [line.strip() for line in page.get_by_test_id("stRadioOption").all_inner_texts()]


def test_keyboard_goes_through_the_whole_door(page: Page, server: str) -> None:
    opened(page, f"{server}/session?difficulty=fixed-budget-dispute")
    said = page.locator(".st-key-session-blocks .kg-said")
    tab_to(page, page.get_by_role("combobox", name="The difficulty in the room"))
    tab_to(page, page.get_by_role("spinbutton", name="Minutes", exact=True))
    page.keyboard.press("Control+a")
    page.keyboard.type("100")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"minutes=100"))

    tab_to(page, page.get_by_role("radio", checked=True))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name=re.compile("^Change “Read a case"))).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Later"))
    page.keyboard.press("Enter")
    expect(said).to_contain_text("now comes later.")
    assert "Break" in glance(page)[2] and "Read a case" in glance(page)[3]
    expect(page).to_have_url(re.compile(r"blocks=open\."))

    tab_to(page, page.get_by_role("combobox", name="Add after it"))
    page.keyboard.type("Programme wall")
    page.keyboard.press("Enter")
    expect(said).to_have_text("A block was added.")
    expect(
        page.get_by_text(re.compile(r"take \d+ minutes: \d+ more than the 100 you asked for"))
    ).to_be_visible()
    undo = page.get_by_role("button", name="Undo")
    undo.focus()
    page.keyboard.press("Enter")
    expect(said).to_have_text("The last change was undone.")
    assert not any("Programme wall" in line for line in glance(page))

    room = page.get_by_text("In the room: a page for the wall and for phones")
    tab_to(page, page.locator("summary", has=room))
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="For the wall and for everybody")
    tab_to(page, link)
    with page.context.expect_page() as opening:
        page.keyboard.press("Enter")
    expect(opening.value.locator("#name")).to_have_text("Open and agree how we work")
    opening.value.close()
    own = page.get_by_text("Your own words, and your plan file")
    own.click()
    expect(page.get_by_label("Title of the session")).to_be_visible()
    height = page.locator("[data-testid=stMain]").evaluate("part => part.scrollHeight")
    page.set_viewport_size({"width": 1280, "height": height + 50})
    assert Axe().run(page, options=RULES).response["violations"] == []
