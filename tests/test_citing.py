"""How pages say to cite them, and the button that copies."""

from app_pages.parts import citing
from kg import views
from kg.engine import Engine
from tests.pages import opened


def test_a_document_is_cited_by_who_wrote_it_or_published_it() -> None:
    assert (
        citing.document("Ann Other", "A Press", "2019", "On boards", "https://example.org/b", "Section 2")
        == "Ann Other, 2019. On boards. A Press. Section 2. https://example.org/b"
    )
    assert citing.document(None, "A Press", "2019", "On boards.", None) == "A Press, 2019. On boards"
    assert citing.document(None, None, "no year stated", "Notes", None) == "Notes, no year stated"


def test_cases_are_cited_with_every_document_once(engine: Engine) -> None:
    rows = views.case_rows(engine, None, ("leeds", "salford"))
    text = citing.cases(rows, "https://example.org/compare?case=leeds", "1 April 2026")
    held = {source.slug: source for row in rows for source in row.sources}
    first, rests_on, *listed = text.splitlines()
    assert all(row.label in first for row in rows)
    assert "https://example.org/compare?case=leeds, read on 1 April 2026" in first
    assert rests_on == f"Rests on {len(held)} documents:"
    assert len(listed) == len(held)
    assert all(any((each.title or each.label) in line for line in listed) for each in held.values())


def test_a_comparison_offers_a_citation_with_the_day() -> None:
    tester = opened("compare.py", case=["leeds", "devon"])
    (cited,) = [each.value for each in tester.code if "Rests on" in each.value]
    assert f"read on {views.day_in_words(views.current_day())}" in cited
    assert "Leeds" in cited.splitlines()[0]
