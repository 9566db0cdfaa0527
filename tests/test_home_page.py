"""The first page: what this is, ways in, what changed where and who says so, and the list of cases."""

import re
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html as markup
from markupsafe import escape

from app_pages.parts import asking, shortlist
from app_pages.reading import read
from app_pages.reading.case_list import SORTED_BY
from app_pages.reading.picture import picture
from kg import views, words
from kg.engine import Engine
from kg.evidence import Direction, Standing
from tests.frozen import SLUGS
from tests.pages import HOSTILE, html, opened, read_page, targets


def shown(paper: bool = False, **slots: str) -> Any:
    """Return the first page as a tree."""
    return markup.fromstring(f"<div>{read_page('', paper=paper, **slots).html}</div>")


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def listed(page: Any) -> list[str]:
    """Return the slugs of the cases in the list, in its order."""
    links = page.xpath("//ul[@class='kg-cases']//h3/a/@href")
    return [parse_qs(urlsplit(link).query)["id"][0] for link in links]


def pictured(page: Any) -> list[str]:
    links = page.xpath("//table[@class='kg-changes']/tbody//th/a/@href")
    return [parse_qs(urlsplit(link).query)["id"][0] for link in links]


def test_streamlit_draws_what_the_server_sends() -> None:
    assert read_page("").html in html(opened())


def test_the_first_lines_say_what_this_is_for_whom_and_how_sure(engine: Engine) -> None:
    page = shown()
    standings = views.overview(engine).standings
    assert [text_of(each) for each in page.xpath("//h1")] == ["What other places did, and how we know"]
    (answer,), (lead,) = page.xpath("//p[@class='kg-answer']"), page.xpath("//p[@class='kg-lead']")
    assert text_of(answer).startswith("What 17 places and groups did to get health and care")
    assert "For people who lead across councils, the NHS and charities" in text_of(lead)
    said = f"Of {sum(standings.values())} results, {standings[Standing.EVALUATED]} come from an independent"
    assert said in text_of(lead)
    assert read_page("").description == text_of(answer)


def test_the_box_sends_nothing_by_itself_and_examples_are_links() -> None:
    page = shown()
    (form,) = page.xpath("//form[@data-kg-find]")
    assert form.get("action") == "find"
    # A field without a name is not sent, with scripts or without.
    assert form.xpath(".//input/@name") == []
    assert form.get("class").split() == ["kg-box", "kg-scripted"]
    links = page.xpath("//a[starts-with(@href, 'find?words=')]")
    assert [(text_of(link), link.get("href")) for link in links] == asking.examples()[:3]
    (without,) = page.xpath("//p[contains(@class, 'kg-unscripted')]")
    assert text_of(without).startswith("Search, Compare, Places like mine and Sessions need JavaScript")


def test_three_ways_in_lead_to_difficulties_to_places_and_to_a_session(engine: Engine) -> None:
    ways = shown().xpath("//ul[@class='kg-ways']//a")
    assert [way.get("href") for way in ways] == ["concept?id=challenges", "similar", "session"]
    facets = views.facets(engine).narrowed({}).facets
    faced = next(facet for facet in facets if facet.slot == "difficulty")
    assert f"Choose from {len(faced.options)} that" in text_of(ways[0])


def test_every_mark_leads_to_the_statements_it_stands_for(engine: Engine) -> None:
    page, overview = shown(), views.overview(engine)
    rows = page.xpath("//table[@class='kg-changes']/tbody/tr")
    assert pictured(page) == list(overview.cases)
    for row, (slug, case) in zip(rows, overview.cases.items(), strict=True):
        cells = row.xpath("td")[:-1]
        for cell, results, (_, area) in zip(cells, case.areas, overview.areas, strict=True):
            if not results.claims:
                assert cell.get("class") == "kg-unknown"
                assert text_of(cell).endswith("nothing found")
                continue
            (link,) = cell.xpath("a")
            assert link.get("aria-label").startswith(f"{case.label}, {area.name}. ")
            dots = cell.xpath(".//i/@class")
            assert dots == [f"kg-dot kg-dot-{mark.standing.value}" for mark in results.marks]
            assert leads_to(link.get("href"), slug) >= set(results.claims)


def leads_to(address: str, slug: str) -> set[str]:
    """Return the statements that stand where a mark leads."""
    parts = urlsplit(address)
    (named,) = parse_qs(parts.query)["id"]
    if parts.path == "claim":
        return {named}
    assert (parts.path, named) == ("case", slug)
    case = markup.fromstring(f"<div>{read_page('case', id=named).html}</div>")
    (heading,) = case.xpath(f"//*[@id='{parts.fragment}']")
    (statements,) = heading.xpath("following-sibling::ul[1]")
    return set(statements.xpath("li/@id"))


def test_signs_say_each_direction_and_never_an_average() -> None:
    both = views.AreaMark(Standing.TOLD, (Direction.IMPROVED, Direction.NO_CHANGE), 2)
    alike = views.AreaMark(Standing.OWN_ACCOUNT, (Direction.IMPROVED, Direction.BETTER_THAN_ELSEWHERE), 2)
    unsaid = views.AreaMark(Standing.EVALUATED, (), 1)
    area = views.AreaResults((unsaid, alike, both), ("x-1", "x-2"))
    case = views.CaseSummary("x", "X", None, {}, (area,), (), 2, 2, None)
    overview = views.Overview((("money", views.Link("Money", None)),), {"x": case}, {})
    (row,) = picture(overview, ["x"]).opened
    (cell,) = row.cells
    assert [[sign for sign, _ in mark.signs] for mark in cell.marks] == [[], ["▲"], ["▲", "="]]
    assert cell.said == (
        f"{words.STANDINGS[Standing.EVALUATED]}: no direction given (1 result). "
        f"{words.STANDINGS[Standing.OWN_ACCOUNT]}: better, better than elsewhere (2 results). "
        f"{words.STANDINGS[Standing.TOLD]}: better, no change found (2 results)"
    )
    assert cell.address == "case?id=x#money"


def test_what_happened_next_stands_where_a_source_states_it(
    engine: Engine, changed: pytest.MonkeyPatch
) -> None:
    real = views.overview(engine)
    next_ = views.KeyFact("what-became", "What happened next", "It goes on", ("leeds-1", "leeds-2"))
    cases = {
        slug: replace(case, facts={"what-became": next_} if slug == "leeds" else {})
        for slug, case in real.cases.items()
    }
    changed.setattr(views, "overview", lambda engine, graphs: replace(real, cases=cases))
    page = shown()
    cells = dict(zip(pictured(page), page.xpath("//td[@class='kg-next']"), strict=True))
    (link,) = cells.pop("leeds").xpath("a")
    assert (text_of(link), link.get("href")) == ("It goes on", "claim?id=leeds-1")
    assert not any(cell.xpath("a") for cell in cells.values())


@pytest.mark.parametrize("number", [0, 12, 60, 1000])
def test_the_picture_reads_with_any_number_of_places(engine: Engine, number: int) -> None:
    overview = views.overview(engine)
    one = next(iter(overview.cases.values()))
    cases = {f"place-{each}": replace(one, slug=f"place-{each}") for each in range(number)}
    drawn = picture(replace(overview, cases=cases), list(cases))
    assert len(drawn.opened) == min(number, 12)
    assert len(drawn.folded) == min(max(number - 12, 0), 48)
    assert len(drawn.opened) + len(drawn.folded) + drawn.more == number


def test_the_list_gives_each_case_its_answer_and_how_sure(engine: Engine) -> None:
    page = shown()
    entries = dict(zip(listed(page), page.xpath("//ul[@class='kg-cases']/li"), strict=True))
    overview = views.overview(engine)
    for each in views.case_rows(engine):
        case, entry = overview.cases[each.slug], text_of(entries[each.slug])
        assert (case.line or each.question) in entry
        assert all(setback in entry for setback in case.setbacks)
        assert f"{each.statements} statements, {len(each.sources)} document" in entry
        assert (each.place or "Place not named") in entry
        if "led-by" in case.facts:
            assert f"Led by: {case.facts['led-by'].text}" in entry
        standing = words.STANDINGS[case.standing] if case.standing else "We found no result in what we read."
        assert standing in entry
    assert "2010 · " in text_of(entries["stroke-services-in-london-and-greater-manchester"])
    assert "2015 to 2024 · " in text_of(entries["dudley"])


def test_the_paper_alone_reports_no_result_of_three_cases() -> None:
    page = shown(paper=True)
    entries = dict(zip(listed(page), page.xpath("//ul[@class='kg-cases']/li"), strict=True))
    silent = {slug for slug, entry in entries.items() if "The paper reports no result." in text_of(entry)}
    assert silent == {"devon", "leeds", "salford"}
    assert "From the King’s Fund paper only." in text_of(page)


@pytest.mark.parametrize("sort", list(SORTED_BY))
def test_the_list_is_sorted_by_a_link(engine: Engine, sort: str) -> None:
    overview = views.overview(engine)
    page = shown(sort=sort)
    orders = {
        "evidence": list(overview.cases),
        "newest": list(views.facets(engine).narrowed({}).slugs),
        "name": sorted(overview.cases, key=lambda slug: overview.cases[slug].label),
    }
    assert listed(page) == orders[sort]
    (now,) = page.xpath("//p[@class='kg-sort']/b[@aria-current='true']")
    assert text_of(now) == SORTED_BY[sort]
    others = page.xpath("//p[@class='kg-sort']/a/@href")
    assert len(others) == 2
    assert all(read("", parse_qs(urlsplit(other).query)) is not None for other in others)


def test_each_choice_is_a_link_that_does_what_its_number_says() -> None:
    options = shown().xpath("//ul[@class='kg-options']//a")
    assert len(options) > 100
    for option in options[:: len(options) // 12]:
        parts = urlsplit(option.get("href"))
        assert parts.fragment == "cases"
        after = shown(**{name: value for name, (value,) in parse_qs(parts.query).items()})
        (number,) = option.xpath("span[@class='kg-count']")
        assert len(listed(after)) == int(number.text)
        assert f"{number.text} of 17 cases" in text_of(after.xpath("//p[@data-kg-count]")[0])


def test_a_choice_that_is_made_is_a_link_that_takes_it_back() -> None:
    page = shown(country="sweden", sort="name", stated="true")
    (made,) = page.xpath("//details[@id='facet-country']//a[@aria-current='true']")
    assert text_of(made).startswith("✓ Sweden")
    chips = [
        (text_of(each), each.get("href")) for each in page.xpath("//ul[contains(@class, 'kg-chosen')]//a")
    ]
    assert chips == [
        ("Country: Sweden ✕(take away)", "./?stated=true&sort=name#cases"),
        ("Without our readings ✕(take away)", "./?country=sweden&sort=name#cases"),
        ("Clear all", "./?sort=name#cases"),
    ]
    assert made.get("href") == chips[0][1]


def test_what_the_address_misspells_is_left_out_of_the_list() -> None:
    assert len(listed(shown(country="atlantis", sort="size", page="x"))) == len(SLUGS)


def test_what_no_case_has_is_said_with_ways_back() -> None:
    page = shown(wrong="collapse", country="sweden")
    assert listed(page) == [] and pictured(page) == []
    assert "Most documents were read in part, so there may be one." in text_of(page)
    ways = {text_of(each): each.xpath("a/@href")[0] for each in page.xpath("//ul[@id='without']/li")}
    assert ways == {
        "Without “What went wrong”: 1 case": "./?country=sweden#cases",
        "Without “Country”: 1 case": "./?wrong=collapse#cases",
    }


def test_a_long_list_has_pages(engine: Engine, changed: pytest.MonkeyPatch) -> None:
    real = views.overview(engine)
    one = next(iter(real.cases.values()))
    slugs = [f"place-{number}" for number in range(1000)]
    many = replace(real, cases={slug: replace(one, slug=slug) for slug in slugs})
    changed.setattr(views, "overview", lambda engine, graphs: many)
    facets = views.Facets(slugs, {slot: {} for slot in real_slots(engine)}, {}, {}, {})
    changed.setattr(views, "facets", lambda engine, graphs: facets)
    row = views.case_rows(engine, only=[one.slug])[0]
    changed.setattr(
        views, "case_rows", lambda engine, graphs, only: [replace(row, slug=slug) for slug in only]
    )
    page = shown(page="20")
    assert listed(page) == slugs[950:]
    assert [text_of(each) for each in page.xpath("//nav[@class='kg-pages']//li")] == ["1", "…", "19", "20"]
    assert page.xpath("//nav[@class='kg-pages']//a/@href")[0] == "./#cases"
    assert "The list has no page 21; it has 20. You see page 1." in text_of(shown(page="21"))
    assert len(pictured(page)) == 60
    assert "940 further places have fewer results." in text_of(page)
    assert len(read_page("").html) < 300_000


def real_slots(engine: Engine) -> list[str]:
    return list(views.facets(engine).values())


def test_the_choice_of_documents_goes_along_with_every_link() -> None:
    page = shown(paper=True, country="new-zealand")
    ours = [
        each for each in targets(read_page("", paper=True).html) if not each.startswith(("https://", "#"))
    ]
    assert len(ours) > 40
    without = {each for each in ours if "paper=true" not in each}
    assert without == {"./#cases"}, "only the link to all documents leaves it out"
    assert listed(page) == ["canterbury"]


def test_the_paper_it_began_with_is_named_with_a_link(engine: Engine) -> None:
    text = text_of(shown())
    assert "We began with a King’s Fund paper whose authors write about groups they worked with" in text
    others = views.collection(engine).documents - 1
    assert f"We added {others} documents, and read part of each." in text
    assert any(each.startswith("https://www.kingsfund.org.uk/") for each in targets(read_page("").html))


def test_a_case_is_put_on_the_shortlist_until_the_list_is_full() -> None:
    (add,) = shown().xpath("//a[@data-kg-same='keep.leeds']")
    assert add.get("href") == "./?keep=leeds#cases"
    assert add.get("aria-label").startswith("Add Leeds")
    full = opened(keep=".".join(SLUGS[: shortlist.LONGEST]))
    entries = markup.fromstring(f"<div>{html(full)}</div>").xpath("//ul[@class='kg-cases']/li")
    said = [text_of(entry) for entry in entries]
    assert sum("✓ On my shortlist" in each for each in said) == shortlist.LONGEST
    assert sum("Your shortlist is full." in each for each in said) == len(SLUGS) - shortlist.LONGEST


def test_hostile_words_of_a_case_are_shown_as_words(engine: Engine, changed: pytest.MonkeyPatch) -> None:
    real = views.overview(engine)
    fact = views.KeyFact("what-became", HOSTILE, HOSTILE, ("leeds-1",))
    spoilt = {
        slug: replace(
            case,
            label=HOSTILE,
            line=HOSTILE,
            setbacks=(HOSTILE,),
            facts={"what-became": fact, "led-by": fact},
        )
        for slug, case in real.cases.items()
    }
    areas = tuple((slug, views.Link(HOSTILE, "javascript:alert(1)")) for slug, _ in real.areas)
    hostile = replace(real, areas=areas, cases=spoilt)
    changed.setattr(views, "overview", lambda engine, graphs: hostile)
    text = html(opened())
    assert "<script>" not in text and "<img" not in text and 'href="javascript' not in text
    assert str(escape(HOSTILE)) in text


def test_no_address_of_the_graph_is_shown() -> None:
    assert "w3id.org" not in re.sub(r'href="[^"]*"', "", unescape(read_page("").html))
