"""Write the golden files anew and show what changed: python -m tests.golden."""

import csv
import difflib
import io
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.build.store import open_engine
from kg.engine import Engine
from kg.errors import KgError
from kg.graph.content import Content, bundled_content
from kg.queries import questions, results
from tests.conftest import HERE, OfThePaper
from tests.constraints import LISTED, constraints, shapes_of
from tests.frozen import laid_out
from tests.standing import case_factors, case_practices, illustrations, standing, standing_elsewhere

ANSWERS = HERE / "answers"
# Questions that only further documents answer, or answer in a way worth holding: asked of everything.
OF_EVERYTHING = ANSWERS / "of-everything"
# How every claim of the live collection stands.
GROUND = HERE / "live" / "ground"
# The list of facts read in other documents: written by hand, apart from the data, to check them by.
BY_HAND = {GROUND / "facts.tsv"}


def answers(engine: Engine) -> dict[Path, str]:
    """Return what each file of a known answer has to hold, by path.

    An answer is written to `tests/answers`, as the paper alone gives it. It goes to `of-everything` where its
    file is there already, or where the paper alone has no answer to a question that has no file yet.

    Args:
        engine: What holds the frozen collection.
    """
    paper = OfThePaper(engine)
    files = {}
    for asked in questions.all_questions():
        of_paper = results.write_answer(paper.answer(asked.text), "tsv")
        of_all = results.write_answer(engine.answer(asked.text), "tsv")
        path, elsewhere = (folder / f"{asked.name}.tsv" for folder in (ANSWERS, OF_EVERYTHING))
        is_new = not path.exists() and not elsewhere.exists()
        whole = elsewhere.exists() or (is_new and of_paper.count("\n") == 1 and of_all.count("\n") > 1)
        files[elsewhere if whole else path] = of_all if whole else of_paper
    return files


def standings(content: Content, engine: Engine) -> dict[Path, str]:
    """Return what each file on the live collection and on the shapes has to hold, by path.

    Args:
        content: The live collection.
        engine: What holds it.
    """
    paper = OfThePaper(engine)
    return {
        GROUND / "case-factors.tsv": _table(case_factors(paper)),
        GROUND / "case-practices.tsv": _table(case_practices(paper)),
        GROUND / "claims.tsv": _table(standing(paper)),
        GROUND / "claims-of-other-documents.tsv": _table(standing_elsewhere(engine)),
        GROUND / "illustrations.tsv": _table(illustrations(engine)),
        LISTED: _table(sorted(constraints(shapes_of(content)))),
    }


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def golden_files() -> set[Path]:
    """Return the golden files that are there."""
    return {*ANSWERS.rglob("*.tsv"), *GROUND.glob("*.tsv"), LISTED} - BY_HAND


def write(files: Mapping[Path, str]) -> list[str]:
    """Write the files that differ, remove those of questions that are gone, and return the differences."""
    present = golden_files()
    lines: list[str] = []
    for path in sorted(present | files.keys()):
        before = path.read_text() if path.exists() else ""
        after = files.get(path, "")
        name = str(path.relative_to(HERE.parent))
        if path not in files:
            path.unlink()
        elif before != after or not path.exists():
            path.write_text(after)
        lines += difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, n=0, lineterm="")
    return lines


def main() -> int:
    """Write the golden files anew; return 1 if the data cannot be read."""
    try:
        live = bundled_content()
        files = answers(open_engine(laid_out())) | standings(live, open_engine(live))
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    changes = write(files)
    sys.stdout.write("".join(f"{line}\n" for line in changes) or "No answer changed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
