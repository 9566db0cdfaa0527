"""The frozen collection: a cut of the data that stays as it is, laid beside the ontology as it is now.

`tests/collection` holds data, the schemes of what cases are about, and everyday sentences. The classes,
shapes, rules and the schemes that the program goes by are those of the repository.
"""

import fcntl
import hashlib
import json
import os
import shutil
from pathlib import Path

from kg.build.pipeline import BUILD_FOLDER, GRAPH_FILE, MANIFEST_FILE
from kg.build.store import graph_with_version, version_of
from kg.engine.in_process import InProcessEngine
from kg.graph.content import Content
from kg.graph.oxigraph import write_nquads
from kg.search import installed_model, read_corpus, write_index

__all__ = ["COLLECTION", "ROOT", "SLUGS", "built", "built_unchecked", "laid_out"]

ROOT = Path(__file__).resolve().parent.parent
COLLECTION = ROOT / "tests" / "collection"
# The cases of the frozen collection.
SLUGS = sorted(path.stem for path in (COLLECTION / "data" / "cases").glob("*.ttl"))
_PLACE = ROOT / "build" / "frozen"
# So many states are kept, for those who go from one branch to another and back.
_MOST_KEPT = 3
# What a build is made by. Other questions, and pages, are asked of what was built.
_BUILDERS = ("build", "graph", "search", "queries/search", "terms.py")


def laid_out() -> Content:
    """Return the frozen collection as content, in a folder that is kept as long as nothing changes."""
    files = _files()
    place = _PLACE / _state(files)
    if place.is_dir():
        return Content(place)
    new = _PLACE / f"new-{os.getpid()}"
    for name, path in files.items():
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, new / name)
    kept = sorted(_PLACE.glob("[0-9a-f]*"), key=lambda each: each.stat().st_mtime)
    for old in kept[: 1 - _MOST_KEPT]:
        shutil.rmtree(old)
    try:
        new.rename(place)
    except OSError:
        # Another process was quicker.
        shutil.rmtree(new)
    return Content(place)


def built(content: Content) -> None:
    """Build the graph and the search index of the content, once for all processes."""
    with (content.root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (content.root / BUILD_FOLDER / MANIFEST_FILE).is_file():
            built_unchecked(content, with_index=True)


def built_unchecked(content: Content, *, with_index: bool = False) -> None:
    """Build content as `kg build` does, also where `kg check` would refuse it."""
    out = content.root / BUILD_FOLDER
    out.mkdir(exist_ok=True)
    quads, version = graph_with_version(content), version_of(content)
    if with_index:
        write_index(read_corpus(InProcessEngine(quads)), installed_model(), out, version)
    (out / GRAPH_FILE).write_bytes(write_nquads(quads))
    (out / MANIFEST_FILE).write_text(json.dumps({"content": version}))


def _files() -> dict[str, Path]:
    """Return the files of the frozen collection by their names in its folder."""
    own = {path.relative_to(COLLECTION).as_posix(): path for path in sorted(COLLECTION.rglob("*.*"))}
    live = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "ontology").rglob("*.*"))}
    return {name: path for name, path in live.items() if not name.startswith("ontology/everyday/")} | own


def _state(files: dict[str, Path]) -> str:
    """Return a short name for exactly this state of the files and of what builds them."""
    digest = hashlib.sha256()
    for name, path in files.items():
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    for each in (ROOT / "kg" / name for name in _BUILDERS):
        for path in sorted(each.rglob("*.*")) if each.is_dir() else (each,):
            if path.suffix in {".py", ".rq"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
