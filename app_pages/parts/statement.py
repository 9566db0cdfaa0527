"""One statement, with how it is said and where it stands always beneath it."""

from app_pages.parts import words
from app_pages.parts.markup import escaped
from kg.views import Place, Statement

DENIAL = "A denial: the source says what was not so"


def draw(statement: Statement) -> str:
    """Draw a statement as an entry of a list."""
    return (
        f'<li class="{_look(statement)}">'
        f'<p class="kg-says">{escaped(statement.text)}</p>'
        + "".join(_marks(statement))
        + "".join(f'<p class="kg-caveat">{escaped(caveat)}</p>' for caveat in statement.caveats)
        + f'<p class="kg-how">{escaped(_how(statement))} · <span class="kg-hidden">Where it says so: </span>'
        + "; and ".join(_where(place) for place in statement.places)
        + "</p></li>"
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
    if statement.tone in words.NOT_RESULTS:
        marks.append(("hoped", words.NOT_RESULTS[statement.tone], ""))
    return [
        f'<p class="kg-how"><span class="kg-mark kg-mark-{kind}">{escaped(name)}</span> {escaped(why)}</p>'
        for kind, name, why in marks
    ]


def _how(statement: Statement) -> str:
    tone = words.TONES.get(statement.tone, statement.tone.lower())
    said = [tone.capitalize() if statement.explicit else f"Read from what is {tone}"]
    if statement.direction is not None:
        said.append(words.DIRECTIONS.get(statement.direction, statement.direction))
    if statement.direction is not None or statement.voice != "Voice not established":
        said.append(words.VOICES.get(statement.voice, statement.voice).capitalize())
    if statement.time is not None:
        said.append(f"Speaks of {statement.time}")
    if statement.attributions:
        said.append("Attributed to: " + "; ".join(statement.attributions))
    return " · ".join(said)


def _where(place: Place) -> str:
    look_for = f"; look for “<i>{escaped(place.look_for)}</i>”" if place.look_for else ""
    return escaped(place.where) + look_for
