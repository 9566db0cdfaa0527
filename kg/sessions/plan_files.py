"""A plan as a file that opens again: what was asked for and which blocks, never their text."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from kg.engine import Engine
from kg.errors import NoPlan
from kg.sessions.material import Material, material
from kg.sessions.plans import Placed, Plan, built
from kg.sessions.schedule import LONGEST, SHORTEST
from kg.sessions.settings import Settings
from kg.views import Graphs

__all__ = ["as_json", "reopened"]

_KIND = "session plan"
_VERSION = 1
_LARGEST = 100_000
_ADVICE = "open a plan that this explorer has written."


def as_json(plan: Plan) -> str:
    """Write a plan as a file that `reopened` reads."""
    blocks = [
        {"activity": each.activity.slug, "minutes": each.minutes}
        | ({"case": each.case.slug} if each.case else {})
        | {"start": each.start, "name": each.activity.name}
        for each in plan.blocks
    ]
    document = {"kind": _KIND, "version": _VERSION, "settings": asdict(plan.settings), "blocks": blocks}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def reopened(engine: Engine, raw: str, graphs: Graphs = None) -> Plan:
    """Open a plan file; every text is taken from the graph anew.

    Args:
        engine: Where to ask.
        raw: The file, which may have been written by anyone.
        graphs: Graphs to take cases from; all of them if None.

    Raises:
        NoPlan: If it is no plan of ours, or was changed so that it no longer holds together.
        UnknownName: If it names a difficulty, factor or case that is not here.
    """
    document = _document(raw)
    settings = _settings(document.get("settings"))
    placed = _placed(document.get("blocks"), material(engine), settings)
    return built(engine, settings, placed, graphs)


def _document(raw: str) -> Mapping[str, Any]:
    if len(raw) > _LARGEST:
        raise NoPlan(f"The plan file is too large; {_ADVICE}")
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise NoPlan(f"The plan file cannot be read; {_ADVICE}") from error
    if not isinstance(document, dict) or document.get("kind") != _KIND:
        raise NoPlan(f"This is no plan of a session; {_ADVICE}")
    if document.get("version") != _VERSION:
        raise NoPlan("The plan file is of another version; plan the session again.")
    return document


def _settings(given: object) -> Settings:
    known = {each.name for each in fields(Settings)}
    if not isinstance(given, dict) or set(given) != known:
        raise NoPlan(f"The plan file does not say what was asked for; {_ADVICE}")
    kinds = {"minutes": int, "people": int, "met": bool, "mode": str, "start": str}
    named = {name: str for name in ("difficulty", "factor") if given[name] is not None}
    cases = given["cases"]
    if (
        any(type(given[name]) is not kind for name, kind in {**kinds, **named}.items())
        or not isinstance(cases, list)
        or not all(isinstance(each, str) for each in cases)
    ):
        raise NoPlan(f"The plan file does not say what was asked for; {_ADVICE}")
    return Settings(**{**given, "cases": tuple(cases)}).checked()


def _placed(given: object, found: Material, settings: Settings) -> list[Placed]:
    if not isinstance(given, list) or not given:
        raise NoPlan(f"The plan file has no blocks; {_ADVICE}")
    placed = []
    for each in given:
        slug, minutes, case = (
            (each.get("activity"), each.get("minutes"), each.get("case"))
            if isinstance(each, dict)
            else (None,) * 3
        )
        activity = None
        if isinstance(slug, str):
            activity = found.frame.get(slug) or found.activities.get(slug)
        if activity is None:
            raise NoPlan("The plan file names an activity that is not here; plan the session again.")
        if type(minutes) is not int or not activity.least <= minutes <= activity.most:
            raise NoPlan(
                f"“{activity.name}” takes from {activity.least} to {activity.most} minutes, "
                "and the plan file says otherwise."
            )
        if (case is not None) != (activity.slug == "read-a-case") or not isinstance(case, str | None):
            raise NoPlan(f"In the plan file, “{activity.name}” and the case to read do not go together.")
        placed.append(Placed(activity.slug, minutes, case))
    once = [each.case or each.activity for each in placed if each.activity != "break"]
    if len(once) != len(set(once)):
        raise NoPlan("The plan file has something twice; only a break may come again.")
    total = sum(each.minutes for each in placed)
    if total != settings.minutes or not SHORTEST <= total <= LONGEST:
        raise NoPlan(
            f"The blocks of the plan file take {total} minutes and it was planned for {settings.minutes}."
        )
    return placed
