"""Hit, recall and mean reciprocal rank of search, on each set of questions and for each way of searching.

Run as `python -m benchmarks.search.quality`; with the name of a set and a way, it shows each question.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.build.store import open_engine
from kg.graph.content import bundled_content
from kg.search import Finder, SearchAnswer, installed_model, make_index, read_corpus

HERE = Path(__file__).parent
SETS = ("examples", "questions", "tuning", "afterwards")
FIRST = 5


@dataclass(frozen=True)
class Question:
    """A question, with what would help.

    Attributes:
        query: What is asked.
        relevant: Kind and name of each answer that counts.
        compound: Whether it asks several things at once.
    """

    query: str
    relevant: frozenset[tuple[str, str]]
    compound: bool = False


@dataclass(frozen=True)
class Quality:
    """How well questions were answered, each figure from 0 to 1.

    Attributes:
        hit: Share of questions with a relevant result among the first five.
        recall: Share of the relevant answers that are among the first five.
        rank: Mean of one divided by the rank of the first relevant result.
    """

    hit: float
    recall: float
    rank: float


def questions(name: str) -> list[Question]:
    """Read a set of questions."""
    return [
        Question(
            each["query"],
            frozenset((answer["kind"], answer["label"]) for answer in each["relevant"]),
            bool(each.get("compound")),
        )
        for each in json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    ]


def finders() -> Mapping[str, Finder]:
    """Give a finder for each way of searching: by words, by meaning, by both."""
    corpus = read_corpus(open_engine(bundled_content()))
    model = installed_model()
    ways = {"words": Finder(make_index(corpus, None), None)}
    if model is not None:
        index = make_index(corpus, model)
        ways |= {"meaning": Finder(index, model, by_words=False), "both": Finder(index, model)}
    return ways


def quality(finder: Finder, asked: Sequence[Question]) -> Quality:
    """Measure a way of searching on a set of questions."""
    hits = recall = rank = 0.0
    for question in asked:
        names = [(each.kind, each.label) for each in finder.find(question.query).results]
        first = set(names[:FIRST]) & question.relevant
        hits += bool(first)
        recall += len(first) / len(question.relevant)
        rank += next((1 / place for place, name in enumerate(names, 1) if name in question.relevant), 0.0)
    return Quality(hits / len(asked), recall / len(asked), rank / len(asked))


def report(ways: Mapping[str, Finder]) -> Iterator[str]:
    """Give the table of figures as Markdown."""
    yield f"| questions | by | hit@{FIRST} | recall@{FIRST} | MRR |"
    yield "|---|---|---|---|---|"
    for name in SETS:
        asked = questions(name)
        rows = {name: asked}
        if compound := [each for each in asked if each.compound]:
            rows[f"{name}, compound only"] = compound
        for label, chosen in rows.items():
            for way, finder in ways.items():
                found = quality(finder, chosen)
                figures = " | ".join(f"{each:.2f}" for each in (found.hit, found.recall, found.rank))
                yield f"| {label} ({len(chosen)}) | {way} | {figures} |"


def shown(finder: Finder, asked: Sequence[Question]) -> Iterator[str]:
    """Give each question with its first results, those that are relevant marked."""
    for question in asked:
        answer: SearchAnswer = finder.find(question.query)
        yield f"{question.query}  {' / '.join(answer.parts) if len(answer.parts) > 1 else ''}"
        for each in answer.results[: FIRST + 2]:
            mark = "*" if (each.kind, each.label) in question.relevant else " "
            yield f"  {mark} {each.score:.2f} {each.kind}: {each.label[:70]}   [{each.why}]"


def main() -> None:
    """Print the table, or every question of the set that is named, in the way that is named."""
    ways = finders()
    lines = report(ways) if len(sys.argv) < 2 else shown(ways[sys.argv[2]], questions(sys.argv[1]))
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
