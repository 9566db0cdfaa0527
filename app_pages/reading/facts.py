"""What is known of something, a line each."""

from dataclasses import dataclass

from kg.views import Link

__all__ = ["Fact", "facts"]


@dataclass(frozen=True)
class Fact:
    """A line on what is known.

    Attributes:
        name: What the line is about.
        text: What it says; "" where it names things.
        links: The things it names.
    """

    name: str
    text: str = ""
    links: tuple[Link, ...] = ()


def facts(*lines: Fact) -> list[Fact]:
    """Return the lines that say something."""
    return [line for line in lines if line.text or line.links]
