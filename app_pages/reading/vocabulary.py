"""The vocabulary of the data, for people who query: every term with its meaning, and the page of one."""

from collections.abc import Sequence

from app_pages.parts import graph
from app_pages.parts.templates import render
from app_pages.reading.absent import SHOWN, absent
from app_pages.reading.facts import Fact, facts
from app_pages.reading.page import ReadingPage, Slots, first
from kg.language import N_, WordTable, ngettext
from kg.language import gettext as _
from kg.things import TERMS
from kg.views import End, Link, Term

__all__ = ["page"]

_PAGE, _TERM = "vocabulary", "term"
_CLASS, _INDIVIDUAL = "owl:Class", "owl:NamedIndividual"
_KINDS = WordTable(
    {
        _CLASS: N_("A class of things"),
        "owl:ObjectProperty": N_("A property that leads to a thing"),
        "owl:DatatypeProperty": N_("A property that leads to a value"),
        "owl:AnnotationProperty": N_("A property that describes a term of the vocabulary"),
        _INDIVIDUAL: N_("A thing that the vocabulary names"),
    }
)


def page(slots: Slots) -> ReadingPage:
    """Return the page of the term that an address names; without a name, the whole vocabulary."""
    wanted = first(slots, _TERM)
    if not wanted:
        return _list()
    term = graph.vocabulary().term(wanted)
    if term is None:
        none = _("There is no term called “%(name)s” here.", name=wanted[:SHOWN])
        near = graph.nearest(TERMS, wanted)
        return absent(none, _PAGE, near=near, ways=[Link(_("The whole vocabulary"), _PAGE)])
    return _term(term)


def _list() -> ReadingPage:
    found = graph.vocabulary()
    groups = [
        ("classes", _("Classes"), [term for term in found.terms if term.is_class]),
        ("properties", _("Properties"), [term for term in found.terms if _is_property(term)]),
        ("individuals", _("Named things"), [term for term in found.terms if term.kind == _INDIVIDUAL]),
    ]
    answer = _(
        "The data uses %(terms)s of its own and %(lists)s, each with its meaning.",
        terms=ngettext("%(num)s term", "%(num)s terms", len(found.terms)),
        lists=ngettext("%(num)s list of concepts", "%(num)s lists of concepts", len(found.schemes)),
    )
    return ReadingPage(
        title=_("Vocabulary"),
        description=answer,
        html=render(
            "pages/vocabulary.html",
            answer=answer,
            groups=[(slug, name, [(term, _used(term)) for term in terms]) for slug, name, terms in groups],
            schemes=found.schemes,
            prefixes=found.prefixes,
            room=TERMS,
        ),
        address=_PAGE,
        kind="CollectionPage",
    )


def _is_property(term: Term) -> bool:
    return not term.is_class and term.kind != _INDIVIDUAL


def _term(term: Term) -> ReadingPage:
    address = f"{_PAGE}?{_TERM}={term.slug}"
    thing = f"{TERMS}/{term.slug}"
    return ReadingPage(
        title=term.label,
        description=term.definition,
        html=render(
            "pages/term.html",
            term=term,
            facts=_facts(term),
            ends=[_led(end) for end in term.ends],
            thing=thing,
        ),
        address=address,
        thing=thing,
        properties={"mainEntity": {"@type": "DefinedTerm", "name": term.label}},
    )


def _facts(term: Term) -> list[Fact]:
    return facts(
        Fact(_("Name in queries"), f"sl:{term.slug}"),
        Fact(_("What it is"), _KINDS[term.kind]),
        Fact(_("A kind of"), _listed(term.parents)),
        Fact(_("Starts from"), _listed(term.domain)),
        Fact(_("Leads to"), _listed(term.range)),
        Fact(_("In the data"), _used(term)),
        Fact(_("For example"), links=(term.example,) if term.example else ()),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _used(term: Term) -> str:
    """Say how often the data uses a term; "" where that cannot be counted."""
    if term.kind == _INDIVIDUAL:
        return ""
    if term.is_class:
        return ngettext("%(num)s thing", "%(num)s things", term.uses) if term.uses else _("none by itself")
    return ngettext("used %(num)s time", "used %(num)s times", term.uses) if term.uses else _("not used yet")


def _led(end: End) -> str:
    """Say where a property leads from one class of things, and how often."""
    return _(
        "%(start)s → %(end)s: %(times)s",
        start=end.start,
        end=end.end or _("an address on the web"),
        times=ngettext("%(num)s time", "%(num)s times", end.uses),
    )
