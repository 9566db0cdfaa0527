"""The list of cases: sorted and narrowed by links, so that Back undoes a choice and no script is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from app_pages.parts import graph
from app_pages.parts.choosing import IN_AN_ADDRESS
from app_pages.parts.choosing import SLOT as CASE
from app_pages.reading import paging
from app_pages.reading.page import Slots, first
from kg.language import N_, WordTable
from kg.views import CaseRow, CaseSummary, Facet, Facets, NarrowedList, Overview
from kg.views.facets import HEADINGS

__all__ = ["SORT", "SORTED_BY", "STATED", "CaseList", "FacetLinks", "FacetOption", "ListChoice", "case_list"]

# The slots of its address, beside those of the facets and of the open page.
STATED, SORT = "stated", "sort"
SORTED_BY = WordTable({"evidence": N_("most results"), "newest": N_("newest documents"), "name": N_("name")})
_FIRST = next(iter(SORTED_BY))
_ON_ONE_PAGE = 50


@dataclass(frozen=True)
class ListChoice:
    """What an address asks of the list.

    Attributes:
        chosen: Values by facet.
        stated: Whether our readings are left out.
        sort: One of `SORTED_BY`.
        page: Which page of the list is open, from 1.
    """

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stated: bool = False
    sort: str = _FIRST
    page: int = 1

    @classmethod
    def of(cls, slots: Slots, facets: Facets) -> "ListChoice":
        """Read an address; what the list cannot use is left out."""
        chosen = {
            slot: tuple(value for value in dict.fromkeys(slots.get(slot, ())) if value in values)
            for slot, values in facets.values().items()
        }
        sort = first(slots, SORT)
        return cls(
            chosen={slot: values for slot, values in chosen.items() if values},
            stated=first(slots, STATED) == "true",
            sort=sort if sort in SORTED_BY else _FIRST,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is chosen that can shorten the list."""
        return bool(self.chosen) or self.stated

    @property
    def address(self) -> str:
        """The address of the list with this choice."""
        slots = [(slot, value) for slot, values in self.chosen.items() for value in values]
        slots += [(STATED, "true")] if self.stated else []
        slots += [(SORT, self.sort)] if self.sort != _FIRST else []
        slots += [(paging.SLOT, str(self.page))] if self.page > 1 else []
        return f"./{'?' if slots else ''}{urlencode(slots)}#cases"

    def turned(self, slot: str, value: str) -> "ListChoice":
        """Return the choice with a value of a facet added, or taken away if it is there."""
        held = self.chosen.get(slot, ())
        values = tuple(each for each in held if each != value) if value in held else (*held, value)
        return self.with_facet(slot, values)

    def with_facet(self, slot: str, values: tuple[str, ...]) -> "ListChoice":
        """Return the choice with these values of a facet in place of its own."""
        chosen = {each: own for each, own in {**self.chosen, slot: values}.items() if own}
        return replace(self, chosen=chosen)


@dataclass(frozen=True)
class FacetOption:
    """A choice of a facet, as a link.

    Attributes:
        key: Tells it from every other choice.
        label: What it is called.
        cases: How many cases the list has with it.
        chosen: Whether it is chosen.
        address: The list with it, or without it if it is chosen.
    """

    key: str
    label: str
    cases: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class FacetLinks:
    """A facet, as links.

    Attributes:
        slot: What stands for it in an address.
        heading: What it is called.
        options: Its choices.
    """

    slot: str
    heading: str
    options: tuple[FacetOption, ...]

    @property
    def chosen(self) -> tuple[FacetOption, ...]:
        """The choices that are made."""
        return tuple(option for option in self.options if option.chosen)


@dataclass(frozen=True)
class CaseList:
    """The list of cases.

    Attributes:
        asked: What the address asks of it.
        narrowed: What is left, and what each further choice would leave.
        overview: Every case.
        facets: Which case has which feature.
        paging: Which page of it is open.
    """

    asked: ListChoice
    narrowed: NarrowedList
    overview: Overview
    facets: Facets
    paging: paging.Paging

    @cached_property
    def by_evidence(self) -> Sequence[str]:
        """The cases that are left, those with most results first."""
        left = set(self.narrowed.slugs)
        return [slug for slug in self.overview.cases if slug in left]

    @property
    def rows(self) -> list[tuple[CaseRow, CaseSummary]]:
        """The cases of the open page."""
        shown = self._in_order[self.paging.start : self.paging.end]
        return [(row, self.overview.cases[row.slug]) for row in graph.rows(shown)]

    @property
    def _in_order(self) -> Sequence[str]:
        if self.asked.sort == "newest":
            return self.narrowed.slugs
        if self.asked.sort == "name":
            return sorted(self.by_evidence, key=lambda slug: self.overview.cases[slug].label)
        return self.by_evidence

    @property
    def sorts(self) -> list[tuple[str, str, str]]:
        """Each order of the list: what stands for it, its name, and the list in that order."""
        return [(sort, name, replace(self.asked, sort=sort).address) for sort, name in SORTED_BY.items()]

    @property
    def links(self) -> list[FacetLinks]:
        """The facets that have a choice to offer."""
        return [self._links(facet) for facet in self.narrowed.facets if facet.options]

    def _links(self, facet: Facet) -> FacetLinks:
        options = (
            FacetOption(
                f"{facet.slot}.{option.value}",
                option.label,
                option.cases,
                option.chosen,
                self.asked.turned(facet.slot, option.value).address,
            )
            for option in facet.options
        )
        return FacetLinks(facet.slot, facet.heading, tuple(options))

    @property
    def without(self) -> list[tuple[str, int, str]]:
        """For each heading with a choice: its name, how many cases there are without, and the list."""
        fewer = [(slot, self.asked.with_facet(slot, ())) for slot in self.asked.chosen]
        return [
            (HEADINGS[slot], len(self.facets.narrowed(each.chosen, stated=each.stated).slugs), each.address)
            for slot, each in fewer
        ]

    @property
    def stated_turned(self) -> str:
        """The list with our readings left out, or put back."""
        return replace(self.asked, stated=not self.asked.stated).address

    @property
    def emptied(self) -> str:
        """The list with nothing chosen."""
        return ListChoice(sort=self.asked.sort).address

    @property
    def slots(self) -> str:
        """The slots with which other pages show the same cases; "" where these are all."""
        if len(self.narrowed.slugs) == self.narrowed.all:
            return ""
        return urlencode([(CASE, slug) for slug in self.by_evidence[:IN_AN_ADDRESS]])


def case_list(slots: Slots) -> CaseList:
    """Return the list of cases as an address asks for it."""
    facets = graph.facets()
    asked = ListChoice.of(slots, facets)
    narrowed = facets.narrowed(asked.chosen, stated=asked.stated)
    pages = paging.paged(
        slots, len(narrowed.slugs), _ON_ONE_PAGE, lambda number: replace(asked, page=number).address
    )
    return CaseList(asked, narrowed, graph.overview(), facets, pages)
