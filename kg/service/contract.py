"""What serves the graph, as those see it who ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.engine import ServingEngine

__all__ = ["Health", "ServedGraph", "Service"]


@dataclass(frozen=True)
class ServedGraph:
    """One state of the graph that can be asked.

    Attributes:
        engine: What answers. It holds this state as long as anything refers to it, whatever the files say.
        version: A short name for exactly this state of the content.
        counts: How much of each kind of thing it holds.
    """

    engine: ServingEngine
    version: str
    counts: Mapping[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Health:
    """How the graph is doing.

    Attributes:
        ok: Whether it can be asked.
        served: What can be asked, if anything.
        message: Why it cannot be asked.
        note: What whoever runs the service should know.
    """

    ok: bool
    served: ServedGraph | None = None
    message: str | None = None
    note: str | None = None


class Service(Protocol):
    """What keeps a graph open and says how it is doing."""

    def current(self) -> ServedGraph:
        """Return the graph as it is now.

        Raises:
            KgError: If it cannot be asked, with the reason.
        """
        ...

    def current_nowait(self) -> ServedGraph | None:
        """Return the graph at once; None where something is to be looked up first, which `current` does."""
        ...

    def health(self) -> Health:
        """Return how the graph is doing, as far as that is known without asking or waiting for anything."""
        ...

    async def leave(self) -> None:
        """Free what is bound to the event loop that runs, before it ends."""
        ...

    def close(self) -> None:
        """End the engine."""
        ...
