"""The five factors: one page for them all, and one for each."""

from collections.abc import Mapping

from app_pages.parts import background, graph
from app_pages.parts.network_state import is_connected
from app_pages.parts.templates import render
from app_pages.reading.absent import SHOWN, unknown
from app_pages.reading.headings import FOUND_IN, heading_of
from app_pages.reading.page import ReadingPage, Slots, first
from app_pages.reading.telling import extent, numbers, questions, session_ideas, summary, terms_by_address
from kg.errors import UnknownName
from kg.language import gettext as _
from kg.views import Factor, FactorSummary, Link, ListedTerm, PracticeCount, Ties

__all__ = ["all_factors", "one_factor"]

_SCHEME = "factors"
# What of the section on a factor stands in a place of its own on its page.
_IN_THE_OPEN = ("guidance", "facilitators", "against")
# What is said of the factor itself, beside what its section says.
_OF_IT = ("general", "helps", "written", "hoped")
_FEW = 4


def all_factors(_slots: Slots) -> ReadingPage:
    """Return the page of the five, in their order."""
    told = terms_by_address("practices")
    return ReadingPage(
        title=_("The five factors"),
        description=_("Five factors that help leaders work across organisations, and cases that show them."),
        html=render(
            "pages/factors.html",
            factors=[(each, _lines(each), _listed(each.practices, told)[:_FEW]) for each in graph.factors()],
            ways=background.ways(),
            page_address="factors",
            thing="scheme/factors",
        ),
        address="factors",
        thing="scheme/factors",
        kind="CollectionPage",
    )


def _lines(factor: FactorSummary) -> str:
    """Return what is shown of a factor in a sentence or two; "" where nothing is written."""
    story = summary(f"scheme/factors/{_slug(factor.factor)}")
    return (story.line or "") if story else ""


def _slug(factor: Link) -> str:
    return (factor.address or "").partition("=")[2]


def _listed(practices: tuple[PracticeCount, ...], told: Mapping[str, ListedTerm]) -> list[ListedTerm]:
    """Return practices with how much is told of each, the most told first."""
    found = [term for each in practices if (term := told.get(each.practice.address or ""))]
    return sorted(found, key=lambda term: (-term.cases, -term.statements))


def one_factor(slots: Slots) -> ReadingPage:
    """Return the page of the factor that an address names."""
    wanted = first(slots, "id")
    try:
        factor = graph.factor(wanted)
    except UnknownName:
        none = _("There is no factor called “%(name)s”.", name=wanted[:SHOWN])
        return unknown(none, "factor", wanted, "scheme/factors", Link(_("The five factors"), "factors"))
    return _page(factor)


def _page(factor: Factor) -> ReadingPage:
    entry = factor.entry
    story, address = summary(entry.path), f"factor?id={entry.path.rpartition('/')[2]}"
    practices = _listed(factor.practices, terms_by_address("practices"))
    section = {ties.key: ties for ties in factor.section}
    return ReadingPage(
        title=entry.name,
        description=(story.line if story else None) or entry.meaning.definition or "",
        html=render(
            "pages/factor.html",
            factor=factor,
            entry=entry,
            papers=graph.collection().papers,
            story=story,
            numbers=numbers(story),
            extent=extent(entry),
            cases_heading=FOUND_IN[_SCHEME],
            done=[term for term in practices if term.cases],
            not_done=[term for term in practices if not term.cases],
            more_practices=factor.practice_count - len(factor.practices),
            advice=_advice(section),
            against=section.get("against"),
            ideas=session_ideas(entry.path),
            folded=_folded(factor),
            notes=factor.words,
            page_address=address,
            thing=entry.path,
            connected=is_connected(entry.path),
        ),
        address=address,
        thing=entry.path,
        properties={
            "about": {
                "@type": "DefinedTerm",
                "name": entry.name,
                "description": entry.meaning.definition or "",
            }
        },
    )


def _advice(section: dict[str, Ties]) -> list[tuple[str, Ties]]:
    """Return the advice of the section on a factor: to leaders, then to facilitators."""
    headings = {"guidance": "", "facilitators": heading_of(_SCHEME, "facilitators")}
    return [(heading, section[key]) for key, heading in headings.items() if key in section]


def _folded(factor: Factor) -> list[tuple[str, str, Ties]]:
    of_it = [ties for ties in factor.entry.mentions.told if ties.key in _OF_IT]
    return [
        *questions(factor.section, _SCHEME, _IN_THE_OPEN),
        *[(f"said-{key}", heading, ties) for key, heading, ties in questions(of_it, "")],
    ]
