"""`kg picture`: how things are connected, drawn."""

from pathlib import Path

import click

from kg.cli.connecting import COUNTING
from kg.cli.opening import serving_engine
from kg.cli.options import CONTENT, ENDPOINT, PAPER_ALONE
from kg.export.pictures import PICTURES
from kg.network import Counting, kind_named, neighbourhood, read_network, subnetwork_along, ways
from kg.network.drawing import drawing
from kg.network.layout import SEED
from kg.storage.files import write_file
from kg.views import graphs_of_the_paper

__all__ = ["picture"]


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="[B]", required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option(
    "--steps", type=click.IntRange(1, 3), default=1, show_default=True, help="How far to go round A."
)
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Draw only this kind of things.")
@click.option(
    "--seed",
    type=click.IntRange(1, 999_999),
    default=SEED,
    show_default=True,
    help="Another seed arranges the same things differently.",
)
@COUNTING
@PAPER_ALONE
@ENDPOINT
@CONTENT
def picture(
    start: str,
    end: str | None,
    out: Path,
    steps: int,
    kinds: tuple[str, ...],
    seed: int,
    counting: str,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
) -> int:
    r"""Draw what lies round A, or the ways from A to B, to -o: .png, .svg, .html, .graphml or .gexf.

    \b
    Examples:
      kg picture leeds -o leeds.svg
      kg picture leeds canterbury --counting facts -o ways.png
    """
    if out.suffix not in PICTURES:
        raise click.UsageError(f'A picture is written as {", ".join(PICTURES)}; "{out.name}" ends otherwise.')
    wanted = {kind_named(kind) for kind in kinds}
    with serving_engine(root, endpoint) as engine:
        found = read_network(engine, Counting(counting), graphs_of_the_paper(engine) if paper_alone else None)
    first = found.named(start)
    if end is None:
        part = neighbourhood(found, first, steps, wanted or None)
    else:
        last = found.named(end)
        if wanted:
            found = found.of_kinds({*wanted, first.kind, last.kind})
        part = subnetwork_along(found, ways(found, first, last))
        if not part.things:
            raise click.UsageError(f"No statement that counts connects “{first.name}” and “{last.name}”.")
    drawn = drawing(part, seed)
    write_file(out, PICTURES[out.suffix](drawn))
    left = f", {part.hidden} more left out" if part.hidden else ""
    click.echo(f"{out} is written: {len(part.things)} things, {len(part.lines)} lines{left}.")
    return 0
