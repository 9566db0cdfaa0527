"""From files to the graph: what is stated, what is derived, and in which graph it lies."""

import re

import pytest
from rdflib import URIRef

from kg.content import Content
from kg.engine import Engine, Rows
from kg.errors import BadContent
from kg.oxigraph import Quad, write_nquads
from kg.store import derived_graph, graph_of, open_engine, source_graph, version_of
from kg.terms import PREFIXES, SL, expanded

REPORT = URIRef(expanded("source:harbour-report"))
RIVER = URIRef(expanded("case:river-town"))


@pytest.fixture(scope="module")
def quads(world: Content) -> list[Quad]:
    return graph_of(world)


def change(content: Content, name: str, old: str, new: str) -> None:
    path = content.root / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def shortcuts(content: Content) -> set[tuple[str, str]]:
    return {(str(p), str(o)) for s, p, o, g in graph_of(content) if s == RIVER and g == derived_graph(REPORT)}


USES = (str(SL.usesPractice), expanded("practice:meet-face-to-face-often"))


def test_claims_lie_in_the_graph_of_their_source(quads: list[Quad]) -> None:
    homes = {graph for s, _, _, graph in quads if str(s).startswith(PREFIXES["claim"])}
    assert homes == {source_graph(REPORT)}


def test_shortcuts_lie_in_a_graph_of_their_own(quads: list[Quad], world: Content) -> None:
    assert shortcuts(world) == {
        USES,
        (str(SL.showsFactor), expanded("factor:have-frequent-personal-contact")),
        (str(SL.reportsOutcome), expanded("outcome:rapid-progress-on-complex-issues")),
        (str(SL.facesChallenge), expanded("challenge:persistent-conflict")),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sl:modality modality:fact", "sl:modality modality:hope"),
        ("sl:modality modality:fact", "sl:modality modality:intention"),
        ("sl:modality modality:fact", "sl:modality modality:normative"),
        ("sl:modality modality:fact", "sl:modality modality:hedged"),
        ("sl:polarity polarity:affirmed", "sl:polarity polarity:denied"),
        ("sl:polarity polarity:affirmed", "sl:polarity polarity:no-effect-found"),
        ("sl:basis basis:explicit", "sl:basis basis:inferred-strong"),
    ],
)
def test_no_hope_norm_denial_or_inference_becomes_a_shortcut(own_world: Content, old: str, new: str) -> None:
    assert USES in shortcuts(own_world)
    change(own_world, "data/cases/river-town.ttl", old, new)
    assert USES not in shortcuts(own_world)


def test_an_example_becomes_a_shortcut(own_world: Content) -> None:
    change(
        own_world, "data/cases/river-town.ttl", "sl:modality modality:fact", "sl:modality modality:example"
    )
    assert USES in shortcuts(own_world)


def test_every_shortcut_of_the_real_graph_rests_on_claims(engine: Engine, content: Content) -> None:
    """The shortcuts counted from claims in Python are those that the queries derive."""
    relations = {
        match.group(2): str(SL[match.group(1)])
        for path in (content.ontology / "derive").glob("*.rq")
        for match in [
            re.search(
                r"\?subject sl:(\w+) \?object \}.*sl:relation relation:([\w-]+)", path.read_text(), re.DOTALL
            )
        ]
        if match
    }
    assert len(relations) >= 8
    found = engine.answer("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")
    assert isinstance(found, Rows)
    by_claim: dict[str, dict[str, str]] = {}
    for s, p, o in found.rows:
        if str(s).startswith(PREFIXES["claim"]):
            by_claim.setdefault(str(s), {})[str(p)] = str(o)
    wanted = {expanded("modality:fact"), expanded("modality:example")}
    subjects = {
        (claim[str(SL.subject)], claim.get(str(SL.object)))
        for claim in by_claim.values()
        if claim[str(SL.basis)] == expanded("basis:explicit")
        and claim[str(SL.polarity)] == expanded("polarity:affirmed")
        and claim[str(SL.modality)] in wanted
    }
    derived = [
        (str(s), str(o))
        for s, p, o in found.rows
        if str(p).startswith(str(SL.uses)) or str(p) == str(SL.reportsOutcome)
    ]
    assert derived
    assert set(derived) <= subjects


def test_nquads_are_the_same_for_the_same_graph(quads: list[Quad]) -> None:
    assert write_nquads(quads) == write_nquads(list(reversed(quads)))


def test_broken_file_is_named_with_its_line(own_world: Content) -> None:
    change(own_world, "data/cases/river-town.ttl", "a sl:CaseStudy ;", "a sl:CaseStudy")
    with pytest.raises(BadContent, match=r"^data/cases/river-town\.ttl:\d+: .* Run kg check"):
        open_engine(own_world)


def test_version_changes_with_the_content(own_world: Content) -> None:
    before = version_of(own_world)
    assert version_of(own_world) == before
    change(own_world, "data/cases/river-town.ttl", "River Town", "River City")
    assert version_of(own_world) != before
