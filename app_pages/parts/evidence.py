"""What is known and not, drawn as one table: each cell tells how much, which way, and on what it rests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import streamlit as st

from app_pages.parts import paging, statement
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped, folded
from app_pages.parts.paging import PAGE
from kg.evidence import Direction, Standing
from kg.views import BY, EvidenceCell, EvidenceMap, EvidenceRow, Link, Statement
from kg.words import SHORT_DIRECTIONS, STANDINGS, STANDINGS_IN_BRIEF

ROWS_SLOT, READINGS = "by", "readings"
_ON_ONE_PAGE = 25
_NAMES = {"practice": "What leaders did", "difficulty": "Difficulties", "factor": "The five factors"}
_TOLD = {
    "practice": "places whose leaders are stated{} to have done what its row names",
    "difficulty": "places that are stated{} to have faced the difficulty of its row",
    "factor": "places that are stated{} to show the factor of its row",
}
# A form for each way that a result went, so that no colour is needed; the words stand beside it.
_FORMS = {
    Direction.IMPROVED: "▲",
    Direction.WORSENED: "▼",
    Direction.BETTER_THAN_ELSEWHERE: "△",
    Direction.WORSE_THAN_ELSEWHERE: "▽",
    Direction.MIXED: "◆",
    Direction.NO_CHANGE: "=",
    Direction.NOT_STATED: "○",
}
_WORDS = {**SHORT_DIRECTIONS, Direction.NO_CHANGE: "no change", Direction.NOT_STATED: "not stated"}


@dataclass(frozen=True)
class MapChoice:
    """What is shown.

    Attributes:
        by: What the rows are.
        readings: Whether our readings count.
        words: What the name of a row has to have; it stays with the visit.
        matter: The row of the cell that is open, by its slug; "" if none is.
        area: Its column.
    """

    by: str
    readings: bool
    words: str = ""
    matter: str = ""
    area: str = ""


def map_choice() -> MapChoice:
    """Draw what is shown, as the address has it, and write choices back to the address."""
    given, key = st.query_params, f"known-{ROWS_SLOT}"
    if key not in st.session_state:
        wanted = given.get(ROWS_SLOT, "")
        st.session_state[key] = wanted if wanted in BY else next(iter(BY))
    with st.container(key="known-settings", horizontal=True, vertical_alignment="bottom"):
        by = st.radio("Rows", list(BY), format_func=_NAMES.__getitem__, horizontal=True, key=key)
        words = st.text_input("Only rows with these words", key="known-words", max_chars=80)
        readings = st.toggle(
            "Count our readings too, not only what sources state", key=READINGS, bind="query-params"
        )
    if given.get(ROWS_SLOT) != by:
        given[ROWS_SLOT] = by
    return MapChoice(by, readings, words, given.get("matter", ""), given.get("area", ""))


def rows_to_show(asked: MapChoice, evidence_map: EvidenceMap) -> Sequence[EvidenceRow]:
    """Give the rows that are shown, and draw what leads to the others."""
    wanted = asked.words.casefold().split()
    rows = [row for row in evidence_map.rows if all(word in row.matter.name.casefold() for word in wanted)]
    pages = -(-len(rows) // _ON_ONE_PAGE)
    first = paging.first(pages, _ON_ONE_PAGE)
    st.html(
        f'<p role="status" class="kg-meta">{counted(len(rows), "row")}'
        + (f", of which {first + 1} to {min(first + _ON_ONE_PAGE, len(rows))} are shown" if pages > 1 else "")
        + "; those with most areas first.</p>"
    )
    return rows[first : first + _ON_ONE_PAGE]


def meaning(asked: MapChoice, evidence_map: EvidenceMap) -> str:
    """Say what a cell means, and what its marks stand for."""
    ways = " ".join(f"<li>{_way(direction)}</li>" for direction in _FORMS)
    rests = " ".join(
        f'<li class="kg-standing kg-standing-{each.value}"><b>{escaped(STANDINGS_IN_BRIEF[each])}</b>: '
        f"{escaped(STANDINGS[each][:1].lower() + STANDINGS[each][1:])}</li>"
        for each in Standing
    )
    told = _TOLD[asked.by].format(" or read" if asked.readings else "")
    return (
        f'<p class="kg-lede">Something is held in {evidence_map.filled} of '
        f"{counted(evidence_map.cells, 'cell')}; the others are empty, and say so.</p>"
        "<p>A cell counts the statements that report a result in the area of its column, for "
        f"{told}. <strong>That both are told of a place does not say that one led to the other.</strong> "
        "Statements that name both themselves are counted apart.</p>"
        + folded(
            "What the marks mean",
            f'<p>Which way a result is said to have gone:</p><ul class="kg-marks">{ways}</ul>'
            f'<p>What they rest on:</p><ul class="kg-marks">{rests}</ul>'
            "<p>What those involved report of themselves is not an evaluation, and a text that is not an "
            "evaluation does not become one by being independent. Empty means that nothing was found in what "
            "was read, not that nothing happened.</p>",
        )
    )


def draw(asked: MapChoice, evidence_map: EvidenceMap, rows: Sequence[EvidenceRow]) -> str:
    """Draw the rows as a table, and the same as a list of its cells that are not empty."""
    if not rows:
        return '<p class="kg-silence">No row has these words.</p>'
    heads = "".join(f'<th scope="col">{link_to(name)}</th>' for _, name in evidence_map.areas)
    body = "".join(
        f'<tr><th scope="row">{link_to(row.matter)} <span class="kg-meta">{counted(row.places, "place")}'
        "</span></th>"
        + "".join(
            f"<td>{_cell(asked, row, area, cell)}</td>"
            for (area, _), cell in zip(evidence_map.areas, row.cells, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    name = f"{_NAMES[asked.by]}, by area of results"
    return (
        f'<div class="kg-table-wrap kg-grid" tabindex="0" role="region" aria-label="{escaped(name)}">'
        f'<table class="kg-table"><caption class="kg-hidden">{escaped(name)}</caption>'
        f'<thead><tr><th scope="col">{escaped(_NAMES[asked.by])}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>" + _as_list(asked, evidence_map, rows)
    )


def cell_statements(
    asked: MapChoice,
    row: EvidenceRow,
    area: Link,
    cell: EvidenceCell,
    statements: Mapping[str, Statement],
) -> str:
    """Draw the statements of one cell, those that name both first."""
    back = link_to(Link("Close", f"known?{urlencode(_slots(replace(asked, matter='', area='')))}"))
    parts = "".join(
        f'<h3>{escaped(heading)}</h3><ul class="kg-statements">'
        + "".join(statement.brief(statements[claim]) for claim in claims if claim in statements)
        + "</ul>"
        for heading, claims in (
            ("Statements that name both", cell.naming),
            ("Results of places of which both are told: none says that one led to the other", cell.beside),
        )
        if claims
    )
    return (
        f'<section class="kg-opened" aria-labelledby="opened"><h2 id="opened">{link_to(row.matter)} and '
        f"{link_to(area)}</h2>"
        f'<p class="kg-how">{_in_words(cell)} {back}</p>{parts}</section>'
    )


def _slots(asked: MapChoice) -> dict[str, str]:
    slots = {ROWS_SLOT: asked.by, "matter": asked.matter, "area": asked.area}
    if asked.readings:
        slots[READINGS] = "true"
    if page := st.query_params.get(PAGE):
        slots[PAGE] = page
    return {slot: value for slot, value in slots.items() if value}


def _cell(asked: MapChoice, row: EvidenceRow, area: str, cell: EvidenceCell) -> str:
    if not cell.statements:
        return '<span class="kg-none">none found</span>'
    here = (asked.matter, asked.area) == (row.slug, area)
    address = Link(
        counted(cell.statements, "statement"),
        f"known?{urlencode(_slots(replace(asked, matter=row.slug, area=area)))}",
    )
    both = f"<li><b>{len(cell.naming)}</b> naming both</li>" if cell.naming else ""
    ways = "".join(f"<li>{_way(direction, number)}</li>" for direction, number in _in_order(cell))
    rests = "".join(
        f'<li class="kg-standing kg-standing-{each.value}">{number} {escaped(STANDINGS_IN_BRIEF[each])}</li>'
        for each, number in cell.standings
    )
    return (
        f'<div class="kg-held{" kg-here" if here else ""}">{link_to(address)}'
        f'<ul class="kg-marks">{both}{ways}</ul><ul class="kg-marks">{rests}</ul></div>'
    )


def _in_order(cell: EvidenceCell) -> list[tuple[Direction, int]]:
    ways = dict(cell.directions)
    return [(direction, ways[direction]) for direction in _FORMS if direction in ways]


def _way(direction: Direction, number: int | None = None) -> str:
    word = _WORDS[direction]
    count = "" if number is None else f"{number} "
    return f'<span aria-hidden="true">{_FORMS[direction]}</span> {count}{escaped(word)}'


def _in_words(cell: EvidenceCell) -> str:
    ways = ", ".join(f"{number} {escaped(_WORDS[direction])}" for direction, number in _in_order(cell))
    rests = ", ".join(f"{number} {escaped(STANDINGS_IN_BRIEF[each])}" for each, number in cell.standings)
    told = [
        f"{counted(cell.statements, 'statement')}, {counted(cell.places, 'place')}",
        f"naming both: {len(cell.naming)}" if cell.naming else "",
        f"which way: {ways}" if ways else "",
        f"resting on: {rests}" if rests else "",
    ]
    return "; ".join(each for each in told if each) + "."


def _as_list(asked: MapChoice, evidence_map: EvidenceMap, rows: Sequence[EvidenceRow]) -> str:
    """Draw the same as a plain table: a row for each cell that is not empty, one line for the others."""
    lines, empty = [], []
    for row in rows:
        silent = []
        for (area, name), cell in zip(evidence_map.areas, row.cells, strict=True):
            if not cell.statements:
                silent.append(name.name)
                continue
            slots = urlencode(_slots(replace(asked, matter=row.slug, area=area)))
            ways = ", ".join(f"{number} {_WORDS[direction]}" for direction, number in _in_order(cell))
            rests = ", ".join(f"{number} {STANDINGS_IN_BRIEF[each]}" for each, number in cell.standings)
            lines.append(
                f'<tr><th scope="row">{link_to(row.matter)}</th><td>{link_to(name)}</td>'
                f"<td>{link_to(Link(str(cell.statements), f'known?{slots}'))}</td><td>{len(cell.naming)}</td>"
                f"<td>{cell.places}</td><td>{escaped(ways)}</td><td>{escaped(rests)}</td></tr>"
            )
        if silent:
            every = "nothing in any area" if len(silent) == len(row.cells) else ", ".join(silent).lower()
            empty.append(f"<li>{escaped(row.matter.name)}: {escaped(every)}</li>")
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in (_NAMES[asked.by], "Area", "Statements", "Naming both", "Places", "Which way", "Rests on")
    )
    return folded(
        "The same as a plain table",
        '<div class="kg-table-wrap" tabindex="0" role="region" aria-label="The same as a plain table">'
        f'<table class="kg-table"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
        + (f"<p>Empty:</p><ul>{''.join(empty)}</ul>" if empty else ""),
    )
