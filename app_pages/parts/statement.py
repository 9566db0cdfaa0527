"""One statement, with how it is said and where it stands always beneath it."""

from app_pages.parts import words
from app_pages.parts.markup import escaped, items
from kg.views import IN_THE_PAPER, Illustration, Other, Place, Statement

DENIAL = "A denial: the source says what was not so"
HOLD_NOTHING = "nothing we hold says what came of it"


def draw(statement: Statement) -> str:
    """Draw a statement as an entry of a list."""
    return (
        f'<li class="{_look(statement)}" id="{escaped(statement.slug)}">'
        f'<p class="kg-says">{escaped(statement.text)}</p>'
        + "".join(_marks(statement))
        + "".join(f'<p class="kg-caveat">{escaped(caveat)}</p>' for caveat in statement.caveats)
        + f'<p class="kg-how">{escaped(_origin(statement))} · {escaped(_how(statement))}</p>'
        + '<p class="kg-how"><span class="kg-hidden">Where it says so: </span>'
        + ("" if statement.origin == IN_THE_PAPER else f"{escaped(statement.source)}. ")
        + "; and ".join(_where(place) for place in statement.places)
        + "</p>"
        + _pointing("Told differently in another document:", statement.differing)
        + _pointing("What became of it:", statement.later)
        + _illustrations(statement.illustrates)
        + "</li>"
    )


def _look(statement: Statement) -> str:
    looks = {
        "kg-statement": True,
        "kg-statement-hoped": statement.tone in words.NOT_RESULTS,
        "kg-statement-inferred": not statement.explicit,
        "kg-statement-denied": statement.denied,
    }
    return " ".join(look for look, holds in looks.items() if holds)


def _marks(statement: Statement) -> list[str]:
    """Draw what has to be seen at first sight, each in a form of its own."""
    marks = []
    if statement.denied:
        marks.append(("denied", DENIAL, ""))
    if not statement.explicit:
        marks.append(
            (
                "read",
                f"Our reading, {words.grade(statement.grade)}",
                statement.inference or "No reason is given.",
            )
        )
    if statement.overdue:
        marks.append(
            ("hoped", f"Was {words.ahead(statement.tone).lower()} {statement.time}; {HOLD_NOTHING}", "")
        )
    elif statement.tone in words.NOT_RESULTS:
        marks.append(("hoped", words.NOT_RESULTS[statement.tone], ""))
    if statement.standing is not None and statement.origin != IN_THE_PAPER:
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
    if statement.origin == IN_THE_PAPER:
        return statement.origin
    return f"{statement.origin}: {statement.kind[:1].lower()}{statement.kind[1:]}, {statement.year}"


def _how(statement: Statement) -> str:
    tone = words.TONES.get(statement.tone, statement.tone.lower())
    said = [tone.capitalize() if statement.explicit else f"Read from what is {tone}"]
    if statement.direction is not None:
        said.append(words.DIRECTIONS.get(statement.direction, statement.direction))
    if statement.direction is not None or statement.voice != "Voice not established":
        said.append(words.VOICES.get(statement.voice, statement.voice).capitalize())
    if statement.place is not None:
        said.append(f"In {statement.place}")
    if statement.time is not None:
        said.append(
            words.ahead(statement.tone) + f" {statement.time}"
            if statement.planned
            else f"Speaks of {statement.time}"
        )
    if statement.attributions:
        said.append("Attributed to: " + "; ".join(statement.attributions))
    return " · ".join(said)


def _where(place: Place) -> str:
    look_for = f"; look for “<i>{escaped(place.look_for)}</i>”" if place.look_for else ""
    return escaped(place.where) + look_for


def _pointing(opening: str, others: tuple[Other, ...]) -> str:
    return "".join(
        f'<p class="kg-how kg-points">{opening} <a href="#{escaped(other.slug)}">{escaped(other.text)}</a> '
        f"({escaped(other.source)})</p>"
        for other in others
    )


def _illustrations(found: tuple[Illustration, ...]) -> str:
    """Name what a statement is read to illustrate; each reason is a click away, the readings are not."""
    if not found:
        return ""
    names = " · ".join(f"{each.label} ({_sure(each)})" for each in found)
    reasons = items(
        [
            f"{escaped(each.scheme)}: <strong>{escaped(each.label)}</strong>, {escaped(_sure(each))}. "
            f"{escaped(each.reason)}"
            for each in found
        ]
    )
    return (
        f'<details class="kg-reads"><summary><span>We file it under:</span> {escaped(names)}</summary>'
        f"{reasons}</details>"
    )


def _sure(each: Illustration) -> str:
    return "its own words" if each.explicit else f"our reading, {words.grade(each.grade)}"
