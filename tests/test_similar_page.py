"""The page of similar situations: everything from the address, and honest where little is told."""

import re
from html import unescape

import pytest

from kg.similarity import Lens
from kg.words import LENSES
from tests.pages import HOSTILE, html, opened


def headings(text: str) -> list[str]:
    return [unescape(re.sub("<[^>]*>", "", each)) for each in re.findall(r"<h2[^>]*>(.*?)</h2>", text)]


def test_a_place_is_shown_with_places_in_a_similar_situation_and_with_another_approach() -> None:
    page = opened("similar.py", case="leeds")
    text = html(page)
    assert page.title[0].value == "Places like mine"
    assert page.radio[0].value == Lens.CONTRAST.value
    assert re.fullmatch(r".+ \d+%", headings(text)[0])
    assert re.search(r"Situation: they share \d+ of \d+ features \(\d+% after giving rarer ones", text)
    assert 'href="compare?case=leeds&amp;case=' in text
    assert 'href="concept?id=challenges/health-inequality">Health inequality</a>' in text
    assert "What they did differently, as far as we found" in text
    assert "How their situations differ: would it work for you?" in text
    assert "None of this shows that one thing caused another" in text


def test_what_is_chosen_stands_in_the_address() -> None:
    page = opened("similar.py", case="leeds")
    page.radio[0].set_value(Lens.SITUATION.value).run()
    assert headings(html(page)) != headings(html(opened("similar.py", case="leeds")))
    assert page.query_params["lens"] == "situation"
    again = opened("similar.py", case="leeds", lens="situation")
    assert html(again) == html(page)


def test_the_paper_alone_says_too_little_of_leeds() -> None:
    text = html(opened("similar.py", case="leeds", paper="true"))
    assert "Too little to compare: none of the 6 other places shares enough with Leeds" in text
    assert "This is all we found on Leeds" in text
    assert "%" not in text.partition("How the score is made")[0]


def test_a_situation_of_ones_own_is_picked_from_lists() -> None:
    page = opened("similar.py", difficulty=["rising-demand", "earthquakes"], history="high-trust")
    assert page.radio[0].value == Lens.SITUATION.value
    picked = {each.label: each.value for each in page.multiselect}
    assert picked["Difficulties you face"] == ["rising-demand", "earthquakes"]
    assert picked["What went before, or went wrong"] == ["high-trust"]
    assert (
        headings(html(page))[0]
        == "Canterbury DHB, New Zealand 100% of what you chose, rarer things counting more"
    )
    page.radio[0].set_value(Lens.CONTRAST.value).run()
    assert "Choose what you did, or plan to do" in html(page)


def test_two_things_picked_give_no_score() -> None:
    text = html(opened("similar.py", difficulty=["rising-demand", "earthquakes"]))
    assert headings(text) == ["Too little to compare"]
    assert "the situations share 2 features, and a score needs 3." in text


def test_readings_are_marked_as_such() -> None:
    assert '<i class="kg-small">our reading</i>' in html(opened("similar.py", case="leeds"))
    without = html(opened("similar.py", case="leeds", readings="false"))
    assert '<i class="kg-small">our reading</i>' not in without


@pytest.mark.parametrize("lens", [lens.value for lens in Lens])
def test_every_case_can_be_started_from_by_every_lens(lens: str) -> None:
    page = opened("similar.py", case="frome", lens=lens)
    assert "Too little to compare" in html(page)
    assert LENSES[Lens(lens)].lower() in html(page)


def test_what_a_stranger_writes_is_never_taken_for_markup() -> None:
    slots = dict.fromkeys(("case", "difficulty", "lens", "show", "practice"), HOSTILE)
    text = html(opened("similar.py", **slots))
    assert "<script>" not in text
    assert "<img" not in text
    assert "There is no case called “&lt;script&gt;" in text


def test_other_pages_lead_here() -> None:
    assert 'href="similar?case=leeds"' in html(opened("case.py", id="leeds"))


@pytest.mark.xdist_group("search")
@pytest.mark.usefixtures("finder")
def test_a_search_leads_to_places_with_the_difficulties_it_found() -> None:
    text = html(opened("find.py", words="rising demand, and general practice is hard to engage"))
    found = re.search(r'href="(similar\?[^"]*)">Places in a similar situation', text)
    assert found is not None
    assert "difficulty=rising-demand" in found[1]
    assert "difficulty=general-practice-hard-to-engage" in found[1]
