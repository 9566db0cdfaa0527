"""What happened in a case, in half a page: its story, with a way to the statements of every sentence."""

from app_pages.parts.graph import with_choice
from app_pages.parts.templates import render
from kg.views import Story

__all__ = ["draw"]


def draw(story: Story) -> str:
    """Draw a story; nothing where none is written."""
    if story.line is None:
        return ""
    first, *others = ([claim for said in part.sentences for claim in said.claims] for part in story.parts)
    facts = [claim for fact in story.facts for claim in fact.claims]
    claims = dict.fromkeys([*first, *facts, *(claim for part in others for claim in part)])
    numbers = {claim: number for number, claim in enumerate(claims, start=1)}
    return render("story.html", story=story, numbers=numbers, address=with_choice)
