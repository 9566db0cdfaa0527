"""Claims that give way to another: what they count, the one that people read has to count too."""

from collections.abc import Iterator, Sequence

from kg.check.findings import Finding
from kg.check.reading import TurtleFile
from kg.check.source_text import plain_words
from kg.terms import SL, shorten

__all__ = ["shown_as_findings"]


def shown_as_findings(documents: Sequence[TurtleFile], checked: Sequence[TurtleFile]) -> list[Finding]:
    """Return the numbers of claims that the claim which people read in their place does not give.

    Args:
        documents: All files that were read.
        checked: The files whose faults are told.
    """
    statements = {s: str(o) for document in documents for s, p, o in document.triples if p == SL.statement}
    return [
        Finding(
            document.name,
            document.line(str(claim), str(predicate)),
            f"{shorten(str(claim))}: “{number}” does not occur in {shorten(str(read))}, which people read in "
            "its place (sl:shownAs); let them read both.",
        )
        for document in checked
        for claim, predicate, read in document.triples
        if predicate == SL.shownAs
        for number in _numbers_lost(statements.get(claim, ""), statements.get(read, ""))
    ]


def _numbers_lost(text: str, read: str) -> Iterator[str]:
    known = set(plain_words(read))
    for word in dict.fromkeys(plain_words(text)):
        if any(letter.isdigit() for letter in word) and word not in known:
            yield word
