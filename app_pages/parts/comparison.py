"""A comparison of cases, drawn as one table a part, with the statements inside its cells."""

from collections import Counter

from app_pages.parts import row, statement
from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped, items
from kg import words
from kg.views import Cell, Comparison, ComparisonSection, Link, SharedMatter, Statement

NOT_SAID = "The paper does not say"
NOT_FOUND = "Not in what we have read"
DENIED = "Said not to be so, or without effect"


def too_few(chosen: int) -> str:
    """Say what to do where fewer cases are chosen than can be compared."""
    return "Choose another case to compare it with." if chosen else "Choose two cases to begin with."


def title(compared: Comparison) -> str:
    """Name the cases that are compared."""
    return words.listed([case.label for case in compared.cases])


def draw(compared: Comparison) -> str:
    """Draw a comparison."""
    return (
        f'<p class="kg-lede">{escaped(words.compared(compared))}</p>'
        + "".join(_section(section, compared) for section in compared.sections)
        + _rests_on(compared)
        + _like_these(compared)
    )


def _like_these(compared: Comparison) -> str:
    """Lead on to places in a similar situation."""
    named = (Link(case.label, f"similar?case={case.slug}") for case in compared.cases)
    return f"<h2>Places like one of these</h2><p>{links_to(named)}</p>"


def _section(section: ComparisonSection, compared: Comparison) -> str:
    heading = f"<h2>{escaped(section.heading)}</h2>"
    none = _none(section.none)
    if not section.rows:
        return f'{heading}<p class="kg-silence">Nothing is found of any of them.</p>{none}'
    shared = [each for each in section.rows if each.cases == len(compared.cases)]
    rest = [each for each in section.rows if each.cases < len(compared.cases)]
    return (
        heading
        + _table(section, "What they share", shared, compared)
        + (_table(section, "What not all have", rest, compared) + none)
    )


def _table(section: ComparisonSection, name: str, rows: list[SharedMatter], compared: Comparison) -> str:
    if not rows:
        return f'<p class="kg-silence">{escaped(name)}: nothing.</p>'
    heads = "".join(
        f'<th scope="col">{link_to(Link(case.label, f"case?id={case.slug}"))}</th>' for case in compared.cases
    )
    body = "".join(
        f'<tr><th scope="row">{link_to(each.matter)}</th>'
        + "".join(
            f"<td>{_cell(cell, _silence(place, compared), section.of_results)}</td>"
            for place, cell in enumerate(each.cells)
        )
        + "</tr>"
        for each in rows
    )
    caption = escaped(f"{section.heading}: {name}")
    return (
        f'<div class="kg-table-wrap" tabindex="0" role="region" aria-label="{caption}">'
        f'<table class="kg-table kg-compared"><caption>{escaped(name)}</caption>'
        f'<thead><tr><th scope="col">Matter</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(cell: Cell, silence: str, of_results: bool) -> str:
    stated, read = (
        counted(len(told), "statement") + (_ways(told) if of_results else "")
        for told in (cell.stated, cell.read)
    )
    parts = [
        _opened(f"Stated in {stated}", cell.stated, "kg-cell-stated"),
        _opened(f"Our reading of {read}", cell.read, "kg-cell-read"),
        _opened(DENIED, cell.denied, "kg-cell-denied"),
    ]
    return "".join(parts) or f'<span class="kg-cell-silent">{escaped(silence)}</span>'


def _ways(statements: tuple[Statement, ...]) -> str:
    """Name the directions of results."""
    named = (words.SHORT_DIRECTIONS[each.result.direction] for each in statements if each.result)
    ways = dict.fromkeys(way for way in named if way)
    return f" ({', '.join(ways)})" if ways else ""


def _opened(name: str, statements: tuple[Statement, ...], look: str) -> str:
    if not statements:
        return ""
    entries = "".join(statement.brief(each) for each in statements)
    return (
        f'<details class="kg-cell {look}"><summary>{escaped(name)}</summary>'
        f'<ul class="kg-statements">{entries}</ul></details>'
    )


def _silence(place: int, compared: Comparison) -> str:
    return NOT_SAID if compared.read_whole[place] else NOT_FOUND


def _none(none: tuple[Link, ...]) -> str:
    if not none:
        return ""
    return (
        '<details class="kg-reads"><summary><span>Not found for any of them:</span> '
        f"{len(none)} that can be told of a case</summary><p>{links_to(none)}</p></details>"
    )


def _rests_on(compared: Comparison) -> str:
    entries = []
    for case, whole in zip(compared.cases, compared.read_whole, strict=True):
        kinds = Counter(source.kind for source in case.sources)
        told = "; ".join(f"{kind}: {number}" for kind, number in sorted(kinds.items()))
        entries.append(
            f"<strong>{escaped(case.label)}</strong>, {row.place(case)}: {words.extent(case)}, "
            f"{'read whole' if whole else 'most read in part'}. {escaped(told)}."
        )
    return (
        f"<h2>What it rests on</h2>{items(entries)}"
        '<p class="kg-note">A longer list is not a better place: more was read of it. '
        "Nothing here says that one thing caused another.</p>"
    )
