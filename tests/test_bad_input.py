"""Files that no one can read, in every way in which that happens: a sentence each, never a traceback."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.check import check
from kg.graph.content import Content
from tests.command import Ran

HERE = Path(__file__).parent
UNREADABLE = sorted((HERE / "unreadable").glob("*.ttl"))
CASE = (HERE / "shapes" / "valid" / "claim.ttl").read_text()


@pytest.mark.parametrize("path", UNREADABLE, ids=lambda path: path.stem)
def test_unreadable_file_gets_a_sentence_with_its_place(path: Path, world: Content) -> None:
    message = path.read_text().splitlines()[0].split("|", 1)[1]
    findings = check(world, [path]).findings
    found = [finding for finding in findings if message in finding.message]
    assert found, [str(finding) for finding in findings]
    if "not Turtle" in message:
        assert all(finding.line and finding.line > 1 for finding in found)


def test_there_are_enough_kinds_of_bad_input() -> None:
    kinds = len(UNREADABLE) + len(list((HERE / "shapes" / "invalid").glob("*.ttl"))) + len(MADE)
    assert len(UNREADABLE) + len(MADE) >= 25
    assert kinds >= 30


def binary(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


def latin(path: Path) -> None:
    path.write_bytes(CASE.replace("sample met", "café met").encode("latin-1"))


def ten_megabytes(path: Path) -> None:
    path.write_text(CASE.replace('"Sample"', f'"{"x" * 10_000_000}"'))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def deep(path: Path) -> None:
    path.write_text(CASE.replace('"Sample"@en', "( " * 5_000 + '"Sample"@en' + " )" * 5_000))


def byte_order_mark(path: Path) -> None:
    path.write_bytes(b"\xff\xfe" + CASE.encode("utf-16-le"))


def dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("gone.ttl"))


def utf8_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + CASE.encode())


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def circle(path: Path) -> None:
    path.symlink_to(path)


def quoted_triple(path: Path) -> None:
    path.write_text(
        CASE.replace("    sl:question", "    sl:backs <<( case:a sl:b case:c )>> ;\n    sl:question")
    )


def ill_typed(path: Path) -> None:
    path.write_text(CASE.replace('"Sample"@en', '"abc"^^<http://www.w3.org/2001/XMLSchema#integer>'))


MADE: dict[str, tuple[Callable[[Path], None], str]] = {
    "binary": (binary, "This is a binary file"),
    "latin-1": (latin, "not UTF-8 text"),
    "label of ten megabytes": (ten_megabytes, "are the most; shorten it"),
    "empty": (empty, "The file states nothing"),
    "brackets nested 5,000 deep": (deep, "needs exactly one English name"),
    "utf-16": (byte_order_mark, "binary file"),
    "link to nowhere": (dangling_link, "cannot be read"),
    "byte order mark": (utf8_mark, "begins with a byte order mark"),
    "pipe": (pipe, "This is not a plain file"),
    "link to a device": (endless, "This is not a plain file"),
    "circle of links": (circle, "cannot be read"),
    "triple inside a triple": (quoted_triple, "This is not Turtle"),
    "number that is none": (ill_typed, "needs exactly one English name"),
}


@pytest.mark.parametrize("kind", MADE)
def test_made_file_gets_a_sentence(
    kind: str, world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, message = MADE[kind]
    path = tmp_path / "made.ttl"
    make(path)
    ran = Ran(capsys, "check", path, "--content", world.root)
    assert ran.code == 1, ran.err
    assert message in ran.out
    assert len(ran.out) < 5_000


@pytest.mark.skipif(
    os.environ.get("CI") != "true" and (not hasattr(os, "geteuid") or os.geteuid() != 0),
    reason="only root can become another user",
)
def test_file_without_read_permission_gets_a_sentence(world: Content) -> None:
    folder = Path("/tmp") / f"kg-closed-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        closed = folder / "closed.ttl"
        closed.write_text(CASE)
        closed.chmod(0o000)
        script = (
            "import os, sys\n"
            "from pathlib import Path\n"
            "from kg.check.reading import read_document\n"
            "os.setgid(65534); os.setuid(65534)\n"
            "print(read_document(Path(sys.argv[1]), 'closed.ttl'))\n"
        )
        result = subprocess.run(
            [sys.executable, "-c", script, str(closed)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert result.stdout.strip() == "closed.ttl: The file may not be read; ask for permission to read it."
        assert result.stderr == ""
    finally:
        shutil.rmtree(folder)


def test_empty_folder_is_a_fault(world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "check", tmp_path, "--content", world.root)
    assert ran.code == 1
    assert "There is no Turtle file (*.ttl) in this folder." in ran.out


def test_file_of_another_kind_is_a_fault(
    world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notes.docx"
    path.write_text("notes")
    ran = Ran(capsys, "check", path, "--content", world.root)
    assert ran.code == 1
    assert "their names end in .ttl" in ran.out


def test_missing_path_is_a_fault_of_the_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "check", tmp_path / "nothing.ttl")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kg: There is no file or folder")
    assert ran.err.count("\n") == 1


def test_a_thing_described_in_two_files_is_told_in_both(own_world: Content) -> None:
    folder = own_world.data / "cases"
    (folder / "old").mkdir()
    shutil.copy(folder / "quiet-place.ttl", folder / "old" / "quiet-place.ttl")
    found = [str(finding) for finding in check(own_world, [own_world.data]).findings]
    assert any(
        "claim:quiet-place-1: This is described in data/cases/old/quiet-place.ttl" in each for each in found
    )
    assert {each.split(":")[0] for each in found} == {
        "data/cases/quiet-place.ttl",
        "data/cases/old/quiet-place.ttl",
    }


@pytest.mark.parametrize("command", [("check",), ("check", "--json"), ("build",), ("ask", "case-list")])
@pytest.mark.parametrize("name", ["ontology/shapes.ttl", "data/cases/quiet-place.ttl"])
@pytest.mark.parametrize("bad", [b"garbage [", b"\xff\xfe"])
def test_broken_content_never_gives_a_traceback(
    own_world: Content,
    tmp_path: Path,
    command: tuple[str, ...],
    name: str,
    bad: bytes,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (own_world.root / name).write_bytes(bad)
    ran = Ran(capsys, *command, "--content", own_world.root)
    if command[0] != "ask" or name.startswith("data"):
        assert ran.code in {1, 2}
        assert name in ran.out + ran.err or "shapes" in ran.err


def test_format_keeps_what_it_cannot_write(own_world: Content, capsys: pytest.CaptureFixture[str]) -> None:
    path = own_world.data / "cases" / "quiet-place.ttl"
    text = path.read_text() + '\n[] a sl:Claim ; sl:statement "lost"@en .\n'
    path.write_text(text)
    ran = Ran(capsys, "format", "--content", own_world.root)
    assert ran.code == 2
    assert "would be lost" in ran.err
    assert path.read_text() == text


def test_all_faults_of_all_files_are_told_in_one_run(world: Content) -> None:
    folder = HERE / "shapes" / "invalid"
    broken = HERE / "unreadable" / "full-stop-missing.ttl"
    first, second = folder / "claim-without-basis.ttl", folder / "concept-without-label.ttl"
    found = "\n".join(str(finding) for finding in check(world, [first, second, broken]).findings)
    assert "exactly one basis" in found
    assert "exactly one preferred label" in found
    assert "This is not Turtle" in found


def test_a_broken_file_does_not_bury_the_others_in_follow_on_faults(own_world: Content) -> None:
    source = own_world.data / "sources" / "harbour-report.ttl"
    source.write_text(source.read_text().replace("a sl:Source ;", "a sl:Source", 1))
    report = check(own_world, [own_world.data])
    assert [finding.file for finding in report.findings] == ["data/sources/harbour-report.ttl"]
    assert not report.ok
