"""One statement, with how it is said and where it stands always beneath it."""

from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import escaped, items
from kg import words
from kg.evidence import Voice
from kg.views import Illustration, Link, Origin, Other, Place, Statement


def draw(
    statement: Statement,
    page: str | None = None,
    with_case: bool = True,
    with_readings: bool = True,
    anchored: bool = True,
) -> str:
    """Draw a statement as an entry of a list.

    Args:
        statement: The statement.
        page: The address of the page it is drawn on, to which it need not lead; None for the page of
            its case, where other statements are that it points to.
        with_case: Whether to say on another page which case it is about.
        with_readings: Whether to name what it is filed under.
        anchored: Whether a link can lead to it; not where it may be drawn twice on a page.
    """
    away = page is not None
    anchor = f' id="{escaped(statement.slug)}"' if anchored else ""
    return (
        f'<li class="{_look(statement)}"{anchor}>'
        f'<p class="kg-says">{escaped(statement.text)}</p>'
        + "".join(_marks(statement))
        + "".join(f'<p class="kg-caveat">{escaped(caveat)}</p>' for caveat in statement.caveats)
        + f'<p class="kg-how">{_case(statement) if away and with_case else ""}'
        f"{escaped(_origin(statement))} · {escaped(_how(statement))}{_names(statement, page)}</p>"
        + '<p class="kg-how"><span class="kg-hidden">Where it says so: </span>'
        + ("" if statement.origin is Origin.PAPER else f"{link_to(statement.document)}. ")
        + "; and ".join(place_in_words(place) for place in statement.places)
        + (
            f" · {link_to(Link('Cite or share', _page_of(statement.slug)))}"
            if page != _page_of(statement.slug)
            else ""
        )
        + "</p>"
        + _pointing("Another document disagrees:", statement.differing, away)
        + _pointing("What happened next:", statement.later, away)
        + (_pointing("It tells what became of this:", statement.earlier, away) if away else "")
        + (_illustrations(statement.illustrates, page) if with_readings else "")
        + "</li>"
    )


def brief(statement: Statement) -> str:
    """Draw a statement in two lines: what it says, with a link to its page, and where it stands."""
    return (
        f'<li class="{_look(statement)}"><p class="kg-says">'
        f"{link_to(Link(statement.text, _page_of(statement.slug)))}</p>"
        + "".join(_marks(statement))
        + f'<p class="kg-how">{_case(statement)}{escaped(_how(statement))}'
        f"{_names(statement, None)}</p>"
        + f'<p class="kg-how">{"; and ".join(place_in_words(place) for place in statement.places)}</p></li>'
    )


def _page_of(slug: str) -> str:
    return f"claim?id={slug}"


def _case(statement: Statement) -> str:
    cases = [each for each in statement.about if (each.address or "").startswith("case?")]
    return f"{links_to(cases)} · " if cases else ""


def _names(statement: Statement, page: str | None) -> str:
    """Lead to what a statement speaks of and names, in so many words or by our reading."""
    ends = (
        ("Of", statement.subject, statement.subject_kind),
        ("Named", statement.names, statement.names_kind),
        ("In", statement.place, ""),
    )
    return "".join(
        f" · {escaped(words.KINDS_OF_TERMS.get(kind, word))}: {link_to(end)}"
        for word, end, kind in ends
        if end is not None and end.address not in {None, page}
    )


def _look(statement: Statement) -> str:
    looks = {
        "kg-statement": True,
        "kg-statement-hoped": statement.before or statement.modality in words.NOT_RESULTS,
        "kg-statement-inferred": not statement.explicit,
        "kg-statement-denied": statement.denied,
    }
    return " ".join(look for look, holds in looks.items() if holds)


def _marks(statement: Statement) -> list[str]:
    """Draw what has to be seen at first sight, each in a form of its own."""
    marks = []
    if statement.denied:
        marks.append(("denied", words.DENIAL, ""))
    if statement.before:
        marks.append(("hoped", words.BEFORE, ""))
    if not statement.explicit:
        marks.append(
            (
                "read",
                f"Our reading, {words.grade(statement.basis)}",
                statement.inference or "No reason is given.",
            )
        )
    if statement.overdue:
        marks.append(
            (
                "hoped",
                f"Was {words.ahead(statement.modality).lower()} {statement.time}; {words.HOLD_NOTHING}",
                "",
            )
        )
    elif statement.modality in words.NOT_RESULTS:
        marks.append(("hoped", words.NOT_RESULTS[statement.modality], ""))
    if statement.standing is not None and statement.origin is not Origin.PAPER:
        marks.append(
            (f"standing kg-standing-{statement.standing.value}", words.STANDINGS[statement.standing], "")
        )
    marks.extend(("setback", kind, "") for kind in statement.setbacks)
    drawn = [
        (f'<span class="kg-mark kg-mark-{kind}">{escaped(name)}</span>', escaped(why))
        for kind, name, why in marks
    ]
    together = " ".join(mark for mark, why in drawn if not why)
    return [f'<p class="kg-how">{mark} {why}</p>' for mark, why in drawn if why] + (
        [f'<p class="kg-how">{together}</p>'] if together else []
    )


def _origin(statement: Statement) -> str:
    """Say where a statement comes from: the paper, or another document of which kind and year."""
    if statement.origin is Origin.PAPER:
        return words.ORIGINS[statement.origin]
    kind = statement.kind[:1].lower() + statement.kind[1:]
    return f"{words.ORIGINS[statement.origin]}: {kind}, {statement.year}"


def _how(statement: Statement) -> str:
    tone = words.TONES[statement.modality]
    said = [tone.capitalize() if statement.explicit else f"Read from what is {tone}"]
    if statement.direction is not None:
        said.append(words.DIRECTIONS[statement.direction])
    if statement.direction is not None or statement.voice is not Voice.NOT_ESTABLISHED:
        said.append(words.VOICES[statement.voice].capitalize())
    if statement.time is not None:
        said.append(
            words.ahead(statement.modality) + f" {statement.time}"
            if statement.planned
            else f"Speaks of {statement.time}"
        )
    if statement.attributions:
        said.append("Attributed to: " + "; ".join(statement.attributions))
    return " · ".join(said)


def place_in_words(place: Place) -> str:
    """Say where in its document a statement stands, and what to look for there."""
    look_for = f"; look for “<i>{escaped(place.look_for)}</i>”" if place.look_for else ""
    return escaped(place.where) + look_for


def _pointing(opening: str, others: tuple[Other, ...], away: bool) -> str:
    return "".join(
        f'<p class="kg-how kg-points">{opening} {_pointed(other, away)} ({escaped(other.source)})</p>'
        for other in others
    )


def _pointed(other: Other, away: bool) -> str:
    if away:
        return link_to(Link(other.text, _page_of(other.slug)))
    return f'<a href="#{escaped(other.slug)}">{escaped(other.text)}</a>'


def _illustrations(found: tuple[Illustration, ...], page: str | None) -> str:
    """Name what a statement is read to illustrate; each reason is a click away, the readings are not.

    On the page of what it illustrates, the reason stands in the open.
    """
    here = [each for each in found if page is not None and each.concept.address == page]
    others = [each for each in found if each not in here]
    names = " · ".join(f"{other.concept.name} ({_sure(other)})" for other in others)
    reasons = items([f"{escaped(words.KINDS_OF_TERMS[other.scheme])}: {reading(other)}" for other in others])
    return "".join(
        f'<p class="kg-how"><span class="kg-mark kg-mark-read">Filed here: {escaped(_sure(each))}</span> '
        f"{escaped(each.reason)}</p>"
        for each in here
    ) + (
        f'<details class="kg-reads"><summary><span>We file it under:</span> {escaped(names)}</summary>'
        f"{reasons}</details>"
        if others
        else ""
    )


def reading(illustration: Illustration) -> str:
    """Name a concept that a statement is filed under, how surely, and why."""
    concept = link_to(illustration.concept)
    return f"<strong>{concept}</strong>, {escaped(_sure(illustration))}. {escaped(illustration.reason)}"


def _sure(illustration: Illustration) -> str:
    return "its own words" if illustration.explicit else f"our reading, {words.grade(illustration.basis)}"
