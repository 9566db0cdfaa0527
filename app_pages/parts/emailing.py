"""What is put into an e-mail: a comparison, plain and formatted, with the same content."""

from collections.abc import Sequence
from dataclasses import dataclass

from app_pages.parts.comparison import title
from app_pages.parts.templates import render
from kg import words
from kg.views import Comparison, SharedMatter

__all__ = ["Mail", "comparison"]

_NOTE = "A longer list is not a better place: more was read of it. Nothing here says what caused what."


@dataclass(frozen=True)
class Mail:
    """One text in two forms.

    Attributes:
        plain: As text.
        html: As a piece of HTML.
    """

    plain: str
    html: str


def comparison(compared: Comparison, address: str) -> Mail:
    """Write a comparison: the sentence from counts, what is shared, what one alone has, where to read on.

    Args:
        compared: The comparison.
        address: The address of its page.
    """
    shared = _by_section(compared, None)
    alone = [(case.label, _by_section(compared, place)) for place, case in enumerate(compared.cases)]
    parts = [("What they share", shared), *((f"{name} alone", held) for name, held in alone)]
    heading, sentence = title(compared), words.compared(compared)
    where = f"Each entry opens its statements, and where they stand: {address}"
    return Mail(
        "\n\n".join(
            [
                heading,
                sentence,
                *(
                    f"{name}\n" + "\n".join(f"- {each}" for each in held or ["Nothing"])
                    for name, held in parts
                ),
                _NOTE,
                where,
            ]
        ),
        render("tools/mail.html", heading=heading, sentence=sentence, parts=parts, note=_NOTE, page=address),
    )


def _by_section(compared: Comparison, alone: int | None) -> list[str]:
    """Name what all cases have, or what one alone has, each section in one line."""

    def wanted(row: SharedMatter) -> bool:
        return row.cases == len(row.cells) if alone is None else row.cases == 1 and row.cells[alone].holds

    return [
        f"{section.heading}: {'; '.join(names)}"
        for section in compared.sections
        if (names := _names([row for row in section.rows if wanted(row)]))
    ]


def _names(rows: Sequence[SharedMatter]) -> list[str]:
    """Name matters; what no statement says outright is told to be our reading."""
    return [
        row.matter.name
        + ("" if all(cell.stated for cell in row.cells if cell.holds) else " (in part our reading)")
        for row in rows
    ]
