"""What a query from outside may cost."""

import os
from dataclasses import dataclass
from typing import Self

from kg.errors import MissingInput

__all__ = ["Limits"]

_MIB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What queries may cost; everything beyond is refused or ended.

    Attributes:
        deadline: Seconds a query from outside may take.
        for_pages: Seconds a question of our own pages may take, which is answered once and kept.
        memory: Bytes a query may use beyond what the graph takes; 0 for no limit.
        answer: Bytes an answer may have.
        running: How many queries from outside may run at once.
        waiting: How many more may wait for their turn.
        patience: Seconds that each of these waits.
    """

    deadline: float = 10.0
    for_pages: float = 60.0
    memory: int = 512 * _MIB
    answer: int = 256 * _MIB
    running: int = 16
    waiting: int = 64
    patience: float = 3.0

    @classmethod
    def of_environment(cls) -> Self:
        """Give the limits that the environment sets, and the usual ones for the rest.

        KG_QUERY_SECONDS, KG_QUERY_MEGABYTES, KG_ANSWER_MEGABYTES and KG_QUERIES_AT_ONCE are read. All
        queries together get at most half of the machine's memory, whatever is set.

        Raises:
            MissingInput: If one of them is not a number above 0.
        """
        usual = cls()
        running = int(_number("KG_QUERIES_AT_ONCE", usual.running))
        memory = int(_number("KG_QUERY_MEGABYTES", usual.memory / _MIB) * _MIB)
        if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
            machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
            memory = min(memory, machine // 2 // running)
        return cls(
            deadline=_number("KG_QUERY_SECONDS", usual.deadline),
            memory=memory,
            answer=int(_number("KG_ANSWER_MEGABYTES", usual.answer / _MIB) * _MIB),
            running=running,
        )


def _number(name: str, usual: float) -> float:
    text = os.environ.get(name, "").strip()
    if not text:
        return float(usual)
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6:
        raise MissingInput(f"{name} has to be a number above 0; “{text[:40]}” is not.")
    return number
