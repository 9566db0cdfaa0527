"""Plans of sessions: minutes that add up, what strangers are spared, cases that speak to the difficulty."""

import dataclasses
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from markupsafe import escape

from app_pages.parts import session_plan as drawn
from kg import export, sessions, views
from kg.engine import Engine
from kg.errors import KgError, NoPlan, UnknownName
from kg.sessions import Plan, Settings, plans
from kg.sessions.schedule import LONGEST_STRETCH, fit_minutes, schedule_activities, step_minutes, suitable
from kg.sessions.settings import clock
from tests.pages import HOSTILE, html, opened

BREAK, READ = "break", "read-a-case"
FACTOR = "https://w3id.org/system-leadership/scheme/factors/"
CHALLENGE = "https://w3id.org/system-leadership/scheme/challenges/"
RANGES = some.tuples(some.integers(1, 20), some.integers(0, 20), some.integers(0, 40)).map(
    lambda each: (each[0], each[0] + each[1], each[0] + each[1] + each[2])
)


@pytest.fixture(scope="module")
def material(engine: Engine) -> sessions.Material:
    return sessions.material(engine)


@given(some.lists(RANGES, min_size=1, max_size=12), some.integers(1, 400))
def test_fitted_minutes_add_up_within_their_ranges_or_cannot(
    ranges: list[tuple[int, int, int]], total: int
) -> None:
    minutes = fit_minutes(ranges, total)
    possible = sum(least for least, _, _ in ranges) <= total <= sum(most for _, _, most in ranges)
    assert (minutes is not None) == possible
    if minutes is not None:
        assert sum(minutes) == total
        assert all(least <= m <= most for m, (least, _, most) in zip(minutes, ranges, strict=True))


@settings(deadline=None, max_examples=300)
@given(data=some.data())
def test_every_schedule_adds_up_and_holds_nothing_twice(
    material: sessions.Material, data: some.DataObject
) -> None:
    asked = Settings(
        minutes=data.draw(some.integers(-10, 300)),
        people=data.draw(some.integers(-1, 60)),
        mode=data.draw(some.sampled_from(list(sessions.MODES))),
        met=data.draw(some.booleans()),
    )
    ranked = suitable(data.draw(some.permutations(list(material.activities.values()))), asked)
    ranked = ranked[: data.draw(some.integers(0, 25))]
    try:
        blocks = schedule_activities(material.frame, ranked, data.draw(some.integers(0, 2)), asked)
    except NoPlan as fault:
        assert str(fault).endswith(".")
        return
    assert sum(minutes for _, minutes in blocks) == asked.minutes
    assert blocks[0][0].slug == "open" and blocks[-1][0].slug == "close"
    once = [each.slug for each, _ in blocks if each.slug not in {BREAK, READ}]
    assert len(once) == len(set(once)) > 2
    stretch = 0
    for each, minutes in blocks:
        assert each.timing.least <= minutes <= each.timing.most
        stretch = 0 if each.slug == BREAK else stretch + minutes
        assert stretch <= LONGEST_STRETCH
        assert asked.met or each.risk.level != "high"
        shares = step_minutes(each, minutes)
        assert sum(shares) == minutes and min(shares) >= 1
        if asked.mode == "hybrid" and each.works_on:
            assert minutes >= each.timing.usual and max(shares) <= 25


def whole(plan: Plan) -> None:
    """What holds of every plan."""
    assert sum(each.minutes for each in plan.blocks) == plan.settings.minutes
    after = 0
    for each in plan.blocks:
        assert (each.start, each.end) == (
            clock(plan.settings.start, after),
            clock(plan.settings.start, after + each.minutes),
        )
        after += each.minutes
        assert sum(step.minutes for step in each.steps) == each.minutes
        assert (each.case is not None) == (each.activity.slug == READ)
        assert plan.settings.met or each.activity.risk.level != "high"
    assert "work" in {each.activity.stage for each in plan.blocks if each.activity.works_on}
    prompts = [prompt.slug for each in plan.blocks for prompt in each.prompts]
    cases = [each.case.slug for each in plan.blocks if each.case]
    assert len(prompts) == len(set(prompts))
    assert len(cases) == len(set(cases))
    assert "who is not in the room" in " ".join(step.text for step in plan.blocks[0].steps)


def test_a_plan_for_every_difficulty_and_factor_holds(engine: Engine) -> None:
    """Each in another form, so that all ways of meeting and many lengths are met."""
    with_case = 0
    asked = [Settings(difficulty=slug) for slug in sessions.choices_in(engine, "challenges")]
    asked += [Settings(factor=slug) for slug in sessions.choices_in(engine, "factors")]
    for place, each in enumerate(asked):
        form = dataclasses.replace(
            each,
            minutes=(45, 60, 90, 120, 150)[place % 5],
            people=(8, 12, 16)[place % 3],
            mode=list(sessions.MODES)[place % 3],
            met=place % 2 == 0,
        )
        plan = sessions.plan(engine, form)
        whole(plan)
        for block in plan.blocks:
            if block.case:
                with_case += 1
                assert block.case.statements
                for told in block.case.statements:
                    assert f"case?id={block.case.slug}" in [about.address for about in told.topics.about]
    assert with_case > len(asked) / 2


def test_the_worked_plan_for_twelve_strangers_hybrid_tomorrow(engine: Engine) -> None:
    plan = sessions.plan(engine, Settings(factor="have-frequent-personal-contact", mode="hybrid"))
    whole(plan)
    blocks = {each.activity.slug: each.minutes for each in plan.blocks}
    assert blocks == {
        "open": 10,
        "the-person-behind-the-role": 20,
        READ: 10,
        BREAK: 5,
        "one-question-no-agenda": 25,
        "messages-before-we-leave": 15,
        "close": 5,
    }
    assert len(plan.rules) == len(sessions.material(engine).rules) == 7
    text = export.as_html(export.facilitator_guide(plan))
    assert text.index("Rules for a hybrid meeting") < text.index("At a glance") < text.index("Open and agree")
    assert all(escape(each.text) in text for each in plan.rules)
    assert any("most people have not met" in note for note in plan.notes)


def test_high_risk_is_for_people_who_have_met(engine: Engine) -> None:
    asked = Settings(difficulty="perceived-power-differences", minutes=120, people=10)
    met = sessions.plan(engine, dataclasses.replace(asked, met=True))
    assert "high" in {each.activity.risk.level for each in met.blocks}
    strangers = sessions.plan(engine, asked)
    assert "high" not in {each.activity.risk.level for each in strangers.blocks}
    assert any("Name the power in the room" in note for note in strangers.notes)
    # Meeting and agreeing do not take the time of the work itself.
    whole(sessions.plan(engine, dataclasses.replace(asked, minutes=60)))


def test_what_is_thin_or_missing_is_told(engine: Engine) -> None:
    graphs = views.graphs_of_the_paper(engine)
    thin = sessions.plan(engine, Settings(difficulty="perceived-power-differences"), graphs)
    (case,) = [each.case for each in thin.blocks if each.case]
    assert len(case.statements) <= 2
    assert case.extent.endswith(f"Only {len(case.statements)} of them is on this.")
    none = sessions.plan(engine, Settings(difficulty="tight-timescales-in-england"))
    assert "The group reads no case: we found none on this." in none.notes
    untold = sessions.plan(engine, Settings(difficulty="earthquakes", minutes=30))
    assert "The group reads no case: there is no time for one." in untold.notes


def test_a_difficulty_that_no_activity_is_meant_for_is_told(
    engine: Engine, material: sessions.Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = {each.slug for each in material.activities.values() if f"{CHALLENGE}earthquakes" in each.works_on}
    assert meant
    others = {slug: each for slug, each in material.activities.items() if slug not in meant}
    monkeypatch.setattr(plans, "material", lambda _: dataclasses.replace(material, activities=others))
    notes = sessions.plan(engine, Settings(difficulty="earthquakes")).notes
    assert any(note.startswith("We have no activity for this very difficulty") for note in notes)


def test_every_difficulty_has_an_activity_and_a_question_where_no_case_speaks_of_it(
    engine: Engine, material: sessions.Material
) -> None:
    meant = {each for activity in material.activities.values() for each in activity.works_on}
    for slug in sessions.choices_in(engine, "challenges"):
        assert CHALLENGE + slug in meant, slug
    plan = sessions.plan(engine, Settings(difficulty="pressure-to-meet-targets"))
    assert not any(each.case for each in plan.blocks)
    asked = {prompt.slug for each in plan.blocks for prompt in each.prompts}
    assert "which-target-could-wait" in asked


def test_what_sessions_are_made_of_is_told_in_full(material: sessions.Material) -> None:
    """So many are promised; each tells when not to do it, what to do beforehand and what to drop."""
    assert len(material.activities) >= 25 and len(material.prompts) >= 40
    for each in [*material.activities.values(), *material.frame.values()]:
        script, risk = each.script, each.risk
        assert risk.not_when and script.beforehand and script.to_drop and script.needs and risk.note
        assert sum(minutes for minutes, _ in each.timing.steps) == each.timing.usual
    for each in material.activities.values():
        assert any("/scheme/factors/" in one for one in each.works_on), each.slug
        assert any("/scheme/practices/" in one for one in each.works_on), each.slug
        assert each.credit.page is None or each.credit.text, "a page is there to check a credit"
    stages = {each.stage for each in material.activities.values()}
    assert stages == {"begin", "work", "agree"}


def test_a_plan_tells_what_to_do_before_and_after_with_words_to_send(engine: Engine) -> None:
    plan = sessions.plan(engine, Settings(difficulty="conflict", start="14:00", mode="hybrid"))
    assert [each.name for each in plan.before] == [
        "Call the sponsor",
        "Ask who is not invited",
        "Ask what people need to take part",
        "Send the invitation",
        "Try the place",
    ]
    (invitation,) = [each.wording for each in plan.before if each.name == "Send the invitation"]
    assert "14:00 to 15:30 (90 minutes), hybrid" in invitation
    assert "{" not in "".join(each.wording for each in (*plan.before, *plan.after))
    (decided,) = [each.wording for each in plan.after if each.wording]
    assert [line.split(":")[0] for line in decided.splitlines()] == [
        "Decided",
        "Not decided",
        "Who does what, by when",
        "We meet again",
    ]
    page = html(opened("session.py", difficulty="conflict", start="14:00", mode="hybrid"))
    for each in (*plan.before, *plan.after):
        assert escape(each.text) in page
    assert page.index("Before the session") < page.index('kg-block"') < page.index("After the session")


def test_every_ready_made_session_still_plans_and_begins_on_the_page(engine: Engine) -> None:
    ready = sessions.ready_made(engine)
    factors = list(sessions.choices_in(engine, "factors"))
    assert sorted(each.factor for each in ready) == sorted(3 * factors)
    for each in ready:
        plan = sessions.plan(engine, each.settings)
        whole(plan)
        assert plan.warnings == ()
        assert any(
            f"{FACTOR}{each.factor}" in one.activity.works_on
            or (
                each.settings.difficulty and f"{CHALLENGE}{each.settings.difficulty}" in one.activity.works_on
            )
            for one in plan.blocks
        ), each.name
    tester = opened("session.py", difficulty="conflict")
    tester.selectbox(key="session-ready").select("strangers-tomorrow").run()
    assert not tester.exception
    assert "90 minutes · 12 people · hybrid · most have not met before" in html(tester)
    assert "difficulty" not in tester.query_params


def test_a_case_that_is_chosen_says_so_where_nothing_ties_it(engine: Engine) -> None:
    plan = sessions.plan(engine, Settings(difficulty="earthquakes", cases=("wigan",)))
    (case,) = [each.case for each in plan.blocks if each.case]
    assert case.slug == "wigan"
    assert case.why.startswith("You chose this case. We found nothing that links this case to “Earthquakes”.")
    untied = sessions.plan(engine, Settings(difficulty="earthquakes"))
    assert [each.case.slug for each in untied.blocks if each.case] == ["canterbury"]


def test_a_set_back_is_worth_as_much(engine: Engine) -> None:
    """Where the surest case has none, a second one with a set-back stands beside it."""
    told = [
        {case.slug: any(each.topics.setbacks for each in case.statements) for case in cases}
        for slug in list(sessions.choices_in(engine, "challenges"))[::2]
        for plan in [sessions.plan(engine, Settings(difficulty=slug, minutes=120))]
        if len(cases := [each.case for each in plan.blocks if each.case]) == 2
    ]
    assert len(told) > 5
    assert sum(any(each.values()) for each in told) > len(told) / 2


def test_the_paper_alone_reads_only_what_the_paper_says(engine: Engine) -> None:
    graphs = views.graphs_of_the_paper(engine)
    plan = sessions.plan(engine, Settings(factor="commit-to-working-together-for-the-longer-term"), graphs)
    told = [each for block in plan.blocks if block.case for each in block.case.statements]
    assert told
    assert {each.source.origin for each in told} == {views.Origin.PAPER}


def test_the_same_is_planned_twice_and_opened_again(engine: Engine) -> None:
    asked = Settings(difficulty="fixed-budget-dispute", minutes=150, start="23:15", mode="online", met=True)
    plan = sessions.plan(engine, asked)
    assert plan == sessions.plan(engine, asked)
    written = sessions.as_json(plan)
    again = sessions.open_plan(engine, written)
    assert again == plan
    assert written == sessions.as_json(sessions.plan(engine, asked)) == sessions.as_json(again)
    assert plan.blocks[-1].end == "01:45"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"minutes": 0}, "30 to 240 minutes"),
        ({"minutes": 100_000}, "30 to 240 minutes"),
        ({"people": 400}, "We have no activity for 400 people"),
        ({"people": 0}, "We have no activity for 0 people"),
        ({"mode": "by post"}, "There is no way of meeting"),
        ({"start": "half past"}, "is not a time of day"),
    ],
)
def test_what_cannot_be_planned_is_told_in_a_sentence(
    engine: Engine, changed: dict[str, object], said: str
) -> None:
    with pytest.raises(NoPlan, match=re.escape(said)):
        sessions.plan(engine, dataclasses.replace(Settings(), **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked", [Settings(difficulty="x"), Settings(factor=HOSTILE), Settings(cases=("leds",))]
)
def test_what_is_not_there_is_refused(engine: Engine, asked: Settings) -> None:
    with pytest.raises(UnknownName):
        sessions.plan(engine, asked)


# Each may stand in a plan; all of them take longer than a session can.
PAUSES = [{"activity": BREAK, "minutes": 120}] * 2


def spoilt(plan: Plan) -> list[str]:
    """Plan files that someone has changed, or that are none."""
    good = json.loads(sessions.as_json(plan))
    twice = [*good["blocks"][:-1], good["blocks"][1], good["blocks"][-1]]
    return [
        "",
        "{",
        "[]",
        "[" * 50_000,
        "x" * 200_000,
        json.dumps(good | {"version": 2}),
        json.dumps(good | {"blocks": []}),
        json.dumps(good | {"blocks": twice}),
        json.dumps(good | {"blocks": [{"activity": ["x"], "minutes": 5}]}),
        json.dumps(good | {"blocks": [{"activity": HOSTILE, "minutes": 5}]}),
        json.dumps(good | {"blocks": [each | {"minutes": 1} for each in good["blocks"]]}),
        json.dumps(good | {"blocks": [each | {"minutes": True} for each in good["blocks"]]}),
        json.dumps(good | {"blocks": [each | {"case": "leeds"} for each in good["blocks"]]}),
        json.dumps(good | {"blocks": good["blocks"][1:]}),
        json.dumps(good | {"blocks": [*good["blocks"][:1] * 30, *good["blocks"]]}),
        json.dumps(good | {"blocks": [good["blocks"][0], *PAUSES, good["blocks"][-1]]}),
        json.dumps(good | {"blocks": [each | {"note": 7} for each in good["blocks"]]}),
        json.dumps(good | {"blocks": [each | {"note": "x" * 2000} for each in good["blocks"]]}),
        json.dumps(good | {"title": ["x"]}),
        json.dumps(good | {"settings": good["settings"] | {"minutes": 600}}),
        json.dumps(good | {"settings": good["settings"] | {"minutes": "90"}}),
        json.dumps(good | {"settings": good["settings"] | {"cases": "leeds"}}),
        json.dumps(good | {"settings": good["settings"] | {"difficulty": HOSTILE}}),
        json.dumps(good | {"settings": {}}),
    ]


def test_a_plan_file_that_was_changed_is_refused_in_a_sentence(engine: Engine) -> None:
    for raw in spoilt(sessions.plan(engine, Settings(difficulty="earthquakes"))):
        with pytest.raises((NoPlan, UnknownName)) as refused:
            sessions.open_plan(engine, raw)
        assert str(refused.value)[-1] in ".?"


def test_hostile_text_is_shown_as_text(engine: Engine) -> None:
    plan = sessions.plan(engine, Settings(difficulty="earthquakes"))
    bad = [
        dataclasses.replace(
            block,
            why=HOSTILE,
            page=views.Link(HOSTILE, HOSTILE),
            steps=(sessions.ActivityStep(5, HOSTILE),),
            case=block.case
            and dataclasses.replace(
                block.case,
                question=HOSTILE,
                statements=tuple(dataclasses.replace(each, text=HOSTILE) for each in block.case.statements),
            ),
        )
        for block in plan.blocks
    ]
    spoiled = dataclasses.replace(plan, about=(views.Link(HOSTILE),), notes=(HOSTILE,), blocks=tuple(bad))
    drawn_page = drawn.heading(spoiled) + "".join(drawn.block(each) for each in spoiled.blocks)
    for text in (export.as_html(export.facilitator_guide(spoiled)), drawn_page):
        assert escape(HOSTILE) in text
        assert "<script>" not in text and "<img" not in text


def test_page_opens_with_a_plan_before_anything_is_chosen() -> None:
    tester = opened("session.py")
    assert [title.value for title in tester.title] == ["Plan a session"]
    assert "An open session" in html(tester)
    assert html(tester).count('class="kg-block"') > 3
    assert tester.query_params == {}


def test_the_address_restores_a_plan_and_choices_go_to_the_address(engine: Engine) -> None:
    slots: dict[str, str | list[str]] = {
        "difficulty": "earthquakes",
        "minutes": "60",
        "people": "8",
        "mode": "hybrid",
        "start": "14:05",
        "met": "true",
        "case": ["canterbury"],
    }
    tester = opened("session.py", **slots)
    asked = Settings("earthquakes", None, ("canterbury",), 60, 8, "hybrid", "14:05", True)
    plan = sessions.plan(engine, asked)
    assert drawn.heading(plan) in html(tester)
    assert all(drawn.block(each) in html(tester) for each in plan.blocks)
    tester.number_input(key="session-minutes").set_value(90).run()
    assert not tester.exception
    assert "minutes" not in tester.query_params
    assert tester.query_params["people"] in ("8", ["8"])
    tester.number_input(key="session-minutes").set_value(120).run()
    assert tester.query_params["minutes"] in ("120", ["120"])
    assert "14:05 to 16:05" in html(tester)


def test_what_does_not_fit_keeps_the_plan() -> None:
    tester = opened("session.py", difficulty="earthquakes")
    tester.number_input(key="session-people").set_value(400).run()
    assert "We have no activity for 400 people" in html(tester)
    assert "Below is the last plan that could be made." in html(tester)
    assert "Canterbury" in html(tester)
    nothing = opened("session.py", minutes="0", people="9999")
    assert "A session takes 30 to 240 minutes; you asked for 0." in html(nothing)
    assert (
        "The address has “9999” for the number of people. It has to be a number of up to three digits."
        in html(nothing)
    )
    alone = opened("session.py", minutes="1")
    assert "A session takes 30 to 240 minutes; you asked for 1." in html(alone)
    assert "kg-block" not in html(alone)


def test_a_case_leads_to_a_session_that_reads_it() -> None:
    tester = opened("case.py", id="wigan")
    assert 'href="session?case=wigan"' in html(tester)
    text = html(opened("session.py", case="wigan"))
    assert "Read a case</a>: Wigan" in text
    assert "You chose this case." in text


def test_no_address_breaks_the_page() -> None:
    tester = opened(
        "session.py",
        difficulty=HOSTILE,
        factor="x",
        minutes="-5",
        people="1" * 50,
        mode="x",
        start="25:61",
        case=HOSTILE,
    )
    assert "An open session" in html(tester)
    assert "<script>" not in html(tester)


def test_words_name_a_difficulty(engine: Engine) -> None:
    assert sessions.difficulty_named(engine, "Fixed-budget  DISPUTE") == "fixed-budget-dispute"
    assert sessions.difficulty_named(engine, "earthq") == "earthquakes"
    assert sessions.difficulty_named(engine, "conflict") == "conflict"
    with pytest.raises(NoPlan, match="Choose one"):
        sessions.difficulty_named(engine, "leaders")
    for words in ("", "  ", "nothing like it", HOSTILE):
        with pytest.raises(KgError):
            sessions.difficulty_named(engine, words)
    assert sessions.factor_named(engine, "3") == "surface-and-resolve-conflicts"
    with pytest.raises(UnknownName):
        sessions.factor_named(engine, "6")


@pytest.mark.parametrize("minutes", [30, 45, 60])
def test_a_case_that_was_chosen_is_read_however_short_the_session(engine: Engine, minutes: int) -> None:
    chosen = sessions.plan(engine, sessions.Settings(cases=("leeds",), minutes=minutes, people=8))
    assert [each.case.case.name for each in chosen.blocks if each.case] == ["Leeds ('the Leeds pound')"]
