"""Pages that show all cases or some: which ones an address names, and the addresses of other choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app_pages.parts import graph
from app_pages.reading.page import Slots

__all__ = ["SLOT", "Narrowed", "narrowed"]

SLOT = "case"
# More cases than this would make an address that programs cut off.
_IN_AN_ADDRESS = 50


@dataclass(frozen=True)
class Narrowed:
    """The cases that a page shows, and the addresses of the same page with others.

    Attributes:
        page: The page, without what follows the question mark.
        chosen: Slugs of the cases that the address names; none where all are shown.
        more: The other slots of the address.
    """

    page: str
    chosen: tuple[str, ...]
    more: Mapping[str, str]

    @property
    def everything(self) -> str:
        """The address that shows all cases."""
        return self.of(())

    @property
    def shortlist(self) -> str | None:
        """The address that shows the shortlist; None where it is empty or shown already."""
        kept = tuple(slug for slug in graph.shortlisted() if slug in graph.names())
        return self.of(kept) if kept and set(kept) != set(self.chosen) else None

    def of(self, slugs: Sequence[str], **other: str) -> str:
        """Return the address that shows some cases, or all where none is named.

        Args:
            slugs: The cases.
            **other: Slots to put in place of those of the address; "" leaves one out.
        """
        given = [(SLOT, slug) for slug in slugs[:_IN_AN_ADDRESS]]
        given += [(name, value) for name, value in {**self.more, **other}.items() if value]
        return f"{self.page}?{urlencode(given)}" if given else self.page

    def with_slots(self, **other: str) -> str:
        """Return the address that shows the same cases, with other slots."""
        return self.of(self.chosen, **other)

    def without(self, slug: str) -> str:
        """Return the address that leaves one of the chosen cases out."""
        return self.of([each for each in self.chosen if each != slug])


def narrowed(page: str, slots: Slots, **more: str) -> Narrowed:
    """Read from an address which cases a page shows.

    Args:
        page: The page, without what follows the question mark.
        slots: What follows it.
        **more: The other slots of the address that links keep; "" stands for one that is not there.
    """
    names = graph.names()
    chosen = tuple(slug for slug in dict.fromkeys(slots.get(SLOT, ())) if slug in names)
    return Narrowed(page, chosen, more)
