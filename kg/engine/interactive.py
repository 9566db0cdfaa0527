"""A query that a person has typed, answered in the lane of queries from outside."""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from rdflib import URIRef

from kg.engine import Answer, Dataset, ServingEngine
from kg.engine.evaluation import answer_from
from kg.engine.outline import whole_request
from kg.errors import TooCostly

__all__ = ["collect", "collect_sync"]

_ONE_LOOP = threading.Lock()


async def collect(
    engine: ServingEngine, query: str, graphs: Sequence[URIRef] | None = None, largest: int = 8 << 20
) -> Answer:
    """Answer a query whole.

    Args:
        engine: What answers.
        query: SPARQL 1.1 query text.
        graphs: Named graphs that together stand as the default graph; None for all of them. A query that
            names its graphs goes before.
        largest: Bytes that the answer may have, as results JSON or N-Triples.

    Raises:
        BadQuery: If the query cannot be read or answered, with the place of the fault.
        TooCostly: Also if the answer is larger.
        Busy, Unreachable: As `ServingEngine.stream` does.
    """
    request = whole_request(query, graphs)
    if request.names_dataset:
        request = replace(request, dataset=Dataset.of(None))
    stream = await engine.stream(request)
    try:
        content = bytearray(stream.first)
        async for part in stream.chunks():
            content += part
            if len(content) > largest:
                raise TooCostly("The answer is too large to be shown here; add a LIMIT, or load it below.")
    finally:
        await stream.close()
    # Reading megabytes takes a second, in which the event loop would serve nobody.
    return await asyncio.to_thread(answer_from, bytes(content), request.type)


def collect_sync(
    engine: ServingEngine, query: str, graphs: Sequence[URIRef] | None = None, largest: int = 8 << 20
) -> Answer:
    """Answer a query whole, for a caller that cannot wait otherwise; see `collect`."""
    # Whoever calls may keep an event loop in their thread, and turns belong to one loop at a time.
    with _ONE_LOOP, ThreadPoolExecutor(1) as thread:
        return thread.submit(_run, engine, query, graphs, largest).result()


def _run(engine: ServingEngine, query: str, graphs: Sequence[URIRef] | None, largest: int) -> Answer:
    async def whole() -> Answer:
        try:
            return await collect(engine, query, graphs, largest)
        finally:
            await engine.leave()

    return asyncio.run(whole())
