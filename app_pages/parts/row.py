"""The place of a case and its results, each by who stands behind it."""

from collections.abc import Iterable

from app_pages.parts.markup import escaped, items
from kg import words
from kg.views import CaseRow, Result, Standing

__all__ = ["NO_RESULT", "place", "results"]

NO_RESULT = {
    True: "No result reported in the paper",
    False: "No result found in what was read",
}


def place(row: CaseRow) -> str:
    """Name where a case is, or say that this is not named."""
    return escaped(row.place or "Place not named")


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
