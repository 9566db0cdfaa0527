"""The command `kg`: every door to the graph that needs no browser."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from kg import questions, results, sessions, tables, writing
from kg.build import build as build_graph
from kg.check import Report
from kg.check import check as check_content
from kg.contact import contact_of_environment
from kg.content import Content, bundled
from kg.engine import ServingEngine, Triples
from kg.engine.by_hand import gathered_now
from kg.engine.limits import Limits
from kg.engine.remote import Endpoint
from kg.errors import BadContent, KgError
from kg.files import text_of
from kg.search import Answer, Finders
from kg.service import Served, service_of_environment
from kg.views import graphs_of_the_paper

__all__ = ["main"]

_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
_CONTENT = click.option(
    "--content",
    "root",
    type=click.Path(path_type=Path),
    help="Folder that holds ontology and data; those that come with kg if left out.",
)
_SOURCE_TEXT = click.option(
    "--source-text",
    "texts",
    multiple=True,
    metavar="[SOURCE=]FILE",
    help="Text of a source, to hold its statements against; the paper's if no source is named.",
)
_PAPER_ALONE = click.option(
    "--paper-alone", is_flag=True, help="Ask only what the paper says that the collection set out from."
)
_ENDPOINT = click.option(
    "--endpoint",
    metavar="URL",
    help="SPARQL endpoint of an engine that holds the graph; KG_ENDPOINT if left out, else our own engine.",
)
_THE_PAPER = "leading-across-the-health-and-care-system"


class _Doors(click.Group):
    """Commands whose faults are one sentence each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run `kg`; exit 0 when done, 1 when the data is at fault, 2 when the call is.

    Args:
        arguments: What stands after `kg`; that of the process if None.
    """
    try:
        code = doors.main(args=arguments, prog_name="kg", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 2
    except click.ClickException as error:
        click.echo(f"kg: {_one_line(error.format_message())}", err=True)
        code = 2
    except click.exceptions.Abort:
        click.echo("kg: stopped.", err=True)
        code = 2
    except KgError as error:
        click.echo(f"kg: {_one_line(str(error))}", err=True)
        code = 2
    except UnicodeError:
        click.echo("kg: What was given is not UTF-8 text.", err=True)
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        click.echo(f"kg: {error.filename or 'The output'} cannot be used: {error.strerror}.", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _one_line(message: str) -> str:
    return " ".join(message.split())


@click.group(cls=_Doors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="system-leadership-explorer", message="%(version)s")
def doors() -> None:
    """Check, build and ask the knowledge graph of the System Leadership Case Explorer."""


@doors.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_SOURCE_TEXT
@_CONTENT
@_JSON
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
    report = check_content(_content(root), paths, source_texts=_texts(texts), progress=_progress(as_json))
    _tell(report, as_json)
    return 0 if report.ok else 1


@doors.command()
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path("build"), show_default=True
)
@_SOURCE_TEXT
@_CONTENT
@_JSON
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
            _content(root), out, source_texts=_texts(texts), progress=_progress(as_json)
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


@doors.command()
@click.argument("name", required=False)
@click.option(
    "--given", multiple=True, metavar="SLOT=VALUE", help="What a question needs, such as case=leeds."
)
@click.option("--list", "show_list", is_flag=True, help="List every question.")
@_PAPER_ALONE
@_ENDPOINT
@_CONTENT
@_JSON
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
    with _opened(root, endpoint) as engine:
        terms = questions.known_terms(engine, name, questions.given_terms(name, _pairs(given)))
        answer = questions.answer(engine, name, terms, graphs_of_the_paper(engine) if paper_alone else None)
    click.echo(results.written(answer, "json" if as_json else "table"), nl=False)
    return 0


@doors.command()
@click.argument("name", required=False)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option("--list", "show_list", is_flag=True, help="List every table.")
@click.option("--codebook", is_flag=True, help="Print what every table, column and value means.")
@_ENDPOINT
@_CONTENT
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
        for each in tables.listed():
            click.echo(f"{each.name}\n    {each.row}")
        return 0
    if name is None and not codebook:
        raise click.UsageError("Name a table; kg table --list shows them all.")
    with _opened(root, endpoint) as engine:
        filled = tables.Tables(engine)
        raw = tables.as_markdown(filled).encode() if name is None else tables.as_csv(filled, name)
    if out is None:
        click.echo(raw, nl=False)
        return 0
    try:
        out.write_bytes(raw)
    except OSError as error:
        raise click.UsageError(f'"{out}" cannot be written: {error.strerror}.') from error
    click.echo(f"{out} is written.")
    return 0


@doors.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("-e", "text", metavar="TEXT", help="The query itself.")
@click.option(
    "--format", "form", default="table", show_default=True, help=f"One of {', '.join(results.FORMATS)}."
)
@_PAPER_ALONE
@_ENDPOINT
@_CONTENT
@_JSON
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
    with _opened(root, endpoint) as engine:
        graphs = graphs_of_the_paper(engine) if paper_alone else None
        asked = text if text is not None else _read(file)
        answer = gathered_now(engine, asked, graphs, largest=Limits.of_environment().answer)
    ending = form if not as_json else "jsonld" if isinstance(answer, Triples) else "json"
    click.echo(results.written(answer, ending), nl=False)
    return 0


_PLAN_FORMS: dict[str, Callable[[sessions.Plan], str]] = {
    ".html": sessions.html,
    ".json": sessions.as_json,
    ".md": sessions.markdown,
}


@doors.command()
@click.option("--difficulty", metavar="WORDS", help="The difficulty in the room, by its name.")
@click.option("--factor", metavar="N", help="The factor to work on, 1 to 5.")
@click.option("--case", "cases", multiple=True, metavar="SLUG", help="A case to read; may be given twice.")
@click.option("--minutes", type=int, help="How long the session is; needed unless --plan is given.")
@click.option("--people", type=int, help="How many take part; needed unless --plan is given.")
@click.option("--mode", type=click.Choice(list(sessions.MODES)), default="room", show_default=True)
@click.option("--start", default="09:30", metavar="HH:MM", show_default=True, help="When it begins.")
@click.option("--met", is_flag=True, help="Most of the people have met before.")
@click.option(
    "--plan", "file", type=click.Path(path_type=Path), help="A plan that was written as .json, to open again."
)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@_PAPER_ALONE
@_ENDPOINT
@_CONTENT
def session(
    difficulty: str | None,
    factor: str | None,
    cases: tuple[str, ...],
    minutes: int | None,
    people: int | None,
    mode: str,
    start: str,
    met: bool,
    file: Path | None,
    out: Path,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
) -> int:
    r"""Plan a session in timed blocks and write it to -o, as .html, .md or .json by its ending.

    \b
    Example:
      kg session --difficulty "fixed-budget dispute" --minutes 90 --people 12 --mode hybrid -o plan.html
    """
    if out.suffix not in _PLAN_FORMS:
        raise click.UsageError(f'A plan is written as {", ".join(_PLAN_FORMS)}; "{out.name}" ends otherwise.')
    if file is None and (minutes is None or people is None):
        raise click.UsageError("Give --minutes and --people, or --plan FILE.")
    with _opened(root, endpoint) as engine:
        graphs = graphs_of_the_paper(engine) if paper_alone else None
        if file is not None:
            plan = sessions.reopened(engine, _read(file), graphs)
        else:
            settings = sessions.Settings(
                difficulty=None if difficulty is None else sessions.difficulty_named(engine, difficulty),
                factor=None if factor is None else sessions.factor_named(engine, factor),
                cases=cases,
                minutes=minutes or 0,
                people=people or 0,
                mode=mode,
                start=start,
                met=met,
            )
            plan = sessions.plan(engine, settings, graphs)
    try:
        out.write_text(_PLAN_FORMS[out.suffix](plan), encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f'"{out}" cannot be written: {error.strerror}.') from error
    click.echo(f"{out} is written: {plan.title}, {plan.facts}.")
    return 0


@doors.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--most", type=click.IntRange(1, 60), default=10, show_default=True, help="Most results to show."
)
@_PAPER_ALONE
@_ENDPOINT
@_CONTENT
@_JSON
def search(
    words: tuple[str, ...],
    most: int,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
    as_json: bool,
) -> int:
    r"""Find what helps with a question in everyday words, of every kind in one ranking.

    It goes by words and by meaning, on this machine alone. The index that kg build wrote into build
    is used where it is of this content.

    \b
    Example:
      kg search "everyone agrees in the meeting and nothing happens"
    """
    content = _content(root)
    with _served(root, endpoint) as served:
        graphs = graphs_of_the_paper(served.engine) if paper_alone else None
        finder = Finders(content.root / "build").finder(served.engine, served.version, graphs)
        answer = finder.find(" ".join(words))
    click.echo(
        _searched(answer, most) if not as_json else json.dumps(_as_json(answer, most), ensure_ascii=False)
    )
    return 0


@doors.command("new-case")
@click.argument("name")
@_CONTENT
@_JSON
def new_case(name: str, root: Path | None, as_json: bool) -> int:
    r"""Write a new case to fill in: data/cases/<slug>.ttl.

    It is valid and says nothing; it is shown as soon as there is a claim about it.

    \b
    Example:
      kg new-case "Harbour Town"
    """
    content = _content(root)
    path = content.name_of(writing.new_case(content, name))
    slug = Path(path).stem
    if as_json:
        click.echo(json.dumps({"file": path, "case": slug}))
    else:
        click.echo(f"{path} is written. Next: kg new-claim {slug}, then kg check.")
    return 0


@doors.command("new-claim")
@click.argument("case")
@_CONTENT
def new_claim(case: str, root: Path | None) -> int:
    r"""Print a claim to fill in, under the next number of CASE (or of "field").

    \b
    Example:
      kg new-claim leeds >> data/cases/leeds.ttl
    """
    click.echo("\n" + writing.next_claim(_content(root), case), nl=False)
    return 0


@doors.command("format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_CONTENT
def format_(paths: tuple[Path, ...], root: Path | None) -> int:
    r"""Rewrite Turtle files in the one canonical form; all of them if none is named.

    \b
    Example:
      kg format data/cases/leeds.ttl
    """
    content = _content(root)
    changed = writing.formatted(content, list(paths) or content.turtle_files())
    for name in changed:
        click.echo(f"{name} is rewritten.")
    if not changed:
        click.echo("Every file is in the canonical form.")
    return 0


@doors.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@_ENDPOINT
def serve(port: int, host: str, endpoint: str | None) -> int:
    r"""Open the explorer: pages and what programs ask for, on one port.

    \b
    Example:
      kg serve --port 8600
    """
    if not _is_free(host, port):
        raise click.UsageError(f"Port {port} cannot be used on {host}; choose another with --port or --host.")
    remote = Endpoint.of_environment(endpoint)
    contact_of_environment()
    settings = dict(os.environ)
    if remote is not None:
        settings["KG_ENDPOINT"] = remote.address
    root = bundled().root
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host
    click.echo(f"The explorer opens at http://{shown}:{port} (stop it with Ctrl+C).")
    command = [sys.executable, "-m", "streamlit", "run", str(root / "app.py")]
    command += ["--server.port", str(port), "--server.address", host]
    # In a session of its own the server hears of Ctrl+C from us alone, and ends in good order.
    server = subprocess.Popen(
        command, cwd=root, env=settings, stdout=subprocess.DEVNULL, start_new_session=True
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        click.echo("The explorer is closed.")
        return 0


def _is_free(host: str, port: int) -> bool:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return False
    return True


def _content(root: Path | None) -> Content:
    if root is None:
        return bundled()
    content = Content(root)
    if not (content.ontology / "core.ttl").is_file() or not content.data.is_dir():
        raise click.UsageError(f'The folder "{root}" does not hold ontology/core.ttl and data.')
    return content


def _texts(given: tuple[str, ...]) -> dict[str, str]:
    texts = {}
    for each in given:
        slug, equals, name = each.partition("=")
        path = Path(name if equals else each)
        texts[slug if equals else _THE_PAPER] = _read(path)
    return texts


def _read(path: Path | None) -> str:
    try:
        if path is None or str(path) == "-":
            return sys.stdin.read()
        return text_of(path)
    except BadContent as error:
        raise click.UsageError(f'"{path}": {error}') from error


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


@contextmanager
def _opened(root: Path | None, endpoint: str | None) -> Iterator[ServingEngine]:
    """Open the graph, here or at an endpoint, and close it afterwards."""
    with _served(root, endpoint) as served:
        yield served.engine


@contextmanager
def _served(root: Path | None, endpoint: str | None) -> Iterator[Served]:
    if root is not None and endpoint is not None:
        raise click.UsageError("Give either --content or --endpoint: the graph is here or there.")
    service = service_of_environment(_content(root), endpoint)
    try:
        yield service.current()
    finally:
        service.close()


def _as_json(answer: Answer, most: int) -> dict[str, Any]:
    found = answer.results[:most]
    return {
        "query": answer.query,
        "parts": list(answer.parts),
        "read_as": dict(answer.read_as),
        "by_meaning": answer.by_meaning,
        "results": [
            {
                "kind": each.kind,
                "label": each.label,
                "iri": each.iri,
                "score": round(each.score, 4),
                "why": str(each.why),
                "part": answer.parts[each.part],
            }
            for each in found
        ],
        "nearest": [{"kind": each.kind, "label": each.label, "iri": each.iri} for each in answer.nearest],
    }


def _searched(answer: Answer, most: int) -> str:
    lines = [f"Read “{wrong}” as “{right}”." for wrong, right in answer.read_as]
    if not answer.by_meaning:
        lines.append("Found by words alone: no model of meaning is installed.")
    if not answer.results:
        lines.append("Nothing fits these words." + (" The nearest:" if answer.nearest else ""))
    lines += [
        f"{each.kind}: {each.label}\n    {each.why}" for each in answer.results[:most] or answer.nearest
    ]
    return "\n".join(lines)


def _list_questions(as_json: bool) -> None:
    listed: list[dict[str, Any]] = [
        {"name": each.name, "question": each.header["summary"], "given": list(each.given)}
        for each in questions.listed()
    ]
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return
    for each in listed:
        needs = f"  [{', '.join(each['given'])}]" if each["given"] else ""
        click.echo(f"{each['name']}{needs}\n    {each['question']}")


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
