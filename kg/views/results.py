"""Results as they are reported of cases."""

from kg.evidence import Counts, Direction, Voice
from kg.queries.typed_rows import row_of
from kg.views.records import Result

__all__ = ["ResultRow", "result_of"]


@row_of("case-results")
class ResultRow:
    """A result of a case, in one row for each kind of document that it rests on."""

    case: str
    claim: str
    outcome: str
    label: str
    direction: Direction
    kind: str
    kind_label: str
    voice: Voice


def result_of(row: ResultRow, counts: Counts) -> Result:
    """Return a result with the standing that its document and its voice give it."""
    return Result(row.label, row.direction, counts.standing(row.kind, row.voice))
