"""The command: exit codes, JSON, sentences, and files that it writes."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import DCTERMS, RDF

from kg.build.store import read_files
from kg.check import check
from kg.cli import COMMANDS
from kg.export import SESSION_FILES
from kg.graph.content import Content
from kg.terms import PREFIXES, SL
from tests.command import Ran

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def outside_ci(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("CI", raising=False)
    # What a text means takes seconds to find out for two thousand of them; tests/test_search.py does it once.
    monkeypatch.setattr("kg.build.pipeline.installed_model", lambda: None)
    yield


def test_check_of_the_content_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "check", "--json")
    report = json.loads(ran.out)
    assert ran.code == 0
    assert report["ok"] is True
    assert {finding["severity"] for finding in report["findings"]} <= {"warning"}
    assert set(report["counts"]) == {"files", "cases", "claims", "concepts", "passages", "sources", "triples"}
    assert report["counts"]["cases"] == 17
    assert report["counts"]["claims"] > 400


def test_check_tells_file_line_and_message(capsys: pytest.CaptureFixture[str], world: Content) -> None:
    path = HERE / "shapes" / "invalid" / "claim-without-basis.ttl"
    ran = Ran(capsys, "check", path, "--content", world.root)
    assert ran.code == 1
    first = ran.out.splitlines()[0]
    assert first.startswith(f"{path}:")
    assert ": claim:sample-1: A claim needs exactly one basis" in first
    assert ran.out.splitlines()[-1].startswith("1 fault in 1 files")


def test_check_gives_findings_as_json(capsys: pytest.CaptureFixture[str], world: Content) -> None:
    path = HERE / "shapes" / "invalid" / "claim-without-basis.ttl"
    finding = json.loads(Ran(capsys, "check", path, "--content", world.root, "--json").out)["findings"][0]
    assert set(finding) == {"file", "line", "severity", "message"}
    assert isinstance(finding["line"], int)
    assert finding["severity"] == "violation"


def test_with_ci_a_check_without_the_text_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    ran = Ran(capsys, "check")
    assert ran.code == 2
    assert "the text of the paper has to be given" in ran.err


def test_build_writes_the_graph_and_a_manifest(
    capsys: pytest.CaptureFixture[str], world: Content, tmp_path: Path
) -> None:
    ran = Ran(capsys, "build", "--out", tmp_path, "--content", world.root, "--json")
    manifest = json.loads(ran.out)
    assert ran.code == 0
    assert manifest == json.loads((tmp_path / "manifest.json").read_text())
    store = pyoxigraph.Store()
    store.load(path=str(tmp_path / "graph.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    assert len(store) == sum(manifest["graphs"].values())
    assert {graph.value for graph in store.named_graphs()} == set(manifest["graphs"])
    assert any(graph.endswith("-derived") for graph in manifest["graphs"])


def test_build_does_not_check_unchanged_files_again(
    capsys: pytest.CaptureFixture[str], own_world: Content, tmp_path: Path
) -> None:
    call = ("build", "--out", tmp_path, "--content", own_world.root, "--json")
    assert json.loads(Ran(capsys, *call).out)["shapes_not_run_again"] == []
    second = json.loads(Ran(capsys, *call).out)
    assert "data/cases/river-town.ttl" in second["shapes_not_run_again"]
    case = own_world.data / "cases" / "quiet-place.ttl"
    case.write_text(case.read_text().replace("no more is told", "nothing more is told"))
    third = json.loads(Ran(capsys, *call).out)["shapes_not_run_again"]
    assert "data/cases/quiet-place.ttl" not in third
    assert "data/cases/river-town.ttl" in third


def test_build_refuses_what_check_refuses(
    capsys: pytest.CaptureFixture[str], own_world: Content, tmp_path: Path
) -> None:
    case = own_world.data / "cases" / "quiet-place.ttl"
    case.write_text(case.read_text().replace("done?", "done."))
    out = tmp_path / "out"
    ran = Ran(capsys, "build", "--out", out, "--content", own_world.root)
    assert ran.code == 1
    assert "ending in a question mark" in ran.out
    assert not out.exists()


def test_a_fault_that_a_change_brings_is_found_in_the_second_build(
    capsys: pytest.CaptureFixture[str], own_world: Content, tmp_path: Path
) -> None:
    call = ("build", "--out", tmp_path, "--content", own_world.root)
    assert Ran(capsys, *call).code == 0
    source = own_world.data / "sources" / "harbour-report.ttl"
    source.write_text(source.read_text().replace("a sl:Sentence ;", "a sl:Paragraph ;", 1))
    assert Ran(capsys, *call).code == 1


def test_ask_answers_in_results_json(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "ask", "case-agreed-meetings", "--given", "case=unnamed-leadership-group", "--json")
    answer = json.loads(ran.out)
    assert ran.code == 0
    assert answer["head"]["vars"] == ["case", "label"]
    assert [row["label"]["value"] for row in answer["results"]["bindings"]] == ["every six weeks"]


def test_paper_alone_answers_as_if_no_other_document_were_there(
    capsys: pytest.CaptureFixture[str], content: Content
) -> None:
    counted = "SELECT (COUNT(?c) AS ?n) WHERE { ?c a <https://w3id.org/system-leadership/def/Claim> }"
    triples = [triple for triples in read_files(content).values() for triple in triples]
    claims = {s for s, p, o in triples if (p, o) == (RDF.type, SL.Claim)}
    starting = {s for s, p, _ in triples if p == SL.startingPoint}
    of_paper = len({s for s, p, o in triples if s in claims and p == DCTERMS.source and o in starting})
    of_others = len(claims) - of_paper
    for arguments, column in ((("ask", "graph-counts"), "statements"), (("query", "-e", counted), "n")):
        numbers = [
            int(
                json.loads(Ran(capsys, *arguments, *more, "--json").out)["results"]["bindings"][0][column][
                    "value"
                ]
            )
            for more in ((), ("--paper-alone",))
        ]
        assert numbers == [of_paper + of_others, of_paper]


@pytest.mark.parametrize("concept", ["practice:pool-budgets", "factor:surface-and-resolve-conflicts"])
def test_ask_takes_a_concept_of_any_scheme(capsys: pytest.CaptureFixture[str], concept: str) -> None:
    ran = Ran(capsys, "ask", "concept-cases", "--given", f"concept={concept}", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["results"]["bindings"]


def test_concept_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "ask", "concept-cases", "--given", "concept=practice:pool-budget")
    assert ran.code == 2
    assert 'did you mean "practice:pool-budgets"?' in ran.err


def test_ask_lists_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(Ran(capsys, "ask", "--list", "--json").out)
    assert len(listed) >= 60
    assert all(set(each) == {"name", "question", "given"} for each in listed)
    assert {
        "name": "case-outcomes",
        "question": "Which results are reported of this case?",
        "given": ["case"],
    } in listed
    assert "case-outcomes  [case]" in Ran(capsys, "ask", "--list").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ask",), "Name a question; kg ask --list shows them all."),
        (("ask", "case-outcome"), 'There is no question "case-outcome"; did you mean "case-outcomes"?'),
        (("ask", "case-outcomes"), "The question case-outcomes needs case; give case=…."),
        (
            ("ask", "case-outcomes", "--given", "case"),
            'Write --given SLOT=VALUE, such as case=leeds; "case" is not of that form.',
        ),
        (("ask", "case-outcomes", "--given", "case=leds"), 'There is no case "leds"; did you mean "leeds"?'),
        (("ask", "case-outcomes", "--given", "case=factor:1"), 'There is no case "'),
        (("ask", "case-outcomes", "--given", "cas=leeds"), 'There is no slot "cas"; did you mean "case"?'),
        (("query",), "Give a query: either a file or -e TEXT."),
        (("query", "-e", "ASK {}", "--format", "yaml"), 'There is no format "yaml"; use one of '),
        (("query", "-e", "ASK {"), "The query cannot be read at line 1, column 6"),
        (("query", "nothing.rq"), '"nothing.rq": The file cannot be read: No such file or directory.'),
        (("query", "/dev/zero"), '"/dev/zero": This is not a plain file.'),
        (("new-case", "field"), "“field” stands for claims of no case; choose another name."),
        (("new-case", "Łódź"), "Write “Łódź” in plain letters, a to z; an address is never corrected later."),
        (("chek",), "No such command 'chek'."),
        (("check", "nothing.ttl"), 'There is no file or folder "nothing.ttl".'),
        (
            ("check", "--content", "/nothing"),
            'The folder "/nothing" does not hold ontology/core.ttl and data.',
        ),
        (
            ("build", "--out", "/proc/nothing", "--content", "WORLD"),
            '"/proc/nothing" cannot be written: there is no such folder.',
        ),
        (("new-case", "!!!"), "A case needs a name of letters or digits, at most 100 characters long."),
        (("new-claim", "leds"), 'There is no case "leds"; did you mean "leeds"?'),
        (("serve", "--port", "0"), "Invalid value for '--port'"),
    ],
)
def test_a_faulty_call_gets_one_sentence(
    capsys: pytest.CaptureFixture[str], world: Content, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = Ran(capsys, *(str(world.root) if each == "WORLD" else each for each in arguments))
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(f"kg: {sentence}")
    assert ran.err.count("\n") == 1


def test_graphs_are_listed_as_lines_that_ask_the_paper_alone(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Ran(capsys, "graphs", "--paper-alone").out
    assert all(line.startswith("FROM <") for line in lines.splitlines())
    asked = f"SELECT ?c ?p\n{{}}WHERE {{{{ ?c <{PREFIXES['sl']}usesPractice> ?p }}}}"
    alone = Ran(capsys, "query", "-e", asked.format(lines), "--json")
    chosen = Ran(capsys, "query", "-e", asked.format(""), "--paper-alone", "--json")
    everything = Ran(capsys, "query", "-e", asked.format(""), "--json")

    def rows(ran: Ran) -> list[str]:
        return sorted(map(json.dumps, json.loads(ran.out)["results"]["bindings"]))

    assert rows(alone) == rows(chosen) != rows(everything)


def test_graphs_are_listed_with_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(Ran(capsys, "graphs", "--json").out)
    sources = {each["graph"].rsplit("/", 1)[-1]: each["sources"] for each in listed}
    assert sources["ontology"] == []
    assert [source.rsplit("/", 1)[-1] for source in sources["ardern-2019"]] == ["ardern-2019"]
    assert max(map(len, sources.values())) > 2


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml"])
def test_query_answers_in_every_format(capsys: pytest.CaptureFixture[str], form: str) -> None:
    ran = Ran(capsys, "query", "-e", "SELECT ?x WHERE { VALUES ?x { 42 } }", "--format", form)
    assert ran.code == 0
    assert "42" in ran.out


def test_query_is_read_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "one.rq"
    path.write_text(
        "CONSTRUCT { ?case a ?type } WHERE { ?case a ?type . FILTER (STRENDS(STR(?type), 'CaseStudy')) }"
    )
    ran = Ran(capsys, "query", path, "--format", "turtle")
    assert "case:leeds" in ran.out


def test_new_case_is_valid_and_says_nothing(capsys: pytest.CaptureFixture[str], own_world: Content) -> None:
    ran = Ran(capsys, "new-case", "Saint John's  “Bay”", "--content", own_world.root, "--json")
    written = json.loads(ran.out)
    assert written == {"file": "data/cases/saint-johns-bay.ttl", "case": "saint-johns-bay"}
    report = check(own_world, [own_world.data])
    assert report.ok
    assert [finding.severity for finding in report.findings] == ["warning"]
    assert "it is not shown until there is one" in report.findings[0].message
    assert Ran(capsys, "new-case", "Saint Johns Bay", "--content", own_world.root).code == 2


def test_new_claim_has_the_next_number(capsys: pytest.CaptureFixture[str], own_world: Content) -> None:
    out = Ran(capsys, "new-claim", "river-town", "--content", own_world.root).out
    assert "\nclaim:river-town-7\n" in out
    path = own_world.data / "cases" / "river-town.ttl"
    filled = (
        out.replace("ONE SENTENCE IN PLAIN WORDS.", "Leaders met every Friday.")
        .replace("relation:RELATION", "relation:uses")
        .replace("practice:PRACTICE", "practice:take-regular-time-out-together")
        .replace("passage:PASSAGE", "passage:H1-p1.s1")
        .replace("source:SOURCE", "source:harbour-report")
    )
    path.write_text(path.read_text() + filled)
    assert Ran(capsys, "format", path, "--content", own_world.root).code == 0
    report = check(own_world, [own_world.data])
    assert report.findings == ()
    assert report.counts.claims == 10
    withdrawn = path.read_text().split("\nclaim:river-town-7\n")[0]
    path.write_text(withdrawn)
    again = Ran(capsys, "new-claim", "river-town", "--content", own_world.root).out
    assert "\nclaim:river-town-8\n" in again


def test_format_rewrites_and_then_has_nothing_to_do(
    capsys: pytest.CaptureFixture[str], own_world: Content
) -> None:
    path = own_world.data / "cases" / "river-town.ttl"
    neat = path.read_text()
    path.write_text(neat.replace("    a sl:Claim ;", "  a sl:Claim ;"))
    assert (
        Ran(capsys, "format", "--content", own_world.root).out == "data/cases/river-town.ttl is rewritten.\n"
    )
    assert path.read_text() == neat
    assert "Every file is in the canonical form." in Ran(capsys, "format", "--content", own_world.root).out


def test_format_loses_no_comment(capsys: pytest.CaptureFixture[str], own_world: Content) -> None:
    path = own_world.data / "cases" / "river-town.ttl"
    text = "# a thought\n" + path.read_text()
    path.write_text(text)
    ran = Ran(capsys, "format", "--content", own_world.root)
    assert ran.code == 2
    assert "A comment would be lost" in ran.err
    assert path.read_text() == text


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str], name: str) -> None:
    ran = Ran(capsys, name, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    assert f"kg {name}" in ran.out


def test_a_port_in_use_is_told_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = Ran(capsys, "serve", "--port", taken.getsockname()[1])
    assert ran.code == 2
    assert ran.out == ""
    assert "choose another with --port" in ran.err


def test_the_content_itself_is_never_written_by_tests(content: Content) -> None:
    assert not (content.data / "cases" / "saint-johns-bay.ttl").exists()


def test_table_writes_what_the_download_gives(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "cases.csv"
    assert Ran(capsys, "table", "cases", "-o", out).code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfcase,iri,label,")
    assert out.read_bytes().count(b"\r\n") == 18
    assert "practice-evidence" in Ran(capsys, "table", "--list").out
    assert Ran(capsys, "table", "case").err == 'kg: There is no table "case"; did you mean "cases"?\n'
    assert Ran(capsys, "table", "cases", "-o", tmp_path / "none" / "x.csv").code == 2
    assert Ran(capsys, "table").err == "kg: Name a table; kg table --list shows them all.\n"


def test_session_is_written_and_opens_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    form = (
        "--difficulty",
        "earthquakes",
        "--minutes",
        60,
        "--people",
        12,
        "--mode",
        "hybrid",
        "--start",
        "14:00",
    )
    plan, text = tmp_path / "plan.json", tmp_path / "plan.md"
    ran = Ran(capsys, "session", *form, "-o", plan)
    assert (ran.code, ran.err) == (0, "")
    assert "Session: Earthquakes, 14:00 to 15:00" in ran.out
    Ran(capsys, "session", *form, "-o", text)
    again = tmp_path / "again.md"
    assert Ran(capsys, "session", "--plan", plan, "-o", again).code == 0
    assert again.read_text() == text.read_text()
    for each in SESSION_FILES:
        out = tmp_path / f"{each.what}.{each.ending}"
        assert Ran(capsys, "session", "--plan", plan, "--what", each.what, "-o", out).code == 0
        assert out.stat().st_size > 500


def test_session_that_cannot_be_is_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "plan.html"
    for wrong, said in (
        (("--minutes", 0, "--people", 12), "30 to 240 minutes"),
        (("--people", 12), "Give --minutes and --people"),
        (("--minutes", 60, "--people", 12, "--difficulty", " "), "There is no difficulty"),
        (("--plan", tmp_path / "none.json"), "none.json"),
    ):
        ran = Ran(capsys, "session", *wrong, "-o", out)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err and len(ran.err.splitlines()) == 1
    for name, what in (("plan.odt", ()), ("plan.docx", ("--what", "cards"))):
        ran = Ran(capsys, "session", "--minutes", 60, "--people", 12, *what, "-o", tmp_path / name)
        assert ran.code == 2 and len(ran.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
