"""Fixtures with one fault each, and what each expects to be told."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
from rdflib import URIRef

from kg.check import check
from kg.check.findings import Finding
from kg.check.rules import rules_of
from kg.graph.content import Content
from kg.graph.oxigraph import parse_turtle

__all__ = ["INVALID", "LIMITS", "Findings", "expected", "following", "grouped", "silent", "told_together"]

_HERE = Path(__file__).parent
INVALID = sorted((_HERE / "shapes" / "invalid").glob("*.ttl"))
# What a single source may not be made to say.
LIMITS = sorted((_HERE / "live" / "limits").glob("*.ttl"))
FIXTURES = [*INVALID, *LIMITS]
Findings = Callable[[Content, Path, Sequence[Path]], list[Finding]]


def apart(paths: Iterable[Path]) -> list[list[Path]]:
    """Put fixtures into groups in which none describes what another describes or names.

    Each group is checked in one go: to read all of the rest takes longer than to check a fixture.
    """
    alone: list[list[Path]] = []
    groups: list[tuple[set[URIRef], set[URIRef], list[Path]]] = []
    for path in paths:
        triples = parse_turtle(renamed(path.read_text(), path))
        described = {s for s, _, _ in triples if isinstance(s, URIRef)}
        named = described | {o for _, _, o in triples if isinstance(o, URIRef)}
        # A release counts whatever there is.
        if any("/release/" in subject for subject in described):
            alone.append([path])
            continue
        for group in groups:
            if not (described & group[1] or named & group[0]):
                group[0].update(described)
                group[1].update(named)
                group[2].append(path)
                break
        else:
            groups.append((described, named, [path]))
    return [*alone, *(found for _, _, found in groups)]


def renamed(text: str, path: Path) -> str:
    """Give samples a name of this fixture's own, so that many can be checked together."""
    number = FIXTURES.index(path)
    own = chr(ord("a") + number // 26) + chr(ord("a") + number % 26)
    text = re.sub(r"\b(sam(?=-\d)|[Ss]ample|harbour-gazette|source:other)", rf"\1{own}", text)
    text = re.sub(r"\bSAM(?=-\d)", f"SAM{own.upper()}", text)
    return re.sub(r"\bO1\b", f"O{number + 2}", text)


def grouped(paths: Iterable[Path]) -> list[object]:
    """Give fixtures as parameters of a test, those of one group to one worker."""
    return [
        pytest.param(path, group, id=path.stem, marks=pytest.mark.xdist_group(f"{path.parent.name}-{number}"))
        for number, group in enumerate(apart(paths))
        for path in group
    ]


def expected(path: Path) -> str:
    first = path.read_text().splitlines()[0]
    assert first.startswith("# expects: "), f"{path.name} does not say what it expects"
    return first.removeprefix("# expects: ")


def following(path: Path) -> list[str]:
    """What a fault brings with it, named in the fixture."""
    lines = path.read_text().splitlines()
    return [line.removeprefix("# follows: ") for line in lines if line.startswith("# follows: ")]


def told_together(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Return what tells the faults of a fixture, which is checked together with its group."""

    @cache
    def of_group(root: Path, group: tuple[Path, ...]) -> tuple[Finding, ...]:
        return check(Content(root), [copied(path) for path in group]).findings

    @cache
    def copied(path: Path) -> Path:
        copy = tmp_path_factory.mktemp(path.stem) / path.name
        copy.write_text(renamed(path.read_text(), path))
        return copy

    def of(content: Content, path: Path, group: Sequence[Path]) -> list[Finding]:
        name = content.name_of(copied(path))
        return [each for each in of_group(content.root, tuple(group)) if each.file == name]

    return of


def silent(content: Content, fixtures: Iterable[Path]) -> list[str]:
    """Name the rules of the content that no fixture provokes."""
    provoked = [expected(path) for path in fixtures]
    return [
        rule.name
        for rule in rules_of(content)
        if not any(part in rule.header["message"] for part in provoked)
    ]
