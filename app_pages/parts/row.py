"""One case in a few lines: which factors, what is reported to have changed, what that rests on."""

import streamlit as st

from app_pages.parts import graph, words
from app_pages.parts.markup import counted, escaped, items, label
from kg.views import CaseRow, FactorTie, Result, Standing

NO_RESULT = {
    True: "No result reported in the paper",
    False: "No result found in what was read",
}
# So many results of one standing are named in the list of cases; the page of the case names all.
NAMED = 4


def heads() -> None:
    """Draw the headings of the columns; each row says them again for those who cannot see columns."""
    st.html(
        '<div class="kg-heads" aria-hidden="true"><span>Place or group, and the question it answers</span>'
        "<span>Factors</span><span>What is reported, and what that rests on</span></div>"
    )


def draw(row: CaseRow) -> None:
    """Draw a case in the list of cases."""
    with st.container(key=f"row-{row.slug}"):
        name(row)
        st.html(f'<p class="kg-place">{place(row)}</p><p class="kg-question">{escaped(row.question)}</p>')
        st.html(facts(row))


def name(row: CaseRow) -> None:
    """Draw a case's name, which leads to its page."""
    st.page_link("case.py", label=label(row.label), query_params=graph.address(id=row.slug))


def facts(row: CaseRow, in_full: bool = False) -> str:
    """Draw the factors and the results of a case, each beside its heading.

    Args:
        row: The case.
        in_full: Whether to give factors their whole names, and say how sure our readings are, as on
            the page of the case; it counts its statements elsewhere.
    """
    results = _results(row, in_full) + ("" if in_full else _extent(row))
    return (
        '<dl class="kg-facts">'
        f"<div><dt>Factors</dt><dd>{_factors(row.factors, in_full)}</dd></div>"
        f"<div><dt>What is reported</dt><dd>{results}</dd></div>"
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


def _results(row: CaseRow, in_full: bool) -> str:
    if not row.results:
        paper = all(source.starting_point for source in row.sources)
        return f'<p class="kg-silence">{NO_RESULT[paper]}</p>'
    by_standing = [
        (standing, [each for each in row.results if each.standing is standing]) for standing in Standing
    ]
    return "".join(_standing(standing, found, in_full) for standing, found in by_standing if found) + (
        f'<p class="kg-rests">Rests on: {escaped(words.rests_on(row.rests_on))}</p>' if in_full else ""
    )


def _standing(standing: Standing, results: list[Result], in_full: bool) -> str:
    named = results if in_full else results[:NAMED]
    more = len(results) - len(named)
    entries = [escaped(words.result(each)) for each in named] + ([f"and {more} more"] if more else [])
    return (
        '<div class="kg-by-standing">'
        f'<p class="kg-standing kg-standing-{standing.value}">{escaped(words.STANDINGS[standing])}:</p> '
        + items(entries, "kg-results")
        + "</div>"
    )


def _extent(row: CaseRow) -> str:
    told = [
        f"{counted(each.statements, 'statement')} in the {each.label}"
        for each in row.sources
        if each.starting_point
    ]
    others = [each for each in row.sources if not each.starting_point]
    if others:
        statements = sum(each.statements for each in others)
        documents = counted(len(others), "other document" if told else "document")
        told.append(f"{counted(statements, 'statement')} in {documents}")
    return f'<p class="kg-meta">{escaped("; ".join(told))}</p>'
