"""Statements held against the text of their source, where that text is at hand.

The text itself is never stored: it is read, cut into paragraphs by the opening words of the
passages, and compared with the words of the statements.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from rdflib import DCTERMS, RDF, SKOS, XSD, Literal, URIRef

from kg.check.findings import Finding
from kg.check.reading import TurtleFile
from kg.engine import Engine, Rows
from kg.errors import BadContent
from kg.queries.binding import bound, read_query
from kg.terms import OA, SL, shorten

__all__ = [
    "RUN_LENGTH",
    "copied_runs",
    "cut_by_anchors",
    "names_not_cited",
    "plain_words",
    "proper_names",
    "quotations",
    "source_text_findings",
    "unsupported",
    "word_runs",
]

RUN_LENGTH = 8
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]|(?<![\w’'])[‘']([^‘’']+)[’'](?!\w)")
_SPELT = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
"""
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_SPELT.split(), 2)}
_NUMBER_WORDS["dozen"] = "12"
# Words that English writes with a capital without naming anything.
_NOT_NAMES = {"i", "english", "march", "may"}
_NOT_AUTHORS = {"the", "and", "et", "al", "others"}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def plain_words(text: str) -> list[str]:
    """Cut text into lower-case words, straight apostrophes, number words as digits.

    >>> plain_words("The group’s eight leaders")
    ['the', "group's", '8', 'leaders']
    """
    lowered = (match.group().replace("’", "'").lower() for match in _WORD.finditer(text))
    return [_NUMBER_WORDS.get(word, word) for word in lowered]


def quotations(text: str) -> Iterator[str]:
    """Give what stands in quotation marks; an apostrophe is none.

    >>> list(quotations("Partners' “one system” and 'one budget', it's said"))
    ['one system', 'one budget']
    """
    return (match.group(1) or match.group(2) for match in _QUOTED.finditer(text))


def word_runs(text: str, length: int = RUN_LENGTH) -> set[tuple[str, ...]]:
    """Give every run of so many words in a row."""
    found = plain_words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


def copied_runs(text: str, runs: set[tuple[str, ...]], names: Iterable[str] = ()) -> list[tuple[int, str]]:
    """Find runs of words that a text shares with a source.

    Args:
        text: Text of ours, of any kind.
        runs: The runs of the source, from `word_runs`.
        names: Names that may be longer than a run: they are looked through, not at.

    Returns:
        Line from 1 and words of each run that occurs in both.
    """
    length = len(next(iter(runs), ()))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " · ")
    places = [(match.start(), match.group().replace("’", "'").lower()) for match in _WORD.finditer(text)]
    spoken = [_NUMBER_WORDS.get(word, word) for _, word in places]
    ends = [match.start() for match in re.finditer("\n", text)]
    found = []
    for start in range(len(spoken) - length + 1 if length else 0):
        run = tuple(spoken[start : start + length])
        if run in runs and "·" not in text[places[start][0] : places[start + length - 1][0]]:
            found.append((bisect_right(ends, places[start][0]) + 1, " ".join(run)))
    return found


_QUERIES = Path(__file__).parent
_LOST = (
    "These opening words (sl:anchor) do not stand in the text, or not in this order; "
    "is it a passage of this source?"
)
_NOT_QUOTED = (
    "Quotation marks hold only words of the source or the name of a thing; say it without quotation marks."
)

_Told = Callable[[str, URIRef, str], Finding]
_Row = dict[str, str]


def _rows(engine: Engine, name: str, source: URIRef) -> list[_Row]:
    answer = engine.answer(bound(read_query(_QUERIES / f"{name}.rq").text, {"source": [source]}))
    if not isinstance(answer, Rows):
        raise BadContent(f"{name}.rq has to be a SELECT query.")
    return [
        {key: "" if cell is None else str(cell) for key, cell in zip(answer.variables, row, strict=True)}
        for row in answer.rows
    ]


def cut_by_anchors(
    spoken: Sequence[str], anchors: Sequence[tuple[str, list[str]]]
) -> tuple[dict[str, list[str]], list[str]]:
    """Cut words into passages by their opening words.

    Args:
        spoken: The words of a text.
        anchors: Name and opening words of each passage, in the order in which they stand.

    Returns:
        The words of each passage by name, from its own opening words to those of the next; and the
        names of those whose opening words were not found where they should stand.

    >>> spoken = plain_words("One fine day. We met often.")
    >>> cut_by_anchors(spoken, [("a", ["one"]), ("b", ["we", "met"]), ("c", ["no"])])
    ({'a': ['one', 'fine', 'day'], 'b': ['we', 'met', 'often']}, ['c'])
    """
    starts: list[tuple[str, int]] = []
    lost: list[str] = []
    here = 0
    for name, anchor in anchors:
        at = _find(spoken, anchor, here)
        if at is None:
            lost.append(name)
        else:
            starts.append((name, at))
            here = at + 1
    ends = [*(start for _, start in starts[1:]), len(spoken)][: len(starts)]
    return {name: list(spoken[start:end]) for (name, start), end in zip(starts, ends, strict=True)}, lost


def _find(spoken: Sequence[str], wanted: list[str], start: int) -> int | None:
    size = len(wanted)
    return next(
        (n for n in range(start, len(spoken) - size + 1) if list(spoken[n : n + size]) == wanted), None
    )


def source_text_findings(
    engine: Engine, source: URIRef, text: str, documents: Sequence[TurtleFile]
) -> list[Finding]:
    """Hold the statements of one source against its text.

    Args:
        engine: Holds everything that was read.
        source: The source whose text is given.
        text: The text of the source.
        documents: The files, to tell where a fault is.

    Returns:
        Findings on passages that the text does not have, on numbers and names that do not occur in
        the paragraph a statement cites, on works whose authors or year the sentence said to cite them
        does not name, on quotation marks round words that are not the text's, and on runs of eight
        words taken over from the text.
    """
    homes = {str(subject): document for document in documents for subject, *_ in document.triples}

    def told(iri: str, predicate: URIRef, message: str) -> Finding:
        home = homes[iri]
        return Finding(home.name, home.line(iri, str(predicate)), f"{shorten(iri)}: {message}")

    passages = _rows(engine, "passages", source)
    if not passages:
        return [
            Finding(
                shorten(source),
                None,
                "No passage of this source is described, so its text cannot be checked.",
            )
        ]
    paragraphs, sentences, lost = _cut_up(passages, plain_words(text))
    headings = {
        row["passage"]: plain_words(row["anchor"]) for row in passages if row["kind"] == str(SL.Section)
    }
    findings = [told(iri, SL.anchor, _LOST) for iri in lost]
    findings.extend(_claim_findings(_rows(engine, "statements", source), {**paragraphs, **headings}, told))
    findings.extend(_citation_findings(_rows(engine, "citations", source), sentences, told))
    findings.extend(_misquotations(documents, source, plain_words(text), told))
    findings.extend(_copies(documents, word_runs(text)))
    return findings


def _cut_up(
    passages: Sequence[_Row], spoken: Sequence[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]], list[str]]:
    """Return the words of each paragraph with sentences, of each sentence, and the passages not found."""
    inside: dict[str, list[tuple[str, list[str]]]] = {}
    for row in passages:
        if row["kind"] == str(SL.Sentence):
            inside.setdefault(row["parent"], []).append((row["passage"], plain_words(row["anchor"])))
    anchors = [(row["passage"], plain_words(row["anchor"])) for row in passages if row["passage"] in inside]
    paragraphs, lost = cut_by_anchors(spoken, anchors)
    sentences: dict[str, list[str]] = {}
    for paragraph, said in paragraphs.items():
        found, missing = cut_by_anchors(said, inside[paragraph])
        sentences.update(found)
        lost.extend(missing)
    return paragraphs, sentences, lost


def _citation_findings(
    rows: Sequence[_Row], sentences: Mapping[str, list[str]], told: _Told
) -> list[Finding]:
    return [
        told(
            row["claim"],
            SL.passage,
            f"The sentence does not name “{missing}” of {row['work']}; name the passage that cites it.",
        )
        for row in rows
        if row["sentence"] in sentences
        for missing in names_not_cited(row["work"], sentences[row["sentence"]])
    ]


def names_not_cited(work: str, sentence: Sequence[str]) -> list[str]:
    """List the authors and the year of a work that a sentence said to cite it does not name.

    Args:
        work: The work as a text cites it, such as "Timmins and Ham 2013".
        sentence: The words of the sentence. One without any year may leave the year out.

    >>> names_not_cited("Ham and Poe 2013", plain_words("as was shown (Ham et al 2012)"))
    ['poe', '2013']
    >>> names_not_cited("Ham et al 2013", plain_words("(Ham et al, p 29)"))
    []
    """
    named = {word.removesuffix("'s") for word in sentence}
    dated = any(_YEAR.fullmatch(word) for word in sentence)
    wanted = [word.removesuffix("'s") for word in plain_words(work) if word not in _NOT_AUTHORS]
    return [word for word in wanted if word not in named and (dated or not _YEAR.fullmatch(word))]


def _claim_findings(rows: Sequence[_Row], paragraphs: Mapping[str, list[str]], told: _Told) -> list[Finding]:
    known: dict[str, set[str]] = {}
    texts: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        claim = row["claim"]
        known.setdefault(claim, set()).update(paragraphs.get(row["paragraph"], []), plain_words(row["name"]))
        texts.setdefault(claim, set()).update(
            (kind, row[kind]) for kind in ("statement", "value") if row[kind]
        )
    return [
        told(
            claim,
            SL[kind],
            f"“{missing}” does not occur in the paragraph that is cited; "
            "name another passage or leave it out.",
        )
        for claim in sorted(texts)
        for kind, said in sorted(texts[claim])
        for missing in unsupported(said, known[claim])
    ]


def unsupported(said: str, known: set[str]) -> list[str]:
    """List the numbers and names of a text that are not among the words known.

    >>> unsupported("In 2017 Leeds met York", {"2017", "leeds"})
    ['York']
    """
    stems = (
        known | {word.removesuffix("'s").removesuffix("'") for word in known} | {f"{word}s" for word in known}
    )
    missing = []
    for match in _WORD.finditer(said):
        raw = match.group().replace("’", "'")
        word = _NUMBER_WORDS.get(raw.lower(), raw.lower())
        before = said[: match.start()].rstrip()
        opens = not before or before[-1] in '.?!:“"('
        is_number = any(letter.isdigit() for letter in word)
        is_name = raw[0].isupper() and (not opens or (raw.isupper() and len(raw) > 1))
        if (is_number or is_name) and word not in _NOT_NAMES and word.removesuffix("'s") not in stems:
            missing.append(match.group())
    return missing


def _misquotations(
    documents: Sequence[TurtleFile], source: URIRef, spoken: Sequence[str], told: _Told
) -> Iterator[Finding]:
    """Find quotation marks, in what is said of a source, round words that are neither its own nor a name."""
    triples = [triple for document in documents for triple in document.triples]
    of_source = {s for s, p, o in triples if (p, o) == (DCTERMS.source, source)}
    of_source |= {s for s, p, o in triples if p == OA.hasTarget and o in of_source}
    names = {" ".join(plain_words(str(o))) for _, p, o in triples if p in {SKOS.prefLabel, SKOS.altLabel}}
    text = f" {' '.join(spoken)} "
    for subject, predicate, obj in triples:
        if subject in of_source and predicate in {SL.statement, SL.inference}:
            for phrase in quotations(str(obj)):
                said = " ".join(plain_words(phrase))
                if f" {said} " not in text and said not in names:
                    yield told(str(subject), URIRef(str(predicate)), f"{_NOT_QUOTED} Found: “{phrase}”.")


def proper_names(documents: Sequence[TurtleFile]) -> set[str]:
    """Give the names that may be longer than a run of words: of things, headings and awards."""
    concepts = {s for d in documents for s, p, o in d.triples if p == RDF.type and o == SKOS.Concept}
    return {
        str(obj)
        for document in documents
        for subject, predicate, obj in document.triples
        if predicate == SL.properName
        or (predicate in {SKOS.prefLabel, SKOS.altLabel} and subject not in concepts)
    }


def _copies(documents: Sequence[TurtleFile], runs: set[tuple[str, ...]]) -> list[Finding]:
    names = {name for name in proper_names(documents) if len(plain_words(name)) >= RUN_LENGTH}
    findings = []
    for document in documents:
        for subject, predicate, obj in document.triples:
            if not isinstance(obj, Literal) or obj.datatype == XSD.anyURI:
                continue
            for _, run in copied_runs(str(obj), runs, names)[:1]:
                findings.append(
                    Finding(
                        document.name,
                        document.line(str(subject), str(predicate)),
                        f"Eight words in a row are the source's own; say it in other words. Found: “{run}”.",
                    )
                )
    return findings
