"""The pages in a real browser: links, keys, narrow screens, paper, and no word to other hosts."""

import itertools
import json
import re
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from app_pages.parts.frame import NAME
from kg import views
from kg.build.store import version_of
from kg.engine import Engine
from kg.graph.content import Content
from tests.browser.conftest import HOSTILE, Watch
from tests.browser.looking import RULES, case_links, drawn, opened
from tests.frozen import SLUGS

# One worker looks at pages, and so one server shows them; the others go on meanwhile.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


TALLEST = 9000
# One of each kind, each looked at on a phone and as wide as the narrowest screen that counts.
PAGES = [
    "/",
    "/about",
    "/case?id=leeds",
    "/thing?id=source/abel-et-al-2018",
    "/vocabulary?term=about",
    "/query?example=case-outcomes",
    "/factor?id=surface-and-resolve-conflicts",
    "/practice?id=set-up-joint-leadership-and-governance-arrangements",
    "/source?id=waites-2016",
    "/claim?id=one-croydon-4",
    "/session?difficulty=earthquakes&mode=hybrid",
    "/similar?case=leeds",
    "/places",
    "/known?by=factor&matter=commit-to-working-together-for-the-longer-term&area=recognition",
    "/timeline?case=leeds&documents=true",
    "/compare?case=leeds&case=devon",
]


def turned(page: Page, address: str) -> None:
    """Turn from one page to another, as a link does: nothing that both share is loaded again."""
    title = page.title()
    page.evaluate(
        "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')) }", address
    )
    expect(page).not_to_have_title(title)
    drawn(page)


def test_health_tells_version_and_counts(server: str, engine: Engine, content: Content) -> None:
    with urlopen(f"{server}/healthz") as answer:
        health = json.load(answer)
    assert health["ok"] is True
    assert health["graph"] == version_of(content)
    assert health["counts"] == views.counts(engine)


def test_index_shows_every_case_and_back_returns_to_it(page: Page, server: str) -> None:
    opened(page, server)
    home = page.get_by_role("heading", level=1).inner_text()
    listed = page.locator(".kg-cases h3").get_by_role("link")
    expect(listed).to_have_count(len(SLUGS))
    page.evaluate("window.sameDocument = true")
    listed.filter(has_text="Devon").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Devon")
    expect(page).to_have_url(re.compile(r"/case\?id=devon$"))
    expect(page).to_have_title(re.compile("^Devon"))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(home)
    expect(page).to_have_title(NAME)
    expect(listed).to_have_count(len(SLUGS))
    assert page.evaluate("window.sameDocument") is True


def test_case_outside_the_paper_opens_with_all_documents(page: Page, server: str) -> None:
    opened(page, f"{server}/case?id=wigan&paper=true")
    page.get_by_role("link", name="Show what other documents say").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wigan")
    expect(page).to_have_url(re.compile(r"/case\?id=wigan$"))
    expect(page.locator("#statements")).to_be_visible()


def test_link_to_each_case_opens_that_case(page: Page, server: str, engine: Engine) -> None:
    for go, slug in (
        (opened, "jonkoping"),
        (turned, "stroke-services-in-london-and-greater-manchester"),
    ):
        go(page, f"{server}/case?id={slug}")
        case = views.case(engine, slug)
        expect(page.get_by_role("heading", level=1)).to_have_text(case.row.label)
        expect(page.locator(".kg-line[id]")).to_have_count(case.row.statements)


def test_watch_notices_another_host_an_error_and_a_breach_of_policy(
    page: Page, server: str, watch: Watch
) -> None:
    page.set_content("<img src='http://out.example/x'>", wait_until="commit")
    heard(page, watch, "asked http://out.example/x")
    page.set_content("<script>throw new Error('thrown')</script>", wait_until="commit")
    heard(page, watch, "threw thrown")
    opened(page, server)
    page.evaluate("void fetch('https://out.example/y').catch(() => 0)")
    heard(page, watch, "Content Security Policy")


def heard(page: Page, watch: Watch, words: str) -> None:
    """Wait until the watch has noted a fault, and strike it off."""
    for _ in range(200):
        if any(words in fault for fault in watch.faults):
            break
        page.wait_for_timeout(25)
    assert any(words in fault for fault in watch.faults)
    watch.faults.clear()


def test_keyboard_reaches_the_first_case_and_shows_where_it_is(page: Page, server: str) -> None:
    opened(page, server)
    first = case_links(page).first
    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    expect(first).to_be_focused()
    assert first.evaluate("link => parseFloat(getComputedStyle(link).outlineWidth)") >= 2
    name = first.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_no_page_has_a_fault_or_scrolls_sideways(page: Page, server: str) -> None:
    opened(page, f"{server}/case?id=devon")
    faults = {}
    for address in PAGES:
        page.set_viewport_size({"width": 320, "height": 844})
        turned(page, address)
        wide = page.locator("html").evaluate("part => part.scrollWidth > part.clientWidth")
        found = ["the page is wider than the window"] if wide else []
        found += faults_of(page, 390)
        if address == "/":
            found += faults_of(page, 1280)
        if found:
            faults[address] = found
    assert faults == {}
    page.add_style_tag(content=".kg-foot * { color: #ddd !important; }")
    (fault,) = faults_of(page, 1280)
    assert fault.startswith("color-contrast: "), "a fault that is there is not found"


def faults_of(page: Page, width: int) -> list[str]:
    # Axe does not look at what is scrolled out of sight, so the window grows as tall as the page.
    # Of a very long page, what repeats itself further down is left out.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height + 50, TALLEST)})
    results = Axe().run(page, options=RULES)
    assert "color-contrast" in {each["id"] for each in results.response["passes"]}
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in results.response["violations"]]


def test_unknown_case_is_answered_kindly_and_leads_on(page: Page, server: str) -> None:
    opened(page, f"{server}/case?id=leds")
    expect(page.get_by_text("There is no case called “leds” here.")).to_be_visible()
    case_links(page).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leeds")


def test_a_printed_case_fits_four_sheets_unless_it_is_unfolded(page: Page, server: str) -> None:
    opened(page, f"{server}/case?id=canterbury")
    folded = sheets(page)
    assert 1 <= folded <= 4
    expect(page.locator(".kg-bar")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert sheets(page) > folded
    page.emulate_media(media="print")
    expect(page.locator(".kg-bar")).to_be_hidden()
    statements = page.locator(".kg-line").all()
    assert len(statements) > 70 and all(each.is_visible() for each in statements)


def test_a_printed_comparison_fits_two_sheets(page: Page, server: str) -> None:
    for slugs in (("leeds", "devon"), ("leeds", "salford", "canterbury", "devon")):
        opened(page, f"{server}/compare?" + "&".join(f"case={slug}" for slug in slugs))
        expect(page.locator(".kg-compared").first).to_be_visible()
        assert 1 <= sheets(page) <= 2
    page.emulate_media(media="print")
    expect(page.get_by_role("combobox")).to_be_hidden()
    expect(page.locator("#compare-1 .kg-cell").first).to_be_hidden()


def test_a_comparison_is_stacked_where_the_screen_is_narrow(page: Page, server: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, f"{server}/compare?case=leeds&case=salford&case=canterbury&case=devon")
    cells = page.locator(".kg-compared").first.locator("tbody tr").first.locator("td")
    expect(cells).to_have_count(4)
    boxes = [box for each in cells.all() if (box := each.bounding_box())]
    assert len(boxes) == 4
    assert all(one["y"] + one["height"] <= two["y"] for one, two in itertools.pairwise(boxes))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def sheets(page: Page) -> int:
    """Return how many sheets of A4 a page takes."""
    return len(re.findall(rb"/Type /Page\b", page.pdf(format="A4")))


def test_address_of_a_thing_leads_a_browser_to_its_page(page: Page, server: str, engine: Engine) -> None:
    opened(page, f"{server}/claim/salford-9")
    expect(page).to_have_url(re.compile(r"/claim\?id=salford-9$"))
    said = views.statement_page(engine, "salford-9").statement.text
    expect(page.get_by_role("heading", level=1)).to_have_text(said)
    page.get_by_label("You are here").get_by_role("link", name="Salford (Salford Together)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Salford (Salford Together)")
    expect(page.locator("#salford-9")).to_be_in_viewport()
    opened(page, f"{server}/def/caveat")
    expect(page.get_by_role("heading", level=1)).to_have_text("caveat")
    expect(page.get_by_text("sl:caveat", exact=True)).to_be_in_viewport()
    answer = page.goto(f"{server}/claim/salfrd-9")
    assert answer is not None
    assert answer.status == 404


def test_hostile_content_does_nothing_but_be_read(page: Page, hostile_server: str) -> None:
    opened(page, hostile_server)
    link = page.locator(".kg-cases h3 a", has_text=HOSTILE)
    expect(link).to_have_text(HOSTILE)
    assert link.locator("*").count() == 0
    link.click()
    expect(page).to_have_url(re.compile(r"/case\?id=leeds$"))
    only_read(page)
    # The same page, as the server sends it before Streamlit draws it.
    page.route("**/static/js/**", lambda route: route.abort())
    page.goto(f"{hostile_server}/case?id=leeds")
    expect(page.locator("#kg-served")).to_be_visible()
    only_read(page)


def only_read(page: Page) -> None:
    """Hold that what the file of Leeds says is read as text, and makes nothing of its own."""
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    expect(page.locator(".kg-answer", has_text=HOSTILE)).to_be_visible()
    expect(page.locator(".kg-says", has_text=HOSTILE).first).to_have_text(HOSTILE)
    assert page.locator(".kg-page :is(img, script), a[href^=javascript]").count() == 0
    expect(page).to_have_title(re.compile(re.escape(HOSTILE)))


def test_nothing_of_a_visit_is_kept_but_what_about_says(
    page: Page, server: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    word = "wordofavisitor"
    for address in (
        f"/case?id={word}",
        f"/sparql?query=SELECT%20*%20{{?s%20?p%20%22{word}%22}}",
        f"/case/{word}",
    ):
        page.request.get(server + address)
    assert page.context.cookies() == []
    opened(page, f"{server}/query")
    field = page.get_by_label("Query in SPARQL 1.1")
    field.fill(f'SELECT * {{ ?s ?p "{word}" }}')
    field.blur()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("0 rows")).to_be_visible()
    field.fill(word)
    field.blur()
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be read")
    assert word not in page.url
    opened(page, f"{server}/about")
    assert [each["name"] for each in page.context.cookies()] == ["_streamlit_xsrf"]
    (cookie,) = page.context.cookies()
    assert (cookie["expires"], cookie["sameSite"]) == (-1, "Lax")
    kept = page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")
    of_streamlit = ("stActiveTheme", "stSidebarSectionsState")
    assert [name for name in kept if not name.startswith(of_streamlit)] == []
    said = page.locator("section", has=page.locator("#governance")).text_content() or ""
    assert all(name in said for name in ("_streamlit_xsrf", "kg-searches", *of_streamlit))
    logs = [log.read_text() for log in tmp_path_factory.getbasetemp().glob("server*/log")]
    assert logs and all("You can now view" in log for log in logs)
    assert not any(word in log for log in logs)
