"""Networks for tests."""

from collections.abc import Iterable

from kg.network import Counting, Network, NetworkThing, Tie, TieCertainty, kind_named
from kg.terms import PREFIXES

__all__ = ["CASES", "PRACTICES", "invented"]

PRACTICES, CASES = kind_named("practices"), kind_named("cases")


def invented(found: Iterable[tuple[int, int]]) -> Network:
    """Cases in which practices are found, by their numbers."""
    pairs = sorted(set(found))
    things = {
        thing.iri: thing
        for case, practice in pairs
        for thing in (
            NetworkThing(f"{PREFIXES['case']}c{case}", f"Case {case}", CASES),
            NetworkThing(f"{PREFIXES['practice']}p{practice}", f"Practice {practice}", PRACTICES),
        )
    }
    ties = tuple(
        Tie(
            f"{PREFIXES['case']}c{case}",
            f"{PREFIXES['practice']}p{practice}",
            f"{PREFIXES['claim']}c{case}-{practice}",
            "object",
            "uses",
            1,
            TieCertainty.STATED,
            True,
        )
        for case, practice in pairs
    )
    return Network(things, ties, Counting.FACTS)
