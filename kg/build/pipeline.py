"""The build: the graph as N-Quads, search index, downloads, and a manifest of what they are made of."""

import hashlib
import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from rdflib import RDF

from kg.build.store import graph_with_version, version_of
from kg.check import Finding, Report, check
from kg.check.reading import read_document
from kg.engine import Engine
from kg.engine.in_process import InProcessEngine
from kg.errors import BadContent, KgError
from kg.graph.content import Content
from kg.graph.oxigraph import Quad, write_nquads
from kg.publish.downloads import BuiltDownload, downloads_in, write_downloads
from kg.search import installed_model, read_corpus, write_index
from kg.storage.files import made_folder, text_of, write_files, write_folder
from kg.terms import BASE

__all__ = [
    "BUILD_FOLDER",
    "GRAPH_FILE",
    "MANIFEST_FILE",
    "REFUSED",
    "build",
    "built_downloads",
    "main",
    "refusal_of",
]

BUILD_FOLDER = "build"
DOWNLOAD_FOLDER = "download"
GRAPH_FILE = "graph.nq"
MANIFEST_FILE = "manifest.json"
CHECKED_FILE = "checked.json"
# What `main` returns; a crash of Python is 1.
REFUSED, _FAILED = 3, 4
_VALIDATORS = ("pyshacl", "rdflib", "pyoxigraph")


def build(
    content: Content,
    out: Path,
    *,
    source_texts: Mapping[str, str] | None = None,
    progress: Callable[[str], None] = lambda _: None,
    with_index: bool = True,
) -> tuple[Report, dict[str, object] | None]:
    """Check the content and write the graph and its search index.

    Files whose shapes held at the last build into the same folder are not held against them again,
    as long as they, the ontology, what other files describe and the validator are unchanged.

    Args:
        content: Ontology and data.
        out: Folder to write to; made if it is not there.
        source_texts: Text by slug of the source, for the rules that need it.
        progress: Called with the name of each step as it begins.
        with_index: Whether to make the search index and the files to take away as well.

    Returns:
        The report of the check and, if it refuses nothing, the manifest that was written.

    Raises:
        Unwritable: If a file cannot be written; the graph that was built before is as it was.
    """
    keys = _keys(content)
    checked = _checked(out / CHECKED_FILE)
    unchanged = frozenset(name for name, key in keys.items() if checked.get(name) == key)
    report = check(content, source_texts=source_texts, unchanged=unchanged, progress=progress)
    if not report.ok:
        return report, None
    quads = graph_with_version(content)
    manifest = _manifest(content, quads, report, unchanged)
    with made_folder(out):
        if with_index:
            engine = InProcessEngine(quads)
            progress("search")
            write_index(read_corpus(engine), installed_model(), out, version_of(content))
            progress("downloads")
            manifest["downloads"] = _downloads(engine, out / DOWNLOAD_FOLDER / _state_of(content))
        progress("writing")
        files = {GRAPH_FILE: write_nquads(quads), CHECKED_FILE: _json(keys), MANIFEST_FILE: _json(manifest)}
        write_files({out / name: each for name, each in files.items()}, seal=out / MANIFEST_FILE)
    for other in (out / DOWNLOAD_FOLDER).glob("*"):
        if other.name != _state_of(content):
            shutil.rmtree(other)
    return report, manifest


def refusal_of(content: Content) -> Report | None:
    """Say why content should not be shown; None if nothing speaks against it.

    Content that is as it was last built into its own folder has been checked; files that have not changed
    since are not held against the shapes again.
    """
    out = content.root / BUILD_FOLDER
    try:
        manifest = json.loads(text_of(out / MANIFEST_FILE))
    except (BadContent, json.JSONDecodeError):
        manifest = None
    if isinstance(manifest, dict) and manifest.get("content") == version_of(content):
        return None
    checked = _checked(out / CHECKED_FILE)
    unchanged = frozenset(name for name, key in _keys(content).items() if checked.get(name) == key)
    report = check(content, unchanged=unchanged)
    return None if report.ok else report


def main() -> int:
    """Build as a program of its own: `python -m kg.build CONTENT OUT`; `REFUSED` if something is refused.

    No search index and no downloads are made: both take longer than the graph, for which someone waits.
    The first finding, or the fault, is printed.
    """
    root, out = (Path(each) for each in sys.argv[1:3])
    try:
        report, manifest = build(Content(root), out, with_index=False)
    except KgError as error:
        sys.stdout.write(f"{error}\n")
        return REFUSED if isinstance(error, BadContent) else _FAILED
    if manifest is None:
        sys.stdout.write(
            f"{next(finding for finding in report.findings if finding.severity == 'violation')}\n"
        )
        return REFUSED
    return 0


def _downloads(engine: Engine, folder: Path) -> dict[str, int]:
    """Write the downloads into a folder of their own for one state of content and program.

    A server that shows the state before goes on giving out the files of that one meanwhile.
    """
    sizes: dict[str, int] = {}
    with made_folder(folder.parent):
        write_folder(folder, lambda new: sizes.update(write_downloads(engine, new)))
    return sizes


def built_downloads(content: Content, version: str) -> dict[str, BuiltDownload]:
    """Give the downloads that `kg build` has made of the content, by name.

    Args:
        content: Ontology and data.
        version: The state of the content that they have to be of.

    Returns:
        All of them; none if they were made of another state, by another program, or not at all.
    """
    out = content.root / BUILD_FOLDER
    try:
        manifest = json.loads(text_of(out / MANIFEST_FILE))
        sizes = manifest["downloads"] if manifest["content"] == version else {}
    except (BadContent, json.JSONDecodeError, KeyError, TypeError):
        return {}
    return downloads_in(out / DOWNLOAD_FOLDER / f"{version}-{_program()}", sizes)


def _state_of(content: Content) -> str:
    return f"{version_of(content)}-{_program()}"


@cache
def _program() -> str:
    """Give a short name for exactly this state of the program, which decides how files are made."""
    digest = hashlib.sha256(version("system-leadership-explorer").encode())
    package = Path(__file__).parent.parent
    for path in sorted(path for path in package.rglob("*") if path.suffix in {".py", ".rq", ".toml"}):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _manifest(
    content: Content, quads: Sequence[Quad], report: Report, unchanged: frozenset[str]
) -> dict[str, object]:
    return {
        "name": "System Leadership Case Explorer",
        "version": version("system-leadership-explorer"),
        "content": version_of(content),
        "base": BASE,
        "counts": asdict(report.counts),
        "graphs": dict(sorted(Counter(str(quad[3]) for quad in quads).items())),
        "files": {content.name_of(path): _digest(path) for path in content.turtle_files()},
        "shapes_not_run_again": sorted(unchanged),
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _checked(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        known = json.loads(text_of(path))
    except (BadContent, json.JSONDecodeError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _keys(content: Content) -> dict[str, str]:
    """Give each file a key that changes with anything its shapes can see."""
    seen = hashlib.sha256()
    for path in sorted(content.ontology.rglob("*.ttl")):
        seen.update(path.read_bytes())
    for name in _VALIDATORS:
        seen.update(f"{name} {version(name)}\n".encode())
    for path in sorted(content.data.rglob("*.ttl")):
        seen.update(_described(path))
    return {
        content.name_of(path): hashlib.sha256(seen.digest() + path.read_bytes()).hexdigest()
        for path in content.turtle_files()
        if not isinstance(read_document(path, path.name), Finding)
    }


def _described(path: Path) -> bytes:
    """Give what other files may refer to: the things a file describes and their types."""
    document = read_document(path, path.name)
    if isinstance(document, Finding):
        return document.message.encode()
    lines = sorted(f"{s} {o}" for s, p, o in document.triples if p == RDF.type)
    return "\n".join(lines).encode()
