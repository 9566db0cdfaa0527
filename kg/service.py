"""The graph in service: the engine that answers, and which version of the content it holds."""

from dataclasses import dataclass

from kg.engine import Engine

__all__ = ["Served"]


@dataclass(frozen=True)
class Served:
    """A graph that can be asked.

    Attributes:
        engine: What answers.
        version: A short name for exactly this state of the content.
    """

    engine: Engine
    version: str
