"""What the paper says beside its cases and factors: every list is whole and can be reached."""

import re

import pytest

from app_pages.parts.background import LISTS, PAGE
from kg import views
from kg.engine import Engine
from kg.queries import questions
from kg.views import graphs_of_the_paper
from tests.pages import html, opened, read_page

PAPER = "leading-across-the-health-and-care-system"


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index.py", {}),
        ("about.py", {}),
        ("factors.py", {}),
        ("concept.py", {"id": "practices"}),
    ],
)
def test_every_list_is_one_step_away(page: str, address: dict[str, str]) -> None:
    drawn = html(opened(page, **address))
    for anchor, name in LISTS.items():
        assert f'href="{PAGE}#{anchor}">{name}</a>' in drawn


def test_choice_of_documents_goes_along() -> None:
    assert f'href="{PAGE}?paper=true#works"' in html(opened("factors.py", paper="true"))


def test_every_entry_stands_on_the_page(engine: Engine) -> None:
    found = views.background(engine, graphs_of_the_paper(engine))
    assert (len(found.works), len(found.facilitation)) == (17, 7)
    assert len(found.qualities) == 19
    assert found.finders[0].text.startswith("Michael West")
    drawn = html(opened(f"{PAGE}.py"))
    for anchor, name in LISTS.items():
        fold = drawn[drawn.index(f'<details class="kg-fold" id="{anchor}"') :].partition("</summary>")[0]
        assert f"<h3>{name}</h3>" in fold
    for entries in (found.works, found.facilitation, found.qualities, found.programmes):
        for each in entries:
            assert each.link.address is not None
            assert f'href="{each.link.address}"' in drawn
    years = [str(each["year"]) for each in questions.ask(engine, "work-list", source=PAPER)]
    assert years == sorted(years)


def test_only_the_paper_speaks_there() -> None:
    alone = read_page(PAGE, paper=True).html
    assert read_page(PAGE).html == re.sub(r"(\?|&amp;)paper=true", "", alone)
