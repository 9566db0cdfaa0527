"""Temporary folders: one process keeps all in one folder, which the next removes if this one is killed."""

import atexit
import contextlib
import os
import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Unwritable

if sys.platform != "win32":
    import fcntl

__all__ = ["remove_leftovers", "scratch_folder"]

_PREFIX = "kg-"
# It says that a folder is ours to remove.
_MARK = ".made-by-kg"


@dataclass(frozen=True)
class _Home:
    """The folder of one process.

    Attributes:
        process: The number of the process.
        path: The folder.
        lock: A handle on the folder that keeps it locked until the process ends, however it ends.
    """

    process: int
    path: Path
    lock: int | None


_guard = threading.Lock()
_home: _Home | None = None


def scratch_folder(name: str = "") -> "tempfile.TemporaryDirectory[str]":
    """Make an empty folder for this process alone.

    It lies in one folder per process, `kg-PROCESS-…` below `TMPDIR`, and is removed by `cleanup()`, at the
    end of a `with` block, or with the process. If the process is killed, the next one that calls this
    removes it.

    Args:
        name: What its name begins with, for people who look into the temporary folder.

    Returns:
        The folder; its path is `.name`, or what `with` gives.

    Raises:
        Unwritable: If the temporary folder is full or may not be written to.
    """
    try:
        return tempfile.TemporaryDirectory(prefix=name, dir=_home_of_this_process())
    except OSError as error:
        where = f" in {Path(error.filename).parent}" if error.filename else ""
        raise Unwritable(
            f"No temporary folder can be made{where}: {error.strerror}. "
            "Make room there, or set TMPDIR to another folder."
        ) from error


def remove_leftovers() -> list[Path]:
    """Remove the temporary folders of processes that have ended without doing so.

    Each process locks its folder for as long as it lives, so neither a number given anew nor a process in
    another container on the same disk is mistaken for an ended one. Folders of other users stay.

    Returns:
        The folders that were removed.
    """
    if sys.platform == "win32":
        return []
    removed = []
    for path in sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}[0-9]*-*")):
        # A folder can go, or turn out not to be ours, at any moment: then it is no leftover of ours.
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if _is_leftover(handle):
                    shutil.rmtree(path)
                    removed.append(path)
            finally:
                os.close(handle)
    return removed


def _is_leftover(handle: int) -> bool:
    """Whether a folder is ours and its process has ended; it stays locked until the handle is closed."""
    if os.fstat(handle).st_uid != os.geteuid():
        return False
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    # One killed before it could mark its folder has left it empty.
    inside = os.listdir(handle)
    return _MARK in inside or not inside


def _home_of_this_process() -> Path:
    global _home
    with _guard:
        # A forked process needs a folder of its own, and whatever tidies TMPDIR may have taken ours.
        if _home is None or _home.process != os.getpid() or not _home.path.exists():
            remove_leftovers()
            _home = _made()
            atexit.register(_removed, _home)
        return _home.path


def _made() -> _Home:
    while True:
        path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        if sys.platform == "win32":
            return _Home(os.getpid(), path, None)
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        # Between making and locking, another process may have taken it for a leftover.
        if path.exists():
            (path / _MARK).touch()
            return _Home(os.getpid(), path, handle)
        os.close(handle)


def _removed(home: _Home) -> None:
    if home.process == os.getpid():
        shutil.rmtree(home.path, ignore_errors=True)
        if home.lock is not None:
            os.close(home.lock)
