"""What stands at an address where there is nothing: a sentence, the nearest names, and a way on."""

from collections.abc import Sequence

from app_pages.parts import graph
from app_pages.parts.templates import render
from app_pages.reading.page import ReadingPage
from kg.language import gettext as _
from kg.terms import BASE
from kg.things import page_of
from kg.views import Link

__all__ = ["SHOWN", "absent", "in_other_documents", "unknown"]

# The longest name that is repeated to whoever asked for it.
SHOWN = 80


def absent(
    said: str, page: str, *, near: Sequence[Link] = (), ways: Sequence[Link] = (), heading: str | None = None
) -> ReadingPage:
    """Return a page that says what is not there, with status 404.

    Args:
        said: The sentence that says so.
        page: The address of the page, without what was asked of it.
        near: What may have been meant.
        ways: Pages that lead on.
        heading: The heading; a general one if None.
    """
    title = heading or _("Nothing at this address")
    return ReadingPage(
        title=title,
        description=said,
        html=render("pages/absent.html", heading=title, said=said, near=near, ways=ways, page=None),
        address=page,
        status=404,
    )


def unknown(none: str, page: str, wanted: str, room: str, back: Link) -> ReadingPage:
    """Return the page that says that there is nothing of a name, and offers the nearest.

    Where only the paper is asked and other documents know the name, it leads to them.

    Args:
        none: The sentence that says so.
        page: The address of the page, without the name.
        wanted: The name, as a stranger wrote it; "" where the address has none.
        room: The addresses from the base on among which to look for names, such as `source`.
        back: A page that leads on.
    """
    if not wanted:
        return absent(_("The address does not name anything."), page, ways=[back])
    address = f"{page}?id={wanted}"
    own = page_of(f"{BASE}{room}/{wanted}") == address
    if own and graph.paper_alone() and (name := graph.name_of(f"{room}/{wanted}")):
        return in_other_documents(name, address)
    return absent(none, page, near=graph.nearest(room, wanted), ways=[back])


def in_other_documents(name: str, address: str) -> ReadingPage:
    """Return the page that says that the paper does not speak of something, and leads to who does.

    Args:
        name: What it is called.
        address: The address of its page from the base on.
    """
    said = _("The King’s Fund paper does not speak of this. Other documents do.")
    return ReadingPage(
        title=name,
        description=said,
        html=render("pages/absent.html", heading=name, said=said, near=(), ways=(), page=address),
        address=address,
        status=404,
    )
