"""The page of one document, and the list of all of them."""

from collections.abc import Sequence
from itertools import groupby

from app_pages.parts import citing, graph
from app_pages.parts.templates import render
from app_pages.reading.absent import SHOWN, in_other_documents, unknown
from app_pages.reading.facts import Fact, facts
from app_pages.reading.page import ReadingPage, Slots, first
from app_pages.reading.shortening import start_of
from kg.errors import UnknownName
from kg.evidence import ReadingExtent
from kg.language import gettext as _
from kg.language import ngettext
from kg.views import Document, DocumentProperty, Link, ListedDocument, Reference

__all__ = ["CITED", "page"]

# The slot that asks for the works alone that the starting document cites.
CITED = "cited"
# A document with more statements than this has every list folded.
_IN_THE_OPEN = 12


def page(slots: Slots) -> ReadingPage:
    """Return the page of the document that an address names; without a name, the list of all."""
    if "id" not in slots:
        return _list(slots)
    wanted = first(slots, "id")
    try:
        found = graph.document(wanted)
    except UnknownName:
        none = _("There is no document called “%(name)s” here.", name=wanted[:SHOWN])
        return unknown(none, "source", wanted, "source", Link(_("All sources"), "source"))
    if graph.paper_alone() and not found.statements and not found.cited and not found.attributed:
        return in_other_documents(found.reference.label, f"source?id={found.reference.slug}")
    return _document(found)


def _document(document: Document) -> ReadingPage:
    about = document.reference
    extent = _extent(document)
    return ReadingPage(
        title=start_of(about.title or about.label),
        description=f"{_by(about)}. {extent}",
        html=render(
            "pages/source.html",
            document=document,
            about=about,
            extent=extent,
            by=_by(about),
            facts=_facts(document),
            in_the_open=document.statements <= _IN_THE_OPEN,
            citation=citing.document(
                about.authors, about.publisher, about.year, about.title or about.label, about.page
            ),
            thing=f"source/{about.slug}",
        ),
        address=f"source?id={about.slug}",
        thing=f"source/{about.slug}",
        properties={"mainEntity": _work(about)},
    )


def _by(about: Reference) -> str:
    """Name who wrote and who published a document, and its year."""
    return ", ".join(each for each in (about.authors, about.publisher, about.year) if each)


def _extent(document: Document) -> str:
    """Say how many statements rest on a document, and how much of it was read."""
    about = document.reference
    number = document.statements
    if not number:
        named = len(document.cited) + len(document.attributed)
        return ngettext(
            "We took no statement from it. %(num)s statement names it.",
            "We took no statement from it. %(num)s statements name it.",
            named,
        )
    if about.starting_point:
        return ngettext(
            "We read all of it and took %(num)s statement from it.",
            "We read all of it and took %(num)s statements from it.",
            number,
        )
    return ngettext(
        "We read a part of it, most often the opening, and took %(num)s statement from it.",
        "We read a part of it, most often the opening, and took %(num)s statements from it.",
        number,
    )


def _facts(document: Document) -> list[Fact]:
    about = document.reference
    return facts(
        Fact(_("Kind of document"), _known(about.kind)),
        Fact(_("How it was published"), _known(about.tier)),
        Fact(_("Year"), f"{about.year[:1].upper()}{about.year[1:]}. {about.year_basis.meaning}"),
        Fact(_("Written by"), about.authors or ""),
        Fact(_("Where its authors work"), about.affiliation or ""),
        Fact(_("Published by"), about.publisher or ""),
        Fact(_("On the web"), links=(Link(about.page, about.page),) if about.page else ()),
        Fact(_("DOI"), links=(Link(about.doi, about.doi),) if about.doi else ()),
        Fact(_("How much we read"), _known(about.reading)),
        Fact(_("Where we read it"), _known(about.copy)),
        Fact(_("What the King’s Fund paper calls it"), about.cited_as or ""),
        Fact(_("What the King’s Fund paper cites it for"), "; ".join(about.cited_for)),
        Fact(_("Short name here"), about.label if about.title else ""),
        Fact(_("Copies and versions"), links=document.versions),
    )


def _known(said: DocumentProperty | None) -> str:
    return f"{said.name}. {said.meaning}" if said else ""


def _work(about: Reference) -> dict[str, str]:
    """Return what schema.org is told of a document; one with a DOI is a scholarly article."""
    year = about.year[:4]
    return {
        "@type": "ScholarlyArticle" if about.doi else "CreativeWork",
        "name": about.title or about.label,
        **({"author": about.authors} if about.authors else {}),
        **({"publisher": about.publisher} if about.publisher else {}),
        **({"datePublished": year} if year.isdigit() else {}),
        **({"url": about.page} if about.page else {}),
        **({"sameAs": about.doi} if about.doi else {}),
    }


def _list(slots: Slots) -> ReadingPage:
    documents = graph.documents()
    only_cited = first(slots, CITED) == "true"
    shown = [each for each in documents if each.cited or not only_cited]
    answer = _answer_on_cited(shown) if only_cited else _answer(documents)
    title = _("Works the King’s Fund paper cites") if only_cited else _("Sources")
    return ReadingPage(
        title=title,
        description=answer,
        html=render(
            "pages/sources.html",
            heading=title,
            answer=answer,
            start=next((each for each in documents if each.starting_point), None),
            groups=_by_kind(shown),
            only_cited=only_cited,
            all_of_them=len(documents),
            cited=sum(each.cited for each in documents),
        ),
        address=f"source?{CITED}=true" if only_cited else "source",
        kind="CollectionPage",
    )


def _answer(documents: Sequence[ListedDocument]) -> str:
    statements = sum(each.statements for each in documents)
    read = [each for each in documents if each.statements]
    whole = [each for each in read if each.extent is ReadingExtent.WHOLE]
    counted = _(
        "We took %(statements)s from %(documents)s.",
        statements=ngettext("%(num)s statement", "%(num)s statements", statements),
        documents=ngettext("%(num)s public document", "%(num)s public documents", len(read)),
    )
    if len(read) == len(whole):
        return f"{counted} {_('We read it in full.')}" if len(read) == 1 else counted
    extent = ngettext(
        "We read one in full and a part of each of the others.",
        "We read %(num)s in full and a part of each of the others.",
        len(whole),
    )
    return f"{counted} {extent}"


def _answer_on_cited(works: Sequence[ListedDocument]) -> str:
    read = [each for each in works if each.extent is not ReadingExtent.NOT_READ]
    cites = ngettext(
        "The King’s Fund paper cites %(num)s work.", "The King’s Fund paper cites %(num)s works.", len(works)
    )
    extent = ngettext("We read a part of %(num)s.", "We read a part of %(num)s of them.", len(read))
    return f"{cites} {extent}"


def _by_kind(documents: Sequence[ListedDocument]) -> list[tuple[str, list[ListedDocument]]]:
    return [(kind, list(members)) for kind, members in groupby(documents, key=lambda each: each.kind)]
