"""The recipes: each is run as it is printed, against the routes of the application."""

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import uvicorn
from starlette.applications import Starlette

from kg.graph.content import content_of_environment
from kg.service import EmbeddedService
from kg.web.routes import routes

TEXT = (Path(__file__).parent.parent / "docs" / "recipes.md").read_text()
PRINTED = "http://localhost:8501"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server in a thread of its own that has every route of programs."""
    service = EmbeddedService(content_of_environment())
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = Starlette(routes=routes(service))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        for _ in range(100):
            if server.started:
                break
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
            service.close()


def ran(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_there_are_recipes() -> None:
    assert {name: len(blocks(name)) for name in ("sh", "python", "r", "m")} == {
        "sh": 3,
        "python": 4,
        "r": 1,
        "m": 2,
    }


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_lines_for_curl_fetch_files(address: str, tmp_path: Path) -> None:
    for block in [*blocks("sh"), blocks("sh")[1]]:
        ran(["sh", "-ec", block.replace(PRINTED, address)], tmp_path)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert {
        "practice-evidence.csv",
        "results.csv",
        "results.json",
        "leeds.ttl",
        "claims.csv",
        "cases.csv",
    } <= set(sizes)
    assert all(sizes.values())
    assert (tmp_path / "cases.csv").read_text().count("/case/") == 17


@pytest.mark.parametrize("number", range(4))
def test_the_lines_for_python_print_an_answer(number: int, address: str, tmp_path: Path) -> None:
    code = blocks("python")[number].replace(PRINTED, address)
    printed = ran([sys.executable, "-c", code], tmp_path)
    assert printed.strip()
    assert re.search(r"\d|outcomes", printed)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_the_lines_for_r_print_a_table(address: str, tmp_path: Path) -> None:
    printed = ran(["Rscript", "-e", blocks("r")[0].replace(PRINTED, address)], tmp_path)
    assert "Build a positive shared vision" in printed


@pytest.mark.parametrize("block", blocks("m"))
def test_the_address_in_power_query_is_fixed_and_the_rest_is_relative(block: str, address: str) -> None:
    """A scheduled refresh reads the first argument without running anything."""
    (contents,) = re.findall(r'Web\.Contents\(\s*"([^"]*)",\s*\[(.*?)\]\s*\)', block, flags=re.DOTALL)
    assert contents[0] == PRINTED
    (path,) = re.findall(r'RelativePath = "([^"]+)"', contents[1])
    assert not path.startswith("/")
    assert "?" not in path
    slots = [
        (slot, value)
        for slot, values in re.findall(r"(\w+) = \{([^}]*)\}", contents[1])
        for value in re.findall(r'"([^"]*)"', values)
    ]
    for opening, closing in ("()", "[]", "{}"):
        assert block.count(opening) == block.count(closing)
    with urlopen(f"{address}/{path}?{urlencode(slots)}") as answer:
        raw = answer.read().decode("utf-8-sig")
    header = raw.splitlines()[0].split(",")
    assert set(re.findall(r"each \[(\w+)\]", block)) <= set(header)
    assert raw.count("\r\n") > 2


def test_every_address_that_is_printed_is_there(address: str) -> None:
    printed = set(re.findall(rf"{PRINTED}(/(?:download|ask)/[^\s'\",)]*)", TEXT))
    assert len(printed) > 5
    for each in printed:
        question = "?case=leeds" if each.startswith("/ask/") and "?" not in each else ""
        with urlopen(address + each + question) as answer:
            assert answer.status == 200
