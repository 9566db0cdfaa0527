"""The pages of factors, practices, difficulties, documents, statements, bodies and places."""

import re
from collections.abc import Iterator
from html import escape

import pytest

from app_pages.parts import entry as entry_part
from app_pages.parts import factor as factor_part
from app_pages.parts import headings
from app_pages.parts import source as source_part
from app_pages.parts import terms as terms_part
from app_pages.parts import thing as thing_part
from app_pages.parts.links import link_to
from kg import views
from kg.check.requirements import requirements
from kg.engine import Engine
from kg.errors import UnknownName
from kg.evidence import Modality
from kg.graph.content import Content
from kg.queries import questions
from kg.shown import shown_statements
from kg.terms import BASE
from kg.things import READING_SCHEMES, things
from tests.pages import HOSTILE, ROOMS_OF_PAGES, html, opened, targets

GOVERNANCE = "set-up-joint-leadership-and-governance-arrangements"
GRAPHS = ("all documents", "the paper")
KINDS = (
    ("factors.py", "", "<h2>"),
    ("factor.py", "surface-and-resolve-conflicts", "<h1>Surface and resolve conflicts</h1>"),
    ("practice.py", "make-challenge-safe", "<h1>Make challenge safe</h1>"),
    ("concept.py", "challenges/rising-demand", "<h1>Rising demand</h1>"),
    ("concept.py", "challenges", "<h1>Difficulties</h1>"),
    ("source.py", "waites-2016", "<h1>"),
    ("body.py", "kings-fund", "<h1>The King&#x27;s Fund</h1>"),
    ("place.py", "torbay", "<h1>Torbay</h1>"),
)


@pytest.fixture(scope="module", params=GRAPHS)
def graphs(request: pytest.FixtureRequest, engine: Engine) -> views.Graphs:
    return views.graphs_of_the_paper(engine) if request.param == "the paper" else None


@pytest.fixture(scope="module")
def known(engine: Engine, content: Content) -> dict[str, list[str]]:
    found = things(engine, requirements(content)).slugs
    return {room: sorted(slugs) for room, slugs in found.items()}


def entries(known: dict[str, list[str]]) -> Iterator[str]:
    """Give the path of every term, body and place that has a page of its own."""
    for room in ("body", "place"):
        yield from (f"{room}/{slug}" for slug in known[room])
    for slug in known["scheme"]:
        scheme, _, concept = slug.partition("/")
        if concept and scheme in (*READING_SCHEMES, "practices"):
            yield f"scheme/{slug}"


def statements_in(text: str) -> int:
    return len(re.findall(r'<li class="kg-statement', text))


@pytest.mark.parametrize(("page", "wanted", "shown"), KINDS)
def test_page_has_its_own_heading(page: str, wanted: str, shown: str) -> None:
    tester = opened(page, **({"id": wanted} if wanted else {}))
    assert shown in html(tester)
    assert len(re.findall("<h1", html(tester))) + len(tester.title) == 1


def test_every_term_body_and_place_has_a_page(
    known: dict[str, list[str]], engine: Engine, graphs: views.Graphs
) -> None:
    paths = list(entries(known))
    assert len(paths) > 300
    there = {str(each["thing"]) for each in questions.ask(engine, "thing-list", graphs)}
    paths = [path for path in paths if _iri(path) in there]
    assert len(paths) > 250
    shown = shown_statements(engine)
    for path in paths[:: 1 if graphs is None else 5]:
        found = views.entry(engine, path, graphs)
        text = entry_part.draw(found)
        assert entry_part.kind(found) and f"<h1>{escape(found.name)}</h1>" in text, path
        assert {each.key for each in found.mentions.told} <= set(headings.ORDER), path
        assert f'href="{path}.ttl"' in text
        if graphs is None:
            told = questions.ask(engine, "thing-statements", thing=_iri(path))
            read = {shown.of(str(each["claim"])) for each in told} - {None}
            assert found.mentions.count == len(read), path


def _iri(path: str) -> str:
    return BASE + path


def test_every_document_and_each_of_its_statements_has_a_page(
    known: dict[str, list[str]], engine: Engine
) -> None:
    total = 0
    for slug in known["source"]:
        found = views.document(engine, slug)
        if found.reference.slug != slug:
            # The record was merged into another.
            continue
        text = source_part.draw(found)
        slugs = [each.slug for group in found.groups for each in group.statements]
        assert len(slugs) == len(set(slugs)) == found.statements
        assert all(f"claim?id={each}" in text for each in slugs)
        assert escape(found.reference.reading.meaning) in text
        total += found.statements
    assert total == views.collection_stats(engine).statements


def test_every_factor_has_a_page_and_all_stand_in_order(engine: Engine, graphs: views.Graphs) -> None:
    found = views.factors(engine, graphs)
    assert [each.number for each in found] == [1, 2, 3, 4, 5]
    for each in found:
        slug = (each.factor.address or "").partition("=")[2]
        page = views.factor(engine, slug, graphs)
        assert factor_part.draw(page).count("<h1>") == 1
        assert page.practice_count == each.practice_count > 0
        assert page.entry.mentions.found_in.explicit == each.explicit
        assert page.entry.mentions.found_in.count == each.explicit + each.read
        assert len(page.others) == 4


def test_factor_without_a_case_says_so_and_gives_guidance(engine: Engine, graphs: views.Graphs) -> None:
    (without,) = questions.ask(engine, "factor-without-case", graphs)
    found = views.factor(engine, str(without["factor"]).rsplit("/", 1)[-1], graphs)
    text = factor_part.draw(found)
    assert factor_part.NO_CASE in text and found.in_the_paper == found.entry.mentions.found_in.explicit == 0
    assert [each.number for each in views.factors(engine) if not each.in_the_paper] == [
        found.entry.meaning.position
    ]
    guidance = next(each for each in found.section if each.key == "guidance")
    assert guidance.count >= 5 and all(each.statement.evidence.explicit for each in guidance.shown)
    if graphs is None:
        # What partners in Leeds have promised each other is written down, and not found there.
        assert factor_part.READ_ELSEWHERE in text and factor_part.SAID_OF_IT["written"] in text
        assert not [each for each in found.entry.mentions.found_in.shown if "Leeds" in each.case.name]
        (promised,) = next(each for each in found.entry.mentions.told if each.key == "written").shown
        assert promised.statement.slug == "leeds-7"


def test_practice_tells_readings_from_words(engine: Engine) -> None:
    found = views.entry(engine, "scheme/practices/build-a-positive-shared-vision")
    text = entry_part.draw(found)
    by_name = {each.case.name: each.explicit for each in found.mentions.found_in.shown}
    said = {str(each["label"]) for each in _practice_cases(engine, "build-a-positive-shared-vision")}
    assert {name for name, explicit in by_name.items() if explicit} == said
    assert text.count("kg-mark-said") == len(said)
    assert list(by_name.values()) == sorted(by_name.values(), reverse=True)
    assert entry_part.NOT_AN_EFFECT in text
    assert 'href="known?by=practice"' in text


def _practice_cases(engine: Engine, slug: str) -> list[dict[str, object]]:
    return [dict(each) for each in questions.ask(engine, "practice-cases", practice=slug)]


def test_practice_without_a_case_says_so(engine: Engine) -> None:
    found = views.entry(engine, "scheme/practices/draw-out-deeper-aspirations")
    text = entry_part.draw(found)
    assert found.mentions.found_in.count == 0
    assert "No case is said to do this" in text and "It is advice: see below." in text
    assert entry_part.NOT_AN_EFFECT not in text


def test_what_is_only_written_down_is_not_where_it_was_done(engine: Engine) -> None:
    found = views.entry(engine, "scheme/practices/make-challenge-safe")
    assert found.mentions.found_in.count == 0
    section = found.mentions.on("written")
    assert section is not None and [tie.statement.slug for tie in section.shown] == ["devon-10", "leeds-7"]
    text = entry_part.draw(found)
    assert "Written down; that it was done is not said" in text
    assert "none of which says that it was done in a case" in text


def test_practices_are_counted_as_they_are_drawn(engine: Engine, graphs: views.Graphs) -> None:
    """The list of a factor and the page of a practice say the same number of cases."""
    for factor in views.factors(engine, graphs):
        for each in factor.practices:
            path = f"scheme/practices/{(each.practice.address or '').partition('=')[2]}"
            found = views.entry(engine, path, graphs).mentions.found_in
            assert (each.explicit, each.explicit + each.read) == (found.explicit, found.count), path


def test_hope_is_never_where_it_was_done(known: dict[str, list[str]], engine: Engine) -> None:
    """Whatever is hoped for, meant, advised or denied stands apart from what was done."""
    apart = 0
    for path in entries(known):
        if not path.startswith("scheme/practices/"):
            continue
        found = views.entry(engine, path)
        for case in found.mentions.found_in.shown:
            for tie in case.shown:
                assert tie.statement.evidence.modality in {Modality.FACT, Modality.EXAMPLE, Modality.HEDGED}
                assert not tie.statement.evidence.denied
                assert tie.statement.relation.name in {"uses", "did", "organised-as", "credits", "reports"}
        hoped = found.mentions.on("hoped")
        apart += 0 if hoped is None else hoped.count
    assert apart > 5


def test_difficulty_says_who_faced_it_what_was_done_and_what_went_wrong(engine: Engine) -> None:
    found = views.entry(engine, "scheme/challenges/rising-demand")
    text = entry_part.draw(found)
    assert [each.name for case in found.mentions.done for each in case[1]] == [
        "Commit to 'one system, one budget'"
    ]
    drawn = set(re.findall(r"<h2 id=[^>]*>([^<]*)</h2>", text))
    assert {"Who faced it", "What places did that is offered against it"} <= drawn
    assert "What is offered against it" in drawn
    assert "kg-mark-setback" in text


def test_many_cases_are_counted_and_not_all_drawn(engine: Engine) -> None:
    found = views.entry(engine, "scheme/parties/local-government").mentions.found_in
    shown, named, _ = found.shown, found.named, found.explicit
    many = views.Instances(shown * 3, named + tuple(views.Link(f"Town {n}") for n in range(40)), 10_000, 1)
    text = entry_part.cases(many, "")
    assert f"{10_000 - len(many.shown)} more cases" in text and "Town 39" in text
    assert f"And {10_000 - len(many.shown) - len(many.named)} more cases." in text


def test_every_link_of_a_reading_page_leads_somewhere(known: dict[str, list[str]], engine: Engine) -> None:
    drawn = [
        factor_part.draw_all(views.factors(engine)),
        factor_part.draw(views.factor(engine, "have-frequent-personal-contact")),
        entry_part.draw(views.entry(engine, f"scheme/practices/{GOVERNANCE}")),
        entry_part.draw(views.entry(engine, "scheme/bodies/leadership-group")),
        source_part.draw(views.document(engine, "leading-across-the-health-and-care-system")),
        source_part.draw(views.document(engine, "timmins-and-ham-2013")),
        *(terms_part.draw("", views.terms(engine, scheme)) for scheme in READING_SCHEMES),
    ]
    checked = set()
    for target in {each for text in drawn for each in targets(text)}:
        page, _, slot = target.partition("?id=")
        if page in ROOMS_OF_PAGES:
            room, _, slug = (ROOMS_OF_PAGES[page] + slot).partition("/")
            assert slug in known[room], target
            checked.add(page)
    assert checked == set(ROOMS_OF_PAGES)


@pytest.mark.parametrize(
    ("page", "wanted", "near"),
    [
        ("factor.py", "surface-conflicts", "factor?id=surface-and-resolve-conflicts"),
        ("practice.py", "pool budgets", "practice?id=pool-budgets"),
        ("concept.py", "challenges/earthquake", "concept?id=challenges/earthquakes"),
        ("source.py", "bruce", "source?id=bruce-2013"),
        ("body.py", "kings-found", "body?id=kings-fund"),
        ("place.py", "Torquay", "place?id=torbay"),
    ],
)
def test_wrong_address_is_answered_kindly(page: str, wanted: str, near: str) -> None:
    tester = opened(page, id=wanted)
    assert [title.value for title in tester.title] == ["Which one?"]
    assert near in targets(html(tester))


@pytest.mark.parametrize("page", sorted({page for page, wanted, _ in KINDS if wanted}))
@pytest.mark.parametrize("wanted", ["", "/", "a" * 3000, HOSTILE])
def test_no_address_breaks_a_page(page: str, wanted: str) -> None:
    tester = opened(page, id=wanted)
    assert len(tester.title) == 1
    assert "<script>" not in html(tester) and "<img" not in html(tester)


def test_only_what_the_paper_says(engine: Engine) -> None:
    paper = opened("practice.py", id="pool-budgets", paper="true")
    assert "The paper does not speak of this; other documents do." in html(paper)
    elsewhere = opened("source.py", id="bruce-2013", paper="true")
    assert "The paper does not speak of this; other documents do." in html(elsewhere)
    kept = opened("factor.py", id="surface-and-resolve-conflicts", paper="true")
    assert "practice?id=make-challenge-safe&paper=true" in targets(html(kept))


def test_address_that_is_no_page_of_ours_is_no_link() -> None:
    assert link_to(views.Link("x", "javascript:alert(1)")) == "x"
    assert 'href="https://example.org/"' in link_to(views.Link("x", "https://example.org/"))


def test_unknown_names_are_refused(engine: Engine) -> None:
    for wanted in ("", "nothing", "a b", "<"):
        for view in (views.document, views.statement_page, views.factor):
            with pytest.raises(UnknownName):
                view(engine, wanted)


def test_words_of_their_time_are_expanded_where_they_are_read(engine: Engine) -> None:
    found = views.entry(engine, "scheme/practices/create-an-integrated-commissioning-committee")
    text = entry_part.draw(found)
    (group,) = [each for each in found.mentions.words if each.word == "CCG"]
    assert group.note and escape(group.note) in text
    assert "concept?id=bodies/clinical-commissioning-group" in targets(text)


def test_everyday_sentences_find_and_are_never_shown(engine: Engine) -> None:
    path = "scheme/practices/make-challenge-safe"
    said = [
        escape(str(each["value"]))
        for each in questions.ask(engine, "thing-properties", thing=_iri(path))
        if str(each["property"]).endswith("saidAs")
    ]
    drawn = entry_part.draw(views.entry(engine, path)) + thing_part.draw(views.thing(engine, path))
    assert len(said) > 5 and not any(sentence in drawn for sentence in said)
