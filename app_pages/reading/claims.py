"""The page of one statement: the sentence, who says it and how sure, where it stands, how we read it."""

from urllib.parse import quote

from app_pages.parts import citing, graph
from app_pages.parts.frame import NAME
from app_pages.parts.templates import render
from app_pages.reading.absent import SHOWN, in_other_documents, unknown
from app_pages.reading.facts import Fact, facts
from app_pages.reading.page import ReadingPage, Slots, first
from app_pages.reading.shortening import start_of
from kg import words
from kg.errors import UnknownName
from kg.evidence import Basis, Direction, Modality, Voice
from kg.language import gettext as _
from kg.settings.public_address import public_address_of_environment
from kg.views import (
    Link,
    NamedThing,
    Origin,
    Reference,
    Statement,
    StatementPage,
    StoryUse,
    Withdrawal,
    current_day,
    day_in_words,
)

__all__ = ["page", "who_says"]


def page(slots: Slots) -> ReadingPage:
    """Return the page of the statement that an address names, of its withdrawal, or of its absence."""
    wanted = first(slots, "id")
    try:
        return _statement(graph.statement_page(wanted))
    except UnknownName:
        pass
    if withdrawal := graph.withdrawal(wanted):
        return _withdrawn(withdrawal)
    if graph.paper_alone() and graph.is_told(wanted):
        return in_other_documents(_("A statement of another document"), f"claim?id={wanted}")
    none = _("There is no statement called “%(name)s” here.", name=wanted[:SHOWN])
    return unknown(none, "claim", wanted, "case", Link(_("All cases"), "./"))


def _statement(told: StatementPage) -> ReadingPage:
    said, about = told.statement, told.reference
    address = f"claim?id={said.slug}"
    sure = who_says(said)
    return ReadingPage(
        title=start_of(said.text),
        description=f"{sure} {_document_in_short(about)}",
        html=render(
            "pages/claim.html",
            said=said,
            listed=told.listed,
            in_short=told.in_short,
            about=about,
            sure=sure,
            marks=[mark for mark in words.marks(said) if mark != words.reading_mark(said)],
            basis=_basis(said),
            facts=_facts(said),
            homes=_homes(told),
            stories=_by_thing(told),
            corrected=[(day_in_words(day), note) for day, note in told.corrected],
            notes=told.words,
            citation=_citation(told),
            mail=_mail(said, sure),
            address_to_add=None if _public() else address,
            thing=f"claim/{said.slug}",
        ),
        address=address,
        thing=f"claim/{said.slug}",
        kind="Claim",
        properties={
            "text": said.text,
            "appearance": _appearance(about),
            "claimInterpreter": {"@type": "Organization", "name": NAME},
        },
    )


def _withdrawn(withdrawal: Withdrawal) -> ReadingPage:
    title = _("This statement was withdrawn")
    day = day_in_words(withdrawal.day)
    return ReadingPage(
        title=title,
        description=_("Withdrawn on %(day)s. %(reason)s", day=day, reason=withdrawal.note),
        html=render(
            "pages/withdrawn.html",
            heading=title,
            withdrawal=withdrawal,
            day=day,
            thing=f"claim/{withdrawal.slug}",
        ),
        address=f"claim?id={withdrawal.slug}",
        thing=f"claim/{withdrawal.slug}",
    )


def who_says(said: Statement) -> str:
    """Say in a sentence who says a statement, and how; of our reading why we read it so."""
    if not said.evidence.explicit:
        reason = said.evidence.inference or _("No reason is given.")
        return _("Our reading, %(grade)s: %(reason)s", grade=words.grade(said.evidence.basis), reason=reason)
    document = _document(said)
    match said.evidence.modality:
        case Modality.FACT:
            return _("%(document)s states this as fact.", document=document)
        case Modality.EXAMPLE:
            return _("%(document)s gives this as an example.", document=document)
        case Modality.HEDGED:
            return _("%(document)s says this with caution.", document=document)
        case Modality.HOPE:
            return _("%(document)s gives this as a hope.", document=document)
        case Modality.INTENTION:
            return _("%(document)s gives this as a plan or an intention.", document=document)
        case Modality.NORMATIVE:
            return _("%(document)s gives this as advice.", document=document)


def _document(said: Statement) -> str:
    """Name the document of a statement, and what kind of document it is, to begin a sentence with."""
    if said.source.origin is Origin.PAPER:
        return _("The King’s Fund paper")
    kind = said.source.kind[:1].lower() + said.source.kind[1:]
    return f"{words.document(said.source.document.name, said.source.year)} ({kind})"


def _basis(said: Statement) -> str:
    """Say how far a statement is from the words of its document."""
    match said.evidence.basis:
        case Basis.EXPLICIT:
            return _("The document says this itself. The wording is ours.")
        case Basis.INFERRED_STRONG:
            return _("We take a short step from the words, which most readers would take.")
        case Basis.INFERRED_MEDIUM:
            return _("We take a step from the words. Many readers would take it, some would not.")
        case Basis.INFERRED_WEAK:
            return _("We take a long step from the words. They give a hint and no more.")


def _facts(said: Statement) -> list[Fact]:
    result, place = said.result, said.topics.place
    return facts(
        Fact(_("According to"), "; ".join(said.attribution.names)),
        Fact(_("Who reports it"), _voice(said)),
        Fact(_("Which way it went"), words.DIRECTIONS[result.direction] if result else ""),
        Fact(_("When"), words.when(said)),
        _named(_("It speaks of"), said.relation.subject),
        _named(_("It names"), said.relation.object),
        Fact(_("Where"), links=(place,) if place else ()),
    )


def _voice(said: Statement) -> str:
    """Say whose claim it is, where that is known, or where a result leaves it open."""
    voice = said.attribution.voice
    if voice is Voice.NOT_ESTABLISHED and (said.result is None or _has_no_direction(said)):
        return ""
    return words.VOICES[voice][:1].upper() + words.VOICES[voice][1:]


def _has_no_direction(said: Statement) -> bool:
    return said.result is not None and said.result.direction is Direction.NOT_STATED


def _named(name: str, thing: NamedThing | None) -> Fact:
    if thing is None:
        return Fact(name)
    kind = words.KINDS_OF_TERMS.get(thing.scheme)
    return Fact(kind or name, links=(thing.link,))


def _homes(told: StatementPage) -> list[Link]:
    """Lead to the statement's place on the page of each case that it is about."""
    return [
        Link(each.name, f"{each.address}#{_listed_slug(told)}")
        for each in told.statement.topics.about
        if each.address and each.address.startswith("case?")
    ]


def _listed_slug(told: StatementPage) -> str:
    """Return the slug of the statement that lists show: this one, or the one that says the same."""
    _page, _sign, slug = ((told.in_short.address if told.in_short else None) or "").partition("=")
    return slug or told.statement.slug


def _by_thing(told: StatementPage) -> dict[str, list[StoryUse]]:
    """Return the sentences of stories that rest on a statement, by the page on which they stand."""
    found: dict[str, list[StoryUse]] = {}
    for use in told.stories:
        found.setdefault(_at_its_place(use.thing, _listed_slug(told)), []).append(use)
    return found


def _at_its_place(thing: Link, slug: str) -> str:
    address = thing.address or ""
    return f"{address}#{slug}" if address.startswith("case?") else address


def _document_in_short(about: Reference) -> str:
    return f"{about.title or about.label}, {about.year}."


def _appearance(about: Reference) -> dict[str, str]:
    return {
        "@type": "CreativeWork",
        "name": about.title or about.label,
        **({"url": about.page} if about.page else {}),
    }


def _public() -> str | None:
    return public_address_of_environment()


def _citation(told: StatementPage) -> str:
    """Return how to cite a statement; without a public address, the browser adds that of the page."""
    said, about = told.statement, told.reference
    where = "; ".join(
        place.where + (f", “{place.look_for}”" if place.look_for else "") for place in said.source.places
    )
    graded = _("Our reading, graded %(grade)s.", grade=words.grade(said.evidence.basis))
    rests_on = citing.document(
        about.authors, about.publisher, about.year, about.title or about.label, about.page, where
    )
    lines = [
        said.text,
        *([] if said.evidence.explicit else [graded]),
        _("Source: %(document)s", document=rests_on),
        _("Worded by %(name)s, read on %(day)s", name=NAME, day=day_in_words(current_day())),
        *([f"{_public()}/claim?id={said.slug}"] if _public() else []),
    ]
    return "\n".join(lines)


def _mail(said: Statement, sure: str) -> str:
    """Return a mailto address; without a public address, the browser adds that of the page."""
    lines = [said.text, sure, *([f"{_public()}/claim?id={said.slug}"] if _public() else [])]
    subject, body = quote(start_of(said.text), safe=""), quote("\n\n".join(lines), safe="")
    return f"mailto:?subject={subject}&body={body}"
