"""What the paper says beside its cases and factors: five lists, and the way to them from other pages."""

from app_pages.parts import contents, statement
from app_pages.parts.graph import with_choice
from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped
from kg.views import Background, BackgroundEntry

PAGE = "background"
# The lists in the order of the page: the anchor of each, its heading, and what it says.
LISTS = {
    "finders": ("Who found the five factors", "The paper says who found them, and which works they drew on."),
    "facilitation": (
        "How facilitators work",
        "Ways of working of people who help leaders to work together, and what the paper advises them.",
    ),
    "qualities": (
        "Qualities and styles of leading",
        "What leaders need, and what they should leave behind. Beside each: the work that names it, and "
        "the case that shows it.",
    ),
    "works": ("Works the paper cites", "Each with what it is cited for, the oldest first."),
    "programmes": ("Programmes and plans", "Those that are named, and in which case."),
}


def ways(before: str = "More from the paper:") -> str:
    """Draw a line that leads to each list.

    Args:
        before: What to say before them.
    """
    page = escaped(with_choice(PAGE))
    found = " · ".join(
        f'<a href="{page}#{anchor}">{escaped(name)}</a>' for anchor, (name, _) in LISTS.items()
    )
    return f'<p class="kg-meta">{escaped(before)} {found}</p>'


def draw(background: Background) -> str:
    """Draw the lists."""
    drawn = {
        "finders": "".join(statement.draw(finder, PAGE) for finder in background.finders),
        "facilitation": _rows(background.facilitation),
        "qualities": _rows(background.qualities),
        "works": _rows(background.works),
        "programmes": _rows(background.programmes),
    }
    counts = {anchor: str(len(getattr(background, anchor))) for anchor in drawn}
    lists = [
        f'<section><h2 id="{anchor}">{escaped(name)}</h2><p>{escaped(about)}</p>'
        + (f'<ul class="kg-statements">{drawn[anchor]}</ul>' if anchor == "finders" else drawn[anchor])
        + "</section>"
        for anchor, (name, about) in LISTS.items()
        if drawn[anchor]
    ]
    return (
        f'<p class="kg-lede">{counted(len(background.works), "work")}, '
        f"{counted(len(background.qualities), 'quality or style', 'qualities and styles')} of leading and "
        f"{counted(len(background.facilitation), 'way', 'ways')} of working that the paper names "
        'beside its cases.</p><div class="kg-story">'
        + contents.draw((anchor, LISTS[anchor][0], counts[anchor]) for anchor in drawn if drawn[anchor])
        + f'<div class="kg-body">{"".join(lists)}</div></div>'
    )


def _rows(found: tuple[BackgroundEntry, ...]) -> str:
    return '<div class="kg-rows">' + "".join(_row(each) for each in found) + "</div>" if found else ""


def _row(background_entry: BackgroundEntry) -> str:
    said = "".join(statement.draw(one, PAGE, with_readings=False) for one in background_entry.statements)
    return (
        f'<div class="kg-row"><p>{link_to(background_entry.link)}</p><div>'
        + (f"<p>{escaped(background_entry.meaning)}</p>" if background_entry.meaning else "")
        + (f'<p class="kg-meta">{links_to(background_entry.beside)}</p>' if background_entry.beside else "")
        + (f'<ul class="kg-statements">{said}</ul>' if said else "")
        + "</div></div>"
    )
