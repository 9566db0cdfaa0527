"""The unit and the container file: what they start runs for a user without rights on read-only files."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from kg.cli import COMMANDS
from tests.isolation import ROOT
from tests.serving import PATIENCE, await_answer, free_port, needed

pytestmark = pytest.mark.xdist_group("isolation")

UNIT = ROOT / "deploy" / "explorer.service"
CONTAINER = ROOT / "deploy" / "Containerfile"
INSTALLED = "/opt/explorer"
# All that is mounted becomes read-only but one empty folder, and then all rights go but that to read: the
# files of a test lie where only their owner may look.
READ_ONLY = """
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs "$TMPDIR"
chmod 1777 "$TMPDIR"
while read -r _ _ _ _ place _; do
  case "$place" in /proc*|/sys*|/dev*|"$TMPDIR") ;; *) mount -o remount,bind,ro "$place" ;; esac
done < /proc/self/mountinfo
if touch "$1/written" 2>/dev/null; then echo "The files are not read-only."; exit 1; fi
shift
exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \\
  --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search \\
  --bounding-set=-all,+dac_read_search "$@"
"""


def settings(name: str) -> list[str]:
    """Give the values of a setting of the unit."""
    return re.findall(rf"^{name}=(.+)$", UNIT.read_text(), re.MULTILINE)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """What the unit starts, in a world that is read-only, on another port."""
    if os.geteuid() != 0:
        reason = "Only root can make files read-only for a program and take its rights away."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    (start,) = settings("ExecStart")
    program, *words = shlex.split(start)
    assert program == f"{INSTALLED}/.venv/bin/kg"
    port = str(free_port())
    words[words.index("--port") + 1] = port
    (tmp_path / "tmp").mkdir()
    given = dict(each.split("=", 1) for each in settings("Environment"))
    environment = {
        **os.environ,
        **given,
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(tmp_path / "tmp"),
        "HOME": "/",
    }
    kg = str(Path(sys.executable).with_name("kg"))
    command = ["unshare", "--mount", "--", "sh", "-c", READ_ONLY, "sh", str(ROOT), kg, *words]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            await_answer(f"{address}/healthz")
            yield address
        except httpx2.TransportError:
            pytest.fail((tmp_path / "log").read_text())
        finally:
            process.terminate()


def test_what_the_unit_starts_runs_without_rights_on_read_only_files(server: str) -> None:
    health = json.loads(httpx2.get(f"{server}/healthz", timeout=PATIENCE).text)
    assert health["ok"] is True
    asked = httpx2.get(f"{server}/sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=PATIENCE)
    assert asked.json()["boolean"] is True
    assert httpx2.get(f"{server}/download/cases.csv", timeout=PATIENCE).status_code == 200
    assert 'id="root"' in httpx2.get(f"{server}/about", timeout=PATIENCE).text
    by_name = httpx2.get(f"{server}/about", headers={"Host": "cases.example.org"}, timeout=PATIENCE)
    assert by_name.status_code == 200


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    program = needed("systemd-analyze", "systemd-analyze", "systemd")
    here = tmp_path / UNIT.name
    kg = str(Path(sys.executable).with_name("kg"))
    here.write_text(UNIT.read_text().replace(f"{INSTALLED}/.venv/bin/kg", kg).replace(INSTALLED, str(ROOT)))
    done = subprocess.run([program, "verify", here], capture_output=True, text=True, check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_the_unit_leaves_nothing_to_write_but_a_temporary_folder() -> None:
    for name, value in (("DynamicUser", "yes"), ("ProtectSystem", "strict"), ("PrivateTmp", "yes")):
        assert settings(name) == [value]
    assert settings("ReadWritePaths") == []


def test_the_container_holds_what_is_there_and_starts_the_same() -> None:
    lines = CONTAINER.read_text().splitlines()
    copied = [words for line in lines if line.startswith("COPY ") for words in line.split()[1:-1]]
    assert all((ROOT / each).exists() for each in copied)
    packed = {"kg", "data", "ontology", "app_pages", ".streamlit", "app.py"}
    assert packed <= set(copied)
    (user,) = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert not user.startswith(("0", "root"))
    (started,) = [json.loads(line.removeprefix("CMD ")) for line in lines if line.startswith("CMD ")]
    (unit,) = settings("ExecStart")
    assert started[:2] == ["kg", "serve"] and "serve" in COMMANDS
    assert started[-2:] == shlex.split(unit)[-2:]
