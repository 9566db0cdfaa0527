"""A manuscript as Markdown (CommonMark with tables)."""

import re

from kg.export.manuscript import (
    Heading,
    Line,
    Listing,
    Look,
    Manuscript,
    ManuscriptTable,
    Paragraph,
    Part,
    Room,
    Run,
)

__all__ = ["as_markdown"]

# What begins a construct of Markdown wherever it stands, or where a line begins.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$&])")
_AT_BEGINNING = re.compile(r"^(\s*)([#+=-]|\d+[.)])")


def as_markdown(manuscript: Manuscript) -> str:
    """Write a manuscript as Markdown; what it holds stays text."""
    parts = [f"# {_text(manuscript.title)}", *(_part(part) for part in manuscript.parts)]
    if manuscript.foot:
        parts.append(_line((Run(manuscript.foot, Look.ASIDE),)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"{'#' * (part.level + 1)} {_text(part.text)}"
    if isinstance(part, Paragraph):
        return ("> " if part.note else "") + _line(part.runs)
    if isinstance(part, Listing):
        return "\n".join(
            (f"{place}. " if part.numbered else "- ")
            + ("\\\n   " if part.numbered else "\\\n  ").join(map(_line, item))
            for place, item in enumerate(part.items, 1)
        )
    if isinstance(part, ManuscriptTable):
        rows = [part.head, ("---",) * len(part.head), *part.rows]
        cells = [row if place == 1 else tuple(map(_text, row)) for place, row in enumerate(rows)]
        return "\n".join(f"| {' | '.join(row)} |" for row in cells)
    return "\n\n".join(["___"] * part.lines) if isinstance(part, Room) else ""


def _line(runs: Line) -> str:
    return " ".join(_run(run) for run in runs if run.text.strip())


def _run(run: Run) -> str:
    around = {Look.PLAIN: "", Look.STRONG: "**", Look.ASIDE: "*"}[run.look]
    return f"{around}{_text(run.text)}{around}"


def _text(text: str) -> str:
    one_line = _ANYWHERE.sub(r"\\\1", " ".join(text.split()))
    return _AT_BEGINNING.sub(lambda found: f"{found[1]}{_escaped(found[2])}", one_line)


def _escaped(opening: str) -> str:
    return f"{opening[:-1]}\\{opening[-1]}"
