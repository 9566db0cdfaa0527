"""`kg new-case`, `kg new-claim` and `kg format`: what those need who write the data."""

import json
from pathlib import Path

import click

from kg import writing
from kg.cli.options import CONTENT, JSON, content_in

__all__ = ["format_", "new_case", "new_claim"]


@click.command("new-case")
@click.argument("name")
@CONTENT
@JSON
def new_case(name: str, root: Path | None, as_json: bool) -> int:
    r"""Write a new case to fill in: data/cases/<slug>.ttl.

    It is valid and says nothing; it is shown as soon as there is a claim about it.

    \b
    Example:
      kg new-case "Harbour Town"
    """
    content = content_in(root)
    path = content.name_of(writing.new_case(content, name))
    slug = Path(path).stem
    if as_json:
        click.echo(json.dumps({"file": path, "case": slug}))
    else:
        click.echo(f"{path} is written. Next: kg new-claim {slug}, then kg check.")
    return 0


@click.command("new-claim")
@click.argument("case")
@CONTENT
def new_claim(case: str, root: Path | None) -> int:
    r"""Print a claim to fill in, under the next number of CASE (or of "field").

    \b
    Example:
      kg new-claim leeds >> data/cases/leeds.ttl
    """
    click.echo("\n" + writing.next_claim(content_in(root), case), nl=False)
    return 0


@click.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@CONTENT
def format_(paths: tuple[Path, ...], root: Path | None) -> int:
    r"""Rewrite Turtle files in the one canonical form; all of them if none is named.

    \b
    Example:
      kg format data/cases/leeds.ttl
    """
    content = content_in(root)
    changed = writing.format_files(content, list(paths) or content.turtle_files())
    for name in changed:
        click.echo(f"{name} is rewritten.")
    if not changed:
        click.echo("Every file is in the canonical form.")
    return 0
