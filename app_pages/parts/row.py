"""One case in a few lines: which factors, what is reported to have changed, what that rests on."""

import streamlit as st

from app_pages.parts import words
from app_pages.parts.markup import counted, escaped, items, label
from kg.views import CaseRow, FactorTie

NO_RESULT = "No result reported in the paper"


def heads() -> None:
    """Draw the headings of the columns; each row says them again for those who cannot see columns."""
    st.html(
        '<div class="kg-heads" aria-hidden="true"><span>Place or group, and the question it answers</span>'
        "<span>Factors</span><span>Reported to have changed, and what that rests on</span></div>"
    )


def draw(row: CaseRow) -> None:
    """Draw a case in the list of cases."""
    with st.container(key=f"row-{row.slug}"):
        name(row)
        st.html(f'<p class="kg-place">{place(row)}</p><p class="kg-question">{escaped(row.question)}</p>')
        st.html(facts(row))


def name(row: CaseRow) -> None:
    """Draw a case's name, which leads to its page."""
    st.page_link("case.py", label=label(row.label), query_params={"id": row.slug})


def facts(row: CaseRow, in_full: bool = False) -> str:
    """Draw the factors and the results of a case, each beside its heading.

    Args:
        row: The case.
        in_full: Whether to give factors their whole names, and say how sure our readings are, as on
            the page of the case; it counts its statements elsewhere.
    """
    results = _results(row) + ("" if in_full else _extent(row))
    return (
        '<dl class="kg-facts">'
        f"<div><dt>Factors</dt><dd>{_factors(row.factors, in_full)}</dd></div>"
        f"<div><dt>Reported to have changed</dt><dd>{results}</dd></div>"
        "</dl>"
    )


def place(row: CaseRow) -> str:
    """Name where a case is, or say that this is not named."""
    return escaped(row.place or "Place not named")


def _factors(ties: tuple[FactorTie, ...], in_full: bool) -> str:
    in_order = sorted(ties, key=lambda tie: tie.number)
    stated = [_factor(tie, in_full) for tie in in_order if tie.explicit]
    read = [_factor(tie, in_full) for tie in in_order if not tie.explicit and (in_full or not tie.hint)]
    return (
        (f'<div class="kg-ties"><p>Stated</p>{items(stated)}</div>' if stated else "")
        + (f'<div class="kg-ties kg-ties-read"><p>Read from the text</p>{items(read)}</div>' if read else "")
    ) or '<p class="kg-silence">No factor</p>'


def _factor(tie: FactorTie, in_full: bool) -> str:
    name = tie.label if in_full else tie.short
    grade = (
        f' <span class="kg-grade">{escaped(words.grade(tie.grade))}</span>'
        if in_full and not tie.explicit
        else ""
    )
    return f'<span class="kg-number">{tie.number}</span> {escaped(name)}{grade}'


def _results(row: CaseRow) -> str:
    if not row.results:
        return f'<p class="kg-silence">{NO_RESULT}</p>'
    results = items([escaped(result) for result in row.results], "kg-results")
    return f'{results}<p class="kg-rests">Rests on: {escaped(words.rests_on(row.rests_on))}</p>'


def _extent(row: CaseRow) -> str:
    told = [f"{counted(each.statements, 'statement')} in {each.label}, {each.year}" for each in row.sources]
    return f'<p class="kg-meta">{escaped("; ".join(told))}</p>'
