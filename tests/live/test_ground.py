"""The real content, held against the closed lists of what the paper holds."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from kg.engine import Engine
from kg.graph.content import Content
from kg.queries import questions
from tests import golden
from tests.asking import listed
from tests.standing import case_factors, case_practices, standing

HERE = Path(__file__).parent
# Schemes whose concepts all come from the paper, so that each has to be spoken of by a claim.
FROM_THE_PAPER = {
    "practices": 53,
    "service-actions": 4,
    "facilitator-practices": 7,
    "principles": 6,
    "challenges": 36,
    "qualities": 19,
    "factors": 5,
}
# Groups that hold concepts together; the five last are kept empty so that their emptiness can be seen.
GROUPS = {
    "demand-and-services",
    "planning-and-governance",
    "relationships-and-understanding",
    "recognition",
    "patient-experience",
    "staff-experience",
    "money",
    "health-status",
    "equity",
}


def test_every_sentence_of_the_paper_is_there_and_spoken_for(live_paper: Engine) -> None:
    sentences = listed(live_paper, "SELECT ?id WHERE { ?s a sl:Sentence ; dcterms:identifier ?id }")
    covered = listed(
        live_paper,
        "SELECT DISTINCT ?id WHERE { ?s a sl:Sentence ; dcterms:identifier ?id . ?claim sl:passage ?s }",
    )
    reasons = listed(live_paper, "SELECT ?id WHERE { ?s sl:holdsNoClaim ?why ; dcterms:identifier ?id }")
    assert len(sentences) == 143
    assert set(covered) | set(reasons) == set(sentences)


@pytest.mark.parametrize("scheme", FROM_THE_PAPER)
def test_every_concept_is_spoken_of_by_the_paper_or_says_that_it_is_from_elsewhere(
    scheme: str, live_paper: Engine, live_engine: Engine
) -> None:
    concepts = listed(
        live_paper,
        f"SELECT ?c WHERE {{ ?c skos:inScheme scheme:{scheme} . "
        "FILTER NOT EXISTS { ?narrower skos:broader ?c } }",
    )
    spoken = listed(
        live_paper,
        f"SELECT DISTINCT ?c WHERE {{ ?c skos:inScheme scheme:{scheme} . "
        "?claim a sl:Claim ; sl:subject|sl:object ?c }",
    )
    assert len(set(concepts) & set(spoken)) == FROM_THE_PAPER[scheme]
    others = set(concepts) - set(spoken)
    illustrated = listed(
        live_engine,
        f"SELECT DISTINCT ?c WHERE {{ ?c skos:inScheme scheme:{scheme} ; skos:scopeNote ?why . "
        "FILTER(STRSTARTS(?why, 'Not from the paper')) "
        "{ ?claim sl:object ?c } UNION { ?illustration oa:hasBody ?c } }",
    )
    assert sorted(others - set(illustrated)) == []


def test_every_outcome_of_the_paper_is_reported(live_paper: Engine) -> None:
    outcomes = {
        row[0].rsplit("/", 1)[-1]
        for row in listed(
            live_paper,
            "SELECT ?c WHERE { ?c skos:inScheme scheme:outcomes . "
            "FILTER NOT EXISTS { ?c skos:scopeNote ?why FILTER(STRSTARTS(?why, 'Not from the paper')) } }",
        )
    }
    reported = listed(
        live_paper, "SELECT DISTINCT ?c WHERE { ?claim sl:relation relation:reports ; sl:object ?c }"
    )
    assert outcomes - GROUPS == {row[0].rsplit("/", 1)[-1] for row in reported}
    assert len(reported) == 25


def test_seventeen_works_are_cited_in_twenty_two_places(live_paper: Engine) -> None:
    places = listed(
        live_paper,
        "SELECT ?work ?passage WHERE { "
        "?claim sl:relation relation:cites ; sl:object ?work ; sl:passage ?passage }",
    )
    assert len(places) == len(set(places)) == 22
    assert len({work for work, _ in places}) == 17


def test_eight_persons_are_named(live_paper: Engine) -> None:
    people = [
        row[0]
        for row in listed(
            live_paper,
            """SELECT ?name WHERE { ?p a foaf:Person ; skos:prefLabel ?name
                 FILTER (STRSTARTS(STR(?p), "https://w3id.org/system-leadership/body/")) }""",
        )
    ]
    assert sorted(people) == [
        "Atul Gawande",
        "David Meates",
        "Michael West",
        "Nick Timmins",
        "Nicola Walsh",
        "Peter Senge",
        "Ruth Carnall",
        "Sally Hulks",
    ]


def test_every_list_of_how_claims_stand_is_what_the_program_writes(
    live_content: Content, live_engine: Engine
) -> None:
    files = golden.standings(live_content, live_engine)
    assert files.keys() == golden.golden_files() - set(golden.ANSWERS.rglob("*.tsv"))
    assert [path.name for path, text in files.items() if path.read_text() != text] == []


def test_cases_are_tied_to_factors_as_the_list_has_it(live_paper: Engine) -> None:
    """The table of cases and factors, with the strength of each tie."""
    with (HERE / "ground" / "case-factors.tsv").open() as file:
        wanted = [tuple(row) for row in csv.reader(file, delimiter="\t")]
    assert len(wanted) > 20
    assert case_factors(live_paper) == wanted


def test_cases_use_practices_as_the_list_has_it(live_paper: Engine) -> None:
    with (HERE / "ground" / "case-practices.tsv").open() as file:
        wanted = [tuple(row) for row in csv.reader(file, delimiter="\t")]
    assert len(wanted) > 40
    assert case_practices(live_paper) == wanted


def test_no_claim_changes_its_standing_unseen(live_paper: Engine) -> None:
    """How each claim is said, by whom, how surely and where: changed on purpose, or not at all."""
    with (HERE / "ground" / "claims.tsv").open() as file:
        wanted = [tuple(row) for row in csv.reader(file, delimiter="\t")]
    assert standing(live_paper) == wanted


def test_numbers_of_the_paper_are_encoded(live_paper: Engine) -> None:
    said = " ".join(
        row[0]
        for row in listed(
            live_paper,
            "SELECT ?text WHERE { ?claim sl:statement|sl:value|sl:time ?said BIND(STR(?said) AS ?text) }",
        )
    ).casefold()
    for number in (
        "around a year",
        "weekly",
        "every month",
        "afternoon and evening",
        "a dozen",
        "six weeks",
        "eight senior leaders",
        "one senior leader from each",
        "three programmes",
        "second acute hospital",
        "a decade",
        "many years",
        "page 29",
        "five factors",
        "century",
        "2013",
        "2015",
    ):
        assert number in said, number


def test_no_case_holds_claims_of_the_city_and_of_greater_manchester(live_paper: Engine) -> None:
    both = "SELECT ?claim WHERE { ?claim sl:about case:city-of-manchester , case:greater-manchester }"
    assert listed(live_paper, both) == []


def test_no_query_of_the_paper_counts_a_reading_as_said(live_paper: Engine) -> None:
    """Explicit ties per factor: two for each but the third, which has none."""
    counted = Counter(
        {str(row["label"]): int(str(row["count"])) for row in questions.ask(live_paper, "factor-case-count")}
    )
    assert sorted(counted.values()) == [0, 2, 2, 2, 2]
