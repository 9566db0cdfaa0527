"""Files that the program writes for curators: the canonical form, a new case, the next claim."""

import re
import unicodedata
from pathlib import Path

from rdflib import RDF, SKOS, Literal, URIRef

from kg.check.reading import Document, form_findings, read_document
from kg.content import Content
from kg.errors import BadContent, KgError, UnknownName
from kg.oxigraph import Triple
from kg.terms import PREFIXES, SL
from kg.turtle import canonical

__all__ = ["formatted", "new_case", "next_claim", "slug_of"]


def formatted(content: Content, paths: list[Path]) -> list[str]:
    """Rewrite Turtle files in the canonical form.

    Args:
        content: Decides how files are called.
        paths: Files to rewrite.

    Returns:
        Names of the files that changed.

    Raises:
        BadContent: If a file cannot be read, or holds comments that would be lost; nothing is
            written in that case.
    """
    documents = []
    for path in paths:
        document = read_document(path, content.name_of(path))
        if not isinstance(document, Document):
            raise BadContent(str(document))
        lost = [finding for finding in form_findings(document, whole=True) if "comment" in finding.message]
        if lost:
            raise BadContent(str(lost[0]))
        documents.append(document)
    changed = []
    for document in documents:
        text = canonical(document.triples)
        if text != document.text:
            document.path.write_text(text, encoding="utf-8")
            changed.append(document.name)
    return changed


def slug_of(name: str) -> str:
    """Make the last part of an IRI from a name: lower-case, plain letters, digits and hyphens.

    >>> slug_of("Jönköping (Esther)")
    'jonkoping-esther'
    """
    plain = (
        unicodedata.normalize("NFKD", name.replace("’", "").replace("'", ""))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def new_case(content: Content, name: str) -> Path:
    """Write a case that is valid and says nothing yet.

    Args:
        content: Where to write it: `data/cases/<slug>.ttl`.
        name: The name of the case.

    Returns:
        The new file.

    Raises:
        KgError: If the name gives no slug, or is too long, or there is such a case already.
    """
    slug = slug_of(name)
    if not slug or len(name) > 100:
        raise KgError("A case needs a name of letters or digits, at most 100 characters long.")
    path = content.data / "cases" / f"{slug}.ttl"
    if path.exists():
        raise KgError(f"There is a case of that name already: {content.name_of(path)}.")
    iri = URIRef(PREFIXES["case"] + slug)
    triples: list[Triple] = [
        (iri, RDF.type, SL.CaseStudy),
        (iri, SKOS.prefLabel, Literal(" ".join(name.split()), lang="en")),
        (iri, SL.question, Literal(f"What did leaders in {' '.join(name.split())} do?", lang="en")),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(canonical(triples), encoding="utf-8")
    return path


def next_claim(content: Content, case: str) -> str:
    """Give a claim to fill in, under the next number of its case.

    Args:
        content: Where the case is.
        case: Its slug, or `field` for claims of no case.

    Returns:
        Turtle text; every part in capitals is to be replaced.

    Raises:
        UnknownName: If there is no such case.
    """
    cases = {path.stem: path for path in sorted((content.data / "cases").glob("*.ttl"))}
    known = {**cases, "field": content.data / "field.ttl"}
    if case not in known:
        raise UnknownName("case", case, known)
    numbers = re.findall(rf"\bclaim:{re.escape(case)}-(\d+)\b", known[case].read_text(encoding="utf-8"))
    number = max(map(int, numbers), default=0) + 1
    home = "sl:field" if case == "field" else f"case:{case}"
    return f"""claim:{case}-{number}
    a sl:Claim ;
    sl:statement "ONE SENTENCE IN PLAIN WORDS."@en ;
    sl:about {home} ;
    sl:subject {home} ;
    sl:relation relation:RELATION ;
    sl:object practice:PRACTICE ;
    sl:passage passage:PASSAGE ;
    dcterms:source source:SOURCE ;
    sl:basis basis:explicit ;
    sl:modality modality:fact ;
    sl:polarity polarity:affirmed ;
    sl:voice voice:not-established ;
.
"""
