"""`kg check` and `kg build`: hold the data against its rules, and write the graph."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from kg.build import build as build_graph
from kg.check import Report
from kg.check import check as check_content
from kg.cli.options import CONTENT, JSON, content_in, text_in

__all__ = ["build", "check"]

_THE_PAPER = "leading-across-the-health-and-care-system"
_SOURCE_TEXT = click.option(
    "--source-text",
    "texts",
    multiple=True,
    metavar="[SOURCE=]FILE",
    help="Text of a source, to hold its statements against; the paper's if no source is named.",
)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_SOURCE_TEXT
@CONTENT
@JSON
def check(paths: tuple[Path, ...], texts: tuple[str, ...], root: Path | None, as_json: bool) -> int:
    r"""Say what is wrong with the data, where, and what to write instead.

    PATHS are Turtle files or folders; all of the ontology and the data if left out. Every fault of
    every file is told in one run.

    \b
    Example:
      kg check data/cases/leeds.ttl
    """
    for path in paths:
        if not os.path.lexists(path):
            raise click.UsageError(f'There is no file or folder "{path}".')
    if not (paths or texts or root) and os.environ.get("CI") == "true":
        raise click.UsageError("With CI=true the text of the paper has to be given: --source-text FILE.")
    report = check_content(content_in(root), paths, source_texts=_texts(texts), progress=_progress(as_json))
    _tell(report, as_json)
    return 0 if report.ok else 1


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build"), show_default=True
)
@_SOURCE_TEXT
@CONTENT
@JSON
def build(out: Path, texts: tuple[str, ...], root: Path | None, as_json: bool) -> int:
    r"""Write the whole graph, derived shortcuts included, as N-Quads with a manifest.

    What check refuses is not built. Files that were checked before and have not changed since are
    not held against the shapes again.

    \b
    Example:
      kg build --out build
    """
    try:
        report, manifest = build_graph(
            content_in(root), out, source_texts=_texts(texts), progress=_progress(as_json)
        )
    except OSError as error:
        raise click.UsageError(f'The folder "{out}" cannot be written to: {error.strerror}.') from error
    if manifest is None:
        _tell(report, as_json)
        return 1
    if as_json:
        click.echo(json.dumps(manifest, ensure_ascii=False))
    else:
        click.echo(f"{out / 'graph.nq'}: {_counted(report)}")
    return 0


def _texts(given: tuple[str, ...]) -> dict[str, str]:
    texts = {}
    for each in given:
        slug, equals, name = each.partition("=")
        path = Path(name if equals else each)
        texts[slug if equals else _THE_PAPER] = text_in(path)
    return texts


def _progress(as_json: bool) -> Callable[[str], None]:
    if as_json or not sys.stderr.isatty():
        return lambda step: None
    return lambda step: click.echo(f"{step} …", err=True)


def _tell(report: Report, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    for finding in report.findings:
        click.echo(str(finding))
    faults = sum(finding.severity == "violation" for finding in report.findings)
    told = "no fault" if not faults else "1 fault" if faults == 1 else f"{faults} faults"
    click.echo(f"{told} in {_counted(report)}")


def _counted(report: Report) -> str:
    c = report.counts
    return (
        f"{c.files} files: {c.cases} cases, {c.claims} claims, {c.concepts} concepts, "
        f"{c.passages} passages, {c.sources} sources, {c.triples} triples"
    )
