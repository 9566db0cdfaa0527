"""What was found for a question, as the Find page shows it."""

from urllib.parse import urlencode

from app_pages.parts.templates import render
from kg import words
from kg.evidence import Modality
from kg.language import gettext
from kg.search import Because, Reason, SearchAnswer, SearchResult
from kg.things import page_of
from kg.views import ReadingList

__all__ = ["nothing", "opening", "read_first", "results"]

# The groups in the order in which they help, with how many are shown of each.
_MOST = {
    "practice": 6,
    "case": 6,
    "factor": 5,
    "challenge": 4,
    "principle": 4,
    "service-action": 4,
    "outcome": 4,
    "facilitator-practice": 4,
    "quality": 4,
    "activity": 4,
    "claim": 8,
}
# Most difficulties that are taken along to similar places.
_PICKED = 5


def _heading(kind: str) -> str:
    return {
        "practice": gettext("What leaders did"),
        "case": gettext("Places"),
        "factor": gettext("Factors"),
        "challenge": gettext("Difficulties"),
        "principle": gettext("Principles that leaders wrote down"),
        "service-action": gettext("Changes to services"),
        "outcome": gettext("Results"),
        "facilitator-practice": gettext("For those who help leaders"),
        "quality": gettext("Qualities of leaders"),
        "activity": gettext("To try with a group"),
        "claim": gettext("Statements"),
    }[kind]


def opening(answer: SearchAnswer) -> str:
    """Return how much was found, and the way to places that faced the same difficulties."""
    picked = _picked(answer)
    slots = urlencode([("difficulty", result.iri.rsplit("/", 1)[1]) for result in picked])
    shown = sum(len(found) for _, found in _groups(answer))
    return _drawn("opening", answer, shown=shown, picked=picked, similar=f"similar?{slots}")


def read_first(answer: SearchAnswer, reading: ReadingList) -> str:
    """Return what to read first: a card for each place, for what went wrong, and for the advice."""
    return _drawn("first", answer, reading=reading)


def results(answer: SearchAnswer) -> str:
    """Return the results by kind, each with why it was found."""
    return _drawn("rest", answer, groups=[(_heading(kind), found) for kind, found in _groups(answer)])


def nothing(answer: SearchAnswer) -> str:
    """Return what to say where nothing fits, with the nearest there is."""
    return _drawn("nothing", answer)


def _groups(answer: SearchAnswer) -> list[tuple[str, list[SearchResult]]]:
    groups = [
        (kind, [result for result in answer.results if result.kind == kind][:most])
        for kind, most in _MOST.items()
    ]
    return [(kind, found) for kind, found in groups if found]


def _picked(answer: SearchAnswer) -> list[SearchResult]:
    """Return the difficulties that come nearest to each part of a question."""
    named = [result for result in answer.results if result.kind == "challenge" and answer.close]
    by_part = {result.part: result for result in reversed(named)}
    return list(dict.fromkeys(by_part[part] for part in sorted(by_part)))[:_PICKED]


def _tone(reason: Reason) -> str:
    """Return what kind of statement something was found by."""
    if reason.denied:
        return gettext("A statement that denies it")
    if reason.modality is None:
        return gettext("A statement")
    return words.NOT_RESULTS.get(Modality.of(reason.modality), gettext("A statement"))


def _drawn(part: str, answer: SearchAnswer, **values: object) -> str:
    return render(
        "tools/search.html",
        part=part,
        answer=answer,
        because=Because,
        tone=_tone,
        page_of=page_of,
        **values,
    )
