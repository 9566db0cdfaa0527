"""The journey of a leader with five minutes before a meeting, in a real browser."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.looking import RULES, opened

# One worker looks at pages, and so one server shows them; the others go on meanwhile.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BOX = "What are you facing? Use your own words, and no names of people."
QUESTION = (
    "a new board, two trusts at war over a fixed budget, and a council leader with a veto: "
    "what should I read before Thursday?"
)
# The first search after a start without kg build makes the index.
FIRST_SEARCH = 90_000


def test_what_to_read_before_thursday(page: Page, server: str, tmp_path: Path) -> None:
    opened(page, server)
    page.get_by_label(BOX).fill(QUESTION)
    page.keyboard.press("Enter")
    first = page.locator(".st-key-first")
    expect(first.get_by_role("heading", name="Read first")).to_be_visible(timeout=FIRST_SEARCH)
    expect(page).to_have_url(re.compile(r"/find$"))
    expect(page).to_have_title(re.compile("^Find"))

    roles = first.locator(".kg-role").all_inner_texts()
    assert 1 <= sum(role.startswith("A place") for role in roles) <= 2
    assert sum(role.startswith("What went wrong") for role in roles) == 1
    assert sum(role.startswith("Advice") for role in roles) == 1
    assert all(re.search(r"\d+ minutes? to read$", role) for role in roles)
    expect(first.get_by_text("We found nothing on:").first).to_be_visible()
    assert Axe().run(page, options=RULES).response["violations"] == []

    # By keyboard: what unfolds comes next, which a popover at the end of the page would not.
    page.locator("summary", has_text="One-page brief for my meeting").press("Enter")
    with page.expect_download() as downloading:
        for _ in range(3):
            page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="One-page brief for my meeting as web page")).to_be_focused()
        page.keyboard.press("Enter")
    brief = tmp_path / "brief.html"
    downloading.value.save_as(brief)
    assert "Not in what we have read" in brief.read_text()
    sheet = page.context.new_page()
    sheet.goto(brief.as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b", sheet.pdf(prefer_css_page_size=True))) == 1
    sheet.close()

    page.get_by_role("button", name="a council leader with a veto").click()
    expect(page.get_by_role("button", name="Put everything back")).to_be_visible()
    expect(page.get_by_text("for “a council leader with a veto”")).to_have_count(0)

    first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/(?:case|practice)\?id="))


def test_results_fit_a_narrow_window(page: Page, server: str) -> None:
    page.goto(f"{server}/find?words=a+fixed+budget+and+a+veto")
    expect(page.get_by_role("heading", name="Read first")).to_be_visible(timeout=FIRST_SEARCH)
    for width in (700, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_link_with_words_is_made_only_when_asked_for(page: Page, server: str) -> None:
    opened(page, f"{server}/about")
    page.get_by_role("link", name="Search", exact=True).click()
    expect(page).to_have_url(re.compile(r"/find#searching$"))
    expect(page.get_by_label(BOX)).to_be_focused()
    page.keyboard.type("a fixed budget")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("heading", name="Read first")).to_be_visible(timeout=FIRST_SEARCH)
    assert "budget" not in page.url
    page.get_by_role("button", name="Copy link with my words").click()
    expect(
        page.get_by_text(re.compile(r"http://127\.0\.0\.1:\d+/find\?words=a\+fixed\+budget"))
    ).to_be_visible()
