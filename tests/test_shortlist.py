"""The shortlist: what stands on it, where it leads, and that it goes along in every address."""

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


def test_a_tick_puts_a_case_on_the_list_and_another_takes_it_off() -> None:
    tester = opened()
    tester.checkbox(key="shortlist-leeds").check().run()
    tester.checkbox(key="shortlist-devon").check().run()
    assert tester.text_input(key="keep").value == "leeds.devon"
    assert HEADING in html(tester)
    assert "compare?case=leeds&case=devon&keep=leeds.devon" in targets(html(tester))
    tester.checkbox(key="shortlist-leeds").uncheck().run()
    assert tester.text_input(key="keep").value == "devon"
    assert "Compare" not in {name for name, _, _ in links(tester)}
    (clear,) = [button for button in tester.button if button.label == "Clear"]
    clear.click().run()
    assert tester.text_input(key="keep").value == ""
    assert not tester.checkbox(key="shortlist-devon").value


@pytest.mark.parametrize("page", ["case.py", "factors.py", "about.py"])
def test_every_link_of_a_page_carries_the_list_and_the_choice_of_documents(page: str) -> None:
    tester = opened(page, id="leeds", keep="leeds.salford", paper="true")
    assert HEADING in html(tester)
    assert all("keep=leeds.salford" in query for _, _, query in links(tester))
    pages = [each for each in targets(html(tester)) if each.startswith(("case?", "factor?", "claim?"))]
    assert pages
    assert all(each.endswith("paper=true&keep=leeds.salford") for each in pages)


def test_what_is_no_case_is_passed_over_and_stays_text() -> None:
    text = html(opened(keep="nope.<img src=x>.leeds.leeds"))
    assert text.split(HEADING)[1].split("</p>")[0].count("<a ") == 1
    assert 'href="case?id=leeds&amp;keep=nope.leeds"' in text
    assert "<img" not in text
    assert HEADING not in html(opened(keep="nope"))


def test_no_more_are_kept_than_fit(engine: Engine) -> None:
    slugs = list(case_list(engine))
    kept, over = slugs[: shortlist.LONGEST], slugs[shortlist.LONGEST]
    tester = opened(keep=".".join(kept))
    assert tester.checkbox(key=f"shortlist-{over}").disabled
    assert not tester.checkbox(key=f"shortlist-{kept[0]}").disabled
    assert f"Compare the first {MOST}" in html(tester)
    assert html(opened(keep=".".join(slugs))).split(HEADING)[1].split("</p>")[0].count("<a ") == len(kept)
