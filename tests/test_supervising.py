"""`kg serve`: it starts a crashed server again, and leaves nothing behind, however it ends."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.build.pipeline import refusal_of
from kg.cli.supervising import Supervisor
from kg.graph.content import Content
from tests.command import Ran
from tests.serving import PATIENCE, free_port

REPOSITORY = Path(__file__).resolve().parent.parent

# In place of Streamlit: opens the port at once, and ends when asked to unless it is to be stubborn.
SERVER = """
import os, signal, socket, sys
with open(os.environ["PROCESSES"], "a") as started:
    started.write(f"{os.getpid()}\\n")
if os.environ.get("FAULT"):
    sys.exit("no module named pages")
stubborn = os.environ.get("STUBBORN")
signal.signal(signal.SIGTERM, signal.SIG_IGN if stubborn else lambda *_: sys.exit(0))
port = int(sys.argv[sys.argv.index("--server.port") + 1])
with socket.create_server(("127.0.0.1", port)) as server:
    while True:
        server.accept()[0].close()
"""


@dataclass
class Serving:
    """`kg serve` with a server of our own in place of Streamlit."""

    process: "subprocess.Popen[str]"
    port: int
    started: Path

    @property
    def servers(self) -> list[int]:
        return [int(each) for each in self.started.read_text().split()] if self.started.exists() else []

    def is_open(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def is_all_gone(self) -> bool:
        return not any(lives(each) for each in self.servers)


def lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def eventually(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    (tmp_path / "streamlit").mkdir()
    (tmp_path / "streamlit" / "__init__.py").touch()
    (tmp_path / "streamlit" / "__main__.py").write_text(SERVER)
    begun: list[Serving] = []

    def start(**settings: str) -> Serving:
        started = tmp_path / f"processes-{len(begun)}"
        port = free_port()
        # The graph is said to be elsewhere, so that the content is not checked first.
        environment = {
            **os.environ,
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{REPOSITORY}",
            "PROCESSES": str(started),
            "KG_ENDPOINT": "http://127.0.0.1:9/sparql",
            **settings,
        }
        command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--port", str(port)]
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        begun.append(Serving(process, port, started))
        return begun[-1]

    yield start
    for each in begun:
        each.process.kill()
        each.process.communicate()


def test_the_server_ends_when_kg_serve_is_killed(serve: Callable[..., Serving]) -> None:
    serving = serve()
    eventually(serving.is_open)
    serving.process.kill()
    eventually(serving.is_all_gone)
    assert not serving.is_open()


def test_a_stubborn_server_ends_when_kg_serve_is_killed(serve: Callable[..., Serving]) -> None:
    serving = serve(STUBBORN="1")
    eventually(serving.is_open)
    serving.process.kill()
    eventually(serving.is_all_gone)


def test_a_killed_server_is_started_again_and_said(serve: Callable[..., Serving]) -> None:
    serving = serve()
    eventually(serving.is_open)
    # Whether it is open is looked at every now and then; a server that never was is not started again.
    time.sleep(1)
    os.kill(serving.servers[0], signal.SIGKILL)
    eventually(lambda: len(serving.servers) == 2 and serving.is_open())
    serving.process.send_signal(signal.SIGTERM)
    out, err = serving.process.communicate()
    assert serving.process.returncode == 0
    assert "The explorer was killed by SIGKILL; it starts again in 1 second.\n" in err
    assert out.endswith("The explorer is closed.\n")
    assert serving.is_all_gone()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_ends_everything_in_order(serve: Callable[..., Serving], name: str) -> None:
    serving = serve()
    eventually(serving.is_open)
    serving.process.send_signal(getattr(signal, name))
    out, err = serving.process.communicate()
    assert (serving.process.returncode, err) == (0, "")
    assert out.endswith("The explorer is closed.\n")
    assert serving.is_all_gone()


@pytest.mark.parametrize("moment", [0.0, 0.2, 0.4, 0.6, 1.0, 1.5])
def test_a_signal_at_any_moment_leaves_no_server(serve: Callable[..., Serving], moment: float) -> None:
    serving = serve()
    time.sleep(moment)
    serving.process.send_signal(signal.SIGTERM)
    serving.process.communicate()
    eventually(serving.is_all_gone)
    assert not serving.is_open()


def test_a_second_signal_kills_a_server_that_does_not_end(serve: Callable[..., Serving]) -> None:
    serving = serve(STUBBORN="1")
    eventually(serving.is_open)
    while serving.process.poll() is None:
        serving.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
    eventually(serving.is_all_gone)


def test_a_server_that_never_opens_is_given_up(serve: Callable[..., Serving]) -> None:
    serving = serve(FAULT="1")
    _, err = serving.process.communicate()
    assert serving.process.returncode == 1
    assert err.splitlines() == [
        "no module named pages",
        "The explorer ended with exit code 1 before it opened; see what it said above.",
    ]
    assert len(serving.servers) == 1


def test_refused_content_is_not_served(
    built_world: Content, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Content(shutil.copytree(built_world.root, tmp_path / "own"))
    monkeypatch.setattr("kg.cli.serving.content_of_environment", lambda: own)
    assert refusal_of(own) is None
    case = own.data / "cases" / "river-town.ttl"
    case.write_text(case.read_text().replace("basis:explicit", "basis:implicit"))
    ran = Ran(capsys, "serve", "--port", free_port())
    assert ran.code == 1
    assert ran.out.startswith("data/cases/river-town.ttl:")
    assert "The explorer opens" not in ran.out


def test_content_that_was_built_as_it_is_is_not_checked_again(
    built_world: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.build.pipeline.check", lambda *_, **__: pytest.fail("It was checked."))
    assert refusal_of(built_world) is None


class Counting(threading.Event):
    """An event that remembers how long was waited for it, and does not wait."""

    def __init__(self, enough: int) -> None:
        super().__init__()
        self.pauses: list[float] = []
        self._enough = enough

    def wait(self, timeout: float | None = None) -> bool:
        if timeout is not None and timeout >= 1:
            self.pauses.append(timeout)
            if len(self.pauses) == self._enough:
                self.set()
        return self.is_set()


def test_pauses_double_up_to_a_minute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    waited = Counting(enough=8)
    monkeypatch.setattr(threading, "Event", lambda: waited)
    said: list[str] = []
    command = [sys.executable, "-S", "-c", "raise SystemExit(7)"]
    supervisor = Supervisor(command, tmp_path, os.environ, lambda: True, said.append)
    assert supervisor.run() == 0
    assert waited.pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert said[1] == "The explorer ended with exit code 7; it starts again in 2 seconds."
