"""Content negotiation: which of the media types on offer a client prefers."""

from collections.abc import Sequence

__all__ = ["best_media_type"]


def best_media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """Choose a media type by RFC 9110, section 12.5.1.

    Args:
        accept: The value of the Accept header; None or blank means that anything will do.
        offered: Media types without parameters, our own preference first.

    Returns:
        The one with the highest quality value, the first of these in `offered`; None if none is
        acceptable.

    >>> best_media_type("text/csv;q=0.5, application/*", ["application/json", "text/csv"])
    'application/json'
    >>> best_media_type("text/html", ["application/json"]) is None
    True
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = [each for part in accept.split(",") if (each := _media_range(part)) is not None]
    best = max(offered, key=lambda kind: _quality(kind, ranges))
    return best if _quality(best, ranges) > 0 else None


def _media_range(part: str) -> tuple[str, float] | None:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                return None
    return (kind.lower(), quality) if kind.count("/") == 1 else None


def _quality(kind: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Give the quality of the most specific range that fits."""
    for wanted in (kind, kind.split("/")[0] + "/*", "*/*"):
        for given, quality in ranges:
            if given == wanted:
                return quality
    return 0.0
