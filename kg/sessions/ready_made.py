"""Sessions that are asked for ready-made, three for each factor, as the graph holds them."""

from dataclasses import dataclass

from kg.engine import Engine
from kg.queries.typed_rows import row_of, rows_as
from kg.sessions.settings import Settings
from kg.views.statements import slug_of

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


@row_of("session-plan-list")
class _SessionRow:
    session: str
    label: str
    text: str
    factor: str
    difficulty: str | None
    minutes: int
    people: int
    mode: str
    met: bool


def ready_made(engine: Engine) -> tuple[ReadyMade, ...]:
    """Give all of them, in the order of the factors."""
    return tuple(
        ReadyMade(
            slug=slug_of(row.session),
            name=row.label,
            text=row.text,
            factor=slug_of(row.factor),
            settings=_settings(row),
        )
        for row in rows_as(_SessionRow, engine)
    )


def _settings(row: _SessionRow) -> Settings:
    return Settings(
        difficulty=None if row.difficulty is None else slug_of(row.difficulty),
        factor=slug_of(row.factor) if row.difficulty is None else None,
        minutes=row.minutes,
        people=row.people,
        mode=slug_of(row.mode),
        met=row.met,
    )
