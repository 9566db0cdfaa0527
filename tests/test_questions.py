"""Every named question: its file, its answer, and how it is asked."""

import re
from pathlib import Path

import pytest
from rdflib import URIRef

from kg.engine import Engine
from kg.errors import BadContent, MissingInput, UnknownName
from kg.graph.content import Content
from kg.graph.named_graphs import COMMON_GRAPHS
from kg.graph.oxigraph import parse_turtle
from kg.queries import questions, results
from kg.queries.binding import QueryFile
from kg.terms import PREFIXES, SL, expand
from tests.golden import ANSWERS, OF_EVERYTHING

# The right answer to these is none: the paper reports no such result; only a built graph names its version;
# nothing was released, so that nothing could be corrected or withdrawn since.
EMPTY = {"graph-version", "outcome-group-cases"}
EMPTY |= {"addition-list", "correction-list", "release-list", "statement-corrections", "withdrawal-list"}


ONE_ROW = re.compile(r"^SELECT(\s+\(COUNT\((DISTINCT )?[*?\w]+\) AS \?\w+\))+\s+WHERE", re.MULTILINE)


def answer_file(name: str) -> Path:
    everything = OF_EVERYTHING / f"{name}.tsv"
    return everything if everything.exists() else ANSWERS / f"{name}.tsv"


@pytest.mark.parametrize("asked", questions.all_questions(), ids=lambda asked: asked.name)
def test_question_runs_as_it_stands_and_gives_the_known_answer(
    asked: QueryFile, engine: Engine, paper: Engine
) -> None:
    known = answer_file(asked.name)
    answer = (engine if known.parent == OF_EVERYTHING else paper).answer(asked.text)
    written = results.write_answer(answer, "tsv")
    assert written == known.read_text()
    assert (written.count("\n") == 1) == (asked.name in EMPTY)


def test_no_answer_is_left_over_or_held_twice() -> None:
    held = [path.stem for path in ANSWERS.rglob("*.tsv")]
    assert sorted(held) == sorted(asked.name for asked in questions.all_questions())


@pytest.mark.parametrize("asked", questions.all_questions(), ids=lambda asked: asked.name)
def test_question_is_written_as_the_house_writes_it(asked: QueryFile) -> None:
    lines = asked.text.splitlines()
    assert lines[0].endswith("?")
    # The way back from a shortcut has one branch for each of the twelve rules.
    assert len(lines) <= (60 if asked.name == "shortcut-claims" else 40)
    # Rows come in an order that is asked for; what only counts has one row.
    assert bool(re.search(r"^ORDER BY ", asked.text, re.MULTILINE)) != bool(ONE_ROW.search(asked.text))
    used = set(
        re.findall(
            r"(?<![\w?:<])([a-z][a-z0-9]*):[\w-]", re.sub(r'"[^"]*"', "", asked.text.split("SELECT", 1)[1])
        )
    )
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", asked.text, flags=re.MULTILINE))
    assert set(declared) == used
    assert declared.items() <= PREFIXES.items()


def test_more_than_the_thirty_are_there() -> None:
    assert len(questions.all_questions()) > 30


def test_every_term_of_the_vocabulary_is_asked_for_or_checked(content: Content) -> None:
    text = "".join(
        path.read_text()
        for folder in (content.ontology, Path(questions.__file__).parent)
        for path in (*folder.rglob("*.rq"), *folder.glob("shapes.ttl"), *folder.glob("house.ttl"))
    )
    terms = {
        str(subject).removeprefix(str(SL))
        for subject, _, _ in parse_turtle((content.ontology / "core.ttl").read_text())
        if str(subject) != str(SL)
    }
    assert len(terms) > 40
    assert [term for term in sorted(terms) if not re.search(rf"\bsl:{term}\b", text)] == []


def test_unknown_question_is_offered_the_nearest() -> None:
    with pytest.raises(UnknownName, match='did you mean "case-outcomes"'):
        questions.question("case-outcome")


def test_missing_slot_is_named(engine: Engine) -> None:
    with pytest.raises(MissingInput, match="needs case"):
        questions.answer(engine, "case-outcomes")


def test_unknown_slot_is_offered_the_nearest() -> None:
    with pytest.raises(UnknownName, match='did you mean "case"'):
        questions.given_terms("case-outcomes", {"cases": ["leeds"]})


@pytest.mark.parametrize("value", ["leeds", "case:leeds", PREFIXES["case"] + "leeds"])
def test_a_thing_is_given_by_slug_by_name_or_by_address(value: str) -> None:
    terms = questions.given_terms("case-outcomes", {"case": [value]})
    assert terms == {"case": [URIRef(PREFIXES["case"] + "leeds")]}


@pytest.mark.parametrize(
    ("question", "slot", "there", "nowhere"),
    [
        ("thing-triples", "thing", "claim:leeds-1", "claim:leeds-1000"),
        ("passage-place", "passage", "F4-p3.s1", "F4-p300"),
        ("graph-triples", "graph", "ardern-2019", "ardern-1919"),
        ("class-things", "class", "foaf:Person", "foaf:Persona"),
    ],
)
def test_what_has_no_name_can_be_given_and_a_misspelling_is_refused(
    question: str, slot: str, there: str, nowhere: str, engine: Engine
) -> None:
    terms = questions.given_terms(question, {slot: [there]})
    assert questions.rows(engine, question, questions.known_terms(engine, question, terms)).rows
    with pytest.raises(UnknownName, match=f"There is no {slot} "):
        questions.known_terms(engine, question, questions.given_terms(question, {slot: [nowhere]}))


def test_what_is_of_another_kind_is_refused(engine: Engine) -> None:
    for slot, question, other in (
        ("case", "case-outcomes", "claim:leeds-1"),
        ("claim", "statement-origins", "case:leeds"),
    ):
        given = questions.given_terms(question, {slot: [other]})
        with pytest.raises(UnknownName, match=f'There is no {slot} ".*{other.partition(":")[2]}"'):
            questions.known_terms(engine, question, given)


def test_a_name_with_a_space_is_offered_the_nearest(engine: Engine) -> None:
    given = questions.given_terms("case-outcomes", {"case": ["greater manchestr"]})
    with pytest.raises(UnknownName, match='did you mean "greater-manchester"'):
        questions.known_terms(engine, "case-outcomes", given)


def test_a_concept_of_any_scheme_needs_its_prefix() -> None:
    with pytest.raises(MissingInput, match="Write “conflict” with its prefix"):
        questions.given_terms("concept-cases", {"concept": ["conflict"]})
    assert questions.given_terms("concept-cases", {"concept": ["challenge:conflict"]}) == {
        "concept": [URIRef(expand("challenge:conflict"))]
    }


def test_two_questions_of_one_name_are_refused(tmp_path: Path) -> None:
    for subject in ("case", "factor"):
        (tmp_path / subject).mkdir()
        (tmp_path / subject / "one.rq").write_text("#+ summary: Which?\n")
    with pytest.raises(BadContent, match="Two questions are called one, in case and factor; rename one"):
        questions.questions_in(tmp_path)
    (tmp_path / "factor" / "one.rq").unlink()
    assert list(questions.questions_in(tmp_path)) == ["one"]


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="There are no questions"):
        questions.questions_in(tmp_path)


def test_the_paper_alone_is_a_choice_of_graphs(engine: Engine, paper: Engine) -> None:
    everything = questions.rows(engine, "case-list")
    of_the_paper = questions.rows(paper, "case-list")
    nothing = questions.rows(engine, "case-list", graphs=list(COMMON_GRAPHS))
    assert set(of_the_paper.rows) < set(everything.rows)
    assert nothing.rows == []
