"""A one-page brief for a meeting, as one HTML file that prints on one sheet and fetches nothing."""

from collections.abc import Iterable
from html import escape

from kg.views import Brief, BriefPlace, Standing, Statement

__all__ = ["brief_html"]

_STYLE = """
@page { size: A4; margin: 10mm 12mm; }
body { font: 10.5pt/1.36 Georgia, serif; color: #23211f; max-width: 46rem; margin: 1rem auto; }
h1 { font-size: 1.5em; margin: 0 0 .2em; }
h2 { font-size: 1.15em; margin: .8em 0 .15em; border-top: 1px solid #c9bfae; padding-top: .35em; }
h3 { font-size: 1em; margin: .45em 0 .1em; }
p { margin: .15em 0; }
ul { margin: .1em 0 .2em; padding-left: 1.1em; }
li { margin: .12em 0; }
.where { color: #5c554c; font-size: .85em; }
.mark { font-weight: bold; }
@media print { body { font-size: 8.7pt; line-height: 1.27; margin: 0; max-width: none; } }
"""
_STANDINGS = {
    Standing.EVALUATED: "found by an evaluation, inspection or audit",
    Standing.OWN_ACCOUNT: "reported by those involved",
    Standing.TOLD: "told in a text that is not an evaluation",
}
_TONES = {
    "Hedged": "said with a hedge",
    "Hope": "a hope, not a result",
    "Intention": "an intention, not a result",
    "Normative": "said of what should be",
}
_DIRECTIONS = {
    "Worsened": "said to have become worse",
    "Mixed": "said to be mixed",
    "No change found": "no change found",
}


def brief_html(brief: Brief) -> bytes:
    """Write a brief as HTML.

    Args:
        brief: What it holds.

    Returns:
        A whole document in UTF-8, the same for the same brief.
    """
    parts = [
        "<h1>What other places did, and how we know</h1>",
        f"<p>Asked: {escape('; '.join(brief.asked))}</p>",
        '<p class="where">Each line is one statement of a document, in our own words, with where it stands. '
        "A few cases prove no cause; what was done there may not suit here.</p>",
        *(_place(each) for each in brief.places),
    ]
    if brief.setback is not None:
        cases = ", ".join(each.name for each in brief.setback.statement.about)
        parts.append(_aside("What went wrong elsewhere", cases, brief.setback.statement))
    if brief.advice is not None:
        parts.append(_aside("What is advised", brief.advice.page.name, brief.advice.statement))
    parts.append(
        f'<p class="where">Made on {brief.day.day} {brief.day:%B %Y} with the System Leadership '
        "Case Explorer, "
        f"state {escape(brief.version)}. Independent of The King’s Fund and of the NHS. "
        "Text: CC BY 4.0.</p>"
    )
    body = "".join(parts)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Brief for a meeting</title><style>{_STYLE}</style></head><body>{body}</body></html>\n"
    ).encode()


def _place(place: BriefPlace) -> str:
    row = place.case.row
    unknown = ", ".join(name.lower() for name in place.reading.unknown)
    whole = place.reading.read_whole
    return (
        f"<h2>{escape(row.label)}</h2><p>{escape(row.question)}</p>"
        + _why(place)
        + "<h3>What leaders did</h3>"
        + _statements(place.deeds, "Nothing that we read says what leaders did there.")
        + "<h3>What is reported, and what it rests on</h3>"
        + _statements(place.results, "No result is reported in what we read.")
        + "<h3>What is not known</h3><p>"
        + (
            f"{'The paper reports' if whole else 'We found, in what we read,'} nothing on {escape(unknown)}."
            if unknown
            else "Every kind of result that we look for is told of; none of them proves a cause."
        )
        + "</p>"
    )


def _why(place: BriefPlace) -> str:
    if place.reading.statement is None:
        return ""
    return f"<p><strong>Why this place:</strong> {_statement(place.reading.statement)}</p>"


def _statements(statements: Iterable[Statement], none: str) -> str:
    entries = "".join(f"<li>{_statement(each)}</li>" for each in statements)
    return f"<ul>{entries}</ul>" if entries else f"<p>{none}</p>"


def _statement(statement: Statement) -> str:
    marks = [
        "denied: the source says what was not so" if statement.denied else "",
        "" if statement.explicit else "our reading",
        _TONES.get(statement.tone, ""),
        _STANDINGS[statement.standing] if statement.standing is not None else "",
        _DIRECTIONS.get(statement.direction or "", ""),
        *(kind.lower() for kind in statement.setbacks),
    ]
    said = "; ".join(mark for mark in marks if mark)
    where = "; ".join(
        place.where + (f", look for “{place.look_for}”" if place.look_for else "")
        for place in statement.places
    )
    return (
        f"{escape(statement.text)}"
        + (f' <span class="mark">[{escape(said)}]</span>' if said else "")
        + "".join(f" {escape(caveat)}" for caveat in statement.caveats)
        + f' <span class="where">{escape(statement.source)}: {escape(where)}</span>'
    )


def _aside(heading: str, name: str, statement: Statement) -> str:
    return f"<h2>{heading}: {escape(name)}</h2><p>{_statement(statement)}</p>"
