"""The borders of the house, each held by a test: who holds queries, addresses, words and text."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, XSD, Literal, URIRef

from kg.check.reading import TurtleFile, read_document
from kg.check.source_text import RUN_LENGTH, copied_runs, plain_words, proper_names, word_runs
from kg.graph.content import Content
from kg.graph.oxigraph import parse_turtle
from kg.terms import BASE, PREFIXES
from kg.writing import slug_from_name
from tests.standard import CONTROLLING, dir_of

ROOT = Path(__file__).parent.parent
MODULES = sorted([*(ROOT / "kg").rglob("*.py"), *(ROOT / "app_pages").rglob("*.py"), ROOT / "app.py"])
SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE)\b[\s\S]*\{|\bWHERE\s*\{|\bPREFIX\s+\w*:\s*<")
# A character written as an escape that Python leaves in the text, as in a pattern: \x7b, \u007b, \173.
ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-7]{3}))", re.IGNORECASE)


def strings(module: Path) -> Iterator[str]:
    tree = ast.parse(module.read_text())
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value
        if isinstance(node, ast.JoinedStr):
            # What is put in between may part a query into pieces that do not look like one.
            yield "…".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 20


def queries(module: Path) -> list[str]:
    """Every string of a module that holds a query, its braces written plainly or as escapes."""
    return [text for text in strings(module) if SPARQL.search(text) or SPARQL.search(unescaped(text))]


def unescaped(text: str) -> str:
    return ESCAPE.sub(
        lambda match: chr(int(match[4], 8) if match[4] else int(match[1] or match[2] or match[3], 16)), text
    )


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_query_stands_in_python(module: Path) -> None:
    assert queries(module) == []


@pytest.mark.parametrize(
    "text",
    [
        '"SELECT ?case WHERE { ?case a ?type }"',
        r'"SELECT ?case WHERE \x7b ?case a ?type \x7d"',
        r'r"^CONSTRUCT \x7b \?(\w+) (\w+:\w+) \?(\w+) \x7d$"',
        r'r"SELECT \?case WHERE \u007B"',
        r'r"ASK \173 \?case a \?type \175"',
        r'f"SELECT ?{name} {{ ?{name} a ?type }}"',
    ],
)
def test_the_test_for_queries_sees_one(tmp_path: Path, text: str) -> None:
    module = tmp_path / "page.py"
    module.write_text(f'"""A page."""\nQUERY = {text}\n')
    assert queries(module) != []


# The elements of HTML and SVG that a page could be drawn with.
ELEMENTS = (
    "a abbr address article aside audio b bdi bdo blockquote body br button canvas caption center circle "
    "cite code col colgroup data datalist dd del desc details dfn dialog div dl dt ellipse em fieldset "
    "figcaption figure font footer form g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input "
    "ins kbd label legend li line link main map mark menu meta meter nav noscript object ol optgroup "
    "option output p path picture polygon polyline pre progress q rect s samp script search section "
    "select slot small source span strong style sub summary sup svg table tbody td template text textarea "
    "tfoot th thead time title tr track tspan u ul use var video wbr"
)
# A group of a pattern has a name in the same brackets.
TAG = re.compile(rf"(?<!\(\?P)</?(?:{'|'.join(ELEMENTS.split())})(?=[\s>/…])", re.IGNORECASE)
# Pages that others write: the tags name what is taken out of them, and where what our templates made goes in.
WITH_TAGS = {
    "kg/network/visnetwork.py": "the page that pyvis writes",
    "kg/web/shell.py": "the page that comes with Streamlit",
}


def tags(module: Path) -> list[str]:
    """Every string of a module that holds a tag, bytes too, docstrings left out."""
    tree = ast.walk(ast.parse(module.read_text()))
    values = [node.value for node in tree if isinstance(node, ast.Constant)]
    raw = [value.decode(errors="replace") for value in values if isinstance(value, bytes)]
    return [text for text in (*strings(module), *raw) if TAG.search(text)]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_tag_stands_in_python(module: Path) -> None:
    """What pages look like is said by templates, which escape whatever is put into them."""
    assert bool(tags(module)) == (module.relative_to(ROOT).as_posix() in WITH_TAGS)


@pytest.mark.parametrize(
    "text",
    [
        '"<p>Nothing.</p>"',
        '"</li>"',
        """f'<a href="{address}">{name}</a>'""",
        '"<br/>"',
        '''b"<title>"''',
        '"<DIV class=x>"',
        """f'<h{level}>' + '</details>'""",
        """f'<svg{size}>'""",
    ],
)
def test_the_test_for_tags_sees_one(tmp_path: Path, text: str) -> None:
    module = tmp_path / "page.py"
    module.write_text(f'"""A page."""\nDRAWN = {text}\n')
    assert tags(module) != []


@pytest.mark.parametrize("text", ['"<https://example.org/a>"', 'r"(?P<time>.)"', '"a < b > c"', '"<pages>"'])
def test_the_test_for_tags_leaves_alone_what_is_none(tmp_path: Path, text: str) -> None:
    module = tmp_path / "page.py"
    module.write_text(f'"""It draws <p>."""\nDRAWN = {text}\n\n\ndef a():\n    """Draw <b>."""\n')
    assert tags(module) == []


def test_cells_are_read_by_name_only_where_a_file_names_the_columns() -> None:
    """Everything else reads rows as classes, which a test holds against their questions."""
    reading = [
        module.relative_to(ROOT).as_posix()
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text()))
        if (
            (isinstance(node, ast.ImportFrom) and node.module == "kg.queries.questions")
            and "ask" in {alias.name for alias in node.names}
        )
        or (isinstance(node, ast.Attribute) and ast.unparse(node) == "questions.ask")
    ]
    assert reading == ["kg/tables/filling.py"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_address_of_ours_stands_outside_terms(module: Path) -> None:
    if module.name != "terms.py":
        assert [text for text in strings(module) if BASE.rstrip("/") in text] == []


# Headings that read like the label of a concept, and stand for none.
HEADINGS_ALIKE = {("kg/views/coverage.py", "No change found")}
OF_WORDS = ("kg/words.py", "app_pages/reading/headings.py")


def controlling_labels() -> set[str]:
    """Every preferred label of a concept that decides what a statement counts as."""
    found = set()
    for scheme in CONTROLLING:
        path = ROOT / "ontology" / "schemes" / f"{scheme}.ttl"
        triples = parse_turtle(path.read_text())
        concepts = {s for s, p, o in triples if p == SKOS.inScheme}
        found |= {str(o) for s, p, o in triples if p == SKOS.prefLabel and s in concepts}
    return found


def test_labels_of_what_decides_stand_in_the_data_and_among_the_words_alone() -> None:
    """Whatever compares a label with text has to hold the text; what a thing is, its address says."""
    labels = controlling_labels()
    assert {
        "Independent evaluation",
        "Said not to be so",
        "Said with caution",
        "Stated by the source",
    } <= labels
    modules = {path.relative_to(ROOT).as_posix(): path for path in MODULES}
    found = {(name, text) for name, path in modules.items() for text in strings(path) if text in labels}
    assert {each for each in found if each[0] not in OF_WORDS} == HEADINGS_ALIKE
    assert [
        (query.stem, text)
        for query in QUERIES
        for text in re.findall(r'^[^#\n]*"([^"\n]+)"', query.read_text(), flags=re.MULTILINE)
        if text in labels
    ] == []


QUERIES = sorted([*(ROOT / "kg" / "queries").glob("*/*.rq"), *(ROOT / "ontology" / "derive").glob("*.rq")])


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_no_query_judges_by_a_list_of_its_own_what_tones_count(query: Path) -> None:
    """Which tones tell of something as so is what the vocabulary says (`sl:countsAs`)."""
    assert len(set(re.findall(r"\bmodality:[\w-]+", query.read_text()))) <= 1


def test_pages_know_nothing_of_engines_or_rdf() -> None:
    pages = sorted((ROOT / "app_pages").rglob("*.py"))
    assert pages
    for page in pages:
        names = [
            name
            for node in ast.walk(ast.parse(page.read_text()))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        ]
        assert not [name for name in names if name.split(".")[0] in {"rdflib", "pyoxigraph", "pyshacl"}], page


def test_every_prefix_of_every_file_is_that_of_the_table() -> None:
    files = [
        *ROOT.glob("ontology/**/*"),
        *ROOT.glob("data/**/*"),
        *(ROOT / "kg").rglob("*.rq"),
    ]
    lines = [
        (path, match)
        for path in files
        if path.suffix in {".ttl", ".rq"}
        for match in re.findall(r"^PREFIX (\w*): <([^>]*)>", path.read_text(), flags=re.MULTILINE)
    ]
    assert len(lines) > 300
    assert [(path, match) for path, match in lines if PREFIXES.get(match[0]) != match[1]] == []


def test_every_term_of_a_standard_vocabulary_exists() -> None:
    known = {
        str(space): space for space in (DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, VANN, XSD)
    }
    seen: set[str] = set()
    for path in Content(ROOT).turtle_files():
        for triple in parse_turtle(path.read_text()):
            seen.update(str(term) for term in triple if isinstance(term, URIRef))
            seen.update(str(term.datatype) for term in triple if isinstance(term, Literal) and term.datatype)
    for query in (
        *ROOT.glob("ontology/**/*.rq"),
        *ROOT.glob("data/**/*.rq"),
        *(ROOT / "kg").rglob("*.rq"),
    ):
        body = "\n".join(
            line for line in query.read_text().splitlines() if not line.startswith(("PREFIX", "#+"))
        )
        seen.update(
            PREFIXES[prefix] + name
            for prefix, name in re.findall(r"(?<![\w?:<])(\w+):([\w-]+)", re.sub(r'"[^"]*"', "", body))
            if prefix in PREFIXES
        )
    standard = [
        (iri, space) for iri in seen for base, space in known.items() if iri.startswith(base) and iri != base
    ]
    assert len(standard) > 40
    assert [iri for iri, space in standard if iri not in {str(term) for term in dir_of(space)}] == []


def tracked() -> list[Path]:
    """Every file of the repository; outside a checkout, every file of the tree that is ours."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_file_of_the_repository_copies_the_paper() -> None:
    name = os.environ.get("KG_SOURCE_TEXT")
    if not name or not Path(name).is_file():
        assert os.environ.get("CI") != "true", "CI has to give the paper's text: KG_SOURCE_TEXT"
        pytest.skip("KG_SOURCE_TEXT does not name the paper's text")
    runs = word_runs(Path(name).read_text())
    read = [read_document(path, path.name) for path in Content(ROOT).turtle_files()]
    names = proper_names([document for document in read if isinstance(document, TurtleFile)])
    names |= {slug_from_name(name) for name in names}
    names = {name for name in names if len(plain_words(name)) >= RUN_LENGTH}
    found = []
    files = tracked()
    assert len(files) > 100
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        text = re.sub(r"(https?://|www\.)\S+", " · ", text)
        found += [f"{path.relative_to(ROOT)}:{line}: {run}" for line, run in copied_runs(text, runs, names)]
    assert found == []


def test_nothing_loads_from_a_content_network_and_no_machine_is_named() -> None:
    hosts = re.compile(r"https?://[^\s\"']*(cdn|unpkg|jsdelivr|cdnjs|googleapis|gstatic)")
    here = str(ROOT.parent) + "/"
    for path in tracked():
        if path == Path(__file__) or path.suffix in {".png", ".ico"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not hosts.search(text), path
        assert here not in text, path


def test_lock_files_hold_no_address() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert len(locks) == 2
    for lock in locks:
        assert "://" not in lock.read_text()
        assert lock.read_text().count("--hash=sha256:") > 50


@pytest.mark.xdist_group("kept together")
def test_tests_of_a_group_stay_together(request: pytest.FixtureRequest) -> None:
    """Where they did not, every worker would start a browser, a server and each engine of its own."""
    of_a_worker = "PYTEST_XDIST_WORKER" in os.environ
    assert request.node.nodeid.endswith("@kept together") == of_a_worker


def test_no_two_public_classes_of_kg_have_one_name() -> None:
    defined = [
        (node.name, path.relative_to(ROOT).as_posix())
        for path in sorted((ROOT / "kg").rglob("*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    places: dict[str, list[str]] = {}
    for name, path in defined:
        places.setdefault(name, []).append(path)
    assert len(places) > 100
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


TESTS = sorted((ROOT / "tests").rglob("*.py"))
# What lays out both collections, and what writes the known answers of both.
OF_BOTH = {"conftest.py", "golden.py", "test_content.py"}


@pytest.mark.parametrize("module", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_tests_of_the_live_collection_read_it(module: Path) -> None:
    """Else a new case, a better sentence or another label would break tests of the code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.ImportFrom):
            names.update(alias.name for alias in node.names)
    reads = {name for name in names if name == "bundled" or name.startswith("live_")}
    assert not reads or module.parent.name == "live" or module.name in OF_BOTH


@pytest.mark.parametrize("module", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_test_module_takes_anything_from_another(module: Path) -> None:
    taken = {
        node.module
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    assert [name for name in sorted(taken) if re.search(r"(^|\.)test_\w+$", name)] == []
