"""The page of a statement: what it says, where, how strongly, and how to cite it."""

from app_pages.parts import bodies, entry, statement
from app_pages.parts.citing import document
from app_pages.parts.frame import NAME
from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import escaped, items
from kg import words
from kg.views import Link, NamedThing, Reference, Statement, StatementPage

SAID_ITSELF = "The document says this itself."
ONLY_ARRANGED = (
    "This statement only says where something stands in its document. We keep it for people who query, "
    "and leave it out of lists, searches and counts."
)


def heading(told: StatementPage) -> str:
    """Give the heading of the page: a statement is too long for one."""
    about = [each.name for each in told.statement.topics.about if not _is_field(each)]
    return f"A statement about {' and '.join(about)}" if about else "A statement about leading in general"


def _is_field(about: Link) -> bool:
    return not (about.address or "").startswith("case?")


def draw(told: StatementPage) -> str:
    """Draw the page, save for what can be copied."""
    said, about = told.statement, told.reference
    page = f"claim?id={said.slug}"
    rows = [
        ("About", links_to(said.topics.about)),
        ("How sure", _sure(said)),
        ("How it is said", escaped(_tone(said))),
        ("Who says it", escaped(_voice(said))),
        ("When", escaped(said.time.span or "")),
        ("It speaks of", _named(said.relation.subject)),
        ("It names", _named(said.relation.object)),
        ("Where", link_to(said.topics.place) if said.topics.place else ""),
        (
            "We file it under",
            items([statement.reading(illustration) for illustration in said.topics.illustrates]),
        ),
        (
            "The document",
            f"{link_to(Link(about.title or about.label, f'source?id={about.slug}'))}. {_document(about)}",
        ),
    ]
    return (
        f"<h1>{escaped(heading(told))}</h1>"
        + ("" if told.listed else f"<p>{ONLY_ARRANGED}</p>")
        + f'<ul class="kg-statements">{statement.draw(said, page, with_case=False, with_readings=False)}</ul>'
        '<h2>How we know</h2><div class="kg-rows">'
        + "".join(
            f'<div class="kg-row"><p>{name}</p><div>{text}</div></div>'
            for name, text in rows
            if text and text != items([])
        )
        + "</div>"
    )


def _sure(said: Statement) -> str:
    evidence = said.evidence
    if evidence.explicit:
        return SAID_ITSELF
    return f"Our reading, {escaped(words.grade(evidence.basis))}. {escaped(evidence.inference or '')}"


def _tone(said: Statement) -> str:
    tone = words.TONES[said.evidence.modality]
    opening = tone.capitalize() if said.evidence.explicit else f"Read from what is {tone}"
    denied = f" {words.DENIAL}." if said.evidence.denied else ""
    way = "" if said.result is None else f" {words.DIRECTIONS[said.result.direction]}."
    return f"{opening}.{denied}{way}"


def _voice(said: Statement) -> str:
    voice = words.VOICES[said.attribution.voice].capitalize()
    to = f" Attributed to: {'; '.join(said.attribution.names)}." if said.attribution.names else ""
    return f"{voice}.{to}"


def _named(thing: NamedThing | None) -> str:
    if thing is None:
        return ""
    name = words.KINDS_OF_TERMS.get(thing.scheme)
    return (f"{escaped(name)}: " if name else "") + link_to(thing.link)


def _document(about: Reference) -> str:
    return escaped(f"{about.kind.name}, {about.year}. {about.reading.name}: {about.reading.meaning}")


def citation(told: StatementPage) -> str:
    """Write a statement with the document it rests on, to be copied."""
    said, about = told.statement, told.reference
    where = "; and ".join(
        place.where + (f", at “{place.look_for}”" if place.look_for else "") for place in said.source.places
    )
    sure = "" if said.evidence.explicit else f" (reading graded {words.grade(said.evidence.basis)})"
    rests_on = document(
        about.authors, about.publisher, about.year, about.title or about.label, about.page, where
    )
    return f"{said.text}{sure}\nRests on: {rests_on}\nIn the words of: {NAME}"


def foot(told: StatementPage) -> str:
    """Draw what follows what can be copied."""
    wrong = link_to(Link("Something wrong?", "about"))
    return (
        bodies.section(told.words)
        + f'<p class="kg-how">{wrong} About says how to tell us.</p>'
        + entry.for_programs(f"claim/{told.statement.slug}")
    )
