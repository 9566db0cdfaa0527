"""The line at the foot of a page that says how programs get the same."""

from app_pages.parts.templates import render

__all__ = ["for_programs"]


def for_programs(path: str) -> str:
    """Return the line, as HTML.

    Args:
        path: The path of what the page shows in the graph, such as `claim/leeds-1`.
    """
    return render("parts/for_programs_line.html", thing=path)
