"""Places that are alike: the laws of the score, the formula by hand, and what is said of little."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.build.store import open_engine
from kg.engine import Engine
from kg.errors import UnknownName
from kg.graph.content import content_of_environment
from kg.similarity import (
    APPROACH,
    FEWEST_SHARED,
    KINDS,
    SITUATION,
    Alike,
    Feature,
    Features,
    Lens,
    Similarity,
    similarity,
)
from kg.terms import PREFIXES
from kg.views import graphs_of_the_paper
from tests.command import Ran

# Enough of each kind that two places often share three.
_KINDS = ("difficulty", "part", "history", "practice", "service") * 3
_FEATURES = [Feature(f"f/{number}", f"Feature {number}", kind) for number, kind in enumerate(_KINDS)]
_ALL = frozenset(range(len(_FEATURES)))


@dataclass(frozen=True)
class World:
    """Invented places, each with what is stated of it and what is read beside that."""

    stated: tuple[frozenset[int], ...]
    read: tuple[frozenset[int], ...]

    def had(self, place: int, readings: bool) -> frozenset[int]:
        return self.stated[place] | (self.read[place] if readings else frozenset())

    def similarity(self, features: Sequence[Feature] = _FEATURES) -> Similarity:
        places = [(f"p/{number}", f"Place {number}") for number in range(len(self.stated))]
        return Similarity(Features(places, features, _pairs(self.stated), _pairs(self.read)))

    def with_feature(self, feature: int, places: Iterable[int]) -> "World":
        given_to = set(places)
        return World(
            tuple(had | {feature} if place in given_to else had for place, had in enumerate(self.stated)),
            self.read,
        )


def _pairs(sets: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    return [(place, feature) for place, had in enumerate(sets) for feature in had]


_SETS = st.frozensets(st.sampled_from(sorted(_ALL)), max_size=12)
_LENSES = st.sampled_from(list(Lens))
_LAW = settings(max_examples=60, deadline=None)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    number = draw(st.integers(2, 5))
    read = st.frozensets(st.sampled_from(sorted(_ALL)), max_size=3)
    return World(tuple(draw(_SETS) for _ in range(number)), tuple(draw(read) for _ in range(number)))


def found(answer: Sequence[Alike]) -> dict[str, float | None]:
    return {each.iri: each.score for each in answer}


def scores(world: World, place: int, lens: Lens, readings: bool) -> dict[str, float | None]:
    answer = world.similarity().to_place(f"p/{place}", lens, readings=readings)
    return found(answer.results) | found(answer.too_little)


def by_hand(world: World, here: int, there: int, kinds: tuple[str, ...], readings: bool) -> Fraction:
    """The formula in exact arithmetic, from sets."""
    counting = {number for number, feature in enumerate(_FEATURES) if feature.kind in kinds}
    places = range(len(world.stated))

    def weight(features: Iterable[int]) -> Fraction:
        told_of = (sum(each in world.had(place, readings) for place in places) for each in features)
        return sum((Fraction(1, number) for number in told_of), Fraction(0))

    one, other = (world.had(place, readings) & counting for place in (here, there))
    return weight(one & other) / weight(one | other) if one | other else Fraction(0)


@_LAW
@given(worlds(), _LENSES, st.booleans())
def test_the_score_is_the_formula(world: World, lens: Lens, readings: bool) -> None:
    answer = world.similarity().to_place("p/0", lens, readings=readings)
    for each in answer.results:
        there = int(each.iri.removeprefix("p/"))
        situation = by_hand(world, 0, there, SITUATION, readings)
        approach = by_hand(world, 0, there, APPROACH, readings)
        expected = {
            Lens.SITUATION: situation,
            Lens.APPROACH: approach,
            Lens.BOTH: by_hand(world, 0, there, (*SITUATION, *APPROACH), readings),
            Lens.CONTRAST: situation * (1 - approach),
        }[lens]
        assert each.score == pytest.approx(float(expected), abs=1e-12)
        assert each.situation.ratio == pytest.approx(float(situation), abs=1e-12)
        assert each.approach.ratio == pytest.approx(float(approach), abs=1e-12)
    ordered = [each.score or 0 for each in answer.results]
    assert ordered == sorted(ordered, reverse=True)


@_LAW
@given(worlds(), _LENSES, st.booleans())
def test_scores_lie_between_0_and_1_and_are_the_same_both_ways(
    world: World, lens: Lens, readings: bool
) -> None:
    places = range(len(world.stated))
    table = [scores(world, place, lens, readings) for place in places]
    for here in places:
        assert f"p/{here}" not in table[here]
        for iri, score in table[here].items():
            assert score is None or 0 <= score <= 1
            assert table[int(iri.removeprefix("p/"))][f"p/{here}"] == score


@_LAW
@given(worlds(), _LENSES, st.booleans())
def test_a_score_needs_three_shared_features_that_count(world: World, lens: Lens, readings: bool) -> None:
    kinds = {Lens.APPROACH: APPROACH, Lens.BOTH: (*SITUATION, *APPROACH)}.get(lens, SITUATION)
    answer = world.similarity().to_place("p/0", lens, readings=readings)
    counted = [world.had(each, readings) for each in range(len(world.stated))]
    done = [sum(_FEATURES[each].kind in APPROACH for each in had) for had in counted]
    given_score = found(answer.results)
    for there in range(1, len(world.stated)):
        shared = sum(_FEATURES[each].kind in kinds for each in counted[0] & counted[there])
        enough = shared >= FEWEST_SHARED
        if lens is Lens.CONTRAST:
            enough = enough and min(done[0], done[there]) >= FEWEST_SHARED
        assert (f"p/{there}" in given_score) == enough
    for each in answer.too_little:
        assert each.score is None
        assert each.why.startswith("Too little to compare: ")
    assert answer.comparable == len(answer.results)


@_LAW
@given(worlds(), _SETS, st.booleans())
def test_a_place_is_like_its_twin_and_did_nothing_else(
    world: World, had: frozenset[int], readings: bool
) -> None:
    twins = World((had, had, *world.stated), (frozenset(), frozenset(), *world.read))
    situation, approach = (
        sum(_FEATURES[each].kind in kinds for each in had) for kinds in (SITUATION, APPROACH)
    )
    assume(situation >= FEWEST_SHARED <= approach)
    for lens in Lens:
        expected = 0 if lens is Lens.CONTRAST else 1
        assert scores(twins, 0, lens, readings)["p/1"] == expected


@_LAW
@given(worlds(), _LENSES, st.booleans(), st.integers(1, 5))
def test_a_further_place_that_has_nothing_of_theirs_changes_nothing(
    world: World, lens: Lens, readings: bool, more: int
) -> None:
    before = world.similarity().to_place("p/0", lens, readings=readings)
    others = [Feature(f"g/{number}", f"Other {number}", kind) for number, kind in enumerate(_KINDS[:more])]
    unrelated = frozenset(range(len(_FEATURES), len(_FEATURES) + more))
    wider = World((*world.stated, unrelated), (*world.read, frozenset()))
    after = wider.similarity([*_FEATURES, *others]).to_place("p/0", lens, readings=readings)
    assert (after.results, after.too_little, after.here) == (before.results, before.too_little, before.here)


@_LAW
@given(worlds(), st.sampled_from([Lens.SITUATION, Lens.APPROACH, Lens.BOTH]), st.sampled_from(sorted(_ALL)))
def test_a_shared_feature_more_never_lowers_the_score(world: World, lens: Lens, feature: int) -> None:
    before = scores(world, 0, lens, False).get("p/1")
    after = scores(world.with_feature(feature, [0, 1]), 0, lens, False).get("p/1")
    if before is not None:
        assert after is not None
        assert after >= before - 1e-12


@_LAW
@given(worlds(), st.sampled_from([Lens.SITUATION, Lens.APPROACH, Lens.BOTH]), st.sampled_from(sorted(_ALL)))
def test_a_feature_of_one_side_alone_never_raises_the_score(world: World, lens: Lens, feature: int) -> None:
    assume(feature not in world.stated[1])
    before = scores(world, 0, lens, False).get("p/1")
    after = scores(world.with_feature(feature, [0]), 0, lens, False).get("p/1")
    if before is not None:
        assert after is not None
        assert after <= before + 1e-12


@_LAW
@given(worlds(), st.sampled_from([number for number in sorted(_ALL) if _KINDS[number] in APPROACH]))
def test_doing_the_same_never_raises_the_contrast(world: World, feature: int) -> None:
    before = scores(world, 0, Lens.CONTRAST, False).get("p/1")
    after = scores(world.with_feature(feature, [0, 1]), 0, Lens.CONTRAST, False).get("p/1")
    if before is not None:
        assert after is not None
        assert after <= before + 1e-12


@_LAW
@given(worlds(), _LENSES, st.randoms(use_true_random=False))
def test_the_order_of_places_and_features_changes_nothing(world: World, lens: Lens, chance: object) -> None:
    order = list(range(len(_FEATURES)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    at = {feature: place for place, feature in enumerate(order)}
    turned = World(
        tuple(frozenset(at[each] for each in had) for had in world.stated),
        tuple(frozenset(at[each] for each in had) for had in world.read),
    )
    other = turned.similarity([_FEATURES[each] for each in order]).to_place("p/0", lens)
    expected = scores(world, 0, lens, False)
    assert found(other.results) | found(other.too_little) == pytest.approx(expected, abs=1e-12)


@_LAW
@given(worlds(), _SETS, _LENSES, st.booleans())
def test_what_is_picked_is_found_as_far_as_it_is_told(
    world: World, picked: frozenset[int], lens: Lens, readings: bool
) -> None:
    finder = world.similarity()
    answer = finder.to_picks([_FEATURES[each].iri for each in picked], lens, readings=readings)
    assert {each.feature for each in answer.here} == {_FEATURES[each] for each in picked}
    for each in (*answer.results, *answer.too_little):
        had = world.had(int(each.iri.removeprefix("p/")), readings)
        told = {trait.feature for side in (each.situation, each.approach) for trait in side.shared}
        assert told == {_FEATURES[number] for number in picked & had}
        assert each.score is None or 0 <= each.score <= 1
        if lens is Lens.BOTH and each.score is not None:
            assert (each.score == pytest.approx(1)) == (picked <= had)


@cache
def of_everything() -> Similarity:
    return similarity(open_engine(content_of_environment()))


def place(slug: str) -> str:
    return PREFIXES["case"] + slug


def test_weights_can_be_checked_by_hand_on_the_page_of_a_feature() -> None:
    finder = of_everything()
    here = finder.to_place(place("leeds"), readings=True).here
    assert len(here) >= FEWEST_SHARED
    places = range(len(finder.features.places))
    had = [{finder.features.features[n] for n in finder.features.of(each, readings=True)} for each in places]
    for trait in here:
        assert trait.told_of == sum(trait.feature in features for features in had)
        assert trait.weight == pytest.approx(1 / trait.told_of)


def test_a_place_of_the_collection_is_scored_by_the_formula_and_says_so() -> None:
    best = of_everything().to_place(place("leeds"), readings=True).results[0]
    shared, rest = (
        sum(Fraction(1, each.told_of) for each in traits)
        for traits in (best.situation.shared, (*best.situation.only_here, *best.situation.only_there))
    )
    assert best.situation.ratio == pytest.approx(float(shared / (shared + rest)))
    assert best.why.startswith(
        f"Situation: they share {len(best.situation.shared)} of {best.situation.all} features "
        f"({round(100 * best.situation.ratio)}% after giving rarer ones more weight). "
    )


def test_leeds_in_the_paper_alone_is_too_little_to_compare(engine: Engine) -> None:
    finder = similarity(engine, graphs_of_the_paper(engine))
    for lens in Lens:
        answer = finder.to_place(place("leeds"), lens)
        assert answer.results == ()
        assert len(answer.here) <= 1


def test_a_principle_a_hope_or_a_plan_is_nothing_that_was_done() -> None:
    answer = of_everything().to_place(place("devon"))
    assert {trait.feature.slug for trait in answer.here if trait.feature.kind in APPROACH} == {
        "agree-system-leadership-principles"
    }
    assert all(trait.stated for trait in answer.here)


def test_readings_count_only_when_asked_for() -> None:
    finder = of_everything()
    read = finder.to_place(place("leeds"), Lens.BOTH, readings=True, most=100)
    said = finder.to_place(place("leeds"), Lens.BOTH, most=100)
    assert {each.iri for each in read.results} > {each.iri for each in said.results}
    assert len(read.here) > len(said.here)
    assert any(not trait.stated for each in read.results for trait in each.situation.shared)
    assert any("our reading" in each.why for each in read.results)


def test_every_feature_of_the_collection_has_a_kind(engine: Engine) -> None:
    assert {each.kind for each in of_everything().features.features} == set(KINDS)


def test_a_place_or_feature_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownName, match=r'no case "leds"; did you mean "leeds"'):
        of_everything().to_place(place("leds"))
    with pytest.raises(UnknownName, match="no feature"):
        of_everything().to_picks([PREFIXES["case"] + "leeds"])
    assert of_everything().features.named("difficulty", " Rising  DEMAND ").slug == "rising-demand"


def test_the_command_gives_places_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "similar", "leeds", "--json")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert (told["case"], told["lens"]) == ("leeds", "contrast")
    assert told["readings"]
    assert told["results"]
    for each in told["results"]:
        assert {"iri", "label", "score", "shared", "only_here", "only_there", "why"} <= set(each)
        assert 0 <= each["score"] <= 1
    assert {each["score"] for each in told["too_little"]} == {None}
    words = Ran(capsys, "similar", "leeds").out
    assert f"{told['results'][0]['label']}: {round(100 * told['results'][0]['score'])}%" in words
    without = json.loads(Ran(capsys, "similar", "leeds", "--no-readings", "--json").out)
    assert not without["readings"]
    assert all(trait["stated"] for trait in without["here"])
    assert "is no cause of anything" in words
    alone = Ran(capsys, "similar", "leeds", "--paper-alone").out
    assert "None of 6 other places can be compared" in alone


def test_the_command_takes_a_situation_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    picked = ["--difficulty", "Rising demand", "--difficulty", "earthquakes", "--history", "high-trust"]
    told = json.loads(Ran(capsys, "similar", *picked, "--json").out)
    assert (told["case"], told["lens"]) == (None, "situation")
    assert [(each["iri"], each["score"]) for each in told["results"]] == [(place("canterbury"), 1)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Give either a case"),
        (["leeds", "--difficulty", "earthquakes"], "Give either a case"),
        (["leds"], 'did you mean "leeds"'),
        (
            ["--difficulty", "risng-demand"],
            'There is no difficulty "risng-demand"; did you mean "rising-demand"?',
        ),
    ],
)
def test_the_command_refuses_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    ran = Ran(capsys, "similar", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
