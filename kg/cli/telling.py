"""`kg story`: the story of a case, and the record that it was read beside its statements."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from kg import writing
from kg.cli.opening import serving_engine
from kg.cli.options import CONTENT, ENDPOINT, JSON, PAPER_ALONE, content_in
from kg.views import graphs_of_the_paper, story_of

__all__ = ["story"]


@click.command()
@click.argument("name")
@click.option("--read", is_flag=True, help="Record that you have read it beside the statements it rests on.")
@PAPER_ALONE
@ENDPOINT
@CONTENT
@JSON
def story(
    name: str, read: bool, paper_alone: bool, endpoint: str | None, root: Path | None, as_json: bool
) -> int:
    r"""Print the story of a case, each sentence with the statements it rests on.

    NAME is a case, such as leeds, or a concept with its prefix, such as practice:pool-budgets. With --read it
    is the name of a file in data/stories.

    \b
    Examples:
      kg story leeds
      kg story --read leeds
    """
    if read:
        changed = writing.record_story_read(content_in(root), name)
        if as_json:
            click.echo(json.dumps({"changed": changed}))
        else:
            click.echo("\n".join(changed) or "Nothing had changed since it was read.")
        return 0
    with serving_engine(root, endpoint) as engine:
        written = story_of(engine, name, graphs_of_the_paper(engine) if paper_alone else None)
    if as_json:
        click.echo(json.dumps(asdict(written), ensure_ascii=False))
        return 0
    for part in written.parts:
        click.echo(f"{part.label}\n")
        for sentence in part.sentences:
            click.echo(f"  {sentence.text} [{', '.join(sentence.claims)}]")
        click.echo()
    for fact in written.facts:
        click.echo(f"{fact.label}: {fact.text} [{', '.join(fact.claims)}]")
    return 0
