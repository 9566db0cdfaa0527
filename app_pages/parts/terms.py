"""A list of terms, by group, each with what it means."""

from app_pages.parts.links import link_to
from app_pages.parts.markup import escaped
from kg.views import Terms


def draw(name: str, terms: Terms) -> str:
    """Draw the list.

    Args:
        name: What it is called on the screen.
        terms: The terms.
    """
    return f'<h1>{escaped(name)}</h1><p class="kg-lede">{escaped(terms.definition)}</p>' + "".join(
        (
            f"<h2>{escaped(group)}</h2>"
            if group
            else "<h2>Standing alone</h2>"
            if len(terms.groups) > 1
            else ""
        )
        + '<div class="kg-rows">'
        + "".join(
            f'<div class="kg-row"><p>{link_to(term)}</p><p>{escaped(meaning)}</p></div>'
            for term, meaning in members
        )
        + "</div>"
        for group, members in terms.groups
    )
