"""Stories held against their statements: message rule refuses a sentence with that one fault."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.build.store import open_engine
from kg.check import check
from kg.check.reading import TurtleFile, read_document
from kg.check.stories import fingerprint, list_ways, story_findings, story_texts
from kg.check.style import style_of
from kg.errors import UnknownName
from kg.graph.content import Content
from kg.graph.oxigraph import parse_turtle
from kg.views import Story, graphs_of_the_paper, story_lines, story_of
from kg.writing import format_files, record_story_read
from tests.command import Ran

PREFIXES = """
PREFIX basis: <https://w3id.org/system-leadership/scheme/bases/>
PREFIX case: <https://w3id.org/system-leadership/case/>
PREFIX challenge: <https://w3id.org/system-leadership/scheme/challenges/>
PREFIX claim: <https://w3id.org/system-leadership/claim/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fact: <https://w3id.org/system-leadership/scheme/fact-kinds/>
PREFIX part: <https://w3id.org/system-leadership/scheme/story-parts/>
PREFIX practice: <https://w3id.org/system-leadership/scheme/practices/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sl: <https://w3id.org/system-leadership/def/>
PREFIX story: <https://w3id.org/system-leadership/story/>
"""
RIVER_TOWN = "data/cases/river-town.ttl"
QUARRELS, MET, WAITS, CLINIC = 6, 1, 3, 5


def sentence(
    number: int, text: str, *claims: int, part: str = "what-they-did", story: str = "river-town"
) -> str:
    rests = " , ".join(f"claim:river-town-{claim}" for claim in claims)
    return f"""
story:{story}-{number}
    a sl:StorySentence ;
    dcterms:isPartOf story:{story} ;
    prov:wasDerivedFrom {rests} ;
    sl:position {number} ;
    sl:sentence "{text}"@en ;
    sl:storyPart part:{part} ;
.
"""


IN_SHORT = sentence(1, "River Town's leaders met every Friday for 3 years.", MET, part="in-short")
STORY = f"{PREFIXES}\nstory:river-town\n    a sl:Story ;\n    sl:storyOf case:river-town ;\n.\n{IN_SHORT}"


# The story that rests on the first source alone.
VERSION = """
story:river-town-report
    a sl:Story ;
    sl:storyOf case:river-town ;
    dcterms:isVersionOf story:river-town ;
.
"""


@pytest.fixture(scope="module")
def documents(world: Content) -> dict[str, TurtleFile]:
    read = [read_document(path, world.name_of(path)) for path in world.turtle_files()]
    return {item.name: item for item in read if isinstance(item, TurtleFile)}


Messages = Callable[..., list[str]]


@pytest.fixture(scope="module")
def messages(world: Content, documents: dict[str, TurtleFile]) -> Messages:
    """Tell what is refused of a story that was read beside its claims, in this form of the world."""

    def of(story: str, *changes: tuple[str, str], read: bool = True) -> list[str]:
        everything = dict(documents)
        town = everything[RIVER_TOWN]
        text = town.text
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        everything[RIVER_TOWN] = replace(town, text=text, triples=parse_turtle(text))
        own = TurtleFile("data/stories/river-town.ttl", Path("river-town.ttl"), story, parse_turtle(story))
        everything[own.name] = own
        found = story_findings(list(everything.values()), [own], style_of(world), list_ways(world))
        assert all(finding.file == own.name for finding in found)
        unread = "have not been read side by side"
        return [message.message for message in found if not (read and unread in message.message)]

    return of


def test_story_that_says_what_its_statements_say_is_accepted(messages: Messages) -> None:
    story = STORY + sentence(
        2, "The report found shorter waits in River Town by 2019.", WAITS, part="what-happened"
    )
    assert messages(story) == []


@pytest.mark.parametrize(
    ("text", "claims", "message"),
    [
        ("They met every Friday for 3 years.", (MET,), "not with “They”"),
        ("Leaders met for 3 years. Waits were short.", (MET,), "This is 2 sentences"),
        ("Leaders met every Friday for 4 years.", (MET,), "“4” does not occur in the statements"),
        ("Leaders of Springfield met every Friday.", (MET,), "“Springfield” does not occur"),
        ("Leaders met in 2011.", (MET,), "“2011” does not occur"),
        ("By 2019 waits were shorter.", (WAITS,), "tells a result, and has to say who says so"),
        ("The report found longer waits by 2019.", (WAITS,), "“longer” says “up”"),
        ("The report found better waits by 2019.", (WAITS,), "“better” says “better”"),
        (
            "Leaders met every Friday because of quarrels.",
            (MET, QUARRELS),
            "“because” says that one thing",
        ),
    ],
)
def test_sentence_that_says_more_than_its_statements_is_refused(
    messages: Messages, text: str, claims: Sequence[int], message: str
) -> None:
    part = "what-happened" if WAITS in claims else "what-they-did"
    found = messages(STORY + sentence(2, text, *claims, part=part))
    assert [message in message for message in found] == [True], found


MANNERS = [
    (
        "sl:modality modality:fact",
        "sl:modality modality:intention",
        "rests on a plan",
        "Leaders planned to meet.",
    ),
    ("sl:modality modality:fact", "sl:modality modality:hope", "rests on a hope", "Leaders hoped to meet."),
    (
        "sl:modality modality:fact",
        "sl:modality modality:normative",
        "rests on advice",
        "Leaders should meet.",
    ),
    ("sl:modality modality:fact", "sl:modality modality:hedged", "as guarded", "Leaders often met."),
    ("sl:polarity polarity:affirmed", "sl:polarity polarity:denied", "is not so", "Leaders did not meet."),
    (
        "sl:polarity polarity:affirmed",
        "sl:polarity polarity:no-effect-found",
        "no effect",
        "Leaders met without effect.",
    ),
    (
        "sl:basis basis:explicit",
        "sl:basis basis:inferred-weak",
        "a reading of ours",
        "Our reading: leaders met.",
    ),
    (
        "sl:relation relation:uses",
        "sl:relation relation:planned",
        "rests on a plan",
        "Leaders planned to meet.",
    ),
]


@pytest.mark.parametrize(("old", "new", "message", "as_told"), MANNERS)
def test_hope_plan_advice_reading_or_denial_is_told_as_such(
    messages: Messages, documents: dict[str, TurtleFile], old: str, new: str, message: str, as_told: str
) -> None:
    claim = documents[RIVER_TOWN].text.split("claim:river-town-1\n")[1].split("\n.\n")[0]
    change = (claim, claim.replace(old, new))
    in_short = sentence(1, "River Town has quarrels.", QUARRELS, part="in-short")
    story = STORY.replace(IN_SHORT, in_short.replace("has quarrels", "had old quarrels"))
    found = messages(story + sentence(2, "Leaders met.", MET), change)
    assert [message in message for message in found] == [True], found
    assert messages(story + sentence(2, as_told, MET), change) == []


def test_statement_of_another_case_is_refused(messages: Messages) -> None:
    other = sentence(2, "Leaders hope to do the same.", MET).replace(
        "claim:river-town-1", "claim:hill-county-1"
    )
    assert [
        "claim:hill-county-1 is not about this case" in message for message in messages(STORY + other)
    ] == [True]


def test_summary_of_a_concept_rests_on_statements_that_speak_of_it(messages: Messages) -> None:
    quarrels = sentence(1, "River Town had old quarrels.", QUARRELS, part="in-short")
    summary = STORY.replace("case:river-town ;", "challenge:persistent-conflict ;").replace(
        IN_SHORT, quarrels
    )
    assert messages(summary) == []
    found = messages(summary + sentence(2, "The report found shorter waits.", WAITS, part="in-short"))
    assert ["claim:river-town-3 neither names this concept" in message for message in found] == [True]


def test_statements_that_differ_are_given_together(messages: Messages) -> None:
    change = (
        'sl:statement "There were old quarrels."@en ;',
        'sl:statement "There were old quarrels."@en ;\n    sl:competesWith claim:river-town-1 ;',
    )
    alone = messages(STORY + sentence(2, "Leaders had old quarrels.", QUARRELS), change)
    assert ["claim:river-town-1 differs from claim:river-town-6" in message for message in alone] == [True]
    both = sentence(2, "Leaders had old quarrels, and met every Friday.", QUARRELS, MET)
    assert messages(STORY + both, change) == []


def test_story_of_the_first_source_knows_no_other_that_differs(messages: Messages) -> None:
    change = (
        'sl:statement "There were old quarrels."@en ;',
        'sl:statement "There were old quarrels."@en ;\n    sl:competesWith claim:river-town-7 ;',
    )
    line = sentence(1, "River Town had old quarrels.", QUARRELS, part="in-short", story="river-town-report")
    assert messages(STORY + VERSION + line, change) == []
    assert len(messages(STORY + sentence(2, "River Town had old quarrels.", QUARRELS), change)) == 1


@pytest.mark.parametrize(
    ("story", "message"),
    [
        (STORY.replace(IN_SHORT, sentence(1, "Leaders met.", MET)), "exactly one sentence in short"),
        (STORY + sentence(2, "Leaders met.", MET, part="in-short"), "exactly one sentence in short"),
        (
            STORY
            + sentence(1, "Leaders met.", MET).replace(
                "river-town-1\n    a sl:Story", "river-town-9\n    a sl:Story"
            ),
            "the same place",
        ),
        (STORY.replace("met every Friday", "met" + " and met" * 8), "has 23 words; write 20 at most"),
        (
            STORY.replace("case:river-town ;", "practice:meet-face-to-face-often ;")
            + sentence(2, "Leaders met.", MET),
            "one or two sentences in short",
        ),
    ],
    ids=["no line", "two lines", "one place twice", "long line", "parts of a concept"],
)
def test_story_out_of_form_is_refused(messages: Messages, story: str, message: str) -> None:
    assert [message in message for message in messages(story)] == [True]


def test_long_story_is_warned_of(messages: Messages) -> None:
    long = "".join(
        sentence(number, "Leaders met " + "and met " * 16 + "again.", MET) for number in range(2, 10)
    )
    assert any("write 220 at most" in message for message in messages(STORY + long))


def in_own_world(content: Content, story: str) -> Path:
    path = content.data / "stories" / "river-town.ttl"
    path.parent.mkdir()
    path.write_text(story)
    format_files(content, [path])
    return path


def test_story_is_read_again_when_a_statement_changes(own_world: Content) -> None:
    path = in_own_world(own_world, STORY + sentence(2, "River Town had old quarrels.", QUARRELS))

    def refused() -> list[str]:
        return [finding.message for finding in check(own_world, [path]).findings]

    assert [message.split(":")[1] for message in refused() if "not been read side by side" in message] == [
        "river-town-1",
        "river-town-2",
    ]
    assert record_story_read(own_world, "river-town") == ["story:river-town-1", "story:river-town-2"]
    assert refused() == []
    assert record_story_read(own_world, "river-town") == []
    path.write_text(path.read_text().replace("had old quarrels", "had some old quarrels"))
    assert ["changed since they were read" in message for message in refused()] == [True]
    assert record_story_read(own_world, "river-town") == ["story:river-town-2"]
    town = own_world.root / RIVER_TOWN
    town.write_text(town.read_text().replace("There were old quarrels.", "There were very old quarrels."))
    assert [
        "story:river-town-2: It and what it rests on have changed since they were read" in message
        for message in refused()
    ] == [True]
    assert record_story_read(own_world, "river-town") == ["story:river-town-2"]
    assert refused() == []


def test_fingerprint_is_of_what_claims_say_and_nothing_beside(documents: dict[str, TurtleFile]) -> None:
    triples = documents[RIVER_TOWN].triples
    claim = story_texts(parse_turtle(STORY))[0].claims
    text = documents[RIVER_TOWN].text
    noted = parse_turtle(text.replace("    skos:changeNote change:river-town-1-1 ;\n", ""))
    other = parse_turtle(text.replace("every Friday for 3", "every Friday, for 3"))
    assert fingerprint(triples, "Met.", claim) == fingerprint(noted, "Met.", claim)
    assert fingerprint(triples, "Met.", claim) != fingerprint(other, "Met.", claim)
    assert fingerprint(triples, "Met.", claim) != fingerprint(triples, "Meet.", claim)


def test_story_nobody_wrote_cannot_be_read(own_world: Content) -> None:
    in_own_world(own_world, STORY)
    with pytest.raises(UnknownName, match='did you mean "river-town"'):
        record_story_read(own_world, "river-twon")


def test_story_is_printed_with_what_each_sentence_rests_on(
    own_world: Content, capsys: pytest.CaptureFixture[str]
) -> None:
    fact = """
story:river-town-fact-1
    a sl:KeyFact ;
    dcterms:isPartOf story:river-town ;
    prov:wasDerivedFrom claim:river-town-5 ;
    rdf:value "The clinic, among others"@en ;
    sl:factKind fact:led-by ;
.
"""
    in_own_world(own_world, STORY + sentence(2, "River Town had old quarrels.", QUARRELS, MET) + fact)
    ran = Ran(capsys, "story", "river-town", "--content", own_world.root)
    assert ran.code == 0
    assert ran.out == (
        "In short\n\n  River Town's leaders met every Friday for 3 years. [river-town-1]\n\n"
        "What they did\n\n  River Town had old quarrels. [river-town-1, river-town-6]\n\n"
        "Led by: The clinic, among others [river-town-5]\n"
    )
    as_json = json.loads(Ran(capsys, "story", "river-town", "--json", "--content", own_world.root).out)
    assert [part["slug"] for part in as_json["parts"]] == ["in-short", "what-they-did"]
    assert as_json["facts"][0]["claims"] == ["river-town-5"]
    read = Ran(capsys, "story", "--read", "river-town", "--content", own_world.root)
    assert read.out.splitlines() == ["story:river-town-1", "story:river-town-2", "story:river-town-fact-1"]
    assert Ran(capsys, "story", "river-twon", "--content", own_world.root).code == 2
    engine = open_engine(own_world)
    line = "River Town's leaders met every Friday for 3 years."
    assert story_of(engine, "river-town").line == line
    assert list(story_lines(engine).values()) == [line]
    assert story_of(engine, "hill-county") == Story((), ())
    assert story_of(engine, "hill-county").line is None


def test_each_source_alone_has_the_story_that_rests_on_it_alone(own_world: Content) -> None:
    """The full story, which rests on two sources, is not shown to those who ask one of them alone."""
    gazette = own_world.data / "sources" / "gazette.ttl"
    gazette.write_text(
        f"{PREFIXES}PREFIX source: <https://w3id.org/system-leadership/source/>\n"
        "source:gazette a sl:Source .\n"
        "claim:river-town-7 a sl:Claim ; dcterms:source source:gazette ; sl:about case:river-town .\n"
    )
    full = sentence(2, "River Town had old quarrels.", QUARRELS).replace("river-town-6", "river-town-7")
    line = sentence(1, "Leaders met.", MET, part="in-short", story="river-town-report")
    in_own_world(own_world, STORY + full + VERSION + line)
    engine = open_engine(own_world)
    everything, report = story_of(engine, "river-town"), graphs_of_the_paper(engine)
    assert [len(part.sentences) for part in everything.parts] == [1, 1]
    assert everything.line == "River Town's leaders met every Friday for 3 years."
    assert story_of(engine, "river-town", report).line == "Leaders met."
    assert list(story_lines(engine, report).values()) == ["Leaders met."]


def test_full_story_needs_one_of_the_first_source_alone(messages: Messages) -> None:
    full = sentence(2, "River Town had quarrels.", QUARRELS).replace("river-town-6", "river-town-7")
    story = f"""{STORY}{full}
claim:river-town-7
    a sl:Claim ;
    sl:statement "River Town had quarrels."@en ;
    sl:about case:river-town ;
    dcterms:source <https://w3id.org/system-leadership/source/gazette> ;
.
"""
    assert any("write a story of the first source alone too" in message for message in messages(story))
    line = sentence(1, "Leaders met.", MET, part="in-short", story="river-town-report")
    assert messages(story + VERSION + line) == []
    mixed = line.replace("claim:river-town-1", "claim:river-town-7").replace("Leaders met", "It had quarrels")
    found = messages(story + VERSION + mixed.replace("It had", "River Town had"))
    assert any("statements of that source and no other" in message for message in found)
