"""One case in a few lines: which factors, what is reported to have changed, what that rests on."""

from collections import Counter
from collections.abc import Iterable

import streamlit as st

from app_pages.parts import graph
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped, items, label
from kg import words
from kg.views import CaseRow, FactorTie, Link, Result, Standing

NO_RESULT = {
    True: "No result reported in the paper",
    False: "No result found in what was read",
}


def heads() -> None:
    """Draw the headings of the columns; each row says them again for those who cannot see columns."""
    st.html(
        '<div class="kg-heads" aria-hidden="true"><span>Place or group, and the question it answers</span>'
        "<span>Factors</span><span>What is reported, and by whom</span><span>Rests on</span>"
        "<span>Shortlist</span></div>"
    )


def draw(row: CaseRow) -> None:
    """Draw a case in the list of cases."""
    with st.container(key=f"row-{row.slug}"):
        name(row.slug, row.label)
        st.html(
            f'<p class="kg-question">{escaped(row.question)} <span class="kg-place">{place(row)}</span></p>'
            + in_brief(row)
        )


def name(slug: str, label_of: str) -> None:
    """Draw a case's name, which leads to its page."""
    st.page_link("case.py", label=label(label_of), query_params=graph.address(id=slug))


def in_brief(row: CaseRow) -> str:
    """Draw the factors, the results and the documents of a case in two lines where there is room."""
    by_standing = Counter(result.standing for result in row.results)
    counts = [
        f'<li class="kg-standing kg-standing-{standing.value}">{by_standing[standing]} '
        f"{escaped(words.STANDINGS_IN_BRIEF[standing])}</li>"
        for standing in Standing
        if by_standing[standing]
    ]
    named = dict.fromkeys(escaped(words.result(result)) for result in row.results)
    results = items(counts, "kg-counts") + items(named, "kg-results") if row.results else _no_result(row)
    return (
        '<dl class="kg-facts">'
        f"<div><dt>Factors</dt><dd>{_numbers(row.factors)}</dd></div>"
        f"<div><dt>What is reported</dt><dd>{results}</dd></div>"
        f"<div><dt>Rests on</dt><dd>{_extent(row)}</dd></div>"
        "</dl>"
    )


def facts(row: CaseRow) -> str:
    """Draw the factors and the results of a case in full, each beside its heading."""
    return (
        '<dl class="kg-facts">'
        f"<div><dt>Factors</dt><dd>{_factors(row.factors)}</dd></div>"
        f"<div><dt>What is reported</dt><dd>{_results(row)}</dd></div>"
        "</dl>"
    )


def key(factors: Iterable[tuple[int, str]]) -> str:
    """Say what the numbers of the factors stand for, and what their form means."""
    names = " · ".join(f"{number} {escaped(name)}" for number, name in factors)
    return (
        f"Factors: {names}. A filled number is stated in a document; a dashed one is our reading of the text."
    )


def place(row: CaseRow) -> str:
    """Name where a case is, or say that this is not named."""
    return escaped(row.place or "Place not named")


def _numbers(ties: tuple[FactorTie, ...]) -> str:
    """Draw the numbers of the factors, filled where stated, dashed where read, with their names unseen."""
    surest_last = sorted(ties, key=lambda tie: tie.explicit)
    shown = {tie.number: tie for tie in surest_last if tie.explicit or not tie.hint}
    numbers = [
        f'<span class="{"" if tie.explicit else "kg-ties-read"}" title="{escaped(tie.label)}, '
        f'{"stated" if tie.explicit else "read from the text"}"><span class="kg-number">{number}</span>'
        f'<span class="kg-hidden">{escaped(tie.label)}, {"stated" if tie.explicit else "read from the text"}'
        "</span></span>"
        for number, tie in sorted(shown.items())
    ]
    return items(numbers, "kg-dots") if numbers else '<p class="kg-meta">No factor</p>'


def _factors(ties: tuple[FactorTie, ...]) -> str:
    in_order = sorted(ties, key=lambda tie: tie.number)
    stated = [_factor(tie) for tie in in_order if tie.explicit]
    read = [_factor(tie) for tie in in_order if not tie.explicit]
    return (
        (f'<div class="kg-ties"><p>Stated</p>{items(stated)}</div>' if stated else "")
        + (f'<div class="kg-ties kg-ties-read"><p>Read from the text</p>{items(read)}</div>' if read else "")
    ) or '<p class="kg-silence">No factor</p>'


def _factor(tie: FactorTie) -> str:
    grade = "" if tie.explicit else f' <span class="kg-grade">{escaped(words.grade(tie.basis))}</span>'
    return f'<span class="kg-number">{tie.number}</span> {link_to(Link(tie.label, tie.address))}{grade}'


def _no_result(row: CaseRow) -> str:
    paper = all(source.starting_point for source in row.sources)
    return f'<p class="kg-silence">{NO_RESULT[paper]}</p>'


def _results(row: CaseRow) -> str:
    if not row.results:
        return _no_result(row)
    return results(row.results) + f'<p class="kg-rests">Rests on: {escaped(words.rests_on(row.rests_on))}</p>'


def results(found: Iterable[Result]) -> str:
    """Draw results by who stands behind them."""
    listed = list(found)
    by_standing = [
        (standing, [each for each in listed if each.standing is standing]) for standing in Standing
    ]
    return "".join(_standing(standing, mine) for standing, mine in by_standing if mine)


def _standing(standing: Standing, results: list[Result]) -> str:
    return (
        '<div class="kg-by-standing">'
        f'<p class="kg-standing kg-standing-{standing.value}">{escaped(words.STANDINGS[standing])}:</p> '
        + items([escaped(words.result(result)) for result in results], "kg-results")
        + "</div>"
    )


def _extent(row: CaseRow) -> str:
    statements = counted(sum(source.statements for source in row.sources), "statement")
    documents = counted(len(row.sources), "document")
    return f'<p class="kg-meta">{statements} in {documents}</p>'
