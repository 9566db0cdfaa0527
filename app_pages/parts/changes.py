"""What changed: releases, corrections and withdrawals, and the page of a statement that was withdrawn."""

from collections.abc import Iterable
from datetime import date

from app_pages.parts import entry
from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped, folded, items
from kg.views import Changes, Correction, Link, Since, Withdrawal, day_in_words

WITHDRAWN = "This statement was withdrawn"


def log(found: Changes, paper_alone: bool) -> str:
    """Draw the corrections log: every correction and withdrawal, latest first.

    Args:
        found: What changed.
        paper_alone: Whether only what the paper says was looked at.
    """
    entries: list[tuple[date, str]] = [
        *((each.day, _corrected(each)) for each in found.corrected),
        *((each.day, _withdrawn(each)) for each in found.withdrawn),
    ]
    if not entries:
        whose = "No statement of the paper" if paper_alone else "No statement"
        return f"<p>{whose} has been corrected or withdrawn so far.</p>"
    ordered = sorted(entries, key=lambda each: each[0], reverse=True)
    return items([text for _, text in ordered], "kg-log")


def by_release(found: Changes, paper_alone: bool) -> str:
    """Draw what is new, corrected and withdrawn, release by release.

    Args:
        found: What changed.
        paper_alone: Whether only what the paper says was looked at.
    """
    opening = (
        ""
        if found.releases
        else "<p>The collection has not been released yet. What you see is on its way to a first release, so "
        "there is nothing that it could be compared with.</p>"
    )
    of_the_paper = "<p>Counted here: changes of what the paper says.</p>" if paper_alone else ""
    return opening + of_the_paper + "".join(_since(each, bool(found.releases)) for each in found.periods)


def corrections(corrected: Iterable[tuple[date, str]]) -> str:
    """Draw what was put right in one statement; "" if nothing was."""
    found = [f"<strong>{escaped(day_in_words(day))}:</strong> {escaped(note)}" for day, note in corrected]
    return f"<h2>What was corrected</h2>{items(found, 'kg-log')}" if found else ""


def withdrawn(found: Withdrawal) -> str:
    """Draw the page of a statement that was withdrawn: when, why, and what stands in its place."""
    return (
        f"<h1>{WITHDRAWN}</h1>"
        f'<p class="kg-lede">It was about {links_to(found.about)}, and was withdrawn on '
        f"{escaped(day_in_words(found.day))}.</p><p>{escaped(found.note)}</p>"
        f"<p>It had been taken from {link_to(found.source)}. What it said is not shown any more; its address "
        "stays, for whoever has cited it.</p>" + _instead(found) + entry.for_programs(f"claim/{found.slug}")
    )


def _corrected(each: Correction) -> str:
    said = (
        link_to(Link(each.statement, f"claim?id={each.slug}"))
        if each.statement is not None
        else f"{link_to(Link('A statement', f'claim?id={each.slug}'))} that was withdrawn later"
    )
    return _entry("Corrected", each.day, each.about, each.note) + f'<p class="kg-how">{said}</p>'


def _withdrawn(each: Withdrawal) -> str:
    about_it = link_to(Link("What is left of it", f"claim?id={each.slug}"))
    return _entry("Withdrawn", each.day, each.about, each.note) + (
        f'<p class="kg-how">Taken from {link_to(each.source)} · {about_it}</p>' + _instead(each)
    )


def _instead(each: Withdrawal) -> str:
    return "" if each.instead is None else f'<p class="kg-how">In its place: {link_to(each.instead)}</p>'


def _entry(kind: str, day: date, about: Iterable[Link], note: str) -> str:
    on = f"{kind} on {day_in_words(day)}"
    return f"<p><strong>{escaped(on)}</strong>, about {links_to(about)}. {escaped(note)}</p>"


def _since(since: Since, released: bool) -> str:
    if since.release is None:
        heading, text = ("Since the last release" if released else "Before the first release"), ""
    else:
        heading = f"Release {since.release.version}, {day_in_words(since.release.day)}"
        text = f"The collection held {counted(since.release.held, 'statement')}. "
    if since.first:
        return f"<h3>{escaped(heading)}</h3><p>{escaped(text)}The first release: all of them were new.</p>"
    counts = f"New: {len(since.added)}. Corrected: {len(since.corrected)}. Withdrawn: {len(since.withdrawn)}."
    return f"<h3>{escaped(heading)}</h3><p>{escaped(text)}{counts}</p>" + _new(since)


def _new(since: Since) -> str:
    if not since.added:
        return ""
    found = items(
        [
            f"{link_to(Link(each.statement, f'claim?id={each.slug}'))} "
            f'<span class="kg-grade">{links_to(each.about)}</span>'
            for each in since.added
        ]
    )
    return folded(counted(len(since.added), "new statement"), found)
