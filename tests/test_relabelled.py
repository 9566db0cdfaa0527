"""Every list that decides what counts is given other labels: nothing but words changes."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kg import export, sessions, views, words
from kg.build.store import open_engine
from kg.check import check
from kg.engine import Engine, Rows
from kg.graph.content import Content
from kg.language import ENGLISH, speaking
from kg.network import Counting, groups, read_network
from kg.queries.questions import all_questions, answer, examples, given_terms
from kg.search import read_corpus
from kg.similarity import Lens, similarity
from kg.tables import Tables
from kg.terms import PREFIXES
from tests.command import Ran
from tests.standard import CONTROLLING

# It is no word, so that a search for words is the same, and comes before every letter, so that orders are.
MARK = " *"
TODAY = date(2026, 6, 1)
ENTRIES = (
    "body/canterbury-district-health-board",
    "scheme/challenges/conflict",
    "scheme/conditions/high-trust",
    "scheme/goals/collaboration",
    "scheme/outcomes/money",
    "scheme/practices/pool-budgets",
    "scheme/setbacks/reversal",
)


PRACTICES = (
    "agree-key-messages-and-carry-them-home",
    "agree-system-leadership-principles",
    "ask-how-you-can-help",
)
WELSH = "Yr un peth"
LABEL = re.compile(r'^    skos:prefLabel "([^"]+)"@en ;$', flags=re.MULTILINE)


def name_in_welsh(content: Content) -> None:
    """Give everything that has a label a Welsh one beside it."""
    for path in (*content.ontology.rglob("*.ttl"), *content.data.rglob("*.ttl")):
        path.write_text(LABEL.sub(rf'    skos:prefLabel "\1"@en , "{WELSH}"@cy ;', path.read_text()))


MARK_IN_WELSH = " *cy"


def name_every_second_in_welsh(content: Content) -> None:
    """Give every second label a Welsh one beside it: the English one with a mark."""
    for path in (*content.ontology.rglob("*.ttl"), *content.data.rglob("*.ttl")):
        parts = LABEL.split(path.read_text())
        for place in range(1, len(parts), 2):
            welsh = f' , "{parts[place]}{MARK_IN_WELSH}"@cy' if place % 4 == 1 else ""
            parts[place] = f'    skos:prefLabel "{parts[place]}"@en{welsh} ;'
        path.write_text("".join(parts))


def relabel(content: Content, label: str) -> None:
    """Give other labels to every concept that decides what counts, to every relation and to every list."""
    for path in sorted((content.ontology / "schemes").glob("*.ttl")):
        text = path.read_text()
        assert text.split("\n\n")[1].startswith("scheme:")
        most = 0 if path.stem in (*CONTROLLING, "relations") else 1
        text, changed = LABEL.subn(f"    skos:prefLabel {label} ;", text, count=most)
        assert changed
        path.write_text(text)


def copy_of(content: Content, root: Path) -> Content:
    for folder in (content.ontology, content.data):
        shutil.copytree(folder, root / folder.name)
    return Content(root)


@pytest.fixture(scope="module")
def relabelled(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The frozen collection with other labels."""
    copied = copy_of(content, tmp_path_factory.mktemp("relabelled"))
    relabel(copied, rf'"\1{MARK}"@en')
    return open_engine(copied)


@pytest.fixture(scope="module")
def bilingual(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The frozen collection with Welsh labels beside the English ones."""
    copied = copy_of(content, tmp_path_factory.mktemp("bilingual"))
    name_in_welsh(copied)
    return open_engine(copied)


@pytest.fixture(scope="module")
def half_welsh(content: Content, tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The frozen collection with a Welsh label beside every second English one."""
    copied = copy_of(content, tmp_path_factory.mktemp("half-welsh"))
    name_every_second_in_welsh(copied)
    return copied


@pytest.fixture(scope="module")
def half_welsh_engine(half_welsh: Content) -> Engine:
    return open_engine(half_welsh)


@pytest.fixture
def welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test speak Welsh as far as the labels go: no word of the product is translated."""
    path = tmp_path / "cy" / "LC_MESSAGES" / "kg.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n')
    monkeypatch.setenv("KG_LOCALE", str(tmp_path))
    monkeypatch.setenv("KG_LANGUAGE", "cy")


def test_content_with_other_labels_is_accepted(own_world: Content) -> None:
    relabel(own_world, rf'"\1{MARK}"@en')
    assert check(own_world).ok


def of_cases(engine: Engine) -> Iterator[object]:
    cases = [views.case(engine, slug, today=TODAY) for slug in views.case_list(engine)]
    for case in cases:
        yield case
        yield words.rests_on(case.row.rests_on)
        for silence in case.silences:
            yield words.silence(silence, case.read_whole, paper=True)
        for group in case.groups:
            for _, statements in group.parts:
                for statement in statements:
                    yield words.how(statement), words.when(statement), words.where(statement)
    yield views.comparison(engine, cases[:3])
    yield views.chronology(engine, views.case_list(engine), today=TODAY)


def of_results(engine: Engine) -> Iterator[object]:
    for by in views.BY:
        for readings in (False, True):
            yield views.evidence_map(engine, by, readings=readings)


def of_lists(engine: Engine) -> Iterator[object]:
    yield views.facets(engine).narrowed({})
    yield views.facets(engine).narrowed({}, stated=True)
    yield views.factors(engine)
    yield views.coverage(engine)
    yield views.collection_stats(engine)
    for path in ENTRIES:
        yield views.entry(engine, path)


def of_documents(engine: Engine) -> Iterator[object]:
    for slug in ("leading-across-the-health-and-care-system", "schluter-et-al-2016", "timmins-and-ham-2013"):
        yield views.document(engine, slug)


def of_briefs(engine: Engine) -> Iterator[object]:
    for slugs in (["leeds"], ["uniting-care-cambridgeshire"], ["canterbury", "wigan"]):
        yield export.brief_of_cases(engine, slugs, "abc")


def of_networks(engine: Engine) -> Iterator[object]:
    for counting in Counting:
        network = read_network(engine, counting)
        yield network.denials
        yield from network.ties
        yield [(thing.iri, network.graph.degree(thing.iri)) for thing in network.things.values()]
    yield groups(read_network(engine))


def of_similarity(engine: Engine) -> Iterator[object]:
    found = similarity(engine)
    for slug in ("canterbury", "leeds", "salford"):
        for lens in Lens:
            for readings in (False, True):
                yield found.to_place(PREFIXES["case"] + slug, lens, readings=readings)


def of_sessions(engine: Engine) -> Iterator[object]:
    for ready in sessions.ready_made(engine)[:4]:
        yield sessions.plan(engine, ready.settings)


Shown = Callable[[Engine], Iterator[object]]


SHOWN = (
    of_cases,
    of_results,
    of_lists,
    of_documents,
    of_briefs,
    of_networks,
    of_similarity,
    of_sessions,
)


@pytest.mark.parametrize("shown", SHOWN)
def test_other_labels_change_words_and_nothing_else(shown: Shown, engine: Engine, relabelled: Engine) -> None:
    before = [repr(each) for each in shown(engine)]
    after = [repr(each).replace(MARK, "") for each in shown(relabelled)]
    assert len(before) == len(after) > 0
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []


@pytest.mark.parametrize("shown", SHOWN)
def test_labels_in_another_language_beside_ours_change_nothing(
    shown: Shown, engine: Engine, bilingual: Engine
) -> None:
    before, after = ([repr(each) for each in shown(asked)] for asked in (engine, bilingual))
    assert len(before) == len(after) > 0
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []


# They show the data as they are, labels in every language among them.
OF_THE_DATA = {
    "case-graph",
    "dataset-counts",
    "property-counts",
    "property-ends",
    "property-values",
    "thing-illustrations",
    "thing-names",
    "thing-properties",
    "thing-triples",
}


def test_every_question_names_things_in_english(engine: Engine, bilingual: Engine) -> None:
    differ = set()
    for asked in all_questions():
        given = given_terms(asked.name, examples(asked.name))
        before, after = (answer(one, asked.name, given) for one in (engine, bilingual))
        if repr(before) != repr(after):
            differ.add(asked.name)
    assert differ == OF_THE_DATA


def test_a_thing_is_named_in_english(engine: Engine, bilingual: Engine) -> None:
    for path in ("case/leeds", "scheme/practices/pool-budgets", "body/canterbury-district-health-board"):
        before, after = (views.thing(one, path) for one in (engine, bilingual))
        assert (before.name, before.referring) == (after.name, after.referring)
        assert all(WELSH not in link.name for each in after.said for link in each.values)


def test_other_labels_are_shown(relabelled: Engine) -> None:
    kinds = [each.kind for each in views.case_rows(relabelled, only=["canterbury"])[0].rests_on]
    assert kinds
    assert all(kind.endswith(MARK) for kind in kinds)


def of_groups(engine: Engine) -> Iterator[object]:
    """What is said of each case, without notes on the English words in it and places told apart by words."""
    for slug in views.case_list(engine):
        case = views.case(engine, slug, today=TODAY)
        yield case.groups, case.row.factors, case.row.results, case.silences


@pytest.mark.parametrize(
    "shown", [of_groups, of_results, of_lists, of_documents, of_networks, of_similarity, of_sessions]
)
def test_labels_come_in_the_chosen_language_and_else_in_english(
    shown: Shown, engine: Engine, half_welsh_engine: Engine, welsh: None
) -> None:
    before = [repr(each) for each in shown(engine)]
    after = [repr(each) for each in shown(half_welsh_engine)]
    assert any(MARK_IN_WELSH in each for each in after)
    pairs = zip(before, after, strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1].replace(MARK_IN_WELSH, "")] == []


def test_every_question_names_things_in_the_chosen_language(half_welsh_engine: Engine, welsh: None) -> None:
    """And gives the same rows, those of things that have no name in it among them."""
    in_welsh = 0
    for asked in all_questions():
        given = given_terms(asked.name, examples(asked.name))
        with speaking(ENGLISH):
            before = answer(half_welsh_engine, asked.name, given)
        after = answer(half_welsh_engine, asked.name, given)
        assert isinstance(before, Rows) == isinstance(after, Rows)
        if isinstance(before, Rows) and isinstance(after, Rows) and asked.name not in OF_THE_DATA:
            assert plain_rows(before) == plain_rows(after), asked.name
            in_welsh += MARK_IN_WELSH in repr(after)
    assert in_welsh > 100


def plain_rows(answered: Rows) -> list[tuple[str, ...]]:
    return sorted(tuple(str(cell).replace(MARK_IN_WELSH, "") for cell in row) for row in answered.rows)


def test_the_command_names_factors_in_the_chosen_language(
    half_welsh: Content, welsh: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KG_CONTENT", str(half_welsh.root))
    ran = Ran(capsys, "ask", "factor-list")
    assert (ran.code, ran.err) == (0, "")
    in_english = [line for line in ran.out.splitlines() if "factor:" in line and MARK_IN_WELSH not in line]
    assert ran.out.count(MARK_IN_WELSH) + len(in_english) == 5
    assert in_english and MARK_IN_WELSH in ran.out


def test_a_thing_is_named_in_the_chosen_language(half_welsh_engine: Engine, welsh: None) -> None:
    names = [views.thing(half_welsh_engine, f"scheme/practices/{slug}").name for slug in PRACTICES]
    assert [name for name in names if MARK_IN_WELSH in name]
    assert [name for name in names if MARK_IN_WELSH not in name]


def test_tables_and_what_is_searched_stay_in_english(half_welsh_engine: Engine, welsh: None) -> None:
    assert MARK_IN_WELSH not in repr(Tables(half_welsh_engine).rows("concepts"))
    assert MARK_IN_WELSH not in repr(read_corpus(half_welsh_engine))
