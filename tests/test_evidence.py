"""Things are told apart by IRI: what counts is said by the vocabulary, and a label decides nothing."""

import doctest

import pytest
from rdflib import URIRef

from kg import evidence, export, views, words
from kg.build.store import open_engine
from kg.check import check
from kg.engine import Engine
from kg.errors import BadContent
from kg.evidence import LISTS, Basis, ListedConcept, Modality, Standing, Telling, Voice, what_counts
from kg.graph.content import Content
from kg.queries.questions import ask
from kg.terms import PREFIXES, SCHEMES, shorten
from kg.views import Statement


def relabelled(content: Content, scheme: str, label: str, new: str) -> None:
    """Give another English label to a concept, or to the list itself, in the file of a list."""
    path = content.ontology / "schemes" / f"{scheme}.ttl"
    text = path.read_text()
    assert text.count(f'skos:prefLabel "{label}"@en') == 1
    path.write_text(text.replace(f'skos:prefLabel "{label}"@en', f'skos:prefLabel "{new}"@en'))


def statements(case: views.Case) -> list[Statement]:
    return [each for group in case.groups for _, members in group.parts for each in members]


def test_examples_hold() -> None:
    result = doctest.testmod(evidence)
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize("listed", LISTS, ids=lambda each: each.__name__)
def test_each_list_of_the_code_is_that_of_the_vocabulary_in_its_order(
    world_engine: Engine, listed: type[ListedConcept]
) -> None:
    scheme = URIRef(PREFIXES["scheme"] + SCHEMES[LISTS[listed]])
    rows = ask(world_engine, "scheme-concepts", scheme=scheme)
    by_position = {int(str(row["position"])): listed.of(row["concept"]) for row in rows}
    assert by_position == {each.position: each for each in listed}


def test_every_way_of_meeting_has_words(world_engine: Engine) -> None:
    rows = ask(world_engine, "scheme-concepts", scheme=URIRef(PREFIXES["scheme"] + "modes"))
    assert [shorten(str(row["concept"])) for row in rows] == [f"mode:{mode}" for mode in words.MODES]


def test_concept_of_another_list_is_refused_with_what_is_known() -> None:
    with pytest.raises(BadContent, match=r"kind:not-established is not known .* voice:not-established"):
        Voice.of(PREFIXES["kind"] + "not-established")


def test_every_kind_and_voice_has_a_standing_and_both_decide(world_engine: Engine) -> None:
    counts = what_counts(world_engine)
    kinds = ask(world_engine, "scheme-concepts", scheme=URIRef(PREFIXES["scheme"] + "document-kinds"))
    by_kind = {str(row["concept"]): counts.standing_of(str(row["concept"])) for row in kinds}
    assert set(by_kind.values()) == set(Standing)
    for kind, alone in by_kind.items():
        assert counts.standing(kind, Voice.SELF_REPORTED) is Standing.OWN_ACCOUNT
        assert counts.standing(kind, Voice.INDEPENDENT) is alone
        unsure = Standing.OWN_ACCOUNT if alone is Standing.OWN_ACCOUNT else Standing.TOLD
        assert counts.standing(kind, Voice.NOT_ESTABLISHED) is unsure


def test_kind_without_a_standing_is_refused_by_name(world_engine: Engine) -> None:
    with pytest.raises(BadContent, match="kind:letter has to count as one standing"):
        what_counts(world_engine).standing(PREFIXES["kind"] + "letter", Voice.INDEPENDENT)


def test_what_counts_is_what_the_vocabulary_says(world_engine: Engine) -> None:
    counts = what_counts(world_engine)
    assert counts.modalities(Telling.OUTRIGHT) == {Modality.FACT, Modality.EXAMPLE}
    assert counts.modalities(Telling.AS_SO) == {Modality.FACT, Modality.EXAMPLE, Modality.HEDGED}
    assert counts.modalities(Telling.AIM) == {Modality.HOPE, Modality.INTENTION}
    assert counts.weakest_reading == Basis.INFERRED_MEDIUM.position


def test_evaluated_result_stays_evaluated_when_the_kind_is_called_something_else(own_world: Content) -> None:
    case = views.case(open_engine(own_world), "river-town")
    before = {each.slug: each.result and each.result.standing for each in statements(case)}
    assert Standing.EVALUATED in before.values()
    relabelled(own_world, "document-kinds", "Independent evaluation", "Outside evaluation")
    assert check(own_world).ok
    case = views.case(open_engine(own_world), "river-town")
    assert {each.slug: each.result and each.result.standing for each in statements(case)} == before
    assert [each.standing for each in case.row.rests_on] == [Standing.EVALUATED]
    assert [each.kind for each in case.row.rests_on] == ["Outside evaluation"]
    assert [each.standing for each in case.row.results] == [Standing.EVALUATED]


def test_brief_does_not_claim_every_kind_of_result_when_their_list_is_called_something_else(
    with_activities: Content,
) -> None:
    def unknown() -> str:
        brief = export.brief_of_cases(open_engine(with_activities), ["hill-county"], "abc")
        return str(brief.parts)

    before = unknown()
    assert "Every kind of result that we look for is told of" not in before
    relabelled(with_activities, "outcomes", "Outcomes", "Results")
    assert unknown() == before
