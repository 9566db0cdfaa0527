"""`kg similar`: places in a similar situation or with a similar approach, with reasons."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from kg.cli.opening import serving_engine
from kg.cli.options import CONTENT, ENDPOINT, JSON, PAPER_ALONE
from kg.similarity import KINDS, Alike, Answer, Lens, Trait, in_100, similarity
from kg.terms import PREFIXES
from kg.views import graphs_of_the_paper
from kg.words import LENSES

__all__ = ["similar"]

_Command = TypeVar("_Command", bound=Callable[..., object])


def _pick(kind: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(f"--{kind}", multiple=True, metavar="NAME", help=f"{text}; may be given again.")


@click.command()
@click.argument("case", required=False)
@_pick("difficulty", "Without CASE: a difficulty of your situation")
@_pick("part", "Without CASE: who is involved")
@_pick("history", "Without CASE: what went before or went wrong")
@_pick("practice", "Without CASE: what leaders did or plan to do")
@_pick("service", "Without CASE: what services did or plan to do")
@click.option(
    "--lens",
    type=click.Choice([lens.value for lens in Lens]),
    help="What similar means; contrast, a similar situation with a different approach, if left out.",
)
@click.option(
    "--readings/--no-readings",
    default=True,
    show_default=True,
    help="Count our readings, marked as such, beside what sources state.",
)
@click.option(
    "--most", type=click.IntRange(1, 100), default=10, show_default=True, help="Most places to show."
)
@PAPER_ALONE
@ENDPOINT
@CONTENT
@JSON
def similar(
    case: str | None,
    lens: str | None,
    readings: bool,
    most: int,
    paper_alone: bool,
    endpoint: str | None,
    root: Path | None,
    as_json: bool,
    **picks: tuple[str, ...],
) -> int:
    r"""Find places that are like CASE, or like what you pick, with what they share and what differs.

    A score takes three shared features that count; docs/similarity.md tells how it is made. It says
    nothing of causes.

    \b
    Examples:
      kg similar leeds
      kg similar leeds --lens situation
      kg similar --difficulty "rising demand" --difficulty earthquakes --part staff
    """
    picked = [(kind, name) for kind in KINDS for name in picks[kind]]
    if (case is None) == (not picked):
        raise click.UsageError(
            "Give either a case, such as leeds, or what to look for, such as --difficulty."
        )
    with serving_engine(root, endpoint) as engine:
        finder = similarity(engine, graphs_of_the_paper(engine) if paper_alone else None)
    if case is not None:
        iri = PREFIXES["case"] + case.removeprefix("case:").removeprefix(PREFIXES["case"])
        answer = finder.to_place(iri, Lens(lens or Lens.CONTRAST), readings=readings, most=most)
    else:
        chosen = [finder.features.named(kind, name).iri for kind, name in picked]
        answer = finder.to_picks(chosen, Lens(lens or Lens.SITUATION), readings=readings, most=most)
    click.echo(json.dumps(_as_json(answer), ensure_ascii=False) if as_json else _in_words(answer))
    return 0


def _as_json(answer: Answer) -> dict[str, Any]:
    return {
        "case": None if answer.iri is None else answer.iri.removeprefix(PREFIXES["case"]),
        "label": answer.label,
        "lens": answer.lens.value,
        "readings": answer.readings,
        "here": _traits(answer.here),
        "places": answer.places,
        "comparable": answer.comparable,
        "results": [_result(result) for result in answer.results],
        "too_little": [_result(each) for each in answer.too_little],
    }


def _result(alike: Alike) -> dict[str, Any]:
    sides = (alike.situation, alike.approach)
    return {
        "iri": alike.iri,
        "label": alike.label,
        "score": None if alike.score is None else round(alike.score, 4),
        "situation": None if alike.score is None else round(alike.situation.ratio, 4),
        "approach": None if alike.score is None else round(alike.approach.ratio, 4),
        "why": alike.why,
        "shared": [trait for side in sides for trait in _traits(side.shared)],
        "only_here": [trait for side in sides for trait in _traits(side.only_here)],
        "only_there": [trait for side in sides for trait in _traits(side.only_there)],
    }


def _traits(traits: Iterable[Trait]) -> list[dict[str, Any]]:
    return [
        {
            "iri": trait.feature.iri,
            "label": trait.feature.label,
            "kind": trait.feature.kind,
            "told_of": trait.told_of,
            "weight": round(trait.weight, 4),
            "stated": trait.stated,
        }
        for trait in traits
    ]


def _in_words(answer: Answer) -> str:
    lines = [f"{answer.label or 'What you picked'}: {LENSES[answer.lens].lower()}"]
    if not answer.results:
        lines.append(f"None of {answer.places} other places can be compared: too little is known.")
    for result in answer.results:
        lines += ["", f"{result.label}: {in_100(result.score or 0)}%", f"    {result.why}"]
        sides = (result.situation, result.approach)
        lines += _named("Shared", [trait for side in sides for trait in side.shared])
        lines += _named("Only here", [trait for side in sides for trait in side.only_here])
        lines += _named("Only there", [trait for side in sides for trait in side.only_there])
    if answer.too_little:
        lines += ["", f"Too little to compare, though something is shared: {answer.sharing}"]
        lines += [f"    {each.label}. {each.why}" for each in answer.too_little]
    lines += ["", "What is not told may still be so, and what is shared is no cause of anything."]
    return "\n".join(lines)


def _named(heading: str, traits: list[Trait]) -> list[str]:
    names = [
        trait.feature.label if trait.stated else f"{trait.feature.label} (our reading)" for trait in traits
    ]
    return [f"    {heading}: {'; '.join(names)}"] if names else []
