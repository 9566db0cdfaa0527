"""`kg ask`, `kg query`, `kg graphs` and `kg table`: answers of the graph, to read or to process."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kg import tables
from kg.cli.opening import serving_engine
from kg.cli.options import CONTENT, ENDPOINT, JSON, PAPER_ALONE, text_in
from kg.engine import Triples
from kg.engine.interactive import collect_sync
from kg.engine.limits import Limits
from kg.queries import questions, results
from kg.queries.typed_rows import row_of, rows_as
from kg.storage.files import write_file
from kg.terms import shorten
from kg.views import graphs_of_the_paper

__all__ = ["ask", "graphs", "query", "table"]


@click.command()
@click.argument("name", required=False)
@click.option(
    "--given", multiple=True, metavar="SLOT=VALUE", help="What a question needs, such as case=leeds."
)
@click.option("--list", "show_list", is_flag=True, help="List every question.")
@PAPER_ALONE
@ENDPOINT
@CONTENT
@JSON
def ask(
    name: str | None,
    given: tuple[str, ...],
    show_list: bool,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
    as_json: bool,
) -> int:
    r"""Answer a named question.

    \b
    Examples:
      kg ask --list
      kg ask case-outcomes --given case=canterbury
    """
    if show_list:
        _list_questions(as_json)
        return 0
    if name is None:
        raise click.UsageError("Name a question; kg ask --list shows them all.")
    with serving_engine(root, endpoint) as engine:
        terms = questions.known_terms(engine, name, questions.given_terms(name, _pairs(given)))
        answer = questions.answer(engine, name, terms, graphs_of_the_paper(engine) if paper_alone else None)
    click.echo(results.write_answer(answer, "json" if as_json else "table"), nl=False)
    return 0


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("-e", "text", metavar="TEXT", help="The query itself.")
@click.option(
    "--format", "form", default="table", show_default=True, help=f"One of {', '.join(results.FORMATS)}."
)
@PAPER_ALONE
@ENDPOINT
@CONTENT
@JSON
def query(
    file: Path | None,
    text: str | None,
    form: str,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
    as_json: bool,
) -> int:
    r"""Run any SPARQL 1.1 query, from FILE, from -e or, if FILE is -, from standard input.

    It runs like a query from outside: read-only, in a process of its own with a deadline, unable to
    reach files or other hosts.

    \b
    Example:
      kg query -e "SELECT (COUNT(*) AS ?n) WHERE { ?claim a <https://w3id.org/system-leadership/def/Claim> }"
    """
    if (file is None) == (text is None):
        raise click.UsageError("Give a query: either a file or -e TEXT.")
    if form not in results.FORMATS:
        raise click.UsageError(f'There is no format "{form}"; use one of {", ".join(results.FORMATS)}.')
    with serving_engine(root, endpoint) as engine:
        graphs = graphs_of_the_paper(engine) if paper_alone else None
        asked = text if text is not None else text_in(file)
        answer = collect_sync(engine, asked, graphs, largest=Limits.of_environment().answer)
    ending = form if not as_json else "jsonld" if isinstance(answer, Triples) else "json"
    click.echo(results.write_answer(answer, ending), nl=False)
    return 0


@row_of("graph-list")
class _GraphRow:
    graph: str


@row_of("graph-origins")
class _OriginRow:
    graph: str
    source: str


@click.command()
@PAPER_ALONE
@ENDPOINT
@CONTENT
@JSON
def graphs(paper_alone: bool, endpoint: str | None, root: Path | None, as_json: bool) -> int:
    r"""List the named graphs and the sources each comes from, as FROM lines of a query.

    \b
    Example:
      kg graphs --paper-alone
    """
    with serving_engine(root, endpoint) as engine:
        chosen = graphs_of_the_paper(engine) if paper_alone else None
        listed = [row.graph for row in rows_as(_GraphRow, engine)]
        origins = rows_as(_OriginRow, engine)
    sources: dict[str, list[str]] = {str(graph): [] for graph in chosen or listed}
    for row in origins:
        if row.graph in sources:
            sources[row.graph].append(row.source)
    if as_json:
        click.echo(json.dumps([{"graph": graph, "sources": found} for graph, found in sources.items()]))
        return 0
    for graph, found in sources.items():
        said = ", ".join(shorten(source) for source in found)
        click.echo(f"FROM <{graph}>" + (f"  # {said}" if said else ""))
    return 0


@click.command()
@click.argument("name", required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option("--list", "show_list", is_flag=True, help="List every table.")
@click.option("--codebook", is_flag=True, help="Print what every table, column and value means.")
@ENDPOINT
@CONTENT
def table(
    name: str | None,
    out: Path | None,
    show_list: bool,
    codebook: bool,
    endpoint: str | None,
    root: Path | None,
) -> int:
    r"""Write a table as CSV, as /download gives it, to -o or to standard output.

    \b
    Examples:
      kg table --list
      kg table practice-evidence -o practice-evidence.csv
    """
    if show_list:
        for each in tables.all_tables():
            click.echo(f"{each.name}\n    {each.row}")
        return 0
    if name is None and not codebook:
        raise click.UsageError("Name a table; kg table --list shows them all.")
    with serving_engine(root, endpoint) as engine:
        filled = tables.Tables(engine)
        raw = tables.as_markdown(filled).encode() if name is None else tables.as_csv(filled, name)
    if out is None:
        click.echo(raw, nl=False)
        return 0
    write_file(out, raw)
    click.echo(f"{out} is written.")
    return 0


def _pairs(given: tuple[str, ...]) -> Mapping[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for each in given:
        slot, equals, value = each.partition("=")
        if not equals or not slot or not value:
            raise click.UsageError(
                f'Write --given SLOT=VALUE, such as case=leeds; "{each}" is not of that form.'
            )
        pairs.setdefault(slot, []).append(value)
    return pairs


def _list_questions(as_json: bool) -> None:
    listed: list[dict[str, Any]] = [
        {"name": question.name, "question": question.header["summary"], "given": list(question.given)}
        for question in questions.all_questions()
    ]
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return
    for each in listed:
        needs = f"  [{', '.join(each['given'])}]" if each["given"] else ""
        click.echo(f"{each['name']}{needs}\n    {each['question']}")
