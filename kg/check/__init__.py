"""The check: parse, house form, circles, shapes, rules of truth and, where at hand, the source's text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef

from kg.check.circles import circle_findings, follows
from kg.check.findings import CheckCounts, Finding, Report
from kg.check.quotations import quotation_findings
from kg.check.reading import TurtleFile, form_findings, read_document, size_findings, turtle_files_in
from kg.check.rules import rule_findings, rules_of
from kg.check.shapes import shape_findings
from kg.check.shown_as import shown_as_findings
from kg.check.source_text import source_text_findings
from kg.check.stories import list_ways, story_findings
from kg.check.style import ReadText, alike_labels, style_findings, style_of, texts_read
from kg.engine.in_process import InProcessEngine
from kg.errors import BadContent, UnknownName
from kg.graph.content import SHAPE_FILES, Content
from kg.graph.oxigraph import Triple, parse_turtle
from kg.graph.placement import quads_of_files
from kg.storage.files import real
from kg.terms import SL, bound_graph, shorten

__all__ = ["CheckCounts", "Finding", "Report", "check", "style_report"]

_KINDS = {
    "cases": {SL.CaseStudy},
    "claims": {SL.Claim},
    "concepts": {SKOS.Concept},
    "passages": {SL.Section, SL.Paragraph, SL.Sentence, SL.Excerpt},
    "sources": {SL.Source},
}


def check(
    content: Content,
    paths: Iterable[Path] = (),
    *,
    source_texts: Mapping[str, str] | None = None,
    unchanged: frozenset[str] = frozenset(),
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Check the content, or files that are to join it.

    Args:
        content: Ontology and data, always read whole so that references can be followed.
        paths: Files and folders whose faults to tell; all of the content if none is given.
        source_texts: Text by slug of the source, for the rules that need it.
        unchanged: Names of files whose shapes are known to hold.
        progress: Called with the name of each step as it begins.

    Returns:
        Every fault of every file, and counts of what was looked at.
    """
    progress("reading")
    everything = content.turtle_files()
    chosen, findings = turtle_files_in(paths, content) if paths else (everything, [])
    read = {real(path): read_document(path, content.name_of(path)) for path in [*everything, *chosen]}
    documents = [item for item in read.values() if isinstance(item, TurtleFile)]
    asked = {real(path) for path in chosen}
    findings += [item for path, item in read.items() if isinstance(item, Finding) and path in asked]
    checked = [item for path, item in read.items() if isinstance(item, TurtleFile) and path in asked]
    own = {real(path) for path in everything}
    # Told even of files that are not asked for: while there is any, nothing else is looked at.
    too_large = [finding for document in documents for finding in size_findings(document)]
    findings += too_large
    for document in checked if not too_large else ():
        findings += form_findings(document, whole=real(document.path) in own)
    if checked and not too_large:
        complete = len(documents) == len(read)
        findings += _data_findings(
            content, documents, checked, unchanged, complete, source_texts or {}, progress
        )
    counts = _counts(checked)
    if not chosen or (not paths and not counts.claims):
        findings.append(Finding(".", None, "There is nothing to check: no file, or no claim in any."))
    return Report(counts, tuple(sorted(set(findings), key=lambda f: (f.file, f.line or 0, f.message))))


def style_report(content: Content, paths: Iterable[Path] = ()) -> list[ReadText]:
    """Return the texts of the content, or of these files and folders, the hardest to read first.

    Raises:
        BadContent: If a file cannot be read, or there is none.
    """
    chosen, findings = turtle_files_in(paths, content) if paths else (content.turtle_files(), [])
    read = [read_document(path, content.name_of(path)) for path in chosen]
    faults = [*findings, *(item for item in read if isinstance(item, Finding))]
    if faults or not read:
        raise BadContent(str(faults[0]) if faults else "There is no file to read.")
    return texts_read([item for item in read if isinstance(item, TurtleFile)], style_of(content))


def _data_findings(
    content: Content,
    documents: Sequence[TurtleFile],
    checked: Sequence[TurtleFile],
    unchanged: frozenset[str],
    complete: bool,
    source_texts: Mapping[str, str],
    progress: Callable[[str], None],
) -> list[Finding]:
    findings: list[Finding] = []
    described = [document for document in documents if document.path.name not in SHAPE_FILES]
    circles = circle_findings(described)
    # Told even where they lie in another file: what follows them is not asked, and so found nothing.
    findings += [each for found in circles.values() for each in found]
    data = bound_graph(triple for document in described for triple in document.triples)
    # To find the members of a class, shapes follow its subclasses.
    for name in () if RDFS.subClassOf in circles else SHAPE_FILES:
        progress(f"shapes of {name}")
        shapes = _shapes(content, name)
        fresh = [document for document in checked if document.name not in unchanged and document in described]
        findings += shape_findings(data, shapes, described, fresh, complete=complete)
    progress("rules")
    engine = InProcessEngine(quads_of_files({document.name: document.triples for document in described}))
    rules = [rule for rule in rules_of(content) if not follows(rule.text, circles)]
    findings += rule_findings(engine, rules, described, checked, complete=complete)
    if complete:
        findings += quotation_findings(described, checked)
    names = {document.name for document in checked}
    findings += _described_twice(described, names)
    findings += _said_twice(described, names)
    findings += shown_as_findings(described, checked)
    style = style_of(content)
    findings += style_findings(checked, style)
    findings += story_findings(described, checked, style, list_ways(content))
    findings += alike_labels(described, checked)
    known = {
        str(subject).rsplit("/", 1)[-1]: URIRef(str(subject))
        for document in described
        for subject, predicate, kind in document.triples
        if (predicate, kind) == (RDF.type, SL.Source)
    }
    for slug, text in source_texts.items() if DCTERMS.isPartOf not in circles else ():
        progress(f"text of {slug}")
        if slug not in known:
            raise UnknownName("source", slug, known)
        findings += [
            finding
            for finding in source_text_findings(engine, known[slug], text, described)
            if finding.file in names or not finding.file.endswith(".ttl")
        ]
    return findings


def _shapes(content: Content, name: str) -> Graph:
    read = read_document(content.ontology / name, name)
    if isinstance(read, Finding):
        raise BadContent(f"There are no shapes to check by: {read}")
    return _graph(read.text)


@lru_cache(maxsize=4)
def _graph(text: str) -> Graph:
    """Give shapes as a graph; pySHACL only reads it, so that one serves every check with the same text."""
    return bound_graph(parse_turtle(text))


def _described_twice(documents: Sequence[TurtleFile], names: set[str]) -> list[Finding]:
    """Find things that two files describe, so that one would hide in the other."""
    homes: dict[str, list[TurtleFile]] = {}
    for document in documents:
        for subject in {str(s) for s, p, _ in document.triples if p == RDF.type}:
            homes.setdefault(subject, []).append(document)
    return [
        Finding(
            one.name,
            one.line(subject),
            f"{shorten(subject)}: This is described in {other.name} as well; "
            "keep one, or give it another number.",
        )
        for subject, found in homes.items()
        if len(found) > 1
        for one, other in ((found[0], found[1]), (found[1], found[0]))
        if one.name in names
    ]


def _said_twice(documents: Sequence[TurtleFile], names: set[str]) -> list[Finding]:
    """Find triples that two files hold: a reader who changes one would leave the other."""
    homes: dict[Triple, TurtleFile] = {}
    findings = []
    for document in documents:
        for triple in dict.fromkeys(document.triples):
            other = homes.setdefault(triple, document)
            if other is not document and document.name in names:
                subject, predicate, _ = triple
                findings.append(
                    Finding(
                        document.name,
                        document.line(str(subject), str(predicate)),
                        f"{shorten(str(subject))}: {other.name} says the same "
                        f"({shorten(str(predicate))}); keep it in one file.",
                    )
                )
    return findings


def _counts(documents: Sequence[TurtleFile]) -> CheckCounts:
    types = [(s, o) for document in documents for s, p, o in document.triples if p == RDF.type]
    numbers = {name: len({s for s, kind in types if kind in kinds}) for name, kinds in _KINDS.items()}
    return CheckCounts(
        len(documents), **numbers, triples=sum(len(document.triples) for document in documents)
    )
