"""Words for kinds of bodies, expanded, with what became of the bodies where a page says so."""

from app_pages.parts.links import link_to
from app_pages.parts.markup import escaped, link
from kg.views import BodyNote, Link

HEADING = "Words of their time"


def section(notes: tuple[BodyNote, ...]) -> str:
    """Expand each word once, under a heading of its own."""
    return f'<section><h2 id="words">{HEADING}</h2>{rows(notes)}</section>' if notes else ""


def rows(notes: tuple[BodyNote, ...]) -> str:
    """Expand each word once."""
    return (
        '<div class="kg-rows">'
        + "".join(
            f'<div class="kg-row"><p>{link_to(Link(note.word, note.address))}</p><p>{_note(note)}</p></div>'
            for note in notes
        )
        + "</div>"
    )


def _note(body_note: BodyNote) -> str:
    name = f"{escaped(body_note.name)}. " if body_note.word != body_note.name else ""
    then = f" {escaped(body_note.note)}" if body_note.note else ""
    as_of = f", as of {escaped(body_note.as_of)}" if body_note.as_of else ""
    page = f" ({link(body_note.page, 'page')}{as_of}; not checked since)" if body_note.page else ""
    return f"{name}{escaped(body_note.definition)}{then}{page}"
