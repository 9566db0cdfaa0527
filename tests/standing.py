"""How the claims of a collection stand, as lists that can be compared."""

from rdflib import URIRef

from kg.engine import Engine
from kg.queries import questions
from kg.terms import shorten
from tests.asking import listed

__all__ = ["case_factors", "case_practices", "illustrations", "standing", "standing_elsewhere"]


def case_factors(paper: Engine) -> list[tuple[str, ...]]:
    """List the cases with each factor they are tied to, and how surely."""
    cases = [URIRef(str(each["case"])) for each in questions.ask(paper, "case-list")]
    return sorted(
        (str(row["case"]).rsplit("/", 1)[-1], str(row["number"]), str(row["basis"]).rsplit("/", 1)[-1])
        for row in questions.ask(paper, "case-factors", case=cases)
    )


def case_practices(paper: Engine) -> list[tuple[str, ...]]:
    """List the cases with each practice or action they use or set out, and how surely."""
    rows = listed(
        paper,
        """SELECT DISTINCT ?case ?relation ?what ?basis WHERE {
             VALUES ?relation { relation:uses relation:sets-out }
             VALUES ?scheme { scheme:practices scheme:service-actions }
             ?case a sl:CaseStudy .
             ?claim sl:subject ?case ; sl:relation ?relation ; sl:object ?what ; sl:basis ?basis .
             ?what skos:inScheme ?scheme }""",
    )
    return sorted(tuple(cell.rsplit("/", 1)[-1] for cell in row) for row in rows)


def standing(engine: Engine) -> list[tuple[str, ...]]:
    """List how each claim is said, by whom, how surely, with how many caveats, and where."""
    rows = listed(
        engine,
        """SELECT ?claim ?basis ?modality ?polarity ?voice ?direction
             (COUNT(DISTINCT ?caveat) AS ?caveats)
             (GROUP_CONCAT(DISTINCT ?who; separator=" ") AS ?whom)
             (GROUP_CONCAT(DISTINCT ?id; separator=" ") AS ?where)
           WHERE {
             ?claim a sl:Claim ; sl:basis ?basis ; sl:modality ?modality ;
               sl:polarity ?polarity ; sl:voice ?voice ; sl:passage/dcterms:identifier ?id .
             OPTIONAL { ?claim sl:direction ?direction }
             OPTIONAL { ?claim sl:attribution ?who }
             OPTIONAL { ?claim sl:caveat ?caveat }
           } GROUP BY ?claim ?basis ?modality ?polarity ?voice ?direction""",
    )
    short = [
        tuple(" ".join(sorted(part.rsplit("/", 1)[-1] for part in cell.split(" "))) for cell in row)
        for row in rows
    ]
    return sorted(short)


def standing_elsewhere(engine: Engine) -> list[tuple[str, ...]]:
    """List how each claim of another document is said, by its identifier."""
    rows = listed(
        engine,
        """SELECT ?id ?relation ?modality ?polarity ?voice ?outcome ?direction ?time ?end ?later
             (GROUP_CONCAT(DISTINCT ?went; separator=" ") AS ?setbacks) (COUNT(DISTINCT ?caveat) AS ?caveats)
           WHERE {
             ?c a sl:Claim ; dcterms:identifier ?id ; sl:relation ?relation ; sl:modality ?modality ;
               sl:polarity ?polarity ; sl:voice ?voice .
             OPTIONAL { ?c sl:object ?outcome }
             OPTIONAL { ?c sl:direction ?direction }
             OPTIONAL { ?c sl:time ?time }
             OPTIONAL { ?c sl:timeEnd ?end }
             OPTIONAL { ?c sl:followedUpBy/dcterms:identifier ?later }
             OPTIONAL { ?c sl:setback ?went }
             OPTIONAL { ?c sl:caveat ?caveat }
           } GROUP BY ?id ?relation ?modality ?polarity ?voice ?outcome ?direction ?time ?end ?later""",
    )
    return sorted(
        tuple(" ".join(sorted(w.rsplit("/", 1)[-1] for w in c.split(" "))) for c in row) for row in rows
    )


def illustrations(engine: Engine) -> list[tuple[str, ...]]:
    """List which concept each claim is read to illustrate, and how surely."""
    rows = listed(
        engine,
        """SELECT ?id ?concept ?basis WHERE {
             ?i oa:hasTarget/dcterms:identifier ?id ; oa:hasBody ?concept ; sl:basis ?basis }""",
    )
    return sorted((name, shorten(concept), basis.rsplit("/", 1)[-1]) for name, concept, basis in rows)
