"""What a session is about, and which activities speak to that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg import views
from kg.engine import Engine
from kg.errors import UnknownName
from kg.language import gettext as _
from kg.language import listed
from kg.queries.typed_rows import row_of, rows_as
from kg.sessions.material import Activity, Material
from kg.sessions.settings import Settings
from kg.terms import PREFIXES
from kg.views import CaseRow, Graphs, Link
from kg.views.links import link_of
from kg.views.statements import slug_of

__all__ = [
    "Aim",
    "ConceptRow",
    "aim_of",
    "choices_in",
    "names_of",
    "rank_activities",
    "reason_for",
    "rows_of",
]


@dataclass(frozen=True)
class Aim:
    """What a plan is about: the concepts asked for, what is offered against them, and their factors."""

    about: tuple[Link, ...]
    tiers: tuple[frozenset[str], ...]

    def tier(self, works_on: frozenset[str]) -> int | None:
        """Say how near something is that is meant for these: 0 is nearest; None if it is not."""
        return next((place for place, tier in enumerate(self.tiers) if tier & works_on), None)


@row_of("scheme-concepts")
class ConceptRow:
    """A concept of a scheme, with its place among the others."""

    concept: str
    label: str
    position: str | None


@row_of("challenge-answers")
class _AnswerRow:
    practice: str


@row_of("challenge-factors")
class _FactorRow:
    factor: str


@row_of("factor-practices")
class _PracticeRow:
    practice: str


def choices_in(engine: Engine, scheme: str) -> dict[str, str]:
    """Give what can be asked for, such as difficulties: names by slug, in order of name.

    Args:
        engine: Where to ask.
        scheme: The last part of the IRI of the scheme, such as `challenges`.
    """
    concepts = rows_as(ConceptRow, engine, scheme=URIRef(PREFIXES["scheme"] + scheme))
    return {slug_of(row.concept): row.label for row in sorted(concepts, key=lambda row: row.label)}


def aim_of(engine: Engine, settings: Settings, graphs: Graphs) -> Aim:
    """Give what a session is about.

    Raises:
        UnknownName: If there is no such difficulty, factor or case; the nearest name is offered.
    """
    about: list[Link] = []
    asked, offers, factors = set(), set(), set()
    if settings.difficulty is not None:
        iri = URIRef(PREFIXES["challenge"] + _known(engine, "difficulty", "challenges", settings.difficulty))
        about.append(link_of(str(iri), choices_in(engine, "challenges")[settings.difficulty]))
        asked.add(str(iri))
        offers |= {row.practice for row in rows_as(_AnswerRow, engine, graphs, challenge=iri)}
        factors |= {row.factor for row in rows_as(_FactorRow, engine, graphs, challenge=iri)}
    if settings.factor is not None:
        iri = URIRef(PREFIXES["factor"] + _known(engine, "factor", "factors", settings.factor))
        about.append(link_of(str(iri), choices_in(engine, "factors")[settings.factor]))
        asked.add(str(iri))
        offers |= {row.practice for row in rows_as(_PracticeRow, engine, graphs, factor=iri)}
    rows = rows_of(engine, settings.cases, graphs)
    if not about:
        about = [link_of(PREFIXES["case"] + row.slug, row.label) for row in rows]
        names = {tie.label for row in rows for tie in row.factors if tie.explicit}
        factors |= {
            PREFIXES["factor"] + slug
            for slug, label in choices_in(engine, "factors").items()
            if label in names
        }
    return Aim(tuple(about), (frozenset(asked), frozenset(offers), frozenset(factors)))


def _known(engine: Engine, what: str, scheme: str, slug: str) -> str:
    known = choices_in(engine, scheme)
    if slug not in known:
        raise UnknownName(what, " ".join(slug[:80].split()), known)
    return slug


def rows_of(engine: Engine, cases: Sequence[str], graphs: Graphs) -> list[CaseRow]:
    """Give cases by their slugs, in this order, each once.

    Raises:
        UnknownName: If there is no such case; the nearest name is offered.
    """
    if not cases:
        return []
    names = views.case_list(engine, graphs)
    for slug in cases:
        if slug not in names:
            raise UnknownName("case", " ".join(slug[:80].split()), names)
    rows = {row.slug: row for row in views.case_rows(engine, graphs, cases)}
    return [rows[slug] for slug in dict.fromkeys(cases)]


def rank_activities(activities: Iterable[Activity], aim: Aim) -> list[Activity]:
    """Put first what is meant for what is asked, then what is offered against it, its factor, the rest."""
    ranks = {}
    for activity in activities:
        tier = aim.tier(activity.works_on)
        if tier is not None or activity.suits_any:
            ranks[activity.slug] = (
                len(aim.tiers) if tier is None else tier,
                activity.risk.rank,
                activity.name,
            )
    return sorted(
        (activity for activity in activities if activity.slug in ranks),
        key=lambda activity: ranks[activity.slug],
    )


def reason_for(activity: Activity, aim: Aim, materials: Material) -> str:
    """Say why an activity is in a plan; "" for what every session needs."""
    if activity.slug in materials.frame:
        return ""
    tier = aim.tier(activity.works_on)
    if tier is None:
        return _("Useful to any group.")
    names = names_of(aim)
    if tier == 0:
        return _("Chosen for %(names)s, by our judgement.", names=names)
    if tier == 1:
        return _("Chosen for a practice that goes with %(names)s, by our judgement.", names=names)
    return _("Chosen for a factor that goes with %(names)s, by our judgement.", names=names)


def names_of(aim: Aim) -> str:
    """Name what a session is about, as a sentence has it."""
    return listed([_("“%(words)s”", words=link.name) for link in aim.about])
