"""What the collection holds and lacks: small tables, each with what it means in a sentence."""

from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import escaped, folded, items
from kg.views import CountTable, Coverage, Link, Omission

MAP = Link("What we know and don’t", "known")

BIAS = (
    "Places that did well are written about more than places that did not, and much of what is written "
    "about a place is written by people who had a part in it. So a collection like this one leans towards "
    "success. Failures and reversals were looked for on purpose; that few are told of a place does not mean "
    "that little went wrong there."
)
PART = (
    "The paper was read whole. Of every other document only a part was read, most often the opening, in a "
    "stored copy of unknown age. That something was not found in the part we read says nothing about the "
    "rest."
)
COUNTS = (
    "Counts are counts of statements, documents or cases. They are no scores: a place with many statements "
    "is not better than one with few, and two things that occur together are not cause and effect."
)


def draw(coverage: Coverage, paper_alone: bool) -> str:
    """Draw what is counted, each table folded beneath what it counts.

    Args:
        coverage: What was counted.
        paper_alone: Whether only the paper was counted.
    """
    return (
        f'<p class="kg-note">{BIAS}</p><p>{COUNTS}</p>'
        + ("" if paper_alone else f"<p>{PART}</p>")
        + f"<p>{link_to(MAP)}: what leaders did, difficulties and factors by area of results.</p>"
        + _table(
            "By factor",
            coverage.factors,
            "A case that shows a factor by our reading only is in the last column.",
        )
        + _table(
            "By what results are about",
            coverage.outcome_groups,
            "An empty line means that no result was found in what was read, not that there was none.",
        )
        + _table("Which way results went, and who says so", coverage.directions, "")
        + _table("What went wrong or was undone", coverage.setbacks, "By what a document itself says.")
        + _table("By country", coverage.countries, "What is told of one country may not travel to another.")
        + f"<p>{links_to([Link('The cases on a map', 'places'), Link('in order of time', 'timeline')])}</p>"
        + _table("By kind of document", coverage.kinds, "The kind was given to each document by hand.")
        + _table("By where documents were published and read", coverage.tiers, "")
        + _table(
            "By who had a part",
            coverage.parties,
            "Cases of which a document names the party in so many words.",
        )
        + _omissions(coverage.omissions)
    )


def _table(caption: str, table: CountTable, note: str) -> str:
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in table.columns)
    body = "".join(
        f'<tr><th scope="row">{escaped(row[0])}</th>'
        + "".join(f"<td>{escaped(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return folded(
        caption,
        (f"<p>{escaped(note)}</p>" if note else "")
        + f'<div class="kg-table-wrap" tabindex="0" role="region" aria-label="{escaped(caption)}">'
        f'<table class="kg-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>',
    )


def _omissions(found: tuple[Omission, ...]) -> str:
    if not found:
        return ""
    entries = [escaped(f"{each.identifier}, {each.case}, in {each.source}: {each.reason}") for each in found]
    return folded("Read and left out", items(entries))
