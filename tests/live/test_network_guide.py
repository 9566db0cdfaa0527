"""The guide to the network shows what the command prints of the collection as it is published."""

import re
import shlex
from pathlib import Path

import pytest

from kg.graph.content import Content
from tests.command import Ran

DOCS = Path(__file__).resolve().parents[2] / "docs" / "network.md"
SHOWN = re.findall(r"^```console\n\$ kg (.*)\n((?:.*\n)*?)```$", DOCS.read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize(("call", "shown"), SHOWN, ids=[call for call, _ in SHOWN])
def test_what_the_guide_shows_is_what_the_command_prints(
    call: str, shown: str, capsys: pytest.CaptureFixture[str], live_content: Content
) -> None:
    rest = iter(Ran(capsys, *shlex.split(call), "--content", live_content.root).out.splitlines())
    for line in shown.splitlines():
        assert line == "…" or line in rest, line


def test_the_guide_answers_five_questions() -> None:
    assert len(SHOWN) == 5
    pictures = re.findall(r"!\[[^]]{20,}\]\((network/[\w-]+\.png)\)", DOCS.read_text())
    assert len(pictures) == 5
    for picture in pictures:
        assert (DOCS.parent / picture).stat().st_size < 150_000
