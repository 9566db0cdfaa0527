"""Temporary folders: none is left by a process that was killed, and none of a living one is taken."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import Unwritable
from kg.storage.temporary import remove_leftovers, scratch_folder

_MAKES_ONE = """
import sys
from kg.storage.temporary import scratch_folder
folder = scratch_folder("graph-")
open(folder.name + "/graph.nq", "w").write("something")
print(folder.name, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything temporary lies in a folder of the test's own, for processes that it starts as well."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("kg.storage.temporary._home", None)
    return tmp_path


@contextmanager
def process_with_folder() -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """Give a process that waits, and the folder that holds all its temporary folders."""
    with subprocess.Popen(
        [sys.executable, "-c", _MAKES_ONE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, Path(process.stdout.readline().strip()).parent
        finally:
            process.kill()


def test_the_folder_of_a_killed_process_goes_at_the_next_start(below: Path) -> None:
    with process_with_folder() as (process, folder):
        assert folder.name.startswith(f"kg-{process.pid}-")
        process.kill()
        process.wait()
    assert folder.is_dir()
    with scratch_folder():
        assert not folder.exists()


def test_the_folder_of_a_living_process_stays() -> None:
    with process_with_folder() as (_, folder):
        assert remove_leftovers() == []
        assert folder.is_dir()


def test_a_process_that_ends_in_order_leaves_nothing(below: Path) -> None:
    with process_with_folder() as (process, folder):
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0
        assert not folder.exists()
    assert not list(below.iterdir())


def test_a_number_given_to_another_process_protects_nothing(below: Path) -> None:
    with process_with_folder() as (process, folder):
        process.kill()
        process.wait()
    taken = folder.rename(below / f"kg-{os.getpid()}-taken")
    assert remove_leftovers() == [taken]


def test_folders_that_are_not_ours_stay(below: Path) -> None:
    stranger = below / "kg-1-notes"
    stranger.mkdir()
    (stranger / "letter").write_text("mine")
    elsewhere = below / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ".made-by-kg").touch()
    (below / "kg-2-link").symlink_to(elsewhere)
    (below / "kg-3-file").touch()
    assert remove_leftovers() == []
    assert (stranger / "letter").read_text() == "mine"


def test_a_process_killed_before_it_marked_its_folder_leaves_none(below: Path) -> None:
    (below / "kg-4-unmarked").mkdir()
    assert remove_leftovers() == [below / "kg-4-unmarked"]


def test_a_forked_process_has_a_folder_of_its_own(below: Path) -> None:
    reading, writing = os.pipe()
    with scratch_folder() as ours:
        if (child := os.fork()) == 0:
            folder = scratch_folder()
            os.write(writing, folder.name.encode())
            os._exit(0)
        os.waitpid(child, 0)
        theirs = Path(os.read(reading, 4096).decode())
        assert theirs.parent.name.startswith(f"kg-{child}-")
        assert Path(ours).is_dir()


def test_a_folder_that_was_tidied_away_is_made_anew(below: Path) -> None:
    with scratch_folder() as first:
        shutil.rmtree(Path(first).parent)
    with scratch_folder() as again:
        assert Path(again).is_dir()
        assert remove_leftovers() == []


def test_no_place_for_temporary_folders_is_one_sentence(below: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(below / "missing"))
    with pytest.raises(Unwritable, match=r"No temporary folder can be made in .*missing: No such file"):
        scratch_folder()
