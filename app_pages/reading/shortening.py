"""A sentence cut to what a title has room for."""

__all__ = ["start_of"]

_ROOM = 72


def start_of(sentence: str) -> str:
    """Return a sentence whole where a title has room for it, else its first words.

    >>> start_of("Leeds has 12 teams.")
    'Leeds has 12 teams'
    >>> start_of("Leeds " + "and its partners " * 9)
    'Leeds and its partners and its partners and its partners and its…'
    """
    whole = sentence.removesuffix(".")
    if len(whole) <= _ROOM:
        return whole
    return f"{whole[:_ROOM].rpartition(' ')[0].rstrip(',;:')}…"
