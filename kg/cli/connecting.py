"""`kg path` and `kg network`: how things are connected, and what stands out."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click
from rdflib import URIRef

from kg.cli.opening import serving_engine
from kg.cli.options import CONTENT, ENDPOINT, JSON, PAPER_ALONE
from kg.engine import Engine
from kg.network import (
    PROJECTIONS,
    Counting,
    MeasureResult,
    Network,
    NetworkThing,
    PathStep,
    advised_nowhere,
    bridges,
    groups,
    leading,
    projection,
    read_network,
    shared_concepts,
    told_paths,
    unanswered_difficulties,
    unique_contributions,
    ways,
)
from kg.network.exchange import WRITERS, of_projection
from kg.storage.files import write_file
from kg.views import graphs_of_the_paper

__all__ = ["COUNTING", "network", "path"]

COUNTING = click.option(
    "--counting",
    type=click.Choice([each.value for each in Counting]),
    default=Counting.READINGS.value,
    show_default=True,
    help="Which statements count: what sources state; with this what is said with caution and our "
    "readings; or all, hopes, advice and hints included.",
)
_Graphs = Sequence[URIRef] | None
_Measure = Callable[[Engine, Network, _Graphs], MeasureResult[Any]]


def _of_the_network(measure: Callable[[Network], MeasureResult[Any]]) -> _Measure:
    """Return a measure that asks the network alone."""
    return lambda _engine, network, _graphs: measure(network)


_MEASURES: Mapping[str, _Measure] = {
    "shared": _of_the_network(shared_concepts),
    "bridges": _of_the_network(bridges),
    "groups": _of_the_network(groups),
    "added": _of_the_network(unique_contributions),
    "advised": advised_nowhere,
    "unanswered": unanswered_difficulties,
}


@click.command()
@click.argument("start", metavar="A")
@click.argument("end", metavar="[B]", required=False)
@click.option("--most", type=click.IntRange(1, 20), default=5, show_default=True, help="Most ways to show.")
@COUNTING
@PAPER_ALONE
@ENDPOINT
@CONTENT
@JSON
def path(
    start: str,
    end: str | None,
    most: int,
    counting: str,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
    as_json: bool,
) -> int:
    r"""Tell how A and B are connected, statement by statement, the shortest way first.

    A and B are cases, what leaders did, difficulties, results, bodies, cited works and the like, by name or
    by the last part of their address. If B is left out, A is a difficulty: told is what leads from it to what
    leaders did against it and to a place.

    \b
    Examples:
      kg path leeds canterbury
      kg path "rising demand"
      kg path "Timmins 2015" canterbury
    """
    with serving_engine(root, endpoint) as engine:
        graphs = graphs_of_the_paper(engine) if paper_alone else None
        found = read_network(engine, Counting(counting), graphs, works=True)
        first = found.named(start)
        last = None if end is None else found.named(end)
        legs = leading(found, first, most) if last is None else ways(found, first, last, most)
        ways_told = told_paths(engine, legs, graphs)
    if as_json:
        document = {
            "from": first.iri,
            "to": last.iri if last else None,
            "counting": counting,
            "paths": [[_step_as_json(step) for step in way] for way in ways_told],
        }
        click.echo(json.dumps(document, ensure_ascii=False))
        return 0
    if not ways_told:
        click.echo(_no_way(first, last))
    for number, way in enumerate(ways_told, start=1):
        click.echo(f"{number}. {' – '.join([way[0].start.name, *(step.end.name for step in way)])}")
        for step in way:
            click.echo(f"   {step.sentence}")
            click.echo(f"     {step.where}")
    return 0


def _no_way(first: NetworkThing, last: NetworkThing | None) -> str:
    if last is None:
        return f"Nothing that counts leads from “{first.name}” to what leaders did and a place."
    return f"No statement that counts connects “{first.name}” and “{last.name}”."


def _step_as_json(step: PathStep) -> dict[str, Any]:
    return {
        "iri": step.end.iri,
        "label": step.end.name,
        "from": step.start.iri,
        "sentence": step.sentence,
        "standing": step.standing.value,
        "passages": list(step.passages),
        "where": step.where,
        "claims": list(step.claims),
    }


@click.command()
@click.option(
    "--measure",
    "measures",
    multiple=True,
    type=click.Choice(list(_MEASURES)),
    help="What to tell; all if left out.",
)
@click.option(
    "--projection",
    "seen",
    type=click.Choice(list(PROJECTIONS)),
    help="Write the network seen from one side to -o.",
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write: .graphml or .gexf."
)
@COUNTING
@PAPER_ALONE
@ENDPOINT
@CONTENT
@JSON
def network(
    measures: tuple[str, ...],
    seen: str | None,
    out: Path | None,
    counting: str,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
    as_json: bool,
) -> int:
    r"""Tell what stands out in how things are connected, or write the network for another program.

    \b
    Examples:
      kg network --measure bridges
      kg network --projection practice-pairs -o pairs.graphml
    """
    if (seen is None) != (out is None):
        raise click.UsageError("Give both --projection and -o, or neither.")
    if out is not None and out.suffix not in WRITERS:
        raise click.UsageError(
            f'A network is written as {" or ".join(WRITERS)}; "{out.name}" ends otherwise.'
        )
    with serving_engine(root, endpoint) as engine:
        graphs = graphs_of_the_paper(engine) if paper_alone else None
        found = read_network(engine, Counting(counting), graphs)
        if seen is not None and out is not None:
            _write(found, seen, out)
            return 0
        told_of = {name: _MEASURES[name](engine, found, graphs) for name in measures or _MEASURES}
    if as_json:
        document = {"counting": counting, "measures": {name: _plain(each) for name, each in told_of.items()}}
        click.echo(json.dumps(document, ensure_ascii=False))
        return 0
    click.echo("\n\n".join(_in_words(each) for each in told_of.values()))
    return 0


def _write(found: Network, seen: str, out: Path) -> None:
    side = projection(found, seen)
    write_file(out, WRITERS[out.suffix](of_projection(found, side)))
    click.echo(
        f"{out} is written: {side.graph.number_of_nodes()} things, {side.graph.number_of_edges()} lines."
    )


def _in_words(measured: MeasureResult[Any]) -> str:
    lines = [measured.question, measured.size, measured.reading, measured.limits]
    lines += [each for each in (measured.sampled, measured.too_small) if each]
    lines += [f"  {row.sentence}" for row in measured.rows] or ([] if measured.too_small else ["  Nothing."])
    return "\n".join(lines)


def _plain(value: object) -> Any:
    """Turn a record into what JSON can hold."""
    if isinstance(value, NetworkThing):
        return {"iri": value.iri, "label": value.name, "kind": value.kind.slug}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        sentence = getattr(value, "sentence", None)
        return plain if sentence is None else {"sentence": sentence, **plain}
    return value
