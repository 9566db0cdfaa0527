"""Nothing calls home: no command makes any connection, or writes outside the folder that it works in."""

import re
import shutil
import sys
from pathlib import Path

import pytest
from click import Context

from kg.cli import COMMANDS, cli
from kg.graph.content import Content
from tests.isolation import Isolated, isolated

# It runs until it is stopped: see tests/browser/test_isolation.py.
SERVES = {"serve"}
# An example that opens what another has written.
OPENS = "kg session --plan plan.json"
WRITES_IT = 'kg session --difficulty "fixed-budget dispute" --minutes 90 --people 12 -o plan.json'
# Calls `kg` with one line of a shell after the other.
CALLED = """
import shlex, sys
from kg.cli import main
for call in sys.argv[1:]:
    try:
        main(shlex.split(call)[1:])
    except SystemExit as ended:
        if ended.code:
            sys.exit(f"{call}: exit code {ended.code}")
"""
IMPORTED = """
from multiprocessing import get_context
from kg.search.meaning import installed_model

def find():
    print(installed_model().vectors(["trust"]).shape)

if __name__ == "__main__":
    find()
    for how in ("fork", "spawn"):
        child = get_context(how).Process(target=find)
        child.start()
        child.join()
        assert child.exitcode == 0
"""
CALLS = """
import socket, sys
from pathlib import Path
for family, host in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
    with socket.socket(family) as one:
        one.setblocking(False)
        one.connect_ex((host, 443))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
    one.sendto(b"x", ("192.0.2.1", 514))
"""
ASKS = """
import socket
try:
    socket.getaddrinfo("example.org", 443)
except OSError:
    pass
"""
ASKS_FOR_ITSELF = "from streamlit import net_util; net_util.get_external_ip()"
WRITES = """
import tempfile
from pathlib import Path
(Path.home() / ".device").write_text("1")
tempfile.mkdtemp()
"""


def examples(name: str) -> list[str]:
    """Give the calls that the help of a command shows, each on content of its own where it takes some."""
    command = cli.get_command(Context(cli), name)
    assert command is not None and command.help is not None
    found = re.findall(r"^ +(kg .+)$", command.help, re.MULTILINE)
    calls = [each for call in found for each in ([WRITES_IT, call] if call.startswith(OPENS) else [call])]
    own = any("--content" in option.opts for option in command.params)
    return [call.partition(" >>")[0] + (" --content ." if own else "") for call in calls]


@pytest.fixture
def work(name: str, world: Content, content: Content, tmp_path: Path) -> Path:
    """A folder with content that commands may change and, where it is there, a build of it."""
    folder = tmp_path / "work"
    # A build of three places does all that one of everything does.
    root = world.root if name == "build" else content.root
    for part in ("ontology", "data", "build"):
        if (root / part).exists():
            shutil.copytree(root / part, folder / part)
    return folder


def ran(folder: Path, text: str, **settings: str) -> Isolated:
    return isolated(folder, [sys.executable, "-c", text], folder, **settings)


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - SERVES))
def test_no_command_calls_out_or_writes_elsewhere(name: str, work: Path, tmp_path: Path) -> None:
    calls = examples(name)
    assert calls, f"The help of kg {name} shows no example, so nothing is known of what it does."
    folder = tmp_path / "isolated"
    folder.mkdir()
    found = isolated(folder, [sys.executable, "-c", CALLED, *calls], work)
    assert (found.code, found.out[-2000:]) == (0, found.out[-2000:])
    assert (found.attempts, found.written) == ((), ())


def test_search_as_a_library_does_not_either(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(IMPORTED)
    found = isolated(tmp_path, [sys.executable, str(program)], tmp_path)
    assert (found.code, found.out.count("(1, 384)")) == (0, 3)
    assert (found.attempts, found.written) == ((), ())


def test_a_program_that_calls_is_caught(tmp_path: Path) -> None:
    found = ran(tmp_path, CALLS)
    assert found.code == 0
    assert found.attempts == ("TCP 192.0.2.1 443", "TCP 2001:db8::1 443", "UDP 192.0.2.1 514")


def test_a_program_that_asks_for_a_name_is_caught(tmp_path: Path) -> None:
    # Once and for a moment: the answer never comes.
    found = ran(tmp_path, ASKS, RES_OPTIONS="timeout:1 attempts:1")
    assert {each.split()[-1] for each in found.attempts} == {"example.org"}


def test_streamlit_that_asks_for_its_own_address_is_caught(tmp_path: Path) -> None:
    found = ran(tmp_path, ASKS_FOR_ITSELF, RES_OPTIONS="timeout:1 attempts:1")
    assert {each.split()[-1] for each in found.attempts} == {"checkip.amazonaws.com"}


def test_a_program_that_writes_elsewhere_is_caught(tmp_path: Path) -> None:
    written = ran(tmp_path, WRITES).written
    assert "home/home/.device" in written
    assert len(written) == 2
