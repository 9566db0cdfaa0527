"""Looking at pages in a browser: opening them, waiting until all is there, and what they are held to."""

from playwright.sync_api import Locator, Page, expect

__all__ = ["RULES", "case_links", "drawn", "opened"]


RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def opened(page: Page, address: str) -> None:
    """Open a page and wait until all of it is there."""
    page.goto(address)
    drawn(page)


def drawn(page: Page) -> None:
    """Wait until Streamlit has taken over what was served."""
    expect(page.locator("html.kg-live")).to_have_count(1)
    expect(page.locator("[data-test-script-state=notRunning]")).to_have_count(1)
    expect(page.locator(".kg-foot")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def case_links(page: Page) -> Locator:
    return page.locator("a[href*='case?id=']")
