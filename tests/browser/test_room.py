"""The page that runs a session, in a real browser: time left, by hand and by the clock, without a network."""

import datetime
import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from tests.browser.looking import RULES

# One worker looks at pages, and so one server shows them; the others go on meanwhile.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# The worked plan: 12 strangers, hybrid, 90 minutes. It begins at ten past three, two hours ahead of UTC.
ROOM = "/room?factor=have-frequent-personal-contact&mode=hybrid&at=2026-07-24T15:10%2B02:00"
MINUTE = 60_000


def test_time_left_is_right_ahead_and_behind_and_goes_on_without_a_network(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    # A quarter past three there; what the machine takes for its own zone does not matter.
    page.clock.install(time=datetime.datetime(2026, 7, 24, 13, 15, tzinfo=datetime.UTC))
    page.clock.pause_at(datetime.datetime(2026, 7, 24, 13, 15, 1, tzinfo=datetime.UTC))
    page.goto(server + ROOM)
    left, name, pace = (page.locator(f"#{part}") for part in ("left", "name", "pace"))
    expect(name).to_have_text("Open and agree how we work")
    expect(left).to_have_text("4:59")
    expect(page.locator("#wall")).to_have_text("15:15")
    expect(page.locator("#next")).to_have_text("Next: 15:20 The person behind the role")
    # All that has to be read from the back fits into a shared picture of 720 lines.
    for part in (left, name, pace, page.locator("#next")):
        box = part.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 720
    assert left.evaluate("part => parseFloat(getComputedStyle(part).fontSize)") > 200

    page.context.set_offline(True)
    page.clock.run_for(5 * MINUTE)
    expect(name).to_have_text("The person behind the role")
    expect(left).to_have_text("19:59")
    expect(page.locator("#what article:visible h3")).to_have_text("15:20–15:40 The person behind the role")
    expect(page.locator("li[aria-current=step]:visible")).to_contain_text("Pair people")

    page.clock.run_for(24 * MINUTE)
    expect(page.get_by_role("button", name="Follow the clock")).to_be_disabled()
    page.keyboard.press("ArrowLeft")
    expect(name).to_have_text("The person behind the role")
    page.keyboard.press("ArrowRight")
    expect(pace).to_have_text("4 minutes behind the plan; as it goes, the end is at 16:44")
    expect(left).to_have_text("10:00")
    page.clock.run_for(11 * MINUTE)
    expect(left).to_have_text("1:00")
    expect(page.locator("#until")).to_have_text("over")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(name).to_have_text("One question, no agenda")
    expect(pace).to_have_text("On time")
    expect(page).to_have_url(re.compile(r"#block=4&since=\d+$"))
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    expect(pace).to_have_text("24 minutes ahead of the plan; as it goes, the end is at 16:15")
    page.keyboard.press("Home")
    expect(name).to_have_text("One question, no agenda")
    expect(pace).to_have_text("By the clock")
    page.clock.run_for(65 * MINUTE)
    expect(name).to_have_text("The session has ended")
    without_fault(page)


def test_a_phone_elsewhere_shows_the_same_without_notes(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.clock.install(time=datetime.datetime(2026, 7, 24, 13, 0, tzinfo=datetime.UTC))
    page.clock.pause_at(datetime.datetime(2026, 7, 24, 13, 0, 1, tzinfo=datetime.UTC))
    page.goto(f"{server}{ROOM}&view=participant")
    expect(page.locator("#left")).to_have_text("9:59")
    expect(page.locator("#until")).to_have_text("until it begins at 15:10")
    expect(page.get_by_text("Times are those of the meeting: UTC+02:00.")).to_be_visible()
    expect(page.get_by_text("If time runs short")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    without_fault(page)


def without_fault(page: Page) -> None:
    # Axe waits by the clock of the page.
    page.clock.resume()
    assert Axe().run(page, options=RULES).response["violations"] == []
