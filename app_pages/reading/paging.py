"""Long lists, page by page: which page an address asks for, and what leads to the others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app_pages.reading.page import Slots, first

__all__ = ["SLOT", "Paging", "paged"]

SLOT = "page"
_LONGEST = 9


@dataclass(frozen=True)
class Paging:
    """One page of a long list.

    Attributes:
        number: Which page is open, counted from 1.
        pages: How many there are.
        beyond: The page that the address asks for, where there is no such page.
        on_one: How many entries a page has.
        address: Returns the address of the list at another page.
    """

    number: int
    pages: int
    beyond: int | None
    on_one: int
    address: Callable[[int], str]

    @property
    def start(self) -> int:
        """The place of the first entry of the open page, counted from 0."""
        return (self.number - 1) * self.on_one

    @property
    def end(self) -> int:
        """The place after that of its last entry."""
        return self.number * self.on_one

    @property
    def near(self) -> tuple[int, ...]:
        """The pages to offer: the first, the last and those beside the open one; 0 stands for a gap."""
        return tuple(_with_gaps(self.number, self.pages))


def _with_gaps(number: int, pages: int) -> Iterator[int]:
    before = 0
    for page in sorted({1, number - 1, number, number + 1, pages} & set(range(1, pages + 1))):
        if page > before + 1:
            yield 0
        yield page
        before = page


def paged(slots: Slots, entries: int, on_one: int, address: Callable[[int], str]) -> Paging:
    """Return the page of a list that an address asks for; the first where there is no such page.

    Args:
        slots: The slots of the address.
        entries: How long the list is.
        on_one: How many entries a page has.
        address: Returns the address of the list at another page.

    >>> paged({"page": ["2"]}, 30, 25, "list?page={}".format).number
    2
    >>> paged({"page": ["9"]}, 30, 25, "list?page={}".format).beyond
    9
    """
    pages = max(-(-entries // on_one), 1)
    asked = first(slots, SLOT)
    number = int(asked[:_LONGEST]) if asked.isascii() and asked.isdigit() else 1
    there = 1 <= number <= pages
    return Paging(number if there else 1, pages, None if there or number < 1 else number, on_one, address)
