"""Files that the program writes for curators: the canonical form, a new case, the next claim."""

import re
import unicodedata
from pathlib import Path

from rdflib import RDF, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.check.reading import TurtleFile, comment_findings, read_document
from kg.check.stories import fingerprint, story_texts
from kg.errors import BadContent, KgError, UnknownName
from kg.graph.content import Content
from kg.graph.oxigraph import Triple, parse_turtle
from kg.graph.turtle import canonical
from kg.storage.files import made_folder, text_of, write_file, write_files
from kg.terms import PREFIXES, SL, shorten
from kg.views.times import current_day

__all__ = ["format_files", "new_case", "next_claim", "record_story_read", "slug_from_name"]


def format_files(content: Content, paths: list[Path]) -> list[str]:
    """Rewrite Turtle files in the canonical form.

    Args:
        content: Decides how files are called.
        paths: Files to rewrite.

    Returns:
        Names of the files that changed.

    Raises:
        BadContent: If a file cannot be read, or holds comments that would be lost; nothing is
            written in that case.
        Unwritable: If a file cannot be written; all are as before.
    """
    documents = []
    for path in paths:
        document = read_document(path, content.name_of(path))
        if not isinstance(document, TurtleFile):
            raise BadContent(str(document))
        if lost := comment_findings(document):
            raise BadContent(str(lost[0]))
        triples = _numbered(document.triples)
        text = canonical(triples)
        if len(set(parse_turtle(text))) != len(set(triples)):
            raise BadContent(f"{document.name}: Something without a name would be lost; run kg check.")
        documents.append((document, text))
    changed = {each.path: (each.name, text.encode()) for each, text in documents if text != each.text}
    write_files({path: written for path, (_, written) in changed.items()})
    return [name for name, _ in changed.values()]


_NUMBERED = re.compile(r"(.+)-([1-9]\d*)")


def _numbered(triples: list[Triple]) -> list[Triple]:
    """Record with each case the highest number that one of its claims was ever given."""
    highest: dict[str, int] = {}
    for subject, predicate, obj in triples:
        local = str(subject).removeprefix(PREFIXES["claim"])
        match = _NUMBERED.fullmatch(local)
        if predicate == RDF.type and obj == SL.Claim and match:
            home, number = match.group(1), int(match.group(2))
            highest[home] = max(highest.get(home, 0), number)
    recorded = dict(_recorded(triples))
    changed = []
    for home, number in highest.items():
        iri = SL.field if home == "field" else URIRef(PREFIXES["case"] + home)
        if number > recorded.get(iri, 0):
            triples = [triple for triple in triples if triple[:2] != (iri, SL.claimsNumbered)]
            changed.append((iri, SL.claimsNumbered, Literal(number)))
    return [*triples, *changed]


def _recorded(triples: list[Triple]) -> list[tuple[Node, int]]:
    """Give the number that each case records."""
    return [(s, int(str(o))) for s, p, o in triples if p == SL.claimsNumbered and str(o).isdecimal()]


def slug_from_name(name: str) -> str:
    """Make the last part of an IRI from a name: lower-case, plain letters, digits and hyphens.

    >>> slug_from_name("Jönköping (Esther)")
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
        Unwritable: If the file cannot be written.
    """
    slug = slug_from_name(name)
    letters = "".join(each for each in unicodedata.normalize("NFKD", name) if each.isalpha())
    if not letters.isascii():
        raise KgError(f"Write “{name}” in plain letters, a to z; an address is never corrected later.")
    if slug == "field":
        raise KgError("“field” stands for claims of no case; choose another name.")
    if not slug or len(name) > 100 or not name.isprintable():
        raise KgError("A case needs a name of letters or digits, at most 100 characters long.")
    path = content.data / "cases" / f"{slug}.ttl"
    if path.exists():
        raise KgError(f"There is a case of that name already: {content.name_of(path)}.")
    iri = URIRef(PREFIXES["case"] + slug)
    triples: list[Triple] = [
        (iri, RDF.type, SL.CaseStudy),
        (iri, SKOS.prefLabel, Literal(" ".join(name.split()), lang="en")),
        (iri, SL.claimsNumbered, Literal(0)),
        (iri, SL.question, Literal(f"What did leaders in {' '.join(name.split())} do?", lang="en")),
    ]
    with made_folder(path.parent):
        write_file(path, canonical(triples).encode())
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
    try:
        text = text_of(known[case])
    except BadContent as fault:
        raise BadContent(f"{content.name_of(known[case])}: {fault}") from fault
    given = re.findall(rf"\bclaim:{re.escape(case)}-(\d+)\b|sl:claimsNumbered (\d+)", text)
    number = max((int(one or other) for one, other in given), default=0) + 1
    home = "sl:field" if case == "field" else f"case:{case}"
    used = ("basis", "case", "claim", "dcterms", "modality", "passage", "polarity", "practice", "relation")
    prefixes = "".join(
        f"PREFIX {each}: <{PREFIXES[each]}>\n" for each in (*used, "sl", "source", "voice", "xsd")
    )
    return f"""{prefixes}
claim:{case}-{number}
    a sl:Claim ;
    sl:statement "ONE SENTENCE IN PLAIN WORDS."@en ;
    sl:about {home} ;
    sl:subject {home} ;
    sl:relation relation:RELATION ;
    sl:object practice:PRACTICE ;
    sl:passage passage:PASSAGE ;
    dcterms:created "{current_day().isoformat()}"^^xsd:date ;
    dcterms:source source:SOURCE ;
    sl:basis basis:explicit ;
    sl:modality modality:fact ;
    sl:polarity polarity:affirmed ;
    sl:voice voice:not-established ;
.
"""


def record_story_read(content: Content, slug: str) -> list[str]:
    """Record that the story of a case or concept was read beside the statements it rests on.

    Args:
        content: Ontology and data.
        slug: The name of its file in data/stories.

    Returns:
        Names of the sentences and key facts that had changed since, or were never read.

    Raises:
        UnknownName: If there is no such story.
        BadContent: If a file cannot be read.
        Unwritable: If the file cannot be written; it is as before.
    """
    known = {path.stem: path for path in (content.data / "stories").glob("*.ttl")}
    if slug not in known:
        raise UnknownName("story", slug, known)
    triples: list[Triple] = []
    others = set(known.values()) - {known[slug]}
    for path in content.turtle_files():
        if path not in others:
            document = read_document(path, content.name_of(path))
            if not isinstance(document, TurtleFile):
                raise BadContent(str(document))
            triples += document.triples
    own = parse_turtle(text_of(known[slug]))
    subjects = {subject for subject, *_ in own}
    current = {
        text.iri: Literal(fingerprint(triples, text.text, text.claims))
        for text in story_texts(triples)
        if text.iri in subjects
    }
    held = {subject: value for subject, predicate, value in own if predicate == SL.readAgainst}
    kept = [triple for triple in own if triple[1] != SL.readAgainst or triple[0] not in current]
    renewed = [(iri, SL.readAgainst, value) for iri, value in current.items()]
    write_file(known[slug], canonical([*kept, *renewed]).encode())
    return sorted(shorten(str(iri)) for iri, value in current.items() if held.get(iri) != value)
