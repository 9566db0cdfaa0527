"""Ask an engine in a few words, with all prefixes at hand."""

from kg.engine import Engine, Rows
from kg.terms import PREFIXES

__all__ = ["listed"]


def listed(engine: Engine, query: str) -> list[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    answer = engine.answer(prefixes + query)
    assert isinstance(answer, Rows)
    return [tuple("" if cell is None else str(cell) for cell in row) for row in answer.rows]
