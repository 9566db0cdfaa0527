"""One statement, with how it is said and where it stands always beneath it."""

from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import escaped, items
from kg import words
from kg.evidence import Voice
from kg.views import Illustration, Link, NamedThing, Origin, Other, Place, Statement


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
        + "".join(f'<p class="kg-caveat">{escaped(caveat)}</p>' for caveat in statement.evidence.caveats)
        + f'<p class="kg-how">{_case(statement) if away and with_case else ""}'
        f"{escaped(_origin(statement))} · {escaped(_how(statement))}{_names(statement, page)}</p>"
        + '<p class="kg-how"><span class="kg-hidden">Where it says so: </span>'
        + ("" if statement.source.origin is Origin.PAPER else f"{link_to(statement.source.document)}. ")
        + _places(statement)
        + (
            f" · {link_to(Link('Cite or share', _page_of(statement.slug)))}"
            if page != _page_of(statement.slug)
            else ""
        )
        + "</p>"
        + _pointing("Another document disagrees:", statement.related.differing, away)
        + _pointing("What happened next:", statement.related.later, away)
        + (_pointing("It tells what became of this:", statement.related.earlier, away) if away else "")
        + (_illustrations(statement.topics.illustrates, page) if with_readings else "")
        + "</li>"
    )


def brief(statement: Statement) -> str:
    """Draw a statement in two lines: what it says, with a link to its page, and where it stands."""
    return (
        f'<li class="{_look(statement)}"><p class="kg-says">'
        f"{link_to(Link(statement.text, _page_of(statement.slug)))}</p>"
        + "".join(_marks(statement))
        + f'<p class="kg-how">{_case(statement)}{escaped(_how(statement))}'
        f"{_names(statement, None)}</p>" + f'<p class="kg-how">{_places(statement)}</p></li>'
    )


def _page_of(slug: str) -> str:
    return f"claim?id={slug}"


def _case(statement: Statement) -> str:
    cases = [each for each in statement.topics.about if (each.address or "").startswith("case?")]
    return f"{links_to(cases)} · " if cases else ""


def _names(statement: Statement, page: str | None) -> str:
    """Lead to what a statement speaks of and names, in so many words or by our reading."""
    place = statement.topics.place
    ends = (
        ("Of", statement.relation.subject),
        ("Named", statement.relation.object),
        ("In", None if place is None else NamedThing(place)),
    )
    return "".join(
        f" · {escaped(words.KINDS_OF_TERMS.get(end.scheme, word))}: {link_to(end.link)}"
        for word, end in ends
        if end is not None and end.link.address not in {None, page}
    )


def _look(statement: Statement) -> str:
    looks = {
        "kg-statement": True,
        "kg-statement-hoped": statement.relation.before or statement.evidence.modality in words.NOT_RESULTS,
        "kg-statement-inferred": not statement.evidence.explicit,
        "kg-statement-denied": statement.evidence.denied,
    }
    return " ".join(look for look, holds in looks.items() if holds)


def _marks(statement: Statement) -> list[str]:
    """Draw what has to be seen at first sight, each in a form of its own."""
    marks = []
    modality = statement.evidence.modality
    if statement.evidence.denied:
        marks.append(("denied", words.DENIAL, ""))
    if statement.relation.before:
        marks.append(("hoped", words.BEFORE, ""))
    if not statement.evidence.explicit:
        marks.append(
            (
                "read",
                f"Our reading, {words.grade(statement.evidence.basis)}",
                statement.evidence.inference or "No reason is given.",
            )
        )
    if statement.time.overdue:
        marks.append(
            (
                "hoped",
                f"Was {words.ahead(modality).lower()} {statement.time.span}; {words.HOLD_NOTHING}",
                "",
            )
        )
    elif modality in words.NOT_RESULTS:
        marks.append(("hoped", words.NOT_RESULTS[modality], ""))
    if statement.result is not None and statement.source.origin is not Origin.PAPER:
        standing = statement.result.standing
        marks.append((f"standing kg-standing-{standing.value}", words.STANDINGS[standing], ""))
    marks.extend(("setback", kind, "") for kind in statement.topics.setbacks)
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
    if statement.source.origin is Origin.PAPER:
        return words.ORIGINS[statement.source.origin]
    kind = statement.source.kind[:1].lower() + statement.source.kind[1:]
    return f"{words.ORIGINS[statement.source.origin]}: {kind}, {statement.source.year}"


def _how(statement: Statement) -> str:
    tone = words.TONES[statement.evidence.modality]
    said = [tone.capitalize() if statement.evidence.explicit else f"Read from what is {tone}"]
    if statement.result is not None:
        said.append(words.DIRECTIONS[statement.result.direction])
    if statement.result is not None or statement.attribution.voice is not Voice.NOT_ESTABLISHED:
        said.append(words.VOICES[statement.attribution.voice].capitalize())
    if statement.time.span is not None:
        said.append(
            words.ahead(statement.evidence.modality) + f" {statement.time.span}"
            if statement.time.planned
            else f"Speaks of {statement.time.span}"
        )
    if statement.attribution.names:
        said.append("Attributed to: " + "; ".join(statement.attribution.names))
    return " · ".join(said)


def place_in_words(place: Place) -> str:
    """Say where in its document a statement stands, and what to look for there."""
    look_for = f"; look for “<i>{escaped(place.look_for)}</i>”" if place.look_for else ""
    return escaped(place.where) + look_for


def _places(statement: Statement) -> str:
    return "; and ".join(place_in_words(place) for place in statement.source.places)


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
