"""A plan in an address: names from the graph and minutes, never a word that someone typed."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import time

from kg.errors import NoPlan
from kg.language import gettext as _
from kg.sessions.placed import BlockChoice
from kg.sessions.settings import MODES, Settings

__all__ = ["LONGEST_ADDRESS", "AddressValues", "blocks_as_text", "blocks_in", "settings_in", "slots"]

# The most characters of all slots together, so that the address survives chats and mail programs.
LONGEST_ADDRESS = 2000
_USUAL = Settings()
_BLOCK = re.compile(r"([a-z0-9-]+)\.(\d{1,3})(?:\.([a-z0-9-]+))?")
_NUMBER = re.compile(r"\d{1,3}")

# Gives all values of a slot.
AddressValues = Callable[[str], Sequence[str]]


def slots(settings: Settings, blocks: Sequence[BlockChoice] | None = None) -> Mapping[str, list[str]]:
    """Give the slots of an address that restores a plan; what is as usual is left out.

    Args:
        settings: What is asked for.
        blocks: The blocks, if they were changed by hand.
    """
    values: dict[str, list[str]] = {
        "difficulty": [settings.difficulty] if settings.difficulty else [],
        "factor": [settings.factor] if settings.factor else [],
        "case": list(settings.cases),
        "minutes": _unusual(settings.minutes, _USUAL.minutes),
        "people": _unusual(settings.people, _USUAL.people),
        "mode": _unusual(settings.mode, _USUAL.mode),
        "start": _unusual(settings.start, _USUAL.start),
        "met": ["true"] if settings.met else [],
    }
    return values | {"blocks": [] if blocks is None else [blocks_as_text(blocks)]}


def _unusual(value: object, usual: object) -> list[str]:
    return [] if value == usual else [str(value)]


def blocks_as_text(blocks: Sequence[BlockChoice]) -> str:
    """Write blocks as one value of a slot; notes are left out.

    >>> blocks_as_text([BlockChoice("open", 10), BlockChoice("read-a-case", 15, "leeds", "Ask Sam.")])
    'open.10_read-a-case.15.leeds'
    """
    return "_".join(
        f"{block.activity}.{block.minutes}" + (f".{block.case}" if block.case else "") for block in blocks
    )


def blocks_in(text: str) -> tuple[BlockChoice, ...]:
    """Read blocks that `blocks_as_text` wrote; whether they hold together is not looked at.

    Raises:
        NoPlan: If the text is no such thing.
    """
    matches = [_BLOCK.fullmatch(part) for part in text[:LONGEST_ADDRESS].split("_")]
    if len(text) > LONGEST_ADDRESS or not all(matches):
        raise NoPlan(_("We cannot read the blocks in the address."))
    return tuple(BlockChoice(match[1], int(match[2]), match[3]) for match in matches if match)


def settings_in(
    given: AddressValues, difficulties: Collection[str], factors: Collection[str], cases: Collection[str]
) -> tuple[Settings, tuple[str, ...]]:
    """Read what a plan is asked for from the slots of an address.

    Args:
        given: Gives all values of a slot.
        difficulties: Slugs of difficulties that can be meant.
        factors: Slugs of factors that can be meant.
        cases: Slugs of cases that can be meant.

    Returns:
        What is asked for, as usual where the address says nothing that can be meant; and the slots
        that could not be read.
    """
    unread: list[str] = []

    def one(slot: str, usual: str | None, known: Callable[[str], bool]) -> str | None:
        values = given(slot)
        if len(values) == 1 and known(values[0]):
            return values[0]
        if values:
            unread.append(slot)
        return usual

    read = tuple(dict.fromkeys(case for case in given("case") if case in cases))
    if len(read) < len(set(given("case"))):
        unread.append("case")
    settings = Settings(
        difficulty=one("difficulty", None, difficulties.__contains__),
        factor=one("factor", None, factors.__contains__),
        cases=read,
        minutes=int(one("minutes", str(_USUAL.minutes), _is_number) or 0),
        people=int(one("people", str(_USUAL.people), _is_number) or 0),
        mode=one("mode", _USUAL.mode, MODES.__contains__) or _USUAL.mode,
        start=one("start", _USUAL.start, _is_clock) or _USUAL.start,
        met=one("met", "false", {"true", "false"}.__contains__) == "true",
    )
    return settings, tuple(unread)


def _is_number(text: str) -> bool:
    return text.isascii() and _NUMBER.fullmatch(text) is not None


def _is_clock(text: str) -> bool:
    try:
        return len(text) == len(_USUAL.start) and time.fromisoformat(text).tzinfo is None
    except ValueError:
        return False
