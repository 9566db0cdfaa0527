"""What was found, drawn: what to read first, then the results by kind, each with why."""

from collections.abc import Sequence
from urllib.parse import urlencode

from app_pages.parts import statement
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped, items
from kg import words
from kg.evidence import Modality
from kg.search import Because, Reason, SearchAnswer, SearchResult
from kg.things import page_of
from kg.views import Advice, Link, ReadingList, ReadingPlace, Setback

# The groups in the order in which they help, with how many are shown of each.
GROUPS = (
    ("practice", "What leaders did", 6),
    ("case", "Places", 6),
    ("factor", "Factors", 5),
    ("challenge", "Difficulties", 4),
    ("principle", "Principles that leaders wrote down", 4),
    ("service-action", "Changes to services", 4),
    ("outcome", "Results that are looked at", 4),
    ("facilitator-practice", "For those who help leaders", 4),
    ("quality", "Qualities of leaders", 4),
    ("activity", "To try with a group", 4),
    ("claim", "Statements", 8),
)

# Most difficulties that are taken along to similar situations.
_PICKED = 5


def count(answer: SearchAnswer) -> str:
    """Say how much was found, and what was made of the words."""
    shown = sum(
        min(len(held), most)
        for kind, _, most in GROUPS
        if (held := [result for result in answer.results if result.kind == kind])
    )
    respelt = "".join(f" Read “{escaped(wrong)}” as “{escaped(right)}”." for wrong, right in answer.read_as)
    alone = "" if answer.by_meaning else " Found by words alone: meaning is not at hand on this server."
    far = "" if answer.close else " None of them is close to your words: these are only the nearest."
    return f'<p role="status" class="kg-extent">{counted(shown, "result")}.{far}{respelt}{alone}</p>'


def results(answer: SearchAnswer) -> str:
    """Draw the results, grouped by kind."""
    drawn = []
    for kind, heading, most in GROUPS:
        found = [result for result in answer.results if result.kind == kind][:most]
        if found:
            entries = "".join(_result(each, answer.parts) for each in found)
            drawn.append(f'<section><h2>{heading}</h2><ul class="kg-found">{entries}</ul></section>')
    return f'<div class="kg-groups">{"".join(drawn)}</div>'


def similar_situations(answer: SearchAnswer) -> str:
    """Lead from the difficulties that come nearest to each part of a question to places that faced them."""
    named = [result for result in answer.results if result.kind == "challenge" and answer.close]
    by_part = {each.part: each for each in reversed(named)}
    picked = list(dict.fromkeys(by_part[part] for part in sorted(by_part)))[:_PICKED]
    if not picked:
        return ""
    slots = urlencode([("difficulty", each.iri.rsplit("/", 1)[1]) for each in picked])
    names = ", ".join(f"“{each.label}”" for each in picked)
    return f"<p>{link_to(Link(f'Places in a similar situation: {names}', f'similar?{slots}'))}</p>"


def nearest(found: Sequence[SearchResult]) -> str:
    """Draw what comes nearest where nothing fits."""
    return "<h2>The nearest we hold</h2>" + items(
        [link_to(Link(each.label, page_of(each.iri))) for each in found]
    )


def _result(search_result: SearchResult, parts: Sequence[str]) -> str:
    part = f" · for “{escaped(parts[search_result.part])}”" if len(parts) > 1 else ""
    return (
        f'<li><p class="kg-says">{link_to(Link(search_result.label, page_of(search_result.iri)))}</p>'
        f'<p class="kg-how">{reason_sentence(search_result.why)}{part}</p></li>'
    )


def reason_sentence(reason: Reason) -> str:
    """Say why something was found; a statement leads to its page and tells its tone."""
    if reason.because is Because.STATEMENT:
        return f"{_tone(reason)}: {_statement(reason.text, reason.claim)}"
    if reason.because is Because.TIE and reason.said is not None:
        said = f"{_tone(reason)}: {_statement(reason.said, reason.claim)}"
        return f"Because it is about “{escaped(reason.text)}”. {said}"
    return escaped(reason)


def _statement(text: str, claim: str | None) -> str:
    return f"“{link_to(Link(text, None if claim is None else page_of(claim)))}”"


def _tone(reason: Reason) -> str:
    if reason.denied:
        return "A statement that denies it"
    if reason.modality is None:
        return "A statement"
    return words.NOT_RESULTS.get(Modality.of(reason.modality), "A statement")


def read_first(reading: ReadingList) -> str:
    """Draw what to read first: a card for each place, the set-back and the advice."""
    cards = [_place(place) for place in reading.places]
    if reading.setback is not None:
        cards.append(_setback(reading.setback))
    if reading.advice is not None:
        cards.append(_advice(reading.advice))
    return f'<section><h2>Read first</h2><ul class="kg-cards kg-first">{"".join(cards)}</ul></section>'


def _place(place: ReadingPlace) -> str:
    by_way = f"Because it is about “{escaped(place.by_way_of)}”: " if place.by_way_of else ""
    reason = (
        f'<p class="kg-how">{by_way}</p><ul class="kg-statements">{statement.brief(place.statement)}</ul>'
        if place.statement is not None
        else f"<p>{escaped(place.why)}</p>"
    )
    return _card("A place", link_to(place.page), place.minutes, reason + _unknown(place))


def _unknown(place: ReadingPlace) -> str:
    if not place.unknown:
        return ""
    said = "The paper does not report on" if place.read_whole else "Not found in what we read"
    names = ", ".join(escaped(name.lower()) for name in place.unknown)
    return f'<p class="kg-how"><strong>What remains unknown.</strong> {said}: {names}.</p>'


def _setback(setback: Setback) -> str:
    name = ", ".join(link_to(each) for each in setback.statement.topics.about)
    reason = f'<ul class="kg-statements">{statement.brief(setback.statement)}</ul>'
    return _card("A set-back", name, setback.minutes, reason)


def _advice(advice: Advice) -> str:
    reason = f'<ul class="kg-statements">{statement.brief(advice.statement)}</ul>'
    return _card("A piece of advice", link_to(advice.page), advice.minutes, reason)


def _card(role: str, name: str, minutes: int, body: str) -> str:
    return (
        f'<li><p class="kg-role">{role} · {counted(minutes, "minute")} to read</p><h3>{name}</h3>{body}</li>'
    )
