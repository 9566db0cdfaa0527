"""Files read and written with care: every fault is one sentence, and no file is ever left half written."""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.errors import BadContent, Unwritable

__all__ = ["LARGEST_FILE", "made_folder", "real", "text_of", "write_file", "write_files", "write_folder"]

LARGEST_FILE = 50_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def real(path: Path) -> Path:
    """Give the path that links lead to; a circle of links is left as it is."""
    return Path(os.path.realpath(path))


def text_of(path: Path, largest: int = LARGEST_FILE) -> str:
    """Read a text file.

    Args:
        path: The file.
        largest: The most bytes it may have.

    Returns:
        Its text.

    Raises:
        BadContent: If it is no plain file, may not be read, is too large, or is not UTF-8 text; the
            line of the first byte that is not UTF-8 is given as `line`.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise BadContent("This is not a plain file.")
        if state.st_size > largest:
            raise BadContent(f"The file is larger than {largest // 1_000_000} MB; split it.")
        raw = path.read_bytes()
    except PermissionError as error:
        raise BadContent("The file may not be read; ask for permission to read it.") from error
    except OSError as error:
        raise BadContent(f"The file cannot be read: {error.strerror}.") from error
    if raw.startswith(_BYTE_ORDER_MARK):
        raise BadContent("The file begins with a byte order mark; save it as UTF-8 without one.")
    if b"\0" in raw:
        raise BadContent("This is a binary file, not text.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = BadContent("This line holds bytes that are not UTF-8 text; save the file as UTF-8.")
        fault.line = raw.count(b"\n", 0, error.start) + 1
        raise fault from error


# What the system calls the fault is not always what a person can act on.
_REASONS = {
    errno.ENOSPC: "the disk is full; make room there, or write elsewhere",
    errno.EDQUOT: "your share of the disk is used up; make room there, or write elsewhere",
    errno.EFBIG: "it is larger than a file may be here",
    errno.EROFS: "the disk can only be read; write elsewhere",
    errno.EACCES: "you may not write there; ask for permission, or write elsewhere",
    errno.EPERM: "you may not write there; ask for permission, or write elsewhere",
    errno.ENOENT: "there is no such folder",
    errno.EISDIR: "it is a folder",
    errno.EEXIST: "there is a file of that name",
    errno.ENOTDIR: "there is a file where a folder should be",
}


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a fault leaves the file that was there, and nothing else.

    What is no plain file, such as `/dev/stdout`, is written to as it is; a link stays a link.

    Args:
        path: The file.
        content: Its bytes.

    Raises:
        Unwritable: If it cannot be written.
    """
    write_files({path: content})


def write_files(contents: Mapping[Path, bytes], seal: Path | None = None) -> None:
    """Write files that belong together: none takes its place before all of them are on the disk.

    Args:
        contents: Bytes by file, in the order in which they take their places.
        seal: The last of these, which vouches for the others: the old one goes before any of them
            is replaced, so that a kill in between leaves no file that vouches for what it does not know.

    Raises:
        Unwritable: If one cannot be written; all that were there are as before.
    """
    places = {path: real(path) for path in contents}
    beside: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            with _faults_told(path):
                if _is_special(path):
                    path.write_bytes(content)
                else:
                    beside[path] = _written_beside(places[path], content)
        if seal is not None:
            with _faults_told(seal):
                places[seal].unlink(missing_ok=True)
        for path in list(beside):
            with _faults_told(path):
                beside[path].replace(places[path])
                del beside[path]
                _on_disk(places[path].parent)
    finally:
        for left in beside.values():
            left.unlink(missing_ok=True)


@contextmanager
def made_folder(path: Path) -> Iterator[None]:
    """Make a folder, and those above it, to write into; one that is still empty after a fault goes again.

    Raises:
        Unwritable: If it cannot be made.
    """
    missing = [each for each in (path, *path.parents) if not each.exists()]
    with _faults_told(path):
        path.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for each in missing:
            if any(each.iterdir()):
                break
            each.rmdir()
        raise


def write_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """Write a folder whole or not at all; one that was there is replaced.

    Whoever has files of the old folder open can go on reading them.

    Args:
        path: The folder; the one above it has to be there.
        fill: Writes the files into the empty folder that it is called with.

    Raises:
        Unwritable: If it cannot be written; the folder that was there is as before.
    """
    place = real(path)
    new, old = _name_beside(place), _name_beside(place)
    with _faults_told(path):
        try:
            new.mkdir()
            fill(new)
            for inside in [*new.rglob("*"), new]:
                _on_disk(inside)
            if place.exists():
                place.rename(old)
            try:
                new.rename(place)
            except OSError:
                if old.exists():
                    old.rename(place)
                raise
            _on_disk(place.parent)
        finally:
            for left in (new, old):
                shutil.rmtree(left, ignore_errors=True)


def _is_special(path: Path) -> bool:
    """Whether this is a device, a pipe, or what this process has open, none of which can be replaced."""
    if str(path) in {"/dev/stdout", "/dev/stderr"} or str(path).startswith(("/dev/fd/", "/proc/self/fd/")):
        return True
    return path.exists() and not path.is_file() and not path.is_dir()


def _written_beside(path: Path, content: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    beside = _name_beside(path)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            if path.exists():
                beside.chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _name_beside(path: Path) -> Path:
    return path.with_name(f".kg-{os.getpid()}-{secrets.token_hex(4)}")


def _on_disk(path: Path) -> None:
    """See to it that a file, or which files a folder holds, survives a loss of power."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _faults_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # numpy gives no number with its fault when not all could be written.
        reason = _REASONS[errno.ENOSPC] if error.errno is None else _REASONS.get(error.errno, error.strerror)
        raise Unwritable(f'"{path}" cannot be written: {reason}.') from error
