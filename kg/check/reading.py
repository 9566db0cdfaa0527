"""Files read for a check: Turtle, or the sentence that says why not."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import BNode, Literal

from kg.check.findings import Finding
from kg.errors import BadContent
from kg.graph.content import SHAPE_FILES, Content
from kg.graph.oxigraph import Triple, TurtleFault, parse_turtle
from kg.graph.turtle import canonical, line_of
from kg.storage.files import text_of
from kg.terms import PREFIXES, expand, shorten

__all__ = [
    "TurtleFile",
    "comment_findings",
    "form_findings",
    "read_document",
    "size_findings",
    "turtle_files_in",
]

# Far more than any thing or text of the content has.
_MOST_VALUES = 5_000
_LONGEST_TEXT = 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_PREFIX_LINE = re.compile(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)


@dataclass(frozen=True)
class TurtleFile:
    """A Turtle file that could be read.

    Attributes:
        name: The file's name for people.
        path: Where it lies.
        text: Its text.
        triples: What it states.
    """

    name: str
    path: Path
    text: str
    triples: list[Triple] = field(repr=False)

    def line(self, subject: str, predicate: str | None = None) -> int | None:
        """Find the line of a subject, or of one of its predicates; see `line_of`."""
        return line_of(self.text, subject, predicate)


def turtle_files_in(paths: Iterable[Path], content: Content) -> tuple[list[Path], list[Finding]]:
    """List the Turtle files that paths stand for.

    Args:
        paths: Files and folders that exist.
        content: Decides how files are called.

    Returns:
        The files, and a finding for each folder that holds none.
    """
    files: list[Path] = []
    findings: list[Finding] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*.ttl"))
            if not inside:
                findings.append(
                    Finding(content.name_of(path), None, "There is no Turtle file (*.ttl) in this folder.")
                )
            files.extend(inside)
        else:
            files.append(path)
    return list(dict.fromkeys(files)), findings


def read_document(path: Path, name: str) -> TurtleFile | Finding:
    """Read one Turtle file, or say in a sentence why it cannot be read."""
    text = _text_of(path, name)
    if isinstance(text, Finding):
        return text
    try:
        triples = parse_turtle(text)
    except TurtleFault as fault:
        return Finding(
            name,
            fault.line,
            f"This is not Turtle, at column {fault.column}: {_reason(fault.message)} "
            "Look here and just before for a missing full stop, semicolon, bracket or quotation mark.",
        )
    if not triples:
        return Finding(name, None, "The file states nothing; fill it in or take it away.")
    return TurtleFile(name, path, text, triples)


def _text_of(path: Path, name: str) -> str | Finding:
    if path.suffix != ".ttl":
        return Finding(name, None, "Only Turtle files are checked; their names end in .ttl.")
    try:
        return text_of(path)
    except BadContent as fault:
        return Finding(name, fault.line, str(fault))


def _reason(message: str) -> str:
    """Keep the parser's reason and leave out the place, which is told already."""
    reason = re.sub(r"^Parser error (at|between) line .*?: ", "", message)
    reason = re.sub(r"\s+", " ", reason).strip().rstrip(".")
    return (reason[:160] + "…" if len(reason) > 160 else reason) + "."


def form_findings(document: TurtleFile, *, whole: bool) -> list[Finding]:
    """Compare a file with the house's form.

    Args:
        document: A file that could be read.
        whole: Whether the file is part of the content, and so has to stand in the canonical form.

    Returns:
        Findings on prefixes that differ from the one table and, if `whole`, on comments, on the
        name of the file and on the first line that the canonical form would write otherwise.
    """
    findings = []
    lines = document.text.splitlines()
    for number, line in enumerate(lines, 1):
        match = _PREFIX_LINE.match(line)
        if match and PREFIXES.get(match.group(1)) != match.group(2):
            wanted = PREFIXES.get(match.group(1))
            advice = f"write <{wanted}>" if wanted else "use one that kg/terms.py lists"
            findings.append(
                Finding(
                    document.name, number, f'The prefix "{match.group(1)}:" is not the house\'s; {advice}.'
                )
            )
    if whole:
        findings.extend(comment_findings(document))
    if document.path.name not in SHAPE_FILES:
        findings.extend(_node_findings(document))
    if whole and not findings:
        findings.extend(_canonical_finding(document, lines))
        findings.extend(_name_finding(document))
    return findings


def size_findings(document: TurtleFile) -> list[Finding]:
    """Find what is too large to be looked at in any sensible time, and is surely a mistake."""
    findings = []
    counts = Counter(str(subject) for subject, *_ in document.triples)
    for thing in (each for each, count in counts.items() if count > _MOST_VALUES):
        message = f"This has {counts[thing]:,} values, and {_MOST_VALUES:,} are the most; split it."
        findings.append(Finding(document.name, document.line(thing), f"{shorten(thing)}: {message}"))
    for subject, predicate, obj in document.triples:
        if (length := len(str(obj))) > _LONGEST_TEXT:
            message = f"This has {length:,} characters, and {_LONGEST_TEXT:,} are the most; shorten it."
            line = document.line(str(subject), str(predicate))
            findings.append(Finding(document.name, line, f"{shorten(str(subject))}: {message}"))
    return findings


def comment_findings(document: TurtleFile) -> list[Finding]:
    """Find comments, which the canonical form cannot keep."""
    advice = "say it as a skos:scopeNote or skos:editorialNote."
    return [
        Finding(document.name, number, f"A comment would be lost when the file is rewritten; {advice}")
        for number, line in enumerate(document.text.splitlines(), 1)
        if line.lstrip().startswith("#")
    ]


def _node_findings(document: TurtleFile) -> list[Finding]:
    """Find nodes without a name, and characters that no one can see and some formats cannot hold."""
    findings = []
    if any(isinstance(node, BNode) for triple in document.triples for node in triple):
        lines = enumerate(document.text.splitlines(), 1)
        line = next((number for number, text in lines if re.search(r"_:|\[|\(", text)), None)
        findings.append(
            Finding(
                document.name, line, "A thing without a name cannot be cited or kept; give it an address."
            )
        )
    for subject, predicate, obj in document.triples:
        if isinstance(obj, Literal) and _CONTROL.search(str(obj)):
            line = document.line(str(subject), str(predicate))
            message = "This text holds a control character that cannot be seen; type it again."
            findings.append(Finding(document.name, line, message))
    return findings


def _canonical_finding(document: TurtleFile, lines: list[str]) -> list[Finding]:
    wanted = canonical(document.triples)
    if wanted == document.text:
        return []
    pairs = enumerate(zip([*lines, ""], [*wanted.splitlines(), ""], strict=False), 1)
    line = next((number for number, (has, should) in pairs if has != should), None)
    return [
        Finding(document.name, line, "From here on the file is not in the canonical form; run kg format.")
    ]


def _name_finding(document: TurtleFile) -> list[Finding]:
    if document.path.parent.name != "cases":
        return []
    slug = document.path.stem
    if any(str(subject) == expand(f"case:{slug}") for subject, *_ in document.triples):
        return []
    return [
        Finding(
            document.name, None, f"The file is called {slug}.ttl and has to describe case:{slug}; rename one."
        )
    ]
