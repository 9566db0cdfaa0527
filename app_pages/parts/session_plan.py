"""A plan as it is read on the page: what it is about, and each block with what to say and do."""

from collections.abc import Sequence

from app_pages.parts.templates import render
from kg.sessions import Block, Plan, Task

__all__ = ["block", "heading", "rules", "tasks"]

_TEMPLATE = "tools/plan.html"


def heading(plan: Plan) -> str:
    """Return what a plan is about, and what speaks against it."""
    return render(_TEMPLATE, part="heading", plan=plan)


def rules(plan: Plan) -> str:
    """Return what holds in a hybrid meeting."""
    return render(_TEMPLATE, part="rules", plan=plan)


def tasks(heading: str, listed: Sequence[Task]) -> str:
    """Return what is done before or after the session, under a heading."""
    return render(_TEMPLATE, part="tasks", heading=heading, tasks=listed)


def block(planned: Block) -> str:
    """Return one block."""
    return render(_TEMPLATE, part="block", block=planned)
