"""`kg build`: write the whole graph and the search index."""

import json
from pathlib import Path

import click

from kg.build.pipeline import build as build_graph
from kg.cli.checking import SOURCE_TEXT, counts_in_words, print_report, progress_of, source_texts
from kg.cli.options import CONTENT, JSON, content_in

__all__ = ["build"]


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build"), show_default=True
)
@SOURCE_TEXT
@CONTENT
@JSON
def build(out: Path, texts: tuple[str, ...], root: Path | None, as_json: bool) -> int:
    r"""Write the whole graph, derived shortcuts included, as N-Quads with a manifest.

    Beside it are written the search index and the files that the explorer gives to take away.

    What check refuses is not built. Files that were checked before and have not changed since are
    not held against the shapes again.

    \b
    Example:
      kg build --out build
    """
    report, manifest = build_graph(
        content_in(root), out, source_texts=source_texts(texts), progress=progress_of(as_json)
    )
    if manifest is None:
        print_report(report, as_json)
        return 1
    if as_json:
        click.echo(json.dumps(manifest, ensure_ascii=False))
    else:
        click.echo(f"{out / 'graph.nq'}: {counts_in_words(report)}")
    return 0
