"""Search: what is found, why, by which words, and that nothing is fetched for it."""

import json
import re
import socket
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import SKOS

from app_pages.parts import graph
from benchmarks.search import quality
from kg import cli, export, views
from kg.engine import Engine
from kg.export.as_pdf import pages_of
from kg.graph.content import Content
from kg.search import (
    Because,
    Corpus,
    Finder,
    installed_model,
    make_index,
    meaning,
    nearness,
    question_parts,
    read_corpus,
    write_index,
)
from kg.search.corpus import IndexedStatement, IndexedThing
from kg.search.index import read_index, texts_of
from kg.search.meaning import Vectors
from kg.search.words import respelt
from kg.terms import BASE, OUR_READING
from kg.things import page_of

# One worker makes the index of all texts, once.
pytestmark = pytest.mark.xdist_group("search")

HERE = Path(__file__).parent
ROOT = HERE.parent
KINDS = {
    "case", "factor", "practice", "principle", "challenge", "outcome", "quality", "facilitator-practice",
    "service-action", "claim", "activity",
}  # fmt: skip
THURSDAY = (
    "a new board, two trusts at war over a fixed budget, and a council leader with a veto: "
    "what should I read before Thursday?"
)


@pytest.fixture(scope="module")
def corpus(engine: Engine) -> Corpus:
    return read_corpus(engine)


@pytest.fixture(scope="module")
def by_words(corpus: Corpus) -> Finder:
    return Finder(make_index(corpus, None), None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_asked_every_result_has_a_kind_a_score_and_a_reason(
    finder: Finder, by_words: Finder, corpus: Corpus, data: st.DataObject
) -> None:
    said = st.sampled_from([phrase.text for phrase in corpus.phrases[::40]])
    query = data.draw(st.lists(said | st.text(max_size=20), max_size=4).map(" ".join))
    hidden = {phrase.text for phrase in corpus.phrases if phrase.naming == str(SKOS.hiddenLabel)}
    hidden -= {phrase.text for phrase in corpus.phrases if phrase.naming != str(SKOS.hiddenLabel)}
    for each in (finder, by_words):
        answer = each.find(query)
        scores = [found.score for found in answer.results]
        assert scores == sorted(scores, reverse=True)
        assert len({found.iri for found in answer.results}) == len(answer.results)
        for found in (*answer.results, *answer.nearest):
            assert found.kind in KINDS
            assert found.iri.startswith(BASE)
            assert found.label
            assert found.score > 0
            assert str(found.why)
            assert found.why.text not in hidden
            assert 0 <= found.part < len(answer.parts)


def test_what_is_found_says_why(finder: Finder) -> None:
    answer = finder.find("our chief executives nod along and then brief against each other")
    found = {each.label: each for each in answer.results[:10]}
    assert "Make challenge safe" in found
    assert found["Challenge bad behaviour in the open"].why.because in {Because.EVERYDAY, Because.WORDS}
    assert found["Devon (STP principles)"].why.claim is not None
    assert found["Surface and resolve conflicts"].kind == "factor"


def test_a_place_is_found_by_its_name_and_by_what_a_statement_says_of_it(finder: Finder) -> None:
    assert finder.find("Leeds").results[0].label == "Leeds ('the Leeds pound')"
    named = finder.find("what did they try in Torbay").results
    assert next(each for each in named if each.kind == "case").label == "Torbay"
    of_a_programme = finder.find("HATCH").results
    assert "Leeds ('the Leeds pound')" in {each.label for each in of_a_programme}


def test_a_hope_about_a_case_does_not_show_that_it_did_so(corpus: Corpus) -> None:
    for tie in corpus.case_ties:
        assert corpus.statements[tie.statement].told


def test_the_mark_of_a_reading_is_shown_and_not_searched(corpus: Corpus) -> None:
    marked = [each for each in corpus.statements if each.text.startswith(OUR_READING)]
    assert marked and not any(text.startswith("Our reading") for text in texts_of(corpus))


def test_misspelt_words_are_read_and_told(finder: Finder, by_words: Finder) -> None:
    for each in (finder, by_words):
        answer = each.find("councel leeders with a veto")
        assert dict(answer.read_as) == {"councel": "council", "leeders": "leaders"}
        assert answer.results[0].label != ""
        assert "Name power differences at the start" in [found.label for found in answer.results[:5]]


def test_a_word_of_the_language_is_not_taken_for_misspelt() -> None:
    assert respelt("emperors grief", frozenset({"brief", "employers"}), lambda word: word == "grief") == {}


def test_what_no_language_says_finds_nothing(finder: Finder) -> None:
    answer = finder.find("xyzzy plugh")
    assert answer.results == ()
    assert answer.nearest


def test_results_that_are_far_from_the_words_say_so(finder: Finder) -> None:
    assert finder.find("two trusts at war over a fixed budget").close
    far = finder.find("best pizza recipe")
    assert far.results
    assert not far.close


def test_nothing_that_fits_offers_what_comes_nearest(finder: Finder) -> None:
    answer = finder.find("zebra xylophone marmalade")
    assert answer.results == ()
    assert answer.nearest
    assert finder.find("  ,, ").nearest == ()


def test_a_part_that_is_left_out_is_not_looked_for(finder: Finder) -> None:
    whole = finder.find(THURSDAY)
    assert whole.parts == (
        "a new board",
        "two trusts at war over a fixed budget",
        "a council leader with a veto",
    )
    rest = finder.find(THURSDAY, without=["a council leader with a veto"])
    assert rest.parts == whole.parts[:2]
    before, after = ([each.label for each in answer.results[:6]] for answer in (whole, rest))
    assert "Name power differences at the start" in before
    assert "Name power differences at the start" not in after


@given(st.text(max_size=200))
def test_parts_are_words_of_the_question(query: str) -> None:
    found = question_parts(query)
    assert 1 <= len(found) <= 6
    said = re.sub(r"\s", "", query)
    assert all(re.sub(r"\s", "", part) in said for part in found)


def test_one_thing_that_has_nothing_to_do_with_it_changes_nothing(corpus: Corpus) -> None:
    """A case about something else leaves the first results as they are."""
    case = len(corpus.things)
    more = replace(
        corpus,
        things=[*corpus.things, IndexedThing(BASE + "case/lighthouse", "case", "Lighthouse keepers")],
        phrases=[*corpus.phrases, replace(corpus.phrases[-1], thing=case, text="Who polishes lenses?")],
        statements=[
            *corpus.statements,
            IndexedStatement(BASE + "claim/lighthouse-1", "Keepers polished lenses nightly.", (case,),
                      corpus.statements[0].modality, False, True),
        ],
    )  # fmt: skip
    before, after = Finder(make_index(corpus, None), None), Finder(make_index(more, None), None)
    for question in quality.questions("examples"):
        first = [[each.iri for each in found.find(question.query).results[:3]] for found in (before, after)]
        assert first[0] == first[1]
    assert after.find("polishing lenses").results[0].label == "Lighthouse keepers"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, corpus: Corpus) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    installed_model.cache_clear()
    model = installed_model()
    assert model is not None
    few = replace(corpus, statements=[], named_by={}, case_ties=[], ties=[], phrases=corpus.phrases[:50])
    assert Finder(make_index(few, model), model).find("a fixed budget").by_meaning


def test_vectors_of_like_meaning_lie_near() -> None:
    model = installed_model()
    assert model is not None
    said, like, other = model.vectors(
        [
            "the doctors are angry",
            "physicians are furious",
            "a longer sentence about ships in a harbour at night",
        ]
    )
    assert said @ like > 0.5 > said @ other
    assert abs(float(np.linalg.norm(said)) - 1) < 1e-5
    assert np.allclose(model.vectors(["the doctors are angry"])[0], said, atol=1e-3)


def test_without_the_model_words_alone_are_looked_at(monkeypatch: pytest.MonkeyPatch, corpus: Corpus) -> None:
    def absent(package: str) -> None:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(meaning, "distribution", absent)
    installed_model.cache_clear()
    try:
        assert installed_model() is None
        answer = Finder(make_index(corpus, installed_model()), installed_model()).find("pooled budgets")
    finally:
        monkeypatch.undo()
        installed_model.cache_clear()
    assert not answer.by_meaning
    assert answer.results[0].label in {
        "Pool budgets under an agreement",
        "Behave altruistically towards each other",
    }


class Counting:
    """A model that stands for each text by its length, and counts."""

    @property
    def name(self) -> str:
        return "counting"

    def __init__(self) -> None:
        self.seen = 0

    def vectors(self, texts: Sequence[str]) -> Vectors:
        self.seen += len(texts)
        angle = np.array([len(text) for text in texts], dtype=np.float32)
        vectors: Vectors = np.stack([np.cos(angle), np.sin(angle)] * 32, axis=1).astype(np.float32)
        return vectors / np.float32(32**0.5)

    def knows(self, word: str) -> bool:
        return False


def test_an_index_is_read_as_it_was_written(corpus: Corpus, tmp_path: Path) -> None:
    model = Counting()
    index = write_index(corpus, model, tmp_path, "one")
    again = read_index(tmp_path, "one", model)
    assert again is not None
    assert again.corpus == replace(
        index.corpus, named_by={number: list(held) for number, held in index.corpus.named_by.items()}
    )
    asked = "two trusts at war"
    before, after = (Finder(each, model).find(asked) for each in (index, again))
    assert before == after
    assert read_index(tmp_path, "two", model) is None
    assert read_index(tmp_path, "one", None) is None
    made_once = model.seen
    write_index(corpus, model, tmp_path, "two")
    assert model.seen == made_once


def test_half_an_index_is_none(corpus: Corpus, tmp_path: Path) -> None:
    model = Counting()
    write_index(corpus, model, tmp_path, "one")
    (tmp_path / "search" / "index.json").write_text("{")
    assert read_index(tmp_path, "one", model) is None


def test_sifting_many_statements_finds_the_same(monkeypatch: pytest.MonkeyPatch, finder: Finder) -> None:
    asked = [question.query for question in quality.questions("examples")]
    plain = [finder.find(query) for query in asked]
    monkeypatch.setattr(nearness, "_SIFT_FROM", 10)
    monkeypatch.setattr(nearness, "_SIFT_TO", 200)
    sifting = Finder(finder._index, finder._model)
    same = sum(
        [each.iri for each in one.results[:5]] == [each.iri for each in sifting.find(query).results[:5]]
        for query, one in zip(asked, plain, strict=True)
    )
    assert same >= len(asked) - 1


def test_the_paper_alone_finds_nothing_of_other_documents(finder: Finder) -> None:
    engine = graph.engine()
    alone = graph._finders().finder(engine, graph.version(), views.graphs_of_the_paper(engine))
    assert "Torbay" in {each.label for each in finder.find("Torbay").results}
    assert "Torbay" not in {each.label for each in alone.find("Torbay").results}


def test_what_to_read_first_is_little_and_says_what_is_not_known(finder: Finder, engine: Engine) -> None:
    reading = views.read_first(engine, finder.find(THURSDAY))
    assert 1 <= len(reading.places) <= 2
    for place in reading.places:
        assert place.minutes >= 1
        assert place.unknown
        assert place.statement is not None or place.why
    assert reading.setback is not None
    assert reading.setback.statement.topics.setbacks
    assert reading.advice is not None
    assert not views.read_first(engine, finder.find("zebra xylophone marmalade"))


def test_a_brief_for_a_meeting_is_whole_and_fetches_nothing(finder: Finder, engine: Engine) -> None:
    answer = replace(finder.find(THURSDAY), parts=("<script>alert(1)</script>",))
    brief = views.brief(engine, answer, views.read_first(engine, answer), "abc")
    manuscript = export.brief_for_a_meeting(engine, brief)
    assert manuscript == export.brief_for_a_meeting(engine, brief)
    assert pages_of(manuscript) == 1
    page = export.as_html(manuscript)
    assert "<script" not in page
    text = unescape(page)
    assert not re.search(r"https?://|<link|<img|@import|url\(", text)
    for place in brief.places:
        assert place.case.row.label in text
    assert text.count("look for “") >= 3
    assert "Not in what we have read" in text
    assert brief.setback is not None and brief.setback.statement.text in text


def test_every_result_leads_to_a_page(finder: Finder) -> None:
    for each in finder.find(THURSDAY).results:
        assert re.match(r"(?:case|factor|practice|concept|claim|thing|activity)\?id=", page_of(each.iri))


def test_the_command_keeps_its_contract(
    capsys: pytest.CaptureFixture[str], content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("kg.search.finders.installed_model", lambda: None)

    def ran(*arguments: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main(list(arguments))
        return ended.value.code, capsys.readouterr().out

    code, out = ran("search", "pooled", "budgets", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["query"] == "pooled budgets"
    assert document["by_meaning"] is False
    for each in document["results"]:
        assert {"kind", "label", "iri", "score", "why"} <= set(each)
    assert [each["score"] for each in document["results"]] == sorted(
        (each["score"] for each in document["results"]), reverse=True
    )
    code, out = ran("search", "zebra xylophone")
    assert (code, out.splitlines()[-1]) == (0, "Nothing fits these words.")
    assert ran("search")[0] == 2
