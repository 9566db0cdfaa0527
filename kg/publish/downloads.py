"""The files to take away: what each holds, and how it is made from the graph."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.graph.content import content_of_environment
from kg.graph.named_graphs import ALIGNMENT_GRAPH, FURTHER_ONTOLOGY_GRAPH, ONTOLOGY_GRAPH
from kg.graph.oxigraph import Triple, as_trig, ntriples, write_nquads
from kg.publish import jsonld
from kg.publish.additions import declared, with_additions
from kg.publish.nanopublications import nanopublications
from kg.publish.serialised import FORMATS, Format, serialise
from kg.queries.questions import rows
from kg.queries.typed_rows import row_of, rows_as
from kg.storage.files import text_of
from kg.tables import Table, Tables, all_tables, as_csv, csvw
from kg.terms import PREFIXES

__all__ = ["CSV", "CSVM", "BuiltDownload", "File", "downloads_in", "files", "write_downloads"]

CSV = "text/csv; charset=utf-8; header=present"
CSVM = "application/csvm+json"
_TURTLE = "text/turtle; charset=utf-8"
_TRIG = "application/trig; charset=utf-8"
_NQUADS = "application/n-quads"
_METADATA = "csv-metadata.json"
_COMPRESSED = ".gz"
_WORTH_IT = 1024


@dataclass(frozen=True)
class File:
    """A file to take away.

    Attributes:
        name: Its name, which never changes; that of a case stands in a folder.
        group: Which files it belongs with: `table`, `graph` or `case`.
        means: What it holds, in a sentence.
        media_type: Its Content-Type.
        make: Makes its bytes.
        described_by: The name of the file that describes it to programs; "" if none does.
        other_form_of: The name of the file that holds the same in our preferred format; "" if none.
    """

    name: str
    group: str
    means: str
    media_type: str
    make: Callable[[], bytes]
    described_by: str = ""
    other_form_of: str = ""


@row_of("case-list")
class _CaseRow:
    case: URIRef
    label: str


@row_of("graph-list")
class _GraphRow:
    graph: URIRef


def files(engine: Engine) -> list[File]:
    """List the files, in the order in which people are shown them.

    Args:
        engine: What they are made from, now or later.
    """
    tables = Tables(engine)
    # A case that lies in two places stands in two rows.
    cases = {row.case: row.label for row in rows_as(_CaseRow, engine)}
    # Several files are made of each of these, and to ask for all cases costs little more than for one.
    nquads = cache(lambda: _nquads(engine))
    told = cache(lambda: _told_of(engine, list(cases)))
    return [
        *(_table(table, tables) for table in all_tables()),
        *(_metadata(table, tables) for table in all_tables()),
        File(
            _METADATA,
            "table",
            "What all tables hold and how they join, for programs (CSV on the Web).",
            CSVM,
            lambda: _json(csvw.metadata(tables)),
        ),
        File(
            "graph.trig",
            "graph",
            "The whole graph with its named graphs, as TriG.",
            _TRIG,
            lambda: as_trig(nquads(), PREFIXES),
        ),
        File(
            "graph.nq",
            "graph",
            "The whole graph with its named graphs, as N-Quads.",
            _NQUADS,
            nquads,
        ),
        File(
            "ontology.ttl",
            "graph",
            "The vocabulary: classes, properties and concept schemes, as Turtle.",
            _TURTLE,
            lambda: _vocabulary(engine, ONTOLOGY_GRAPH, FURTHER_ONTOLOGY_GRAPH),
        ),
        File(
            "alignment.ttl",
            "graph",
            "What the terms of the vocabulary are by those of PROV, Dublin Core, FOAF and others, as Turtle.",
            _TURTLE,
            lambda: _vocabulary(engine, ALIGNMENT_GRAPH),
        ),
        File(
            "nanopublications.trig",
            "graph",
            "Every statement as a nanopublication: what is said and where it stands, as TriG.",
            _TRIG,
            lambda: nanopublications(engine),
        ),
        File("shapes.ttl", "graph", "What the data must have: SHACL shapes, as Turtle.", _TURTLE, _shapes),
        *(_case(told, iri, label, form) for iri, label in cases.items() for form in FORMATS),
    ]


@dataclass(frozen=True)
class BuiltDownload:
    """A file to take away that lies ready.

    Attributes:
        path: Where.
        size: Its bytes.
        compressed: The same by gzip; None where that saves nothing.
    """

    path: Path
    size: int
    compressed: Path | None


def write_downloads(engine: Engine, folder: Path) -> dict[str, int]:
    """Write every file to take away, and each that is worth it by gzip as well.

    Args:
        engine: What they are made from.
        folder: A new folder for them.

    Returns:
        The bytes of each file.
    """
    sizes = {}
    for file in files(engine):
        content = file.make()
        path = folder / file.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        if len(content) >= _WORTH_IT:
            (folder / f"{file.name}{_COMPRESSED}").write_bytes(gzip.compress(content, mtime=0))
        sizes[file.name] = len(content)
    return sizes


def downloads_in(folder: Path, sizes: Mapping[str, int]) -> dict[str, BuiltDownload]:
    """Find the files that `write_downloads` has written; none if one is missing or was cut.

    Args:
        folder: Where it wrote.
        sizes: What it gave.
    """
    found = {}
    for name, size in sizes.items():
        path, compressed = folder / name, folder / f"{name}{_COMPRESSED}"
        if not path.is_file() or path.stat().st_size != size:
            return {}
        found[name] = BuiltDownload(path, size, compressed if compressed.is_file() else None)
    return found


def _table(table: Table, tables: Tables) -> File:
    return File(
        f"{table.name}.csv",
        "table",
        f"{table.title}. Each row is {table.row[0].lower()}{table.row[1:]}",
        CSV,
        lambda: as_csv(tables, table.name),
        f"{table.name}.{_METADATA}",
    )


def _metadata(table: Table, tables: Tables) -> File:
    return File(
        f"{table.name}.{_METADATA}",
        "table",
        f"What {table.name}.csv holds, for programs (CSV on the Web).",
        CSVM,
        lambda: _json(csvw.metadata(tables, table.name)),
    )


def _case(told: Callable[[], Mapping[Node, Sequence[Triple]]], iri: URIRef, label: str, form: Format) -> File:
    slug = iri.removeprefix(PREFIXES["case"])

    def make() -> bytes:
        # Sorted, so that whichever engine answers, the same bytes come out.
        found = sorted(with_additions(told()[iri]), key=lambda triple: [ntriples(each) for each in triple])
        context = jsonld.context_of(jsonld.uses_in(found))
        return serialise(found, form, context, iri).encode()

    first = FORMATS[0]
    return File(
        f"case/{slug}.{form.suffix}",
        "case",
        f"{label}: the case, its statements, and all that these rest on or name, as {form.name}.",
        form.media_type + ("; charset=utf-8" if form.media_type.startswith("text/") else ""),
        make,
        other_form_of="" if form is first else f"case/{slug}.{first.suffix}",
    )


def _told_of(engine: Engine, cases: Sequence[URIRef]) -> Mapping[Node, Sequence[Triple]]:
    """Give the triples of the file of each case."""
    told: dict[Node, list[Triple]] = {case: [] for case in cases}
    for case, *triple in _whole_rows(engine, "case-graph", {"case": cases}):
        told[case].append((triple[0], triple[1], triple[2]))
    return told


def _vocabulary(engine: Engine, *graphs: URIRef) -> bytes:
    """Return what these graphs hold, with what tools for OWL and SKOS look for."""
    found = with_additions(_triples_of(engine, *graphs))
    return serialise([*found, *declared(found, _triples_of(engine, ONTOLOGY_GRAPH))], FORMATS[0], {}).encode()


def _triples_of(engine: Engine, *graphs: URIRef) -> list[Triple]:
    return [(s, p, o) for _, s, p, o in _whole_rows(engine, "graph-triples", {"graph": graphs})]


def _shapes() -> bytes:
    return text_of(content_of_environment().ontology / "shapes.ttl").encode()


def _nquads(engine: Engine) -> bytes:
    graphs = [row.graph for row in rows_as(_GraphRow, engine)]
    found = _whole_rows(engine, "graph-triples", {"graph": graphs})
    return write_nquads((s, p, o, URIRef(str(graph))) for graph, s, p, o in found)


def _whole_rows(engine: Engine, name: str, given: Mapping[str, Sequence[Node]]) -> Iterator[tuple[Node, ...]]:
    """Ask a question whose answer leaves no cell empty."""
    for row in rows(engine, name, given).rows:
        yield tuple(cell for cell in row if cell is not None)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
