"""Words for kinds of bodies, expanded where they are read, with what became of the bodies."""

import re
from collections.abc import Iterable

from kg.engine import Engine
from kg.queries.questions import ask
from kg.things import page_of
from kg.views.choices import Graphs
from kg.views.records import BodyNote, Statement
from kg.views.statements import maybe, text
from kg.views.times import in_words

__all__ = ["words_of_their_time"]


def words_of_their_time(
    engine: Engine, statements: Iterable[Statement], graphs: Graphs = None
) -> tuple[BodyNote, ...]:
    """Find words for kinds of bodies that need explaining: abbreviations, and those with a note.

    Args:
        engine: Where to ask.
        statements: What is read.
        graphs: Graphs to ask; all of them if None.
    """
    said = " ".join(each for statement in statements for each in (statement.text, *statement.caveats))
    notes: dict[str, BodyNote] = {}
    for record in ask(engine, "body-notes", graphs):
        name, short, note = text(record["label"]), maybe(record["name"]), maybe(record["note"])
        abbreviation = short if short is not None and short.isupper() else None
        word = next((each for each in (abbreviation, name) if each and _says(said, each)), None)
        if word is None or (abbreviation is None and note is None):
            continue
        notes[name] = BodyNote(
            word=word,
            name=name,
            definition=text(record["definition"]),
            note=note,
            page=maybe(record["page"]),
            as_of=None if record["asOf"] is None else in_words(text(record["asOf"])),
            address=page_of(text(record["kind"])),
        )
    return tuple(notes[name] for name in sorted(notes))


def _says(said: str, word: str) -> bool:
    flags = re.NOFLAG if word.isupper() else re.IGNORECASE
    return re.search(rf"\b{re.escape(word)}s?\b", said, flags) is not None
