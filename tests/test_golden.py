"""The program that writes the golden files: it covers them all and changes nothing while the data stay."""

from pathlib import Path

import pytest

from kg.engine import Engine
from tests import golden


def test_every_known_answer_is_what_the_program_writes(engine: Engine) -> None:
    files = golden.answers(engine)
    assert files.keys() == set(golden.ANSWERS.rglob("*.tsv"))
    assert [path.name for path, text in files.items() if path.read_text() != text] == []


def test_a_changed_answer_is_written_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, folder in (("HERE", ""), ("ANSWERS", "answers"), ("GROUND", "ground"), ("LISTED", "listed")):
        monkeypatch.setattr(golden, name, tmp_path / "tests" / folder)
    golden.ANSWERS.mkdir(parents=True)
    kept, changed, gone = (golden.ANSWERS / f"{name}.tsv" for name in ("kept", "changed", "gone"))
    (tmp_path / "tests" / "listed").touch()
    for path in (kept, changed, gone):
        path.write_text("?case\nold\n")
    shown = golden.write({kept: "?case\nold\n", changed: "?case\nnew\n"})
    assert changed.read_text() == "?case\nnew\n"
    assert not gone.exists()
    assert "--- tests/answers/kept.tsv" not in shown
    assert shown[:5] == [
        "--- tests/answers/changed.tsv",
        "+++ tests/answers/changed.tsv",
        "@@ -2 +2 @@",
        "-old",
        "+new",
    ]
