"""The headings of a page, as links within it."""

from collections.abc import Iterable

from app_pages.parts.markup import escaped, items


def draw(entries: Iterable[tuple[str, str, str]]) -> str:
    """Draw the list of headings.

    Args:
        entries: The id of each heading, its words, and a number beside it or "".
    """
    return (
        '<nav class="kg-contents" aria-label="On this page"><p class="kg-by">On this page</p>'
        + items(
            [
                f'<a href="#{escaped(to)}">{escaped(name)}</a> '
                f'<span class="kg-grade">{escaped(number)}</span>'
                for to, name, number in entries
            ],
            "kg-jumps",
        )
        + "</nav>"
    )
