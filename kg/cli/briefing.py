"""`kg brief`: one page on a case, or on some cases side by side."""

from pathlib import Path

import click

from kg import export
from kg.cli.opening import served_by
from kg.cli.options import CONTENT, ENDPOINT, PAPER_ALONE
from kg.storage.files import write_file
from kg.views import graphs_of_the_paper

__all__ = ["brief"]


@click.command()
@click.argument("cases", metavar="CASE...", nargs=-1, required=True)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@PAPER_ALONE
@ENDPOINT
@CONTENT
def brief(
    cases: tuple[str, ...], out: Path, paper_alone: bool, endpoint: str | None, root: Path | None
) -> int:
    r"""Write one page on a case, or on two to four side by side, to -o: .pdf, .docx, .html or .md.

    It holds what leaders did, what is reported and what that rests on, what is not known, three
    questions to ask, and where each statement stands.

    \b
    Examples:
      kg brief leeds -o leeds.pdf
      kg brief leeds salford -o leeds-and-salford.docx
    """
    ending = out.suffix.removeprefix(".")
    if ending not in export.FORMS:
        forms = ", ".join(f".{form}" for form in export.FORMS)
        raise click.UsageError(f'A brief is written as {forms}; "{out.name}" ends otherwise.')
    with served_by(root, endpoint) as served:
        graphs = graphs_of_the_paper(served.engine) if paper_alone else None
        written = export.brief_of_cases(served.engine, cases, served.version, graphs)
    write_file(out, export.write_manuscript(written, ending))
    click.echo(f"{out} is written: {written.title}.")
    return 0
