"""A plan changed by hand: minutes recomputed, warnings, the address, and the page that changes it."""

import dataclasses
import re
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from kg import sessions
from kg.engine import Engine
from kg.errors import NoPlan, UnknownName
from kg.search import Finder
from kg.sessions import BlockChoice, Material, Settings, editing
from kg.sessions.placed import BREAK, READ, check_blocks
from kg.sessions.schedule import LONGEST_STRETCH
from kg.sessions.settings import clock
from kg.sessions.warnings import warnings
from kg.views import case_list
from tests.pages import HOSTILE, button, glance, html, opened

ASKED = Settings(difficulty="fixed-budget-dispute")


@pytest.fixture(scope="module")
def material(engine: Engine) -> Material:
    return sessions.material(engine)


@pytest.fixture(scope="module")
def blocks(engine: Engine) -> tuple[BlockChoice, ...]:
    return sessions.plan(engine, ASKED).placed


def timed(material: Material, blocks: tuple[BlockChoice, ...]) -> list[tuple[sessions.Activity, int]]:
    everything = {**material.frame, **material.activities}
    return [(everything[each.activity], each.minutes) for each in blocks]


def changed(
    material: Material, blocks: tuple[BlockChoice, ...], asked: Settings, data: some.DataObject
) -> tuple[BlockChoice, ...]:
    """Change a plan in any way, possible or not."""
    place = data.draw(some.integers(0, len(blocks) - 1))
    number = data.draw(some.integers(-5, 130))
    new = BlockChoice(data.draw(some.sampled_from([*material.activities, *material.frame])), number)
    match data.draw(some.sampled_from(["move", "resize", "remove", "swap", "add", "refit"])):
        case "move":
            return editing.move_block(material, blocks, place, number % 7 - 3)
        case "resize":
            return editing.resize_block(material, blocks, place, number)
        case "remove":
            return editing.remove_block(material, blocks, place)
        case "swap":
            return editing.replace_block(material, blocks, place, new)
        case "add":
            return editing.insert_block(material, blocks, place, new)
    return editing.fit_to_minutes(material, blocks, asked)


@settings(deadline=None, max_examples=200)
@given(data=some.data())
def test_whatever_is_changed_holds_together_or_is_refused_in_a_sentence(
    material: Material, blocks: tuple[BlockChoice, ...], data: some.DataObject
) -> None:
    """Any changes one after the other: the plan stays whole, and what speaks against it is told."""
    asked = dataclasses.replace(ASKED, met=data.draw(some.booleans()))
    for _ in range(data.draw(some.integers(1, 8))):
        try:
            blocks = changed(material, blocks, asked, data)
        except NoPlan as fault:
            assert str(fault).endswith(".")
        assert blocks == check_blocks(material, blocks)
    said = warnings(timed(material, blocks), asked)
    total = sum(each.minutes for each in blocks)
    assert any(f"take {total} minutes" in each for each in said) == (total != asked.minutes)
    stretches = " ".join("|" if each.activity == BREAK else str(each.minutes) for each in blocks).split("|")
    too_long = [each for each in stretches if sum(map(int, each.split())) > LONGEST_STRETCH]
    assert sum("there is no break" in each for each in said) == len(too_long)
    risky = [each for each, _ in timed(material, blocks) if each.risk.level == "high" and not asked.met]
    assert sum("has a high risk" in each for each in said) == len(risky)
    assert sessions.blocks_in(sessions.blocks_as_text(blocks)) == blocks


def test_clock_times_and_steps_follow_what_is_changed(engine: Engine, material: Material) -> None:
    before = sessions.plan(engine, ASKED)
    longer = editing.resize_block(material, before.placed, 1, before.blocks[1].minutes + 5)
    plan = sessions.plan_from_blocks(engine, ASKED, editing.move_block(material, longer, 1, 1))
    assert plan.blocks[2].activity == before.blocks[1].activity
    after = 0
    for each in plan.blocks:
        assert each.start == clock(ASKED.start, after)
        assert sum(step.minutes for step in each.steps) == each.minutes
        after += each.minutes
    assert plan.minutes == after == 95
    assert "11:05" in plan.facts
    assert plan.warnings[0] == "The blocks take 95 minutes: 5 more than the 90 you asked for."
    assert plan.notes[: len(plan.warnings)] == plan.warnings
    assert (
        sessions.plan_from_blocks(
            engine, ASKED, editing.fit_to_minutes(material, plan.placed, ASKED)
        ).warnings
        == ()
    )


def test_no_plan_of_ours_speaks_against_itself(engine: Engine) -> None:
    for mode in sessions.MODES:
        for minutes in (30, 75, 90, 180):
            for met in (False, True):
                asked = dataclasses.replace(ASKED, mode=mode, minutes=minutes, met=met)
                assert sessions.plan(engine, asked).warnings == ()


def test_a_plan_keeps_its_opening_and_asks_who_is_not_in_the_room(
    material: Material, blocks: tuple[BlockChoice, ...]
) -> None:
    with pytest.raises(NoPlan, match="starts"):
        editing.remove_block(material, blocks, 0)
    with pytest.raises(NoPlan, match="starts"):
        editing.move_block(material, blocks, 1, -1)
    with pytest.raises(NoPlan, match="starts"):
        editing.replace_block(material, blocks, 0, BlockChoice(BREAK, 5))
    with pytest.raises(NoPlan, match="starts"):
        editing.remove_block(material, blocks, len(blocks) - 1)


def test_blocks_that_cannot_take_the_minutes_say_how_many_they_can(
    material: Material, blocks: tuple[BlockChoice, ...]
) -> None:
    for minutes, advice in ((30, "Remove a block"), (240, "Add a block")):
        with pytest.raises(NoPlan, match=rf"take \d+ to \d+ minutes, and you asked for {minutes}. {advice}"):
            editing.fit_to_minutes(material, blocks, dataclasses.replace(ASKED, minutes=minutes))


def test_the_longest_plan_fits_into_an_address(engine: Engine, material: Material) -> None:
    """As many blocks as a session can have, those with the longest names, and the longest of all settings."""
    names = sorted(material.activities, key=len, reverse=True)
    cases = sorted(case_list(engine), key=len, reverse=True)
    longest = [BlockChoice("open", 100), *(BlockChoice(READ, 100, slug) for slug in cases[:11])]
    longest += [BlockChoice(slug, 100) for slug in names[: 23 - len(longest)]] + [BlockChoice("close", 100)]
    assert len(longest) == 24
    with pytest.raises(NoPlan, match="240 minutes at most"):
        check_blocks(material, longest)
    with pytest.raises(NoPlan, match="24 blocks at most"):
        check_blocks(material, [*longest[:-1], BlockChoice(BREAK, 5), longest[-1]])
    asked = Settings(
        max(sessions.choices_in(engine, "challenges"), key=len),
        max(sessions.choices_in(engine, "factors"), key=len),
        tuple(cases[:2]),
        240,
        999,
        "online",
        "23:55",
        True,
    )
    slots = {**sessions.slots(asked, longest), "paper": ["true"]}
    address = urlencode(slots, doseq=True)
    assert "%" not in address.replace("%3A", ""), "nothing in it has to be escaped"
    assert len("https://system-leadership-case-explorer.example.nhs.uk/session?" + address) <= 2000
    assert len(address) > 900


def test_an_address_holds_no_word_that_was_typed(engine: Engine, blocks: tuple[BlockChoice, ...]) -> None:
    noted = editing.annotate_block(blocks, 1, "Ask Sam about the veto")
    assert "Sam" not in str(sessions.slots(ASKED, noted))
    plan = sessions.plan_from_blocks(engine, ASKED, noted, title="Our row")
    assert plan.title == "Our row" and plan.blocks[1].note == "Ask Sam about the veto"
    assert sessions.open_plan(engine, sessions.as_json(plan)) == plan
    assert "disclosed" in sessions.as_json(plan)


@pytest.mark.parametrize(
    "text", ["", "open", "open.10_", "open.ten_close.5", HOSTILE, "a.1_" * 999, "open.9999"]
)
def test_blocks_that_no_one_wrote_here_are_refused(text: str) -> None:
    with pytest.raises(NoPlan):
        sessions.blocks_in(text)


def slot(tester: AppTest, name: str) -> list[str]:
    held = tester.query_params[name]
    return [held] if isinstance(held, str) else held


def test_the_page_moves_lengthens_swaps_adds_removes_and_undoes() -> None:
    tester = opened("session.py", difficulty="fixed-budget-dispute")
    begun = glance(tester)
    assert "blocks" not in tester.query_params
    assert begun[0].startswith("09:30 · 5 min")

    button(tester, "Later")
    assert not tester.exception
    moved = glance(tester)
    assert [re.sub(r".*min · ", "", each) for each in moved[1:3]] == [
        re.sub(r".*min · ", "", each) for each in (begun[2], begun[1])
    ]
    assert tester.radio(key="session-at").value == 2
    (blocks,) = slot(tester, "blocks")
    assert blocks.startswith("open.5_")

    length = tester.number_input(key="session-length")
    length.set_value(int(length.value or 0) + 5).run()
    assert "The blocks take 95 minutes: 5 more than the 90 you asked for." in html(tester)
    assert "09:30 to 11:05 · 95 minutes" in html(tester)
    button(tester, "Fit to 90 minutes")
    assert "95 minutes" not in html(tester)

    tester.selectbox(key="session-add").select("programme-wall").run()
    assert any("Programme wall" in each for each in glance(tester))
    tester.selectbox(key="session-swap").select("read-a-case.wigan").run()
    assert any("Read a case\\: Wigan" in each for each in glance(tester))
    assert not any("Programme wall" in each for each in glance(tester))
    button(tester, "Remove")
    assert not any("Wigan" in each for each in glance(tester))
    for _ in range(6):
        button(tester, "Undo")
    assert glance(tester) == begun
    assert "blocks" not in tester.query_params
    assert not tester.exception


def test_strangers_are_given_what_is_risky_only_against_a_warning() -> None:
    tester = opened("session.py", difficulty="fixed-budget-dispute")
    before = glance(tester)
    tester.selectbox(key="session-add").select("said-and-unsaid").run()
    assert glance(tester) == before
    assert "“Said and unsaid” is of high risk, and most people" in html(tester)
    button(tester, "Leave it out")
    assert glance(tester) == before
    assert "is of high risk, and" not in html(tester)
    tester.selectbox(key="session-add").select("said-and-unsaid").run()
    button(tester, "Put it in all the same")
    assert any("Said and unsaid" in each for each in glance(tester))
    assert "has a high risk, and most people have not met before. Keep it only if you know why" in html(
        tester
    )


def test_other_minutes_stretch_what_was_changed_and_another_difficulty_plans_anew() -> None:
    tester = opened("session.py", difficulty="fixed-budget-dispute")
    button(tester, "Later")
    changed = glance(tester)
    tester.number_input(key="session-minutes").set_value(95).run()
    assert "09:30 to 11:05 · 95 minutes" in html(tester)
    assert "The blocks were fitted to 95 minutes." in html(tester)
    tester.number_input(key="session-minutes").set_value(200).run()
    assert "minutes, and you asked for 200. Add a block." in html(tester)
    assert "less than the 200 you asked for" in html(tester)
    tester.number_input(key="session-minutes").set_value(0).run()
    assert "A session takes 30 to 240 minutes; you asked for 0." in html(tester)
    assert len(glance(tester)) == len(changed)
    tester.number_input(key="session-minutes").set_value(90).run()
    tester.selectbox(key="session-difficulty").select("cynicism").run()
    assert "This is a new plan, for what you have chosen now." in html(tester)
    assert "blocks" not in tester.query_params


def test_an_address_restores_what_was_changed_by_hand_and_a_spoilt_one_is_told() -> None:
    text = "open.10_programme-wall.40_read-a-case.15.wigan_break.5_offers-and-asks.30_close.10"
    tester = opened("session.py", minutes="110", blocks=text)
    assert [each.split(" min")[0] for each in glance(tester)] == [
        "09:30 · 10",
        "09:40 · 40",
        "10:20 · 15",
        "10:35 · 5",
        "10:40 · 30",
        "11:10 · 10",
    ]
    assert slot(tester, "blocks") == [text]
    for bad in (HOSTILE, "open.10_nothing-like-it.20_close.5", "open.10_read-a-case.15.leds_close.5"):
        spoilt = opened("session.py", blocks=bad)
        assert "The plan in the address cannot be used." in html(spoilt)
        assert len(glance(spoilt)) > 3


def test_each_block_can_be_put_into_a_chat_as_plain_text(engine: Engine) -> None:
    tester = opened("session.py", difficulty="fixed-budget-dispute")
    plan = sessions.plan(engine, ASKED)
    copied = [each.value for each in tester.code if not each.value.startswith("room?")]
    assert copied == [sessions.for_chat(each) for each in plan.blocks]
    for block in plan.blocks:
        text = sessions.for_chat(block)
        assert text.startswith(f"{block.start}–{block.end} {block.name} ({block.minutes} min)\n")
        assert all(step.text in text for step in block.steps)
        assert all(prompt.text in text for prompt in block.prompts)
        assert block.activity.risk.note not in text
        assert "<" not in text


@pytest.mark.xdist_group("search")
@pytest.mark.usefixtures("finder")
def test_everyday_words_lead_to_a_difficulty_and_stay_out_of_the_address() -> None:
    tester = opened("session.py")
    tester.text_input(key="session-words").input("the council can veto everything")
    button(tester, "Plan for this")
    assert not tester.exception
    assert tester.selectbox(key="session-difficulty").value == "perceived-power-differences"
    assert "<b>Planned for Perceived power differences.</b> Someone might say" in html(tester)
    assert "veto" not in str(tester.query_params)
    button(tester, "A partner does not support it")
    assert slot(tester, "difficulty") == ["a-partner-does-not-support-it"]
    tester.text_input(key="session-words").input("football results on saturday")
    button(tester, "Plan for this")
    assert "We found no difficulty that fits these words." in html(tester)
    assert slot(tester, "difficulty") == ["a-partner-does-not-support-it"]


@pytest.mark.xdist_group("search")
def test_a_difficulty_is_named_by_everyday_words_where_no_name_has_them(
    engine: Engine, finder: Finder
) -> None:
    def named(words: str) -> str:
        return sessions.difficulty_named(engine, words, lambda: finder)

    assert named("GPs will not come") == "general-practice-hard-to-engage"
    assert named("earthq") == "earthquakes"
    with pytest.raises(UnknownName):
        named("football results on saturday")
    near = sessions.difficulties_near(finder, "people will not share beds, and leaders keep leaving")
    assert {each.part for each in near} == {0, 1}
    assert [each.score for each in near] == sorted((each.score for each in near), reverse=True)
    assert {each.kind for each in near} == {"challenge"}
