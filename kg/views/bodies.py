"""Words for kinds of bodies, expanded where they are read, with what became of the bodies."""

import re
from collections.abc import Iterable

from kg.engine import Engine
from kg.queries.typed_rows import row_of, rows_as
from kg.things import page_of
from kg.views.choices import Graphs
from kg.views.records import BodyNote
from kg.views.statement_records import Statement
from kg.views.times import in_words

__all__ = ["words_of_their_time"]


@row_of("body-notes")
class _NoteRow:
    kind: str
    label: str
    name: str | None
    definition: str
    note: str | None
    page: str | None
    as_of: str | None


def words_of_their_time(
    engine: Engine, statements: Iterable[Statement], graphs: Graphs = None
) -> tuple[BodyNote, ...]:
    """Find words for kinds of bodies that need explaining: abbreviations, and those with a note.

    Args:
        engine: Where to ask.
        statements: What is read.
        graphs: Graphs to ask; all of them if None.
    """
    said = " ".join(
        text for statement in statements for text in (statement.text, *statement.evidence.caveats)
    )
    notes: dict[str, BodyNote] = {}
    for row in rows_as(_NoteRow, engine, graphs):
        abbreviation = row.name if row.name is not None and row.name.isupper() else None
        word = next((name for name in (abbreviation, row.label) if name and _says(said, name)), None)
        if word is None or (abbreviation is None and row.note is None):
            continue
        notes[row.label] = BodyNote(
            word=word,
            name=row.label,
            definition=row.definition,
            note=row.note,
            page=row.page,
            as_of=None if row.as_of is None else in_words(row.as_of),
            address=page_of(row.kind),
        )
    return tuple(notes[name] for name in sorted(notes))


def _says(said: str, word: str) -> bool:
    flags = re.NOFLAG if word.isupper() else re.IGNORECASE
    return re.search(rf"\b{re.escape(word)}s?\b", said, flags) is not None
