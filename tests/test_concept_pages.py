"""The pages of factors, practices, difficulties, other concepts, bodies and places, and lists of concepts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from markupsafe import escape

from app_pages.parts import graph
from app_pages.reading import ReadingPage, headings
from kg import views
from kg.check.requirements import requirements
from kg.engine import Engine
from kg.evidence import Direction, Modality, Standing
from kg.graph.content import Content
from kg.queries import questions
from kg.shown import shown_statements
from kg.terms import BASE
from kg.things import READING_SCHEMES, page_of, things
from tests.pages import HOSTILE, ROOMS_OF_PAGES, html, opened, read_page, targets

GOVERNANCE = "set-up-joint-leadership-and-governance-arrangements"
APART = "Both happened in the same place. That does not mean one caused the other."
NO_CASE_IN_THE_PAPER = "The paper shows no case of this factor. It gives advice."
LISTS = [f"concept?id={scheme}" for scheme in headings.LISTS]


def page(address: str, *, paper: bool = False) -> ReadingPage:
    """Return the page at an address, for all documents or the paper alone."""
    name, _, wanted = address.partition("?id=")
    return read_page(name, paper=paper, id=wanted)


def shown(address: str, *, paper: bool = False) -> str:
    return page(address, paper=paper).html


def section(text: str, anchor: str) -> str:
    """Return the part of a page under the heading of this id, up to the end of its section."""
    return text[text.index(f'id="{anchor}"') :].partition("</section>")[0]


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


@pytest.mark.parametrize(
    ("name", "wanted", "heading"),
    [
        ("factors", "", "The five factors"),
        ("factor", "surface-and-resolve-conflicts", "Surface and resolve conflicts"),
        ("practice", "make-challenge-safe", "Make challenge safe"),
        ("concept", "challenges/rising-demand", "Rising demand"),
        ("concept", "challenges", "Difficulties"),
        ("background", "", "More from the paper"),
        ("body", "kings-fund", "The King&#39;s Fund"),
        ("place", "torbay", "Torbay"),
    ],
)
def test_a_visitor_sees_the_page_with_its_own_heading(name: str, wanted: str, heading: str) -> None:
    text = html(opened(f"{name}.py", **({"id": wanted} if wanted else {})))
    assert re.findall(r"<h1>(.*)</h1>", text) == [heading]


@pytest.mark.parametrize("paper", [False, True], ids=["all documents", "the paper"])
def test_every_term_body_and_place_has_a_page(
    known: dict[str, list[str]], engine: Engine, paper: bool
) -> None:
    graphs = views.graphs_of_the_paper(engine) if paper else None
    there = {str(each["thing"]) for each in questions.ask(engine, "thing-list", graphs)}
    paths = [path for path in entries(known) if BASE + path in there]
    assert len(paths) > (250 if paper else 300)
    read = shown_statements(engine)
    for path in paths[:: 5 if paper else 1]:
        with graph.chosen(graph.Choice(paper=paper)):
            found = graph.entry(path)
        drawn = page(page_of(BASE + path), paper=paper)
        if drawn.status == 404:
            # Only another document speaks of it.
            assert paper and not found.scheme and not found.mentions.count
            continue
        assert f"<h1>{escape(found.name)}</h1>" in drawn.html, path
        assert (headings.KINDS if found.scheme else headings.KINDS_OF_BODIES)[found.scheme or found.kind]
        assert {each.key for each in found.mentions.told} <= set(headings.ORDER), path
        assert f'href="{path}.ttl"' in drawn.html
        assert (drawn.address, drawn.thing, drawn.status) == (page_of(BASE + path), path, 200)
        if not paper:
            told = questions.ask(engine, "thing-statements", thing=BASE + path)
            assert found.mentions.count == len({read.of(str(each["claim"])) for each in told} - {None}), path


def test_every_statement_of_an_entry_is_on_its_page_or_counted(known: dict[str, list[str]]) -> None:
    for path in list(entries(known))[::7]:
        found = graph.entry(path)
        text = shown(page_of(BASE + path))
        for ties in found.mentions.told:
            for tie in ties.shown:
                assert f"claim?id={tie.statement.slug}" in text, (path, ties.key)
        for case in (*found.mentions.found_in.shown, *found.mentions.hard.shown):
            assert case.case.address in targets(text)
            assert all(f"claim?id={tie.statement.slug}" in text for tie in case.shown)


@pytest.mark.parametrize("paper", [False, True], ids=["all documents", "the paper"])
def test_every_factor_has_a_page_and_all_stand_in_order(engine: Engine, paper: bool) -> None:
    graphs = views.graphs_of_the_paper(engine) if paper else None
    found = views.factors(engine, graphs)
    assert [each.number for each in found] == [1, 2, 3, 4, 5]
    of_all = shown("factors", paper=paper)
    names = [of_all.index(f">{each.factor.name}</a></h2>") for each in found]
    assert names == sorted(names)
    for each in found:
        slug = (each.factor.address or "").partition("=")[2]
        factor = views.factor(engine, slug, graphs)
        text = shown(f"factor?id={slug}", paper=paper)
        assert text.count("<h1>") == 1
        assert f"Factor {each.number} of the five in the King’s Fund paper" in text
        assert "Leading across the health and care system" in text
        assert factor.practice_count == each.practice_count > 0
        assert factor.entry.mentions.found_in.explicit == each.explicit
        assert factor.entry.mentions.found_in.count == each.explicit + each.read
        assert all(other.address in [unescape(each) for each in bare(text)] for other in factor.others)
        assert all(
            practice.practice.address in bare(section(text, "practices")) for practice in factor.practices
        )


def bare(text: str) -> list[str]:
    """Return where the links of a text lead, whichever documents are chosen."""
    return [re.sub(r"[?&]paper=true", "", target) for target in targets(text)]


@pytest.mark.parametrize("paper", [False, True], ids=["all documents", "the paper"])
def test_factor_without_a_case_says_so_and_gives_advice(engine: Engine, paper: bool) -> None:
    graphs = views.graphs_of_the_paper(engine) if paper else None
    (without,) = questions.ask(engine, "factor-without-case", graphs)
    slug = str(without["factor"]).rsplit("/", 1)[-1]
    found = views.factor(engine, slug, graphs)
    text = shown(f"factor?id={slug}", paper=paper)
    assert NO_CASE_IN_THE_PAPER in text and found.in_the_paper == found.entry.mentions.found_in.explicit == 0
    assert shown("factors").count(NO_CASE_IN_THE_PAPER) == 1
    guidance = next(each for each in found.section if each.key == "guidance")
    assert guidance.count >= 5 and all(each.statement.evidence.explicit for each in guidance.shown)
    advice = section(text, "advice")
    assert all(f"claim?id={each.statement.slug}" in advice for each in guidance.shown)
    if not paper:
        # What partners in Leeds have promised each other is written down, and not found there.
        assert "We read it in what the paper and other documents say about cases." in text
        assert not [each for each in found.entry.mentions.found_in.shown if "Leeds" in each.case.name]
        (promised,) = next(each for each in found.entry.mentions.told if each.key == "written").shown
        assert promised.statement.slug == "leeds-7"
        assert "claim?id=leeds-7" in folded(text, "said-written")


def folded(text: str, anchor: str) -> str:
    """Return what is folded under this id."""
    start = text.index(f'<details class="kg-fold" id="{anchor}"')
    return text[start : text.index("</details>", start)]


def test_practice_tells_readings_from_words(engine: Engine) -> None:
    found = graph.entry("scheme/practices/build-a-positive-shared-vision")
    text = section(shown("practice?id=build-a-positive-shared-vision"), "cases")
    by_name = {each.case.name: each.explicit for each in found.mentions.found_in.shown}
    said = {
        str(each["label"])
        for each in questions.ask(engine, "practice-cases", practice="build-a-positive-shared-vision")
    }
    assert {name for name, explicit in by_name.items() if explicit} == said
    assert list(by_name.values()) == sorted(by_name.values(), reverse=True)
    ties = [tie for case in found.mentions.found_in.shown for tie in case.shown]
    assert text.count("kg-line-read") == sum(not tie.explicit for tie in ties) > 0
    assert APART in text and 'href="known?by=practice"' in text


def test_what_we_file_somewhere_says_that_this_is_our_reading() -> None:
    (case,) = [
        case
        for case in graph.entry(f"scheme/practices/{GOVERNANCE}").mentions.found_in.shown
        if case.case.name.startswith("Canterbury")
    ]
    filed = [tie for tie in case.shown if tie.reading and not tie.reading.explicit]
    text = section(shown(f"practice?id={GOVERNANCE}"), "cases")
    for tie in filed:
        entry = text[text.index(str(escape(tie.statement.text))) :].partition("</li>")[0]
        assert "An example, in our reading" in entry
    assert filed


def test_practice_without_a_case_says_so() -> None:
    found = graph.entry("scheme/practices/draw-out-deeper-aspirations")
    text = shown("practice?id=draw-out-deeper-aspirations")
    assert found.mentions.found_in.count == 0
    assert "We found no case where this was done." in text and "So far it is advice." in text
    assert APART not in text


def test_what_is_only_written_down_is_not_where_it_was_done() -> None:
    found = graph.entry("scheme/practices/make-challenge-safe")
    assert found.mentions.found_in.count == 0
    written = found.mentions.on("written")
    assert written is not None and [tie.statement.slug for tie in written.shown] == ["devon-10", "leeds-7"]
    text = shown("practice?id=make-challenge-safe")
    assert "Put in writing, not reported as done" in folded(text, "written")
    assert "claim?id=devon-10" not in section(text, "cases")


@pytest.mark.parametrize("paper", [False, True], ids=["all documents", "the paper"])
def test_lists_and_pages_count_alike(engine: Engine, paper: bool) -> None:
    """The list of a factor, the list of all and the page of a practice say the same number of cases."""
    graphs = views.graphs_of_the_paper(engine) if paper else None
    listed = {term.link: term for term in views.terms(engine, "practices", graphs).terms}
    for factor in views.factors(engine, graphs):
        for each in factor.practices:
            path = f"scheme/practices/{(each.practice.address or '').partition('=')[2]}"
            mentions = views.entry(engine, path, graphs).mentions
            found, term = mentions.found_in, listed[each.practice]
            assert (each.explicit, each.explicit + each.read) == (found.explicit, found.count), path
            assert (term.explicit, term.cases) == (found.explicit, found.count), path
            assert (term.statements, term.advised) == (mentions.count, mentions.on("guidance") is not None)


@pytest.mark.parametrize("address", LISTS)
def test_a_list_holds_every_term_with_its_counts_the_most_told_first(address: str, engine: Engine) -> None:
    scheme = address.partition("=")[2]
    text = shown(address)
    terms = views.terms(engine, scheme)
    concepts = {str(each["concept"]) for each in questions.ask(engine, "scheme-concepts", scheme=scheme)}
    there = set(targets(text))
    assert {page_of(concept) for concept in concepts} <= there
    for group in terms.groups:
        counts = [(term.cases, term.statements) for term in group.terms]
        assert counts == sorted(counts, reverse=True)
        for term in group.terms:
            start = text.index(f'<li><a href="{term.link.address}">')
            entry = text[start : text.index("</li>", start)]
            assert (f"{term.cases} case" in entry) == bool(term.cases)
            assert f"{term.statements} statement" in entry


def test_what_only_advice_exists_for_is_marked_so_on_every_list() -> None:
    terms = graph.terms("practices").terms
    advised = [term for term in terms if term.advised and not term.cases]
    assert len(advised) > 10
    assert shown("concept?id=practices").count("Advice. No case yet.") == len(advised)
    factor = shown("factor?id=surface-and-resolve-conflicts")
    assert "Advice. No case yet." in folded(factor, "not-done")


def test_practices_are_grouped_by_factor_in_the_order_of_the_factors(engine: Engine) -> None:
    groups = views.terms(engine, "practices").groups
    factors = [each.factor for each in views.factors(engine)]
    heads = [group.head for group in groups]
    assert heads[:-1] == [factor for factor in factors if factor in heads] and heads[-1] is None


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


def test_advice_stands_in_a_box_of_its_own_and_nowhere_among_deeds(known: dict[str, list[str]]) -> None:
    boxes = 0
    for path in entries(known):
        guidance = graph.entry(path).mentions.on("guidance")
        if guidance is None:
            continue
        text = shown(page_of(BASE + path))
        start = text.index('<section class="kg-advice"')
        box = text[start : text.index("</section>", start)]
        assert '<h2 id="advice">Advice</h2>' in box
        for tie in guidance.shown:
            link = f"claim?id={tie.statement.slug}"
            assert link in box
            assert 'id="cases"' not in text or link not in section(text, "cases")
        boxes += 1
    assert boxes > 20


def test_difficulty_says_who_faced_it_what_was_done_and_what_went_wrong() -> None:
    found = graph.entry("scheme/challenges/rising-demand")
    text = shown("concept?id=challenges/rising-demand")
    (done,) = {each for case in found.mentions.done for each in case[1]}
    assert done.name == "Commit to 'one system, one budget'"
    drawn = re.findall(r"<h2 id=[^>]*>([^<]*?) *(?:<|$)", text)
    assert [
        heading
        for heading in drawn
        if heading in {"Who faced it, and what happened there", "Ways to counter it"}
    ] == [
        "Who faced it, and what happened there",
        "Ways to counter it",
    ]
    offered = section(text, "answered-by")
    assert done.address in targets(offered) and "Done in:" in offered
    assert "Whether it helped is another question." in offered
    assert "What went wrong:" in section(text, "cases")


def test_a_result_beside_a_case_leads_to_a_statement_that_reports_it(engine: Engine) -> None:
    found = graph.entry("scheme/challenges/rising-demand").mentions.found_in
    text = section(shown("concept?id=challenges/rising-demand"), "cases")
    shown_there = [result for case in found.shown for result in case.results[:5]]
    assert shown_there
    for result in shown_there:
        slug = (result.result.address or "").partition("=")[2]
        told = views.statement_page(engine, slug).statement
        assert told.result is not None
        assert (told.result.direction, told.result.standing) == (result.direction, result.standing)
        assert told.relation.object is not None and told.relation.object.link.name == result.result.name
        assert result.result.address in targets(text)


def test_the_best_attested_results_come_first(engine: Engine) -> None:
    order = list(Standing)
    for case in views.entry(engine, f"scheme/practices/{GOVERNANCE}").mentions.found_in.shown:
        places = [
            (order.index(result.standing), result.direction is Direction.NOT_STATED)
            for result in case.results
        ]
        assert places == sorted(places)
        assert len(set(case.results)) == len(case.results)


def test_many_cases_are_counted_and_not_all_drawn(changed: pytest.MonkeyPatch, engine: Engine) -> None:
    entry = views.entry(engine, "scheme/parties/local-government")
    found = entry.mentions.found_in
    named = found.named + tuple(views.Link(f"Town {n}") for n in range(40))
    many = views.Instances(found.shown * 3, named, 10_000, 1)
    changed.setattr(
        views, "entry", lambda *_: replace(entry, mentions=replace(entry.mentions, found_in=many))
    )
    text = shown("concept?id=parties/local-government")
    assert "9995 more cases" in text and "Town 39" in text
    assert f"And {10_000 - len(many.shown) - len(many.named)} more cases." in text


def test_the_summary_leads_to_its_statements(changed: pytest.MonkeyPatch) -> None:
    first = views.StorySentence("Leeds did it first.", ("leeds-1", "leeds-2"))
    second = views.StorySentence("Devon followed.", ("devon-1", "leeds-1"))
    part = views.StoryPart("in-short", "In short", (first, second))
    changed.setattr(views, "story_of", lambda *_: views.Story((part,), ()))
    drawn = page("practice?id=make-challenge-safe")
    refs = re.findall(r'class="kg-ref" href="claim\?id=([\w-]+)"[^>]*>(\d+)<', drawn.html)
    assert refs == [("leeds-1", "1"), ("leeds-2", "2"), ("devon-1", "3"), ("leeds-1", "1")]
    assert drawn.description == "Leeds did it first. Devon followed."
    definition = graph.entry("scheme/practices/make-challenge-safe").meaning.definition
    places = [drawn.html.index(str(escape(text))) for text in (definition, first.text, second.text)]
    assert places == sorted(places) and places[-1] < drawn.html.index('id="cases"')


def test_a_group_can_work_on_it() -> None:
    difficulty = shown("concept?id=challenges/rising-demand")
    assert 'href="session?difficulty=rising-demand"' in section(difficulty, "sessions")
    factor = shown("factor?id=surface-and-resolve-conflicts")
    assert 'href="session?factor=surface-and-resolve-conflicts"' in section(factor, "sessions")
    served = section(shown("practice?id=make-challenge-safe"), "sessions")
    assert 'href="session?factor=surface-and-resolve-conflicts"' in served
    path = BASE + "scheme/practices/make-challenge-safe"
    meant = [each.name for each in graph.material().activities.values() if path in each.works_on]
    assert meant and all(str(escape(name)) in served for name in meant[:1])
    assert "Activities and questions are our choice" in served


def test_every_link_of_a_page_leads_somewhere(known: dict[str, list[str]]) -> None:
    drawn = [
        shown(address)
        for address in (
            "factors",
            "factor?id=have-frequent-personal-contact",
            f"practice?id={GOVERNANCE}",
            "concept?id=bodies/leadership-group",
            "concept?id=challenges/conflict",
            "body?id=kings-fund",
            "place?id=torbay",
            "background",
            *LISTS,
        )
    ]
    checked = set()
    for target in {each for text in drawn for each in bare(text)}:
        name, _, slot = target.partition("?id=")
        if name in ROOMS_OF_PAGES:
            room, _, slug = (ROOMS_OF_PAGES[name] + slot.partition("#")[0]).partition("/")
            assert slug in known[room], target
            checked.add(name)
    assert checked == set(ROOMS_OF_PAGES)


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("factor?id=surface-conflicts", "factor?id=surface-and-resolve-conflicts"),
        ("practice?id=pool budgets", "practice?id=pool-budgets"),
        ("concept?id=challenges/earthquake", "concept?id=challenges/earthquakes"),
        ("body?id=kings-found", "body?id=kings-fund"),
        ("place?id=Torquay", "place?id=torbay"),
    ],
)
def test_wrong_address_is_answered_kindly(address: str, near: str) -> None:
    drawn = page(address)
    assert drawn.status == 404
    assert near in targets(drawn.html)
    assert str(escape(address.partition("?id=")[2].rpartition("/")[2])) in drawn.html


@pytest.mark.parametrize("name", ["factor", "practice", "concept", "body", "place"])
@pytest.mark.parametrize("wanted", ["", "/", "challenges/", "a" * 3000, HOSTILE, f"challenges/{HOSTILE}"])
def test_no_address_breaks_a_page(name: str, wanted: str) -> None:
    drawn = page(f"{name}?id={wanted}")
    assert drawn.status == (200 if (name, wanted) == ("concept", "challenges/") else 404)
    assert drawn.html.count("<h1>") == 1
    assert "<script>" not in drawn.html and "<img" not in drawn.html


def test_only_what_the_paper_says() -> None:
    elsewhere = page("practice?id=pool-budgets", paper=True)
    assert elsewhere.status == 404
    assert "The King’s Fund paper does not speak of this. Other documents do." in elsewhere.html
    assert "practice?id=pool-budgets" in targets(elsewhere.html)
    kept = shown("factor?id=surface-and-resolve-conflicts", paper=True)
    assert "practice?id=make-challenge-safe&paper=true" in targets(kept)
    assert "factor?id=surface-and-resolve-conflicts" in targets(kept)
    whole = shown("factor?id=surface-and-resolve-conflicts")
    assert "factor?id=surface-and-resolve-conflicts&paper=true" in targets(whole)


def test_words_of_their_time_are_expanded_where_they_are_read() -> None:
    found = graph.entry("scheme/practices/create-an-integrated-commissioning-committee")
    text = folded(shown("practice?id=create-an-integrated-commissioning-committee"), "words")
    (group,) = [each for each in found.mentions.words if each.word == "CCG"]
    assert group.note and str(escape(group.note)) in text
    assert "concept?id=bodies/clinical-commissioning-group" in targets(text)


def test_everyday_sentences_find_and_are_never_shown(engine: Engine) -> None:
    path = "scheme/practices/make-challenge-safe"
    said = [
        escape(str(each["value"]))
        for each in questions.ask(engine, "thing-properties", thing=BASE + path)
        if str(each["property"]).endswith("saidAs")
    ]
    drawn = shown("practice?id=make-challenge-safe")
    assert len(said) > 5 and not any(sentence in drawn for sentence in said)


def test_hostile_words_of_the_graph_are_shown_as_words(changed: pytest.MonkeyPatch, engine: Engine) -> None:
    entry = views.entry(engine, f"scheme/practices/{GOVERNANCE}")
    meaning = replace(entry.meaning, definition=HOSTILE, notes=(HOSTILE,), also=(HOSTILE,))
    changed.setattr(views, "entry", lambda *_: replace(entry, name=HOSTILE, meaning=meaning))
    text = shown(f"practice?id={GOVERNANCE}")
    assert text.count(str(escape(HOSTILE))) >= 4
    assert "<script>" not in text and "<img" not in text
