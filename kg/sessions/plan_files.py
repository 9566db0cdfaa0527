"""A plan as a file that opens again: what was asked for, which blocks, and the facilitator's own words."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from kg.engine import Engine
from kg.errors import NoPlan
from kg.language import N_
from kg.language import gettext as _
from kg.sessions.placed import BlockChoice
from kg.sessions.plans import Plan, plan_from_blocks
from kg.sessions.settings import Settings
from kg.views import Graphs

__all__ = ["LARGEST_FILE", "LONGEST_NOTE", "LONGEST_TITLE", "NOTICE", "as_json", "in_file", "open_plan"]

# What a file of a plan holds may have to be given to anyone who asks for it.
NOTICE = N_(
    "This file holds what you wrote yourself. If you work for a public body, it may be a record that has to "
    "be disclosed: do not name people."
)
LARGEST_FILE = 100_000
LONGEST_TITLE = 120
LONGEST_NOTE = 1000
_MOST_PEOPLE = 999
_KIND = "session plan"
_VERSION = 1


def as_json(plan: Plan) -> str:
    """Write a plan as a file that `open_plan` reads."""
    blocks = [
        {"activity": block.activity.slug, "minutes": block.minutes}
        | ({"case": block.case.slug} if block.case else {})
        | ({"note": block.note} if block.note else {})
        | {"start": block.start, "name": block.activity.name}
        for block in plan.blocks
    ]
    document = {
        "kind": _KIND,
        "version": _VERSION,
        "notice": _(NOTICE),
        "title": plan.own_title,
        "settings": asdict(plan.settings),
        "blocks": blocks,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def open_plan(engine: Engine, raw: str, graphs: Graphs = None) -> Plan:
    """Open a plan file; every text but the facilitator's own is taken from the graph anew.

    Args:
        engine: Where to ask.
        raw: The file, which may have been written by anyone.
        graphs: Graphs to take cases from; all of them if None.

    Raises:
        NoPlan: If it is no plan of ours, or was changed so that it no longer holds together.
        UnknownName: If it names a difficulty, factor or case that is not here.
    """
    settings, blocks, title = in_file(raw)
    return plan_from_blocks(engine, settings, blocks, graphs, title)


def in_file(raw: str) -> tuple[Settings, tuple[BlockChoice, ...], str]:
    """Read what stands in a plan file; whether the graph has it is not looked at.

    Returns:
        What was asked for, the blocks, and what the session is called.

    Raises:
        NoPlan: If it is no plan of ours.
    """
    document = _document(raw)
    title = document.get("title", "")
    if not isinstance(title, str) or len(title) > LONGEST_TITLE:
        raise NoPlan(
            _(
                "The title in the plan file has to be text, of %(most)s characters at most.",
                most=LONGEST_TITLE,
            )
        )
    settings = _settings(document.get("settings"))
    if not 0 <= settings.people <= _MOST_PEOPLE:
        raise NoPlan(
            _(
                "A session is for %(most)s people at most; you asked for %(people)s.",
                most=_MOST_PEOPLE,
                people=settings.people,
            )
        )
    return settings, _placed(document.get("blocks")), title


def _document(raw: str) -> Mapping[str, Any]:
    if len(raw) > LARGEST_FILE:
        raise NoPlan(_("The plan file is too large. Open a plan that this explorer wrote."))
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise NoPlan(_("We cannot read the plan file. Open a plan that this explorer wrote.")) from error
    if not isinstance(document, dict) or document.get("kind") != _KIND:
        raise NoPlan(_("This file is not a session plan. Open a plan that this explorer wrote."))
    if document.get("version") != _VERSION:
        raise NoPlan(_("The plan file is from another version. Plan the session again."))
    return document


def _settings(given: object) -> Settings:
    known = {field.name for field in fields(Settings)}
    if not isinstance(given, dict) or set(given) != known:
        raise NoPlan(
            _("The plan file does not say what was asked for. Open a plan that this explorer wrote.")
        )
    kinds = {"minutes": int, "people": int, "met": bool, "mode": str, "start": str}
    named = {name: str for name in ("difficulty", "factor") if given[name] is not None}
    cases = given["cases"]
    if (
        any(type(given[name]) is not kind for name, kind in {**kinds, **named}.items())
        or not isinstance(cases, list)
        or not all(isinstance(case, str) for case in cases)
    ):
        raise NoPlan(
            _("The plan file does not say what was asked for. Open a plan that this explorer wrote.")
        )
    return Settings(**{**given, "cases": tuple(cases)}).checked()


def _placed(given: object) -> tuple[BlockChoice, ...]:
    if not isinstance(given, list) or not given:
        raise NoPlan(_("The plan file has no blocks. Open a plan that this explorer wrote."))
    return tuple(_block(block) for block in given)


def _block(given: object) -> BlockChoice:
    if not isinstance(given, dict):
        raise NoPlan(_("We cannot read a block in the plan file. Open a plan that this explorer wrote."))
    activity, minutes = given.get("activity"), given.get("minutes")
    case, note = given.get("case"), given.get("note", "")
    if (
        not isinstance(activity, str)
        or type(minutes) is not int
        or not isinstance(case, str | None)
        or not isinstance(note, str)
    ):
        raise NoPlan(_("We cannot read a block in the plan file. Open a plan that this explorer wrote."))
    if len(note) > LONGEST_NOTE:
        raise NoPlan(_("A note in the plan file is longer than %(most)s characters.", most=LONGEST_NOTE))
    return BlockChoice(activity, minutes, case, note)
