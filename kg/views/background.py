"""What the paper says beside its cases and factors, as lists: works, qualities, programmes and more."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.engine import Engine
from kg.queries.questions import ask
from kg.views.choices import Graphs
from kg.views.links import link_of
from kg.views.records import Link, Statement
from kg.views.statements import Record, maybe, statements_of, text

__all__ = ["Background", "BackgroundEntry", "background"]


@dataclass(frozen=True)
class BackgroundEntry:
    """One entry of a list.

    Attributes:
        link: What it is, with its page.
        meaning: What it means, or is cited for; "" where nothing is said.
        beside: Works that name it, or cases in which it is named or shown.
        statements: Statements that speak of it.
    """

    link: Link
    meaning: str = ""
    beside: tuple[Link, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Background:
    """The lists.

    Attributes:
        finders: Statements on who found the five factors, and on which works they drew.
        facilitation: Ways of working of facilitators.
        qualities: Qualities and styles of leading.
        works: Works that the paper cites, the oldest first.
        programmes: Programmes, plans and agreements that are named.
    """

    finders: tuple[Statement, ...]
    facilitation: tuple[BackgroundEntry, ...]
    qualities: tuple[BackgroundEntry, ...]
    works: tuple[BackgroundEntry, ...]
    programmes: tuple[BackgroundEntry, ...]


def background(engine: Engine, graphs: Graphs = None) -> Background:
    """Return the lists.

    Args:
        engine: Where to ask.
        graphs: Graphs to ask; all of them if None.
    """
    found = ask(engine, "factor-finder", graphs)
    said = ask(engine, "facilitator-practice-list", graphs)
    claims = [text(each[name]) for each in found for name in ("found", "drew") if each[name] is not None]
    told = statements_of(engine, [*claims, *(text(each["claim"]) for each in said)], graphs)
    works = [
        record
        for start in ask(engine, "source-starting-point", graphs)
        for record in ask(engine, "work-list", graphs, source=text(start["source"]))
    ]
    return Background(
        finders=tuple(told[claim] for claim in dict.fromkeys(claims)),
        facilitation=tuple(
            BackgroundEntry(
                _link(records[0], "practice"),
                text(records[0]["definition"]),
                statements=tuple(told[text(each["claim"])] for each in records),
            )
            for records in _by(said, "practice")
        ),
        qualities=tuple(
            BackgroundEntry(
                _link(records[0], "quality"),
                text(records[0]["definition"]),
                _beside(records, "work", "workLabel") + _beside(records, "case", "caseLabel"),
            )
            for records in _by(ask(engine, "quality-list", graphs), "quality")
        ),
        works=tuple(BackgroundEntry(_link(each, "work"), text(each["backs"])) for each in works),
        programmes=tuple(
            BackgroundEntry(_link(records[0], "programme"), beside=_beside(records, "about", "aboutLabel"))
            for records in _by(ask(engine, "programme-list", graphs), "programme")
        ),
    )


def _by(records: Sequence[Record], name: str) -> list[list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(text(record[name]), []).append(record)
    return list(found.values())


def _link(record: Record, name: str) -> Link:
    return link_of(text(record[name]), text(record["label"]))


def _beside(records: Sequence[Record], name: str, label: str) -> tuple[Link, ...]:
    return tuple(
        dict.fromkeys(
            link_of(text(each[name]), text(each[label])) for each in records if maybe(each[label]) is not None
        )
    )
