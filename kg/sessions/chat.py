"""A block as plain text, to be put into the chat of an online meeting."""

from collections.abc import Iterator

from kg.language import gettext as _
from kg.sessions.plans import Block

__all__ = ["for_chat"]


def for_chat(block: Block) -> str:
    """Write what participants need of a block: no facilitator's note, no risk, no reason."""
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    yield block.heading
    yield ""
    yield block.activity.script.to_say
    yield ""
    for number, step in enumerate(block.steps, 1):
        yield _("%(number)s. %(text)s (%(minutes)s min)", number=number, text=step.text, minutes=step.minutes)
    if block.prompts:
        yield ""
        for prompt in block.prompts:
            yield f"? {prompt.text}"
