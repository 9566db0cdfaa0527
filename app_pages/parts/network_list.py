"""What a picture of connections shows, as text: legend, statements beside it, and all of it as a list."""

from collections.abc import Mapping, Sequence

from app_pages.parts import statement
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped, items
from kg import words
from kg.network import KINDS, Line, NetworkThing, Subnetwork
from kg.network.drawing import MEANINGS
from kg.views import Link, Statement

__all__ = ["MOST_BESIDE", "beside", "claims_of", "list_of", "table_of"]

# So many statements stand beside a picture; a thing has a page for the rest.
MOST_BESIDE = 12


def beside(part: Subnetwork, at: str, statements: Mapping[str, Statement]) -> str:
    """Draw the statements of a thing or a line.

    Args:
        part: What is shown.
        at: The path of the thing or the key of the line.
        statements: Statements by IRI.
    """
    thing = next((thing for thing in part.things if thing.path == at), None)
    lines = [line for line in part.lines if line.key == at] if thing is None else part.lines_of(thing)
    by_claim: dict[str, list[Line]] = {}
    for line in lines:
        for claim in line.claims:
            by_claim.setdefault(claim, []).append(line)
    if thing is None:
        head = "".join(f'<p class="kg-eyebrow">Line</p><h3>{_pair(line)}</h3>' for line in lines)
    else:
        head = (
            f'<p class="kg-eyebrow">{escaped(thing.kind.name)}</p>'
            f"<h3>{link_to(Link(thing.name, thing.page))}</h3>"
            f'<p class="kg-meta">Joined here with {counted(len(lines), "thing")}, '
            f"by {counted(len(by_claim), 'statement')}.</p>"
        )
    told = [(claim, on) for claim, on in by_claim.items() if claim in statements][:MOST_BESIDE]
    drawn = "".join(
        ("" if thing is None else f'<p class="kg-joins">{_joins(thing, on)}</p>')
        + f'<ul class="kg-statements">{_drawn(statements[claim])}</ul>'
        for claim, on in told
    )
    rest = len(by_claim) - len(told)
    more = f'<p class="kg-meta">{rest} more: choose a line, or open its page.</p>' if rest else ""
    return f'<div class="kg-beside">{head}{drawn}{more}</div>'


def _drawn(told: Statement) -> str:
    return statement.draw(told, page="network", with_readings=False, anchored=False)


def claims_of(part: Subnetwork, at: str) -> list[str]:
    """Give the IRIs of the statements that `beside` draws, or more of them."""
    things = {thing.path: thing for thing in part.things}
    lines = part.lines_of(things[at]) if at in things else [line for line in part.lines if line.key == at]
    return list(dict.fromkeys(claim for line in lines for claim in line.claims))[:MOST_BESIDE]


def _joins(thing: NetworkThing, lines: Sequence[Line]) -> str:
    """Say what a statement joins a thing with."""
    forth: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for line in lines:
        if line.one == thing:
            forth.setdefault(line.how, []).append(line.other.name)
        else:
            back.setdefault(line.how, []).append(line.one.name)
    parts = [f"{how} {_and(names)}" for how, names in forth.items()]
    parts += [f"{_and(names)} {how} it" for how, names in back.items()]
    return escaped("; ".join(parts))


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _pair(line: Line) -> str:
    return (
        f"{link_to(Link(line.one.name, line.one.page))} {escaped(line.how)} "
        f"{link_to(Link(line.other.name, line.other.page))}"
    )


def list_of(part: Subnetwork) -> str:
    """Draw every thing of a part with its number of lines, by kind, those of more lines first."""
    sections = []
    for kind in (kind for kind in KINDS if kind in part.kinds):
        things = [thing for thing in part.things if thing.kind is kind]
        things.sort(key=lambda thing: (-len(part.lines_of(thing)), thing.name.casefold()))
        entries = items(_entry(part, thing) for thing in things)
        sections.append(f"<h3>{escaped(kind.plural)}</h3>{entries}")
    return f'<div class="kg-things">{"".join(sections)}</div>'


def _entry(part: Subnetwork, thing: NetworkThing) -> str:
    start = f"network?focus={thing.path}"
    more = "" if thing in part.focus else f" · {link_to(Link('Start from here', start))}"
    return f"{link_to(Link(thing.name, thing.page))} ({counted(len(part.lines_of(thing)), 'line')}){more}"


def table_of(part: Subnetwork) -> str:
    """Draw every line of a part as a row: what it joins, how, how surely, and by how many statements."""
    rows = "".join(
        f'<tr><th scope="row">{link_to(Link(line.one.name, line.one.page))}</th><td>{escaped(line.how)}</td>'
        f"<td>{link_to(Link(line.other.name, line.other.page))}</td>"
        f"<td>{escaped(MEANINGS[line.standing])}</td><td>{_first(line)}</td></tr>"
        for line in part.lines
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("One", "How", "Other", "How sure", "By"))
    return (
        '<div class="kg-table-wrap" tabindex="0" role="region" aria-label="Every line of the picture">'
        f'<table class="kg-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _first(line: Line) -> str:
    if not line.claims:
        return escaped(words.ARRANGED)
    slug = line.claims[0].rsplit("/", 1)[-1]
    return link_to(Link(counted(len(line.claims), "statement"), f"claim?id={slug}"))
