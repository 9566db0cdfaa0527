"""The page of a document: what it is, how much of it was read, and what stands in it."""

from app_pages.parts import contents, entry, statement
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped, items, link
from kg.views import Contrast, Document, DocumentProperty, Link, Passages, Reference

# A document with more statements than this lists them in short; each has a page of its own.
IN_FULL = 60
READ_IN_PART = (
    "Only a part was read, most often the opening, in a stored copy of unknown age. What is not listed here "
    "may well stand in the rest."
)


def draw(document: Document) -> str:
    """Draw the whole page."""
    about = document.reference
    page = f"source?id={about.slug}"
    sections = [
        ("known", "What is known of it", "", _facts(document)),
        *(
            [("differing", "Where other documents disagree", *_differing(document))]
            if document.differing
            else []
        ),
        *[
            (f"part-{number}", group.heading.name, str(len(group.statements)), _group(document, group, page))
            for number, group in enumerate(document.groups)
        ],
        *([("cited", "Where it is cited", *_cited(document, page))] if _citing(document) else []),
    ]
    return (
        f'<p class="kg-eyebrow">{escaped(about.kind.name)}</p><h1>{escaped(about.title or about.label)}</h1>'
        f'<p class="kg-lede">{_opening(about)}</p>'
        f'<p class="kg-extent">{_extent(document)}</p>'
        + "".join(f'<p class="kg-caveat">{escaped(note)}</p>' for note in about.notes)
        + '<div class="kg-story">'
        + contents.draw((slug, name, number) for slug, name, number, _ in sections)
        + '<div class="kg-body">'
        + "".join(
            f'<section><h2 id="{escaped(slug)}">{escaped(name)}</h2>{text}</section>'
            for slug, name, number, text in sections
        )
        + entry.for_programs(f"source/{about.slug}")
        + "</div></div>"
    )


def _opening(about: Reference) -> str:
    by = ", ".join(escaped(each) for each in (about.authors, about.publisher) if each)
    return " · ".join(each for each in (by, escaped(about.year)) if each)


def _extent(document: Document) -> str:
    if not document.statements:
        return "No statement rests on it; others name it."
    number = counted(document.statements, "statement")
    part = "" if document.reference.starting_point else f" {escaped(READ_IN_PART)}"
    return f"<strong>{number}</strong> of ours {'rests' if document.statements == 1 else 'rest'} on it.{part}"


def _facts(document: Document) -> str:
    about = document.reference
    rows = [
        ("Kind of document", _known(about.kind)),
        ("How it was published", _known(about.tier) if about.tier else ""),
        ("Year", f"{escaped(_capital(about.year))}. {escaped(about.year_basis.meaning)}"),
        ("Written by", escaped(about.authors or "")),
        ("Where its authors work", escaped(about.affiliation or "")),
        ("Published by", escaped(about.publisher or "")),
        ("Where it is", link(about.page, about.page) if about.page else ""),
        ("How much was read", _known(about.reading)),
        ("Where it was read", _known(about.copy) if about.copy else ""),
        ("What the paper that cites it calls it", escaped(about.cited_as or "")),
        ("What it is cited for", "; ".join(escaped(each) for each in about.cited_for)),
        ("Short name here", escaped(about.label) if about.title else ""),
        (
            "Copies and versions",
            items([link_to(version) for version in document.versions]) if document.versions else "",
        ),
    ]
    return (
        '<div class="kg-rows">'
        + "".join(f'<div class="kg-row"><p>{name}</p><div>{said}</div></div>' for name, said in rows if said)
        + "</div>"
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _known(document_property: DocumentProperty) -> str:
    return f"{escaped(document_property.name)}. {escaped(document_property.meaning)}"


def _differing(document: Document) -> tuple[str, str]:
    return (
        str(len(document.differing)),
        "<p>Another figure, another scope or another account: both statements stand.</p>"
        + "".join(f'<div class="kg-both">{_both(each)}</div>' for each in document.differing),
    )


def _both(pair: Contrast) -> str:
    return "".join(
        f'<div><p class="kg-says">{link_to(Link(each.text, f"claim?id={each.slug}"))}</p>'
        f'<p class="kg-how">{escaped(each.source)}</p></div>'
        for each in (pair.one, pair.other)
    )


def _group(document: Document, group: Passages, page: str) -> str:
    if document.statements > IN_FULL:
        drawn = "".join(statement.brief(each) for each in group.statements)
    else:
        drawn = "".join(statement.draw(each, page, with_case=False) for each in group.statements)
    to = f"<p>{link_to(Link('The case', group.heading.address))}</p>" if group.heading.address else ""
    return f'{to}<ul class="kg-statements">{drawn}</ul>'


def _citing(document: Document) -> int:
    return len(document.cited) + len(document.attributed)


def _cited(document: Document, page: str) -> tuple[str, str]:
    cited = "".join(statement.draw(each, page) for each in document.cited)
    attributed = "".join(statement.brief(each) for each in document.attributed)
    return (
        str(_citing(document)),
        (f'<ul class="kg-statements">{cited}</ul>' if cited else "")
        + (
            f'<h3>Statements taken from it</h3><ul class="kg-statements">{attributed}</ul>'
            if attributed
            else ""
        ),
    )
