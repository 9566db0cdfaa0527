"""What changed: releases, corrections and withdrawals."""

from collections.abc import Iterable
from datetime import date

from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped, folded, items
from kg.views import Changes, Correction, Link, Since, Withdrawal, day_in_words


def log(changes: Changes, paper_alone: bool) -> str:
    """Draw the corrections log: every correction and withdrawal, latest first.

    Args:
        changes: What changed.
        paper_alone: Whether only what the paper says was looked at.
    """
    entries: list[tuple[date, str]] = [
        *((each.day, _corrected(each)) for each in changes.corrected),
        *((each.day, _withdrawn(each)) for each in changes.withdrawn),
    ]
    if not entries:
        whose = "No statement of the paper" if paper_alone else "No statement"
        return f"<p>{whose} has been corrected or withdrawn so far.</p>"
    ordered = sorted(entries, key=lambda each: each[0], reverse=True)
    return items([text for _, text in ordered], "kg-log")


def by_release(changes: Changes, paper_alone: bool) -> str:
    """Draw what is new, corrected and withdrawn, release by release.

    Args:
        changes: What changed.
        paper_alone: Whether only what the paper says was looked at.
    """
    opening = (
        ""
        if changes.releases
        else "<p>The collection has not been released yet. What you see is on its way to a first release, so "
        "there is nothing that it could be compared with.</p>"
    )
    of_the_paper = "<p>Counted here: changes of what the paper says.</p>" if paper_alone else ""
    return (
        opening + of_the_paper + "".join(_since(period, bool(changes.releases)) for period in changes.periods)
    )


def _corrected(correction: Correction) -> str:
    said = (
        link_to(Link(correction.statement, f"claim?id={correction.slug}"))
        if correction.statement is not None
        else f"{link_to(Link('A statement', f'claim?id={correction.slug}'))} that was withdrawn later"
    )
    return (
        _entry("Corrected", correction.day, correction.about, correction.note)
        + f'<p class="kg-how">{said}</p>'
    )


def _withdrawn(withdrawal: Withdrawal) -> str:
    about_it = link_to(Link("What is left of it", f"claim?id={withdrawal.slug}"))
    return _entry("Withdrawn", withdrawal.day, withdrawal.about, withdrawal.note) + (
        f'<p class="kg-how">Taken from {link_to(withdrawal.source)} · {about_it}</p>' + _instead(withdrawal)
    )


def _instead(withdrawal: Withdrawal) -> str:
    return (
        ""
        if withdrawal.instead is None
        else f'<p class="kg-how">In its place: {link_to(withdrawal.instead)}</p>'
    )


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
