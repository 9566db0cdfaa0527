"""`kg check`: hold the data against its rules; and how its report is told."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from kg.check import Report, style_report
from kg.check import check as check_content
from kg.check.style import ReadText
from kg.cli.options import CONTENT, JSON, content_in, text_in

__all__ = ["SOURCE_TEXT", "check", "counts_in_words", "print_report", "progress_of", "source_texts"]

# How many texts --style prints.
_WORST = 50
_THE_PAPER = "leading-across-the-health-and-care-system"
SOURCE_TEXT = click.option(
    "--source-text",
    "texts",
    multiple=True,
    metavar="[SOURCE=]FILE",
    help="Text of a source, to hold its statements against; the paper's if no source is named.",
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@SOURCE_TEXT
@click.option(
    "--style", "style", is_flag=True, help=f"Print the {_WORST} texts that are hardest to read, and why."
)
@CONTENT
@JSON
def check(
    paths: tuple[Path, ...], texts: tuple[str, ...], style: bool, root: Path | None, as_json: bool
) -> int:
    r"""Say what is wrong with the data, where, and what to write instead.

    PATHS are Turtle files or folders; all of the ontology and the data if left out. Every fault of
    every file is told in one run.

    \b
    Example:
      kg check data/cases/leeds.ttl
      kg check --style
    """
    for path in paths:
        if not os.path.lexists(path):
            raise click.UsageError(f'There is no file or folder "{path}".')
    if style:
        _tell_style(style_report(content_in(root), paths)[:_WORST], as_json)
        return 0
    if not (paths or texts or root) and os.environ.get("CI") == "true":
        raise click.UsageError("With CI=true the text of the paper has to be given: --source-text FILE.")
    report = check_content(
        content_in(root), paths, source_texts=source_texts(texts), progress=progress_of(as_json)
    )
    print_report(report, as_json)
    return 0 if report.ok else 1


def _tell_style(texts: Sequence[ReadText], as_json: bool) -> None:
    """Print texts with their measure: words beyond twenty in the longest sentence, and ten for each mark."""
    if as_json:
        click.echo(
            json.dumps([{**asdict(text), "measure": text.measure} for text in texts], ensure_ascii=False)
        )
        return
    for text in texts:
        click.echo(f"{text.measure:3}  {text.file}:{text.line}: {text.text}")
        for mark in text.marks:
            click.echo(f"       {mark}")


def source_texts(given: tuple[str, ...]) -> dict[str, str]:
    """Read the texts that were named, by slug of the source.

    Raises:
        click.UsageError: One cannot be read.
    """
    texts = {}
    for each in given:
        slug, equals, name = each.partition("=")
        path = Path(name if equals else each)
        texts[slug if equals else _THE_PAPER] = text_in(path)
    return texts


def progress_of(as_json: bool) -> Callable[[str], None]:
    """Give what tells each step as it begins: to people at a terminal alone."""
    if as_json or not sys.stderr.isatty():
        return lambda _: None
    return lambda step: click.echo(f"{step} …", err=True)


def print_report(report: Report, as_json: bool) -> None:
    """Print a report."""
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    for finding in report.findings:
        click.echo(str(finding))
    faults = sum(finding.severity == "violation" for finding in report.findings)
    told = "no fault" if not faults else "1 fault" if faults == 1 else f"{faults} faults"
    click.echo(f"{told} in {counts_in_words(report)}")


def counts_in_words(report: Report) -> str:
    """Say how much was looked at."""
    c = report.counts
    return (
        f"{c.files} files: {c.cases} cases, {c.claims} claims, {c.concepts} concepts, "
        f"{c.passages} passages, {c.sources} sources, {c.triples} triples"
    )
