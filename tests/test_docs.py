"""The words that stand beside the code: commands, targets and folders that they name exist."""

import re
from pathlib import Path

import pytest

from kg.check import check
from kg.cli import COMMANDS
from kg.engine import Engine, Rows
from kg.graph.content import Content

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()


def test_first_command_stands_near_the_top_of_the_readme() -> None:
    lines = README.splitlines()
    assert next(number for number, line in enumerate(lines, 1) if line.startswith("```")) < 30


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"kg {name}" in README


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_commands_and_targets_that_are_named_exist(text: str) -> None:
    code = "\n".join(
        re.findall(r"```[a-z]*\n(.*?)```", text, flags=re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
    )
    makefile = (ROOT / "Makefile").read_text()
    for name in re.findall(r"^(?:\.venv/bin/)?kg ([a-z-]+)", code, flags=re.MULTILINE):
        assert name in COMMANDS
    for target in re.findall(r"^make ([a-z]+)", code, flags=re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_files_that_are_named_exist(text: str) -> None:
    links = set(re.findall(r"\]\(([^)#:]+)\)", text))
    paths = set(re.findall(r"`((?:ontology|data|kg|tests|app_pages|docs|\.streamlit)/[\w./-]*)`", text))
    made = {"data/cases/harbour-town.ttl", "data/releases.ttl"}
    assert links | paths
    assert [name for name in sorted((links | paths) - made) if not (ROOT / name).exists()] == []


def blocks(text: str, language: str) -> list[str]:
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```", text, flags=re.DOTALL | re.MULTILINE)
    return [re.sub(r"^ {2,3}", "", block, flags=re.MULTILINE) for block in found]


def test_the_turtle_that_is_shown_passes_the_check(own_world: Content, tmp_path: Path) -> None:
    shown, _ = blocks(CONTRIBUTING, "turtle")
    (own_world.data / "sources" / "harbour-report.ttl").unlink()
    path = tmp_path / "shown.ttl"
    path.write_text(shown)
    assert check(own_world, [path]).findings == ()


def test_the_change_that_is_shown_passes_the_check(own_world: Content, tmp_path: Path) -> None:
    _, shown = blocks(CONTRIBUTING, "turtle")
    path = tmp_path / "shown.ttl"
    path.write_text(shown.replace("harbour-town", "river-town"))
    assert check(own_world, [path]).findings == ()
    path.write_text(shown)
    assert check(own_world, [path]).findings != ()


def test_the_query_that_is_shown_gives_results(engine: Engine) -> None:
    (shown,) = blocks(README, "sparql")
    answer = engine.answer(shown)
    assert isinstance(answer, Rows)
    assert len(answer.rows) > 10


def test_the_changelog_names_the_version() -> None:
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(), flags=re.MULTILINE)
    assert version
    assert f"## {version.group(1)}" in (ROOT / "CHANGELOG.md").read_text()
