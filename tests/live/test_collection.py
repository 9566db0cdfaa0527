"""All documents together: every statement read is told once, and never beyond its source."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, URIRef

from kg.build.store import derive, read_files
from kg.engine import Engine
from kg.engine.in_process import InProcessEngine
from kg.graph.content import Content
from kg.graph.oxigraph import Quad
from kg.graph.placement import quads_of_files
from kg.queries import questions
from kg.terms import OA, PREFIXES, shorten
from kg.views import document
from tests.answering import answered, plain
from tests.asking import listed
from tests.standing import illustrations, standing_elsewhere

HERE = Path(__file__).parent
# Voices that differ from the list: the author had acted as a critical friend to the place.
CRITICAL_FRIEND = {"TOR-02", "TOR-03", "TOR-04", "TOR-10", "TOR-11"}
# Called independent by the list, though the document does not name its authors, or where they work, as it was
# read; or another body's account or a newspaper's that says the rest in a voice that is not established.
NOT_ESTABLISHED = {
    "CAN-27",
    "CRO-01",
    "CRO-13",
    "GM-14",
    "GM-17",
    "GM-18",
    "GM-19",
    "GM-20",
    "GM-21",
    "KIN-07",
    "KIN-08",
    "LEE-19",
    "MAN-22",
    "MAN-23",
    "MAN-24",
    "MAN-25",
    "NOR-06",
    "NOR-07",
    "NOR-08",
    "NOR-10",
    "PV-01",
    "PV-02",
    "PV-03",
    "SAL-16",
    "SAL-17",
    "SAL-18",
    "SAL-19",
    "SAL-20",
    "STR-04",
    "STR-05",
    "STR-06",
    "STR-07",
    "STR-08",
    "STR-09",
    "STR-10",
}
# The lead author directs the network that the study praises, and others work at the region.
INSIDERS = {"JON-11", "JON-12"}
COMPETING = {
    frozenset(pair)
    for pair in (
        ("SAL-12", "SAL-09"),
        ("SAL-12", "SAL-06"),
        ("LEE-10", "LEE-11"),
        ("NOR-08", "NOR-09"),
        ("CAN-39", "CAN-41"),
        ("CAN-20", "CAN-26.2"),
        ("KIN-09", "KIN-08"),
        ("CRO-04", "CRO-05"),
        ("DEV-02", "DEV-04"),
        ("MAN-05", "MAN-20"),
        ("DUD-06", "DUD-05"),
    )
}


def facts() -> dict[str, tuple[str, str, int]]:
    """Voice, year of the document and words of the phrase to look for, by identifier."""
    with (HERE / "ground" / "facts.tsv").open() as file:
        return {
            name: (voice, year, int(length)) for name, voice, year, length in csv.reader(file, delimiter="\t")
        }


def test_every_fact_is_told_exactly_once_or_left_out_with_its_reason(live_engine: Engine) -> None:
    told = [
        row[0] for row in listed(live_engine, "SELECT ?id WHERE { ?c a sl:Claim ; dcterms:identifier ?id }")
    ]
    left_out = {
        str(row["identifier"]): str(row["reason"]) for row in questions.ask(live_engine, "omission-list")
    }
    parts = {name for name in told if "." in name}
    assert len(told) == len(set(told))
    assert {name.split(".")[0] for name in parts} <= set(told) - parts
    assert (set(told) - parts) | left_out.keys() == facts().keys()
    assert not set(told) & left_out.keys()
    assert list(left_out) == ["DEV-21"]
    assert all(reason.endswith(".") for reason in left_out.values())


def test_voice_and_year_are_those_of_the_list(live_engine: Engine) -> None:
    wanted = facts()
    rows = listed(
        live_engine,
        """SELECT ?id ?voice ?year ?anchor WHERE {
             ?c a sl:Claim ; dcterms:identifier ?id ; sl:voice ?voice ;
               dcterms:source ?s ; sl:passage/sl:anchor ?anchor .
             OPTIONAL { ?s dcterms:issued ?year } }""",
    )
    assert len(rows) > 297
    for name, voice, year, anchor in rows:
        base = name.split(".")[0]
        expected = wanted[base][0]
        if base in CRITICAL_FRIEND | NOT_ESTABLISHED:
            expected = "not-established"
        elif base in INSIDERS:
            expected = "self-reported"
        assert (name, voice.rsplit("/", 1)[-1], year) == (name, expected, wanted[base][1])
        assert len(anchor.split()) == wanted[base][2] <= 7


def test_claims_of_other_documents_stand_as_they_are_told_and_only_illustrations_are_read(
    live_engine: Engine,
) -> None:
    rows = listed(
        live_engine,
        "SELECT ?basis WHERE { ?c a sl:Claim ; dcterms:identifier ?id ; sl:basis ?basis }",
    )
    assert {row[0].rsplit("/", 1)[-1] for row in rows} == {"explicit"}
    grades = Counter(
        row[0].rsplit("/", 1)[-1]
        for row in listed(live_engine, "SELECT ?basis WHERE { ?i a sl:Illustration ; sl:basis ?basis }")
    )
    assert grades["inferred-weak"] == 0
    # The few words that are recorded seldom are the concept's own.
    assert grades["inferred-strong"] > grades["inferred-medium"] > grades["explicit"] > 0


def test_every_result_of_other_documents_has_a_direction_and_no_plan_is_a_result(live_engine: Engine) -> None:
    rows = listed(
        live_engine,
        """SELECT ?id ?modality ?direction WHERE { ?c dcterms:identifier ?id ; sl:relation relation:reports ;
             sl:modality ?modality . OPTIONAL { ?c sl:direction ?direction } }""",
    )
    assert len(rows) > 70
    assert all(direction for _, _, direction in rows)
    assert {modality.rsplit("/", 1)[-1] for _, modality, _ in rows} == {"fact", "hedged"}
    assert "SAL-13" not in {name for name, _, _ in rows}
    assert "UNI-04" not in {name for name, _, _ in rows}


def test_claims_that_differ_are_linked(live_engine: Engine) -> None:
    pairs = {
        frozenset(row)
        for row in listed(
            live_engine,
            """SELECT ?one ?other WHERE {
                 ?a sl:competesWith ?b ; dcterms:identifier ?one . ?b dcterms:identifier ?other }""",
        )
    }
    assert pairs == COMPETING
    of_the_paper = listed(
        live_engine,
        """SELECT ?id ?b WHERE { ?a sl:competesWith ?b ; dcterms:identifier ?id .
             FILTER NOT EXISTS { ?b dcterms:identifier ?other } }""",
    )
    assert [(name, shorten(claim)) for name, claim in of_the_paper] == [("SAL-09", "claim:salford-5")]


def test_every_document_has_its_kind_its_reading_and_its_graph(live_engine: Engine) -> None:
    documents = listed(
        live_engine,
        """SELECT ?s ?kind ?tier WHERE {
             ?s sl:readingExtent reading:part ; sl:documentKind ?kind ; sl:tier ?tier }""",
    )
    assert len(documents) == 173
    graphs = listed(
        live_engine,
        """SELECT DISTINCT ?s ?g WHERE {
             GRAPH ?g { ?c a sl:Claim ; dcterms:source ?s } ?s sl:readingExtent reading:part }""",
    )
    assert len(graphs) == 172
    assert all(graph.rsplit("/", 1)[-1] == source.rsplit("/", 1)[-1] for source, graph in graphs)


def test_a_document_that_had_two_records_is_one_and_the_old_address_leads_to_it(live_engine: Engine) -> None:
    """What the paper cites and what was read of it is one source: what it is called, and what we found."""
    merged = {
        shorten(str(row["record"])): row["source"] for row in questions.ask(live_engine, "source-merged")
    }
    assert shorten(str(merged["source:schluter-et-al-2016-article"])) == "source:schluter-et-al-2016"
    assert len(merged) == 7
    for record, source in merged.items():
        assert (
            document(live_engine, record.removeprefix("source:")).reference.slug
            == str(source).rsplit("/", 1)[-1]
        )
    found = document(live_engine, "schluter-et-al-2016").reference
    assert found.kind.name == "Research by those involved"
    assert found.cited_as == "An independent analysis."
    assert found.affiliation == "Three of the four authors list the health board or its hospitals."
    kinds = {
        str(row["kind"])
        for row in questions.ask(live_engine, "case-results", case=URIRef(PREFIXES["case"] + "canterbury"))
        if shorten(str(row["claim"])) == "claim:canterbury-51"
    }
    assert kinds == {PREFIXES["kind"] + "research-by-those-involved"}


def test_what_is_called_independent_says_who_wrote_it_and_where_they_work(live_engine: Engine) -> None:
    rows = listed(
        live_engine,
        """SELECT ?s ?who ?where WHERE { ?s a sl:Source ; sl:documentKind kind:independent-evaluation .
             OPTIONAL { ?s dcterms:creator ?who } OPTIONAL { ?s sl:affiliation ?where } }""",
    )
    assert rows
    assert all(who and where for _, who, where in rows)


def test_kind_of_document_does_not_follow_from_its_tier(live_engine: Engine) -> None:
    rows = listed(
        live_engine, "SELECT DISTINCT ?tier ?kind WHERE { ?s sl:tier ?tier ; sl:documentKind ?kind }"
    )
    tiers = Counter(tier for tier, _ in rows)
    assert min(tiers.values()) > 1


@pytest.mark.parametrize("folder", ["data", "ontology"])
def test_no_word_of_how_the_list_was_made_is_left(folder: str, live_content: Content) -> None:
    for path in (live_content.root / folder).rglob("*.ttl"):
        assert not re.search(r"\bseed\b|map them explicitly", path.read_text()), path.name


def test_paper_alone_knows_no_other_document(live_paper: Engine, live_engine: Engine) -> None:
    sources = listed(live_paper, "SELECT DISTINCT ?s WHERE { ?c a sl:Claim ; dcterms:source ?s }")
    assert [shorten(row[0]) for row in sources] == ["source:leading-across-the-health-and-care-system"]
    assert listed(live_paper, "SELECT ?i WHERE { ?i a sl:Illustration }") == []
    counted = {name: int(str(cell)) for name, cell in questions.ask(live_paper, "graph-counts")[0].items()}
    of_paper = listed(live_engine, "SELECT ?c WHERE { ?c a sl:Claim ; dcterms:source/sl:startingPoint true }")
    assert counted == {"statements": len(of_paper), "cases": 7, "sources": 1}


def test_body_words_have_notes_that_name_their_page(live_engine: Engine) -> None:
    told = [row for row in questions.ask(live_engine, "body-notes") if row["note"] is not None]
    notes = [row for row in told if "older term" not in str(row["note"])]
    assert {"Vanguard", "Accountable care organisation"} <= {str(row["label"]) for row in told}
    assert {str(row["label"]) for row in notes} == {
        "Clinical commissioning group",
        "Integrated care board",
        "NHS England",
        "Healthwatch",
    }
    assert all(row["page"] is not None for row in notes)
    related = next(row for row in notes if str(row["label"]) == "Clinical commissioning group")
    assert str(related["related"]) == "Integrated care board"
    assert listed(live_engine, "SELECT ?a WHERE { ?a skos:exactMatch ?b }") == []


def test_nothing_but_a_document_is_said_to_be_the_same_as_a_thing_elsewhere(live_engine: Engine) -> None:
    """By the DOI that its record names; no identifier of a place or a body is given from memory."""
    same = listed(live_engine, "SELECT ?a ?b WHERE { ?a owl:sameAs ?b }")
    assert len(same) == 4
    assert all("/source/" in one and other.startswith("https://doi.org/10.") for one, other in same)


def test_no_claim_of_another_document_changes_its_standing_unseen(live_engine: Engine) -> None:
    """How each is said, which way it went, when, and what went wrong: changed on purpose, or not at all."""
    with (HERE / "ground" / "claims-of-other-documents.tsv").open() as file:
        assert standing_elsewhere(live_engine) == [tuple(row) for row in csv.reader(file, delimiter="\t")]


def test_no_illustration_changes_unseen(live_engine: Engine) -> None:
    with (HERE / "ground" / "illustrations.tsv").open() as file:
        assert illustrations(live_engine) == [tuple(row) for row in csv.reader(file, delimiter="\t")]


FOLDER = HERE / "competency"
EXPECTED: dict[str, dict[str, Any]] = {
    each["id"]: each for each in json.loads((FOLDER / "questions-of-everything.json").read_text())
}
ASKED: dict[str, dict[str, Any]] = json.loads((FOLDER / "asked-of-everything.json").read_text())


def test_twenty_and_more_questions_go_across_the_collection() -> None:
    assert set(ASKED) == set(EXPECTED)
    assert len(EXPECTED) > 20


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_answer_of_everything_is_the_expected_one(name: str, live_engine: Engine) -> None:
    assert answered(live_engine, ASKED[name]) == {plain(label) for label in EXPECTED[name]["expected"]}


@pytest.fixture(scope="module")
def quads(live_content: Content) -> list[Quad]:
    return quads_of_files(read_files(live_content))


@pytest.mark.parametrize("name", sorted(each for each, spec in EXPECTED.items() if "rests_on" in spec))
def test_without_the_statements_it_rests_on_the_answer_changes(
    name: str, quads: list[Quad], live_content: Content
) -> None:
    taken = {
        s
        for s, p, o, _ in quads
        if p == DCTERMS.identifier and str(o).startswith(tuple(EXPECTED[name]["rests_on"]))
    }
    assert taken
    taken |= {s for s, p, o, _ in quads if p == OA.hasTarget and o in taken}
    left = [quad for quad in quads if quad[0] not in taken]
    rules = sorted((live_content.ontology / "derive").glob("*.rq"))
    without = InProcessEngine([*left, *derive(left, rules)])
    assert answered(without, ASKED[name]) != {plain(label) for label in EXPECTED[name]["expected"]}


def test_every_excerpt_carries_a_claim(live_engine: Engine) -> None:
    assert (
        listed(live_engine, "SELECT ?e WHERE { ?e a sl:Excerpt . FILTER NOT EXISTS { ?c sl:passage ?e } }")
        == []
    )
