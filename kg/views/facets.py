"""The list of cases, and what it can be narrowed by, with how many cases each choice leaves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from kg.engine import Engine
from kg.evidence import what_counts
from kg.language import N_, WordTable
from kg.queries.typed_rows import row_of, rows_as
from kg.views.case_concepts import concepts_of_cases
from kg.views.choices import Graphs
from kg.views.statements import slug_of

__all__ = ["HEADINGS", "Facet", "FacetValueRow", "Facets", "NarrowedList", "Option", "facets"]

# The facets in the order of the page: the slot of each in an address, and its heading.
HEADINGS = WordTable(
    {
        "difficulty": N_("Difficulty faced"),
        "practice": N_("What leaders did"),
        "factor": N_("Factor"),
        "reported": N_("What changed"),
        "direction": N_("Better or worse"),
        "wrong": N_("What went wrong"),
        "part": N_("Who was involved"),
        "country": N_("Country"),
        "kind": N_("Kind of document"),
        "year": N_("Years of the documents"),
    }
)
_SCHEMES = {"factors": "factor", "practices": "practice", "challenges": "difficulty", "parties": "part"}
_BAND = 5
_OLDEST_BAND = 2000
_BEFORE = f"before-{_OLDEST_BAND}"
_NO_YEAR = "no-year"


@dataclass(frozen=True)
class Option:
    """One choice of a facet.

    Attributes:
        value: What stands for it in an address.
        label: What it is called.
        cases: How many cases the list would have with it, by the choices made in the other facets.
        chosen: Whether it is chosen.
    """

    value: str
    label: str
    cases: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list.

    Attributes:
        slot: What stands for it in an address.
        heading: What it is called.
        options: Its choices that leave a case, and those that are chosen.
    """

    slot: str
    heading: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> int:
        """How many of its choices are made."""
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True)
class NarrowedList:
    """The list of cases after some choices.

    Attributes:
        slugs: The cases that are left, newest first.
        facets: Every facet, with what each further choice would leave.
        all: How many cases there are without a choice.
    """

    slugs: tuple[str, ...]
    facets: tuple[Facet, ...]
    all: int


# The cases that have a feature, one bit each.
_CaseSet = int
_Features = dict[str, _CaseSet]


class Facets:
    """Which case has which feature.

    Args:
        slugs: The cases, newest first.
        labels: The name of each feature, by facet and value, in the order in which it is offered.
        stated: The cases that are said to have each feature, by facet and value.
        read: The cases that are said or read to have it.
        pairs: The cases with a result in an area and a direction.
    """

    def __init__(
        self,
        slugs: Sequence[str],
        labels: Mapping[str, Mapping[str, str]],
        stated: Mapping[str, _Features],
        read: Mapping[str, _Features],
        pairs: Mapping[tuple[str, str], _CaseSet],
    ) -> None:
        self._slugs = tuple(slugs)
        self._labels = labels
        self._masks = {True: stated, False: read}
        self._pairs = pairs

    def values(self) -> dict[str, tuple[str, ...]]:
        """Give the values of each facet in their order, by its slot."""
        return {slot: tuple(self._labels[slot]) for slot in HEADINGS}

    def narrowed(self, chosen: Mapping[str, Iterable[str]], *, stated: bool = False) -> NarrowedList:
        """Give the cases that have one feature at least of each facet in which a choice is made.

        An area and a direction that are chosen together have to be those of one and the same result.

        Args:
            chosen: Values by facet; what is no value of the facet is left out.
            stated: Whether only what a source says outright counts, and no reading of ours.
        """
        masks = self._masks[stated]
        made = {
            slot: [value for value in dict.fromkeys(chosen.get(slot, ())) if value in self._labels[slot]]
            for slot in HEADINGS
        }
        everything = (1 << len(self._slugs)) - 1
        left = {slot: self._cases_with(masks, made, slot) for slot in HEADINGS if made[slot]}
        facets = []
        for slot, heading in HEADINGS.items():
            others = everything
            for other, mask in left.items():
                if other != slot and {slot, other} != {"reported", "direction"}:
                    others &= mask
            options = []
            for value, label in self._labels[slot].items():
                count = (others & self._cases_with(masks, made, slot, value)).bit_count()
                if count or value in made[slot]:
                    options.append(Option(value, label, count, value in made[slot]))
            facets.append(Facet(slot, heading, tuple(options)))
        result = everything
        for mask in left.values():
            result &= mask
        slugs = tuple(slug for place, slug in enumerate(self._slugs) if result >> place & 1)
        return NarrowedList(slugs, tuple(facets), len(self._slugs))

    def _cases_with(
        self, masks: Mapping[str, _Features], made: Mapping[str, Sequence[str]], slot: str, value: str = ""
    ) -> _CaseSet:
        """Give the cases that have the value, or without one, any of the values chosen in the facet."""
        values = [value] if value else made[slot]
        if slot in {"reported", "direction"}:
            other = made["direction" if slot == "reported" else "reported"]
            matching = (
                mask
                for (area, direction), mask in self._pairs.items()
                for mine, its in [(area, direction) if slot == "reported" else (direction, area)]
                if mine in values and (not other or its in other)
            )
            return reduce(or_, matching, 0)
        return reduce(or_, (masks[slot].get(value, 0) for value in values), 0)


class _Reading:
    """Gathers which case has which feature, while rows are read."""

    def __init__(self, slugs: Sequence[str]) -> None:
        self._bit = {slug: 1 << place for place, slug in enumerate(slugs)}
        self.stated: dict[str, _Features] = {slot: {} for slot in HEADINGS}
        self.read: dict[str, _Features] = {slot: {} for slot in HEADINGS}
        self.pairs: dict[tuple[str, str], _CaseSet] = {}

    def add(self, case: str, slot: str, value: str, *, said: bool = True) -> None:
        """Note that a case has a feature, and whether that is said outright."""
        for features in (self.read, self.stated) if said else (self.read,):
            features[slot][value] = features[slot].get(value, 0) | self._case(case)

    def add_pair(self, case: str, group: str, direction: str) -> None:
        """Note an area and a direction of a result of a case."""
        self.pairs[group, direction] = self.pairs.get((group, direction), 0) | self._case(case)

    def _case(self, iri: str) -> _CaseSet:
        return self._bit.get(slug_of(iri), 0)


@row_of("case-list")
class _CaseRow:
    case: str


@row_of("case-documents")
class _DocumentRow:
    case: str
    kind: str
    year: str | None


@row_of("facet-values")
class FacetValueRow:
    """What a case can be narrowed by, with the list that it is of; a country is of none."""

    value: str
    scheme: str | None
    label: str


@row_of("case-outcome-groups")
class _OutcomeRow:
    case: str
    group: str
    direction: str


@row_of("case-setbacks")
class _SetbackRow:
    case: str
    setback: str


@row_of("case-countries")
class _CountryRow:
    case: str
    land: str | None


def facets(engine: Engine, graphs: Graphs = None) -> Facets:
    """Read which case has which feature.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    documents = rows_as(_DocumentRow, engine, graphs)
    slugs = _newest_first(rows_as(_CaseRow, engine, graphs), documents)
    names = rows_as(FacetValueRow, engine, graphs)
    reading = _Reading(slugs)
    _read_concepts(reading, engine, graphs, names)
    for result in rows_as(_OutcomeRow, engine, graphs):
        reading.add_pair(result.case, slug_of(result.group), slug_of(result.direction))
    for gone_wrong in rows_as(_SetbackRow, engine, graphs):
        reading.add(gone_wrong.case, "wrong", slug_of(gone_wrong.setback))
    for lying in rows_as(_CountryRow, engine, graphs):
        if lying.land is not None:
            reading.add(lying.case, "country", slug_of(lying.land))
    for document in documents:
        reading.add(document.case, "kind", slug_of(document.kind))
        reading.add(document.case, "year", _band(document.year))
    return Facets(slugs, _labels(names, reading.read), reading.stated, reading.read, reading.pairs)


def _read_concepts(reading: _Reading, engine: Engine, graphs: Graphs, names: Sequence[FacetValueRow]) -> None:
    slot_of = {row.value: _SCHEMES.get(slug_of(row.scheme or "")) for row in names}
    for found in concepts_of_cases(engine, graphs, what_counts(engine).weakest_reading):
        if slot := slot_of.get(found.concept):
            reading.add(found.case, slot, slug_of(found.concept), said=found.stated)


def _newest_first(cases: Sequence[_CaseRow], documents: Sequence[_DocumentRow]) -> list[str]:
    newest: dict[str, str] = {}
    for row in documents:
        newest[row.case] = max(newest.get(row.case, ""), row.year or "")
    by_name = [row.case for row in cases]
    return [slug_of(case) for case in sorted(by_name, key=lambda case: newest.get(case, ""), reverse=True)]


def _band(year: str | None) -> str:
    if year is None:
        return _NO_YEAR
    first = int(year[:4]) // _BAND * _BAND
    return _BEFORE if first < _OLDEST_BAND else f"{first}-{first + _BAND - 1}"


def _labels(names: Sequence[FacetValueRow], read: Mapping[str, _Features]) -> dict[str, dict[str, str]]:
    of_scheme: dict[str, dict[str, str]] = {}
    for row in names:
        scheme = "countries" if row.scheme is None else slug_of(row.scheme)
        of_scheme.setdefault(scheme, {})[slug_of(row.value)] = row.label

    def common_first(slot: str, labels: Mapping[str, str]) -> dict[str, str]:
        return {
            value: labels[value]
            for value in sorted(
                labels, key=lambda value: (-read[slot].get(value, 0).bit_count(), labels[value])
            )
        }

    bands = sorted((band for band in read["year"] if band[0].isdigit()), reverse=True)
    rest = {_BEFORE: f"Before {_OLDEST_BAND}", _NO_YEAR: "Year not stated"}
    return {
        "difficulty": common_first("difficulty", of_scheme.get("challenges", {})),
        "practice": common_first("practice", of_scheme.get("practices", {})),
        "factor": of_scheme.get("factors", {}),
        "reported": of_scheme.get("outcomes", {}),
        "direction": of_scheme.get("directions", {}),
        "wrong": of_scheme.get("setbacks", {}),
        "part": common_first("part", of_scheme.get("parties", {})),
        "country": common_first("country", of_scheme.get("countries", {})),
        "kind": common_first("kind", of_scheme.get("document-kinds", {})),
        "year": {band: band.replace("-", "–") for band in bands} | rest,
    }
