"""A plan as it runs: one page that tells what is on, how long is left, what is next, and asks nobody."""

from kg.sessions.room.page import POLICY, room

__all__ = ["POLICY", "room"]
