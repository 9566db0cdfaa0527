"""Labels in the reader's language: a question that asks for English ones takes others first where they are.

Question files are written for English and run as they stand: `FILTER(LANG(?label) = "en")`. For another
language each such test is widened: the text is in that language or, where the thing has none in it, English.
"""

import re
from functools import cache

from kg.errors import BadContent

__all__ = ["in_language"]

_TERM = r"\?\w+|[\w-]+:[\w-]+"
_TEST = re.compile(r'LANG\(\?(\w+)\) = "en"')
# The first term after a brace, a full stop or the end of a filter: the subject of a block of triples.
_SUBJECT = re.compile(rf"(?:[{{}})]|\s\.)\s*(?:#[^\n]*\s*)*({_TERM})\s")
_SUBJECT_BESIDE = re.compile(rf"({_TERM})\s+$")


@cache
def in_language(text: str, language: str) -> str:
    """Let a question give labels and other texts in a language, in English where a thing has none in it.

    Args:
        text: The question, which asks for English.
        language: The language, such as `cy`.

    Raises:
        BadContent: If the question does not show what is named.

    >>> print(in_language('{ ?case rdfs:label ?name . FILTER(LANG(?name) = "en") }', "cy"))
    { ?case rdfs:label ?name . FILTER((LANG(?name) = "cy" || LANGMATCHES(LANG(?name), "en")
      && NOT EXISTS { ?case rdfs:label ?nameOwn . FILTER(LANG(?nameOwn) = "cy") })) }
    """
    if language == "en":
        return text
    while tests := list(_TEST.finditer(text)):
        text = _widened(text, tests[-1][1], tests[-1].span(), language)
    return text


def _widened(text: str, name: str, place: tuple[int, int], language: str) -> str:
    """Widen one test of a question."""
    start, end = place
    named = _named(text[:start], name)
    if named is None:
        # Words of whichever kind, which search goes by: it knows English alone.
        return f'{text[:start]}LANGMATCHES(LANG(?{name}), "en"){text[end:]}'
    subject, path, pattern = named
    *way, last = path.split("/")
    own = f"?{name}Own"
    wider = (
        f'(LANG(?{name}) = "{language}" || LANGMATCHES(LANG(?{name}), "en")\n'
        f'  && NOT EXISTS {{ {{subject}} {last} {own} . FILTER(LANG({own}) = "{language}") }})'
    )
    if not way:
        return text[:start] + wider.replace("{subject}", subject) + text[end:]
    # Of several things at the end of a way, each has its own texts: it needs a name.
    thing = f"?{name}Of"
    opening = text.rindex("FILTER", 0, start)
    return (
        f"{text[: pattern[0]]}{'/'.join(way)} {thing}{text[pattern[1] : opening]}{thing} {last} ?{name} . "
        f"{text[opening:start]}{wider.replace('{subject}', thing)}{text[end:]}"
    )


def _named(before: str, name: str) -> tuple[str, str, tuple[int, int]] | None:
    """Find what has a text: its subject, the way from there, and where way and variable stand.

    None if the property is itself a variable.
    """
    way = r"(?:[\w-]+:[\w-]+[+*?]?/)*[\w-]+:[\w-]+"
    found = list(re.finditer(rf"(?<=\s)({way})\s+\?{name}\b", before))
    if not found:
        return None
    start = found[-1].start()
    if before[:start].rstrip().endswith(";"):
        subjects = [match[1] for match in _SUBJECT.finditer(before[:start])]
    else:
        subjects = [match[1] for match in [_SUBJECT_BESIDE.search(before[:start])] if match]
    if not subjects:
        raise BadContent(f"The question does not show what ?{name} is the name of.")
    return subjects[-1], found[-1][1], found[-1].span()
