"""The shortlist: what stands on it, where it leads, and that it goes along in every address."""

import re
from html import unescape

import pytest

from app_pages.parts import shortlist
from kg.engine import Engine
from kg.views import MOST, case_list
from tests.pages import html, links, opened, targets

HEADING = "Your shortlist:"


def test_without_choices_nothing_is_drawn_or_carried() -> None:
    tester = opened()
    assert HEADING not in html(tester)
    assert not [query for _, _, query in links(tester) if "keep" in query]


def turn(slug: str, text: str) -> str:
    """Return the address that puts a case on the list of a page, or takes it off."""
    (found,) = re.findall(rf'<a href="([^"]*)" data-kg-same="keep\.{slug}"', text)
    return unescape(str(found))


def shortlisted(text: str) -> str:
    """Return what the shortlist of a page says and leads to."""
    return text.split(HEADING)[1].split("</p>")[0]


def test_a_link_puts_a_case_on_the_list_and_another_takes_it_off() -> None:
    assert turn("leeds", html(opened())) == "./?keep=leeds#cases"
    assert turn("devon", html(opened(keep="leeds"))) == "./?keep=leeds.devon#cases"
    both = html(opened(keep="leeds.devon"))
    assert HEADING in both
    assert "compare?case=leeds&case=devon&keep=leeds.devon" in targets(both)
    assert turn("leeds", both) == "./?keep=devon#cases"
    one = html(opened(keep="devon"))
    assert not [each for each in targets(one) if each.startswith("compare?case=")]
    assert "./" in targets(shortlisted(one))


@pytest.mark.parametrize("page", ["case.py", "factors.py", "about.py"])
def test_every_link_of_a_page_carries_the_list_and_the_choice_of_documents(page: str) -> None:
    tester = opened(page, id="leeds", keep="leeds.salford", paper="true")
    assert HEADING in html(tester)
    assert all("keep=leeds.salford" in query for _, _, query in links(tester))
    pages = [each for each in targets(html(tester)) if each.startswith(("case?", "factor?", "claim?"))]
    # One link of a page leads to itself with every document.
    others = [each for each in pages if "paper=true&keep=leeds.salford" not in each]
    assert len(pages) > 1
    assert set(others) <= {"case?id=leeds&keep=leeds.salford"}


def test_what_is_no_case_is_passed_over_and_stays_text() -> None:
    text = html(opened(keep="nope.<img src=x>.leeds.leeds"))
    assert [each for each in targets(shortlisted(text)) if "case?" in each] == [
        "case?id=leeds&keep=nope.leeds"
    ]
    assert "<img" not in text
    assert HEADING not in html(opened(keep="nope"))


def test_no_more_are_kept_than_fit(engine: Engine) -> None:
    slugs = list(case_list(engine))
    kept, over = slugs[: shortlist.LONGEST], slugs[shortlist.LONGEST]
    text = html(opened(keep=".".join(kept)))
    assert f'data-kg-same="keep.{over}"' not in text and "Your shortlist is full." in text
    assert turn(kept[0], text)
    compared = next(each for each in targets(text) if each.startswith("compare?case="))
    assert compared.count("case=") == MOST
    every = targets(shortlisted(html(opened(keep=".".join(slugs)))))
    assert len([each for each in every if each.startswith("case?")]) == len(kept)
