"""A block as plain text, to be put into the chat of an online meeting."""

from collections.abc import Iterator

from kg.sessions.plans import Block

__all__ = ["for_chat"]


def for_chat(block: Block) -> str:
    """Write what participants need of a block: no facilitator's note, no risk, no reason."""
    return "\n".join(_lines(block))


def _lines(block: Block) -> Iterator[str]:
    yield f"{block.start}–{block.end} {block.name} ({block.minutes} min)"
    yield ""
    yield block.activity.script.to_say
    yield ""
    for number, step in enumerate(block.steps, 1):
        yield f"{number}. {step.text} ({step.minutes} min)"
    if block.prompts:
        yield ""
        for prompt in block.prompts:
            yield f"? {prompt.text}"
