"""One build of the files, in a process of its own."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.build.pipeline import GRAPH_FILE, MANIFEST_FILE, REFUSED
from kg.errors import BadContent, KgError, Unreachable
from kg.graph.content import Content
from kg.storage.files import text_of

__all__ = ["OutdatedBuildError", "build_into", "version_built"]

_BUILD = (sys.executable, "-m", "kg.build")
_LOOK_EVERY = 1.0


class OutdatedBuildError(Exception):
    """The files have changed since the build of them began."""


def build_into(
    folder: Path, content: Content, version: str, *, longest: float, look: Callable[[], None]
) -> Path:
    """Build the files of some content; return the file that holds the graph.

    Args:
        folder: Where to build.
        content: Ontology and data.
        version: The state of the content that is wanted.
        longest: Seconds that it may take.
        look: Called every second while it goes on; what it raises ends the build.

    Raises:
        BadContent: If the files are refused, with the first fault, or take too long.
        Unreachable: If the build was ended from outside.
        OutdatedBuildError: If another state of the content was built.
    """
    with tempfile.TemporaryFile() as said:
        build = subprocess.Popen(  # noqa: S603 - our own program, without a shell
            [*_BUILD, str(content.root), str(folder)],
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _await(build, longest, look)
        finally:
            if build.poll() is None:
                build.kill()
                build.wait()
        if build.returncode != 0:
            said.seek(0)
            raise _fault_in(said.read().decode(errors="replace"), build.returncode)
    if version_built(folder) != version:
        raise OutdatedBuildError
    return folder / GRAPH_FILE


def _await(build: subprocess.Popen[bytes], longest: float, look: Callable[[], None]) -> None:
    end = time.monotonic() + longest
    while True:
        try:
            build.wait(_LOOK_EVERY)
            return
        except subprocess.TimeoutExpired:
            look()
            if time.monotonic() > end:
                raise BadContent(
                    f"The data files could not be checked within {longest:g} seconds; run kg check to see "
                    "where it stops."
                ) from None


def _fault_in(said: str, status: int) -> KgError:
    """Return the fault among what a build has said before it ended with a status other than 0."""
    lines = said.splitlines() or [f"it ended without a word (status {status})."]
    if status == REFUSED:
        return BadContent(lines[0])
    # Of a crash the last line says most.
    return Unreachable(f"The build of the data files failed: {lines[-1]}")


def version_built(folder: Path) -> str | None:
    """Say which state of the content was built into a folder."""
    manifest = folder / MANIFEST_FILE
    if not manifest.is_file() or not (folder / GRAPH_FILE).is_file():
        return None
    try:
        made = json.loads(text_of(manifest))
    except (BadContent, json.JSONDecodeError):
        return None
    return str(made.get("content")) if isinstance(made, dict) else None
