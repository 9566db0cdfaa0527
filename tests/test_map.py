"""The map names every package, in the order of its layers, and every path that it names exists."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAP = (ROOT / "docs" / "map.md").read_text()
NAMED = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", MAP, flags=re.DOTALL))
TOP = {path.name for path in ROOT.iterdir()}
ABSENT_UNTIL_BUILT = {"build/graph.nq"}
PACKAGES = sorted(
    {
        path.parent.relative_to(ROOT).as_posix()
        for top in ("kg", "app_pages")
        for path in (ROOT / top).rglob("*.py")
    }
    - {"kg"}
)
MODULES = sorted(
    path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").glob("*.py") if path.stem != "__init__"
)


def section(heading: str) -> str:
    """Return the text of the section whose heading begins so."""
    (found,) = (part for part in MAP.split("\n## ") if part.startswith(heading))
    return found


def paths_in(names: list[str]) -> list[str]:
    """Return the names that begin with a file or folder of the repository, and end in a path."""
    return [name for name in names if re.fullmatch(r"[\w.*/-]+", name) and is_path(name)]


def is_path(name: str) -> bool:
    first = name.partition("/")[0]
    return first in TOP or ("/" in name and not name.startswith(("/", "case/"))) or name.endswith(".py")


@pytest.mark.parametrize("name", [*PACKAGES, *MODULES])
def test_the_list_of_packages_is_complete(name: str) -> None:
    assert f"`{name}`" in section("Every package")


def test_the_paths_that_are_named_exist() -> None:
    paths = set(paths_in(NAMED)) - ABSENT_UNTIL_BUILT
    assert len(paths) > 100
    assert [path for path in sorted(paths) if not list(ROOT.glob(path))] == []


def test_links_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", MAP)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []


def test_packages_stand_in_the_order_of_the_layers() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (layers,) = (rule["layers"] for rule in settings["contracts"] if rule.get("containers") == ["kg"])
    floors = [set(floor.split(" | ")) for floor in reversed(layers)]
    listed = re.findall(r"^\d+\. (.*(?:\n {2,}.*)*)", section("Every package"), flags=re.MULTILINE)
    found = [set(re.findall(r"`kg/(\w+)(?:\.py|/\w+)?`", item)) for item in listed]
    assert [floor for floor in found if floor] == floors


def test_many_changes_have_a_row() -> None:
    rows = [line for line in section("To change X").splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 20
    assert [row for row in rows if not paths_in(re.findall(r"`([^`]+)`", row))] == []


def test_the_map_is_one_page_that_the_readme_leads_to() -> None:
    assert len(MAP.splitlines()) <= 130
    assert "(docs/map.md)" in (ROOT / "README.md").read_text()
