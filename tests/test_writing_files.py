"""Files are written whole or not at all: a full disk cuts none, and what was there before stays."""

import errno
import os
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import kg.build.pipeline
import kg.storage.files
from kg.errors import Unwritable
from kg.graph.content import Content
from kg.storage.files import write_file, write_files, write_folder
from tests.command import Ran

# Calls `kg` in a folder on a small disk: before the disk is full, and when it is.
_ON_A_SMALL_DISK = """
import os, sys
import kg.build.pipeline
from kg.cli import main
kg.build.pipeline.installed_model = lambda: None
def ran(*arguments):
    try:
        main([*arguments, "--content", sys.argv[1]])
    except SystemExit as ended:
        print("exit code", ended.code, flush=True)
ran("table", "claims", "-o", "claims.csv")
os.system("head -c 60000 /dev/zero > filling 2> /dev/null")
ran("table", "claims", "-o", "claims.csv")
ran("build", "--out", "build")
"""


class RanWithLittleRoom(Ran):
    """What a call left behind that, once it began to write, could write no file larger than this many bytes.

    As on a disk that fills up, the first bytes go well.
    """

    def __init__(self, capsys: pytest.CaptureFixture[str], room: int, *arguments: object) -> None:
        name_beside = kg.storage.files._name_beside
        usual, most = resource.getrlimit(resource.RLIMIT_FSIZE)

        def limited(path: Path) -> Path:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
            return name_beside(path)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kg.build.pipeline, "installed_model", lambda: None)
            patch.setattr(kg.storage.files, "_name_beside", limited)
            try:
                super().__init__(capsys, *arguments)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, (usual, most))


def everything_below(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def writes_a_file(content: Content, folder: Path) -> Sequence[tuple[object, ...]]:
    """Every command that writes a file which can be named, with the file."""
    root = content.root
    return [
        ("table", "claims", "--content", root, "-o", folder / "claims.csv"),
        ("brief", "leeds", "-o", folder / "brief.md"),
        ("session", "--minutes", 90, "--people", 12, "--factor", 1, "-o", folder / "session.md"),
        ("picture", "case:river-town", "--content", root, "-o", folder / "picture.svg"),
        ("network", "--projection", "practice-pairs", "--content", root, "-o", folder / "network.graphml"),
    ]


def test_a_file_takes_the_place_of_another_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(b"before")
    path.chmod(0o640)
    write_file(path, b"after")
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_rights_that_the_process_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "new", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    link = tmp_path / "claims.csv"
    link.symlink_to("data/claims.csv")
    write_file(link, b"one")
    write_file(link, b"two")
    assert link.is_symlink()
    assert (tmp_path / "data" / "claims.csv").read_bytes() == b"two"


def test_readers_of_the_old_file_see_no_mixture(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    path.write_bytes(b"before")
    with path.open("rb") as reader:
        write_file(path, b"after")
        assert reader.read() == b"before"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/file", "there is no such folder"),
        ("folder", "it is a folder"),
        ("file/below", "there is a file where a folder should be"),
    ],
)
def test_a_place_that_is_none_is_one_sentence(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unwritable) as error:
        write_file(tmp_path / name, b"something")
    assert str(error.value) == f'"{tmp_path / name}" cannot be written: {reason}.'
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


def test_files_that_belong_together_change_together(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(b"before")
    with pytest.raises(Unwritable):
        write_files({tmp_path / "graph.nq": b"after", tmp_path / "missing" / "manifest.json": b"{}"})
    assert everything_below(tmp_path) == {"graph.nq": b"before"}


def test_a_kill_between_two_files_leaves_nothing_that_vouches_for_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, manifest = tmp_path / "graph.nq", tmp_path / "manifest.json"
    write_files({graph: b"1", manifest: b"1"}, seal=manifest)

    def killed(_: Path, target: Path) -> None:
        assert not manifest.exists()
        raise KeyboardInterrupt(target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        write_files({graph: b"2", manifest: b"2"}, seal=manifest)


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "search"

    def writes_one(new: Path) -> None:
        (new / "one").write_text("1")

    def writes_two(new: Path) -> None:
        (new / "two").write_text("2")

    def fails(new: Path) -> None:
        writes_two(new)
        raise OSError(28, "No space left on device")

    write_folder(folder, writes_one)
    with pytest.raises(Unwritable, match="the disk is full; make room there, or write elsewhere"):
        write_folder(folder, fails)
    assert everything_below(tmp_path) == {"search/one": b"1"}
    write_folder(folder, writes_two)
    assert everything_below(tmp_path) == {"search/two": b"2"}


def test_no_command_cuts_a_file_when_the_disk_is_full(
    world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("kg.storage.files.os.fsync", full)
    for arguments in writes_a_file(world, tmp_path):
        path = Path(str(arguments[-1]))
        path.write_bytes(b"what was there before")
        ran = Ran(capsys, *arguments)
        assert (ran.code, ran.out) == (2, ""), arguments
        assert ran.err == (
            f'kg: "{path}" cannot be written: the disk is full; make room there, or write elsewhere.\n'
        )
        assert path.read_bytes() == b"what was there before"
        path.unlink()
        assert list(tmp_path.iterdir()) == []


def test_a_file_that_outgrows_its_limit_is_not_cut(
    world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(b"what was there before")
    ran = RanWithLittleRoom(capsys, 500, "table", "claims", "--content", world.root, "-o", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f'kg: "{path}" cannot be written: it is larger than a file may be here.\n'
    assert everything_below(tmp_path) == {"claims.csv": b"what was there before"}


def test_a_device_without_room_is_one_sentence(world: Content, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "table", "claims", "--content", world.root, "-o", "/dev/full")
    assert ran.code == 2
    assert ran.err == (
        'kg: "/dev/full" cannot be written: the disk is full; make room there, or write elsewhere.\n'
    )


def test_standard_output_can_be_named_as_a_file(world: Content) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "table", "cases", "-o", "/dev/stdout"]
    ran = subprocess.run(
        [*command, "--content", str(world.root)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    assert "river-town" in ran.stdout


@pytest.mark.parametrize("room", [100, 20_000, 200_000])
def test_a_build_without_room_leaves_the_last_one_whole(
    built_world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str], room: int
) -> None:
    content = Content(shutil.copytree(built_world.root, tmp_path / "content"))
    out = content.root / "build"
    before = everything_below(out)
    name = content.data / "cases" / "river-town.ttl"
    name.write_text(name.read_text().replace("River Town", "River Town on Sea"))
    ran = RanWithLittleRoom(capsys, room, "build", "--content", content.root, "--out", out)
    assert ran.code == 2, ran.out
    assert ran.err.startswith('kg: "')
    assert ran.err.count("\n") == 1
    after = everything_below(out)
    assert {name: after[name] for name in ("graph.nq", "manifest.json", "checked.json")} == {
        name: before[name] for name in ("graph.nq", "manifest.json", "checked.json")
    }
    assert after.keys() == before.keys()


def disks_are_made_here() -> list[str]:
    """What this process may do: make a small disk that only a child process sees, or nothing of the kind."""
    tried = subprocess.run([*_OWN_DISKS, "mount -t tmpfs none /mnt"], capture_output=True, check=False)
    return ["a disk of 64 kB"] if tried.returncode == 0 else []


_OWN_DISKS = ("unshare", "--map-root-user", "--mount", "sh", "-c")


@pytest.mark.parametrize("_", disks_are_made_here())
def test_a_full_disk_leaves_the_last_file_whole(world: Content, tmp_path: Path, _: str) -> None:
    script = f"""
        mount -t tmpfs -o size=64k none {tmp_path} && cd {tmp_path} && printf before > claims.csv
        "$0" -c "$1" {world.root}
        ls -A; head -c 8 claims.csv
    """
    ran = subprocess.run(
        [*_OWN_DISKS, script, sys.executable, _ON_A_SMALL_DISK], capture_output=True, text=True, check=False
    )
    assert ran.stdout.splitlines() == [
        "claims.csv is written.",
        "exit code 0",
        "exit code 2",
        "exit code 2",
        "claims.csv",
        "filling",
        "\ufeffclaim",
    ]
    full = "cannot be written: the disk is full; make room there, or write elsewhere."
    assert ran.stderr.splitlines() == [f'kg: "claims.csv" {full}', f'kg: "build/search" {full}']


def test_a_build_into_a_new_folder_without_room_leaves_none(
    world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "some" / "where"
    ran = RanWithLittleRoom(capsys, 100, "build", "--content", world.root, "--out", out)
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_rewritten_file_is_whole_or_as_before(
    world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "river-town.ttl"
    text = (world.data / "cases" / "river-town.ttl").read_text().replace(" ;\n", "  ;\n")
    path.write_text(text)
    ran = RanWithLittleRoom(capsys, 500, "format", path, "--content", world.root)
    assert ran.code == 2
    assert everything_below(tmp_path) == {"river-town.ttl": text.encode()}


def test_a_new_case_is_whole_or_not_there(
    world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "content"
    shutil.copytree(world.root, root)
    before = everything_below(root)
    ran = RanWithLittleRoom(capsys, 50, "new-case", "Harbour Town", "--content", root)
    assert ran.code == 2
    assert "harbour-town.ttl" in ran.err
    assert everything_below(root) == before
