"""Sessions that are asked for ready-made, three for each factor, as the graph holds them."""

from dataclasses import dataclass

from kg.engine import Engine
from kg.queries.questions import ask
from kg.sessions.settings import Settings
from kg.views.statements import maybe, slug_of, text

__all__ = ["ReadyMade", "ready_made"]


@dataclass(frozen=True)
class ReadyMade:
    """A session to begin with.

    Attributes:
        slug: The last part of its IRI.
        name: What it is called.
        text: For whom it is.
        factor: Slug of the factor it belongs to.
        settings: What is asked for.
    """

    slug: str
    name: str
    text: str
    factor: str
    settings: Settings


def ready_made(engine: Engine) -> tuple[ReadyMade, ...]:
    """Give all of them, in the order of the factors."""
    return tuple(
        ReadyMade(
            slug=slug_of(text(record["session"])),
            name=text(record["label"]),
            text=text(record["text"]),
            factor=slug_of(text(record["factor"])),
            settings=_settings(
                slug_of(text(record["factor"])),
                maybe(record["difficulty"]),
                int(text(record["minutes"])),
                int(text(record["people"])),
                slug_of(text(record["mode"])),
                text(record["met"]) == "true",
            ),
        )
        for record in ask(engine, "session-plan-list")
    )


def _settings(
    factor: str, difficulty: str | None, minutes: int, people: int, mode: str, met: bool
) -> Settings:
    return Settings(
        difficulty=None if difficulty is None else slug_of(difficulty),
        factor=factor if difficulty is None else None,
        minutes=minutes,
        people=people,
        mode=mode,
        met=met,
    )
