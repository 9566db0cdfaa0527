"""`kg nanopublication`: one statement, or all of them, for those who collect nanopublications."""

from pathlib import Path

import click

from kg.cli.opening import serving_engine
from kg.cli.options import CONTENT, ENDPOINT
from kg.publish.nanopublications import nanopublication, nanopublications

__all__ = ["print_nanopublication"]


@click.command()
@click.argument("claim", required=False)
@click.option("--all", "whole", is_flag=True, help="Print every statement.")
@ENDPOINT
@CONTENT
def print_nanopublication(claim: str | None, whole: bool, endpoint: str | None, root: Path | None) -> int:
    r"""Print a statement as a nanopublication, as TriG.

    It has four graphs: what is said, where it stands in its document, what is known of the publication,
    and one that names the three.

    \b
    Example:
      kg nanopublication leeds-1
    """
    if whole == (claim is not None):
        raise click.UsageError("Name one statement, such as leeds-1, or give --all.")
    with serving_engine(root, endpoint) as engine:
        text = nanopublications(engine) if claim is None else nanopublication(engine, claim)
    click.echo(text.decode(), nl=False)
    return 0
