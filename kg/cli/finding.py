"""`kg search`: find in everyday words."""

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.opening import served_by
from kg.cli.options import CONTENT, ENDPOINT, JSON, PAPER_ALONE, content_in
from kg.search import Finders, SearchAnswer
from kg.views import graphs_of_the_paper

__all__ = ["search"]


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--most", type=click.IntRange(1, 60), default=10, show_default=True, help="Most results to show."
)
@PAPER_ALONE
@ENDPOINT
@CONTENT
@JSON
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
    content = content_in(root)
    with served_by(root, endpoint) as served:
        graphs = graphs_of_the_paper(served.engine) if paper_alone else None
        finder = Finders(content.root / "build").finder(served.engine, served.version, graphs)
        answer = finder.find(" ".join(words))
    click.echo(
        _searched(answer, most) if not as_json else json.dumps(_as_json(answer, most), ensure_ascii=False)
    )
    return 0


def _as_json(answer: SearchAnswer, most: int) -> dict[str, Any]:
    found = answer.results[:most]
    return {
        "query": answer.query,
        "parts": list(answer.parts),
        "read_as": dict(answer.read_as),
        "by_meaning": answer.by_meaning,
        "close": answer.close,
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


def _searched(answer: SearchAnswer, most: int) -> str:
    lines = [f"Read “{wrong}” as “{right}”." for wrong, right in answer.read_as]
    if not answer.by_meaning:
        lines.append("Found by words alone: no model of meaning is installed.")
    if answer.results and not answer.close:
        lines.append("None of this is close to these words: it is only the nearest.")
    if not answer.results:
        lines.append("Nothing fits these words." + (" The nearest:" if answer.nearest else ""))
    lines += [
        f"{each.kind}: {each.label}\n    {each.why}" for each in answer.results[:most] or answer.nearest
    ]
    return "\n".join(lines)
