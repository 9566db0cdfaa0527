"""A question of several parts, taken apart."""

import re

from kg.search.words import content_words

__all__ = ["MOST_PARTS", "question_parts"]

MOST_PARTS = 6
# What leads on within one thought, so that a comma before it parts nothing.
_LEADS_ON = re.compile(
    r"(?:so|but|because|since|which|who|whose|that|then|though|although|if|when|while|where|as|or|yet|till|until|"
    r"to|none|not|never|mine|only|with|without)\b"
)
# What a question asks of us, and not what it is about.
_REQUESTS = """
    advise advice anyone anybody begin case cases do elsewhere find first go got handle happened has
    help learn look managed monday tuesday wednesday thursday friday saturday sunday need next open
    place places point read reading start succeeded tell think through today tomorrow tried try week
    where worked
"""
_ASKED_OF_US = frozenset(_REQUESTS.split())
_ASKS = re.compile(r"(?:what|where|how|who|which|has|have|is|are|can|could|should|any|anyone|please|help)\b")
_BREAK = re.compile(r"[;:\n]+|(?<=[.?!])\s+|\s[–—-]\s")
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?")
_AND = re.compile(r"\s+and\s+")


def question_parts(query: str) -> tuple[str, ...]:
    """Take a compound question apart.

    A list with commas, sentences, and what stands before and after a colon are parts; what only asks for
    help is none. A question of one thought stays whole.

    Args:
        query: What was asked.

    Returns:
        The parts in their order, at most six; the whole where there is only one.

    >>> question_parts("a new board, two trusts at war and a council with a veto: what should I read?")
    ('a new board', 'two trusts at war', 'a council with a veto')
    >>> question_parts("we have a deadline, so the soft stuff will have to wait")
    ('we have a deadline, so the soft stuff will have to wait',)
    """
    pieces = [piece.strip(" ,.?!") for piece in _BREAK.split(query)]
    about = [piece for piece in pieces if piece and not _only_asks(piece)]
    found = [part for piece in about for part in _listed(piece)]
    found = [part for part in dict.fromkeys(found) if content_words(part)]
    if len(found) < 2:
        return (found[0] if found else query.strip(),)
    return tuple(found[:MOST_PARTS])


def _only_asks(piece: str) -> bool:
    return bool(_ASKS.match(piece.casefold())) and all(word in _ASKED_OF_US for word in content_words(piece))


def _listed(piece: str) -> list[str]:
    pieces = _COMMA.split(piece)
    if len(pieces) < 2:
        return [piece]
    joined = [pieces[0]]
    for each in pieces[1:]:
        if (
            _LEADS_ON.match(each.casefold())
            or len(content_words(joined[-1])) < 1
            or len(content_words(each)) < 1
        ):
            joined[-1] += ", " + each
        else:
            joined.append(each)
    if len(joined) < 2:
        return joined
    *before, last = joined
    two = _AND.split(last, maxsplit=1)
    return [
        *before,
        *(two if len(two) == 2 and all(len(content_words(each)) > 1 for each in two) else [last]),
    ]
