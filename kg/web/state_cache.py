"""Answers that are dear to make, kept for as long as the graph stays as it is."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["StateCache"]

T = TypeVar("T")


@dataclass
class _Place(Generic[T]):
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: T | None = None


class StateCache(Generic[T]):
    """Values by name, for one state of the graph; those of the state before are dropped.

    Names have to be of a closed list: nothing else bounds how many values are kept.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = ""
        self._places: dict[str, _Place[T]] = {}

    def get(self, state: str, name: str, make: Callable[[], T]) -> T:
        """Give the value of a name, made once even if many ask for it at the same time."""
        with self._lock:
            if state != self._state:
                self._state, self._places = state, {}
            place = self._places.setdefault(name, _Place())
        with place.lock:
            if place.value is None:
                place.value = make()
            return place.value
