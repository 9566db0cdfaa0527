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
            f'<div class="kg-row"><p>{link_to(Link(each.word, each.address))}</p><p>{_note(each)}</p></div>'
            for each in notes
        )
        + "</div>"
    )


def _note(each: BodyNote) -> str:
    name = f"{escaped(each.name)}. " if each.word != each.name else ""
    then = f" {escaped(each.note)}" if each.note else ""
    as_of = f", as of {escaped(each.as_of)}" if each.as_of else ""
    page = f" ({link(each.page, 'page')}{as_of}; not checked since)" if each.page else ""
    return f"{name}{escaped(each.definition)}{then}{page}"
