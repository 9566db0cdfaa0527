"""Links inside the explorer; the choice of documents goes along."""

from collections.abc import Iterable

from app_pages.parts.graph import with_choice
from app_pages.parts.markup import escaped, link
from kg.views import Link

__all__ = ["link_to", "links_to"]


def link_to(each: Link) -> str:
    """Draw a name, with a link to its page where there is one."""
    if each.address is None:
        return escaped(each.name)
    # Only an address of ours has no scheme; any other is drawn as a link if it is one of the web.
    if ":" in each.address.partition("?")[0]:
        return link(each.address, each.name)
    return f'<a href="{escaped(with_choice(each.address))}">{escaped(each.name)}</a>'


def links_to(found: Iterable[Link]) -> str:
    """Draw names in one line."""
    return " · ".join(link_to(each) for each in found)
