"""`kg session`: a session in timed blocks."""

from functools import partial
from pathlib import Path

import click

from kg import export, sessions
from kg.cli.opening import served_by
from kg.cli.options import CONTENT, ENDPOINT, PAPER_ALONE, content_in, text_in
from kg.export import SESSION_FILES
from kg.search import Finders
from kg.storage.files import write_file
from kg.views import graphs_of_the_paper

__all__ = ["session"]

_KINDS = tuple(dict.fromkeys(file.what for file in SESSION_FILES))


@click.command()
@click.option("--difficulty", metavar="WORDS", help="The difficulty, by its name or in everyday words.")
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
@click.option(
    "--what", type=click.Choice(_KINDS), help="What to write, where more than one thing has the ending."
)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@PAPER_ALONE
@ENDPOINT
@CONTENT
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
    what: str | None,
    out: Path,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
) -> int:
    r"""Plan a session in timed blocks and write it to -o by its ending.

    .pptx are slides with speaker notes; .docx, .pdf, .html and .md the facilitator's guide or, with
    --what, the handout; .pdf also the cards, two to a sheet or in large print; .json is the plan
    itself, which --plan opens again.

    \b
    Examples:
      kg session --difficulty fixed-budget-dispute --minutes 90 --people 12 --mode hybrid -o plan.pptx
      kg session --plan plan.json --what cards -o cards.pdf
    """
    chosen = export.session_file(out.suffix.removeprefix("."), what)
    if file is None and (minutes is None or people is None):
        raise click.UsageError("Give --minutes and --people, or --plan FILE.")
    content = content_in(root)
    with served_by(root, endpoint) as served:
        engine = served.engine
        graphs = graphs_of_the_paper(engine) if paper_alone else None
        if file is not None:
            plan = sessions.open_plan(engine, text_in(file), graphs)
        else:
            finder = partial(Finders(content.root / "build").finder, engine, served.version, graphs)
            settings = sessions.Settings(
                difficulty=None
                if difficulty is None
                else sessions.difficulty_named(engine, difficulty, finder),
                factor=None if factor is None else sessions.factor_named(engine, factor),
                cases=cases,
                minutes=minutes or 0,
                people=people or 0,
                mode=mode,
                start=start,
                met=met,
            )
            plan = sessions.plan(engine, settings, graphs)
        raw = chosen.write(plan, lambda: export.cards_of(engine, plan, graphs))
    write_file(out, raw)
    click.echo(f"{out} is written: {plan.title}, {plan.facts}.")
    return 0
