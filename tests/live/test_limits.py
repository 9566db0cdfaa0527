"""What a single source may not be made to say, each limit shown to refuse it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.graph.content import Content
from tests.faulty import INVALID, LIMITS, Findings, expected, grouped, silent


def test_there_are_fixtures() -> None:
    assert len(LIMITS) >= 11


@pytest.mark.parametrize(("path", "group"), grouped(LIMITS))
def test_what_the_paper_does_not_say_is_refused(
    path: Path, group: Sequence[Path], live_content: Content, findings: Findings
) -> None:
    assert any(expected(path) in finding.message for finding in findings(live_content, path, group))


def test_every_limit_is_provoked_by_some_fixture(live_content: Content) -> None:
    assert silent(live_content, [*INVALID, *LIMITS]) == []
