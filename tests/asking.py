"""Ways to ask an engine: in a few words with all prefixes at hand, by queries that cost little or much."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from kg.engine import Engine, QueryForm, QueryRequest, ResultType, Rows
from kg.terms import PREFIXES

__all__ = ["COUNT", "SLOW", "finished", "listed", "select"]


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


T = TypeVar("T")


def select(query: str) -> QueryRequest:
    return QueryRequest(query, QueryForm.SELECT, ResultType.JSON)


def finished(work: Coroutine[Any, Any, T]) -> T:
    """What the work comes to, in a thread of its own: a browser under test keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def listed(engine: Engine, query: str) -> list[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {name}: <{space}>\n" for name, space in PREFIXES.items())
    answer = engine.answer(prefixes + query)
    assert isinstance(answer, Rows)
    return [tuple("" if cell is None else str(cell) for cell in row) for row in answer.rows]
