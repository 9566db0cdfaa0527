"""Triples as JSON-LD that can be read without knowing JSON-LD: short names, plain strings, whole links."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, RDF, SKOS, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from kg.engine import Engine
from kg.graph.oxigraph import Triple
from kg.queries.typed_rows import row_of, rows_as
from kg.terms import PREFIXES, SL, shorten

__all__ = ["Context", "Use", "alone", "as_jsonld", "context_of", "uses_in", "uses_of"]

Context = Mapping[str, str | dict[str, str]]
# Where two vocabularies have a name in common, it goes to the first of these that has it.
_FIRST = ("sl", "skos", "dcterms", "rdfs", "owl", "sh", "void", "dcat", "prov", "oa", "org", "foaf")
_KEYWORDS: dict[str, str | dict[str, str]] = {"id": "@id", "type": "@type"}
_TOLD_FIRST: tuple[Node, ...] = (RDF.type, SKOS.prefLabel, DCTERMS.title, SL.statement, SKOS.definition)
_ADDRESS, _TEXT = "address", "text"


@dataclass(frozen=True)
class Use:
    """One way in which a term is used.

    Attributes:
        term: A property, or a class.
        kind: “class”, “address”, “text”, or the datatype of its values.
        language: The language of a text.
    """

    term: str
    kind: str
    language: str = ""


@row_of("property-values")
class _PropertyRow:
    property: str
    kind: str
    language: str


@row_of("class-counts")
class _ClassRow:
    class_: str


def uses_of(engine: Engine) -> set[Use]:
    """Give every way in which the graph uses a property or a class."""
    properties = {Use(row.property, row.kind, row.language) for row in rows_as(_PropertyRow, engine)}
    return properties | {Use(row.class_, "class") for row in rows_as(_ClassRow, engine)}


def uses_in(triples: Iterable[Triple]) -> set[Use]:
    """Give every way in which these triples use a property or a class."""
    found = set()
    for _, predicate, obj in triples:
        if predicate == RDF.type:
            found.add(Use(str(obj), "class"))
        if isinstance(obj, Literal):
            kind = _TEXT if obj.language else str(obj.datatype or XSD.string)
            found.add(Use(str(predicate), kind, obj.language or ""))
        else:
            found.add(Use(str(predicate), _ADDRESS))
    return found


def context_of(uses: Iterable[Use]) -> Context:
    """Give the context for these terms.

    Returns:
        A definition for each short name: links are links, a text that is always in one language is a
        plain string, and so is a value that is always of one datatype. The prefixes stand below.
    """
    by_term: dict[str, set[Use]] = {}
    for use in uses:
        by_term.setdefault(use.term, set()).add(use)
    for without_name in (RDF.type, RDF.first, RDF.rest):
        by_term.pop(str(without_name), None)
    names: dict[str, str | dict[str, str]] = dict(_KEYWORDS)
    for term in sorted(by_term, key=_precedence):
        short = shorten(term)
        if short == term:
            continue
        local = short.partition(":")[2]
        name = local if local and local not in names else short
        names[name] = _definition(short, by_term[term])
    return _with_prefixes(names)


def alone(context: Context) -> str:
    """Write a context as a document of its own."""
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def _with_prefixes(names: Context) -> Context:
    used = {
        part.partition(":")[0]
        for name in names.values()
        for part in (name.values() if isinstance(name, dict) else [name])
        if part.partition(":")[0] in PREFIXES
    }
    return {**names, **{prefix: PREFIXES[prefix] for prefix in sorted(used)}}


def _precedence(term: str) -> tuple[int, str]:
    prefix = shorten(term).partition(":")[0]
    return (_FIRST.index(prefix) if prefix in _FIRST else len(_FIRST), term)


def _definition(short: str, uses: set[Use]) -> str | dict[str, str]:
    kinds = {(use.kind, use.language) for use in uses}
    if len(kinds) > 1 or kinds <= {("class", ""), (str(XSD.string), "")}:
        return short
    kind, language = kinds.pop()
    if kind == _ADDRESS:
        return {"@id": short, "@type": "@id"}
    if kind == _TEXT:
        return {"@id": short, "@language": language}
    return {"@id": short, "@type": shorten(kind)}


def as_jsonld(triples: Iterable[Triple], context: Context, first: URIRef | None = None) -> str:
    """Write triples as one JSON-LD document that carries what it needs of its context.

    Args:
        triples: What to write; blank nodes that are lists are written as lists.
        context: Definitions of short names, from `context_of`.
        first: The thing that the document is about, which comes first.
    """
    return json.dumps(_Document(triples, context).value(first), ensure_ascii=False, indent=2) + "\n"


class _Document:
    def __init__(self, triples: Iterable[Triple], context: Context) -> None:
        self._nodes: dict[Node, dict[Node, list[Node]]] = {}
        for subject, predicate, obj in triples:
            values = self._nodes.setdefault(subject, {}).setdefault(predicate, [])
            if obj not in values:
                values.append(obj)
        self._context = context
        self._names: dict[str, str] = {}
        for name, definition in context.items():
            short = definition["@id"] if isinstance(definition, dict) else definition
            prefix, colon, local = short.partition(":")
            if colon and prefix in PREFIXES:
                self._names.setdefault(PREFIXES[prefix] + local, name)
        self._used: set[str] = set()

    def value(self, first: URIRef | None) -> dict[str, object]:
        """Give the document as JSON."""
        order = sorted(
            (node for node in self._nodes if not self._is_list(node)),
            key=lambda node: (node != first, isinstance(node, BNode), str(node)),
        )
        graph = [self._node(node) for node in order]
        return {"@context": self._context_used(), "@graph": graph}

    def _context_used(self) -> Context:
        kept = {*self._used, *_KEYWORDS}
        return _with_prefixes({name: each for name, each in self._context.items() if name in kept})

    def _is_list(self, node: Node) -> bool:
        return isinstance(node, BNode) and set(self._nodes.get(node, {})) == {RDF.first, RDF.rest}

    def _node(self, node: Node) -> dict[str, object]:
        written: dict[str, object] = {"id": _name(node)}
        for predicate, values in sorted(self._nodes[node].items(), key=_told_first):
            if predicate == RDF.type:
                written["type"] = _one_or_many([self._class(each) for each in values])
            else:
                name = self._named(str(predicate))
                written[name] = _one_or_many([self._object(each, name) for each in values])
        return written

    def _named(self, iri: str) -> str:
        name = self._names.get(iri, iri)
        self._used.add(name)
        return name

    def _class(self, node: Node) -> str:
        return self._named(str(node)) if isinstance(node, URIRef) else _name(node)

    def _object(self, value: Node, name: str) -> object:
        definition = self._context.get(name)
        coerced = definition if isinstance(definition, dict) else {}
        if value == RDF.nil:
            return {"@list": []}
        if self._is_list(value):
            return {"@list": [self._object(member, name) for member in self._members(value)]}
        if not isinstance(value, Literal):
            return _name(value) if coerced.get("@type") == "@id" else {"@id": _name(value)}
        if value.language:
            plain = coerced.get("@language") == value.language
            return str(value) if plain else {"@value": str(value), "@language": value.language}
        datatype = value.datatype or XSD.string
        if coerced.get("@type") == shorten(str(datatype)):
            return _native(value)
        if datatype == XSD.string:
            return {"@value": str(value)} if coerced else str(value)
        return {"@value": str(value), "@type": str(datatype)}

    def _members(self, node: Node) -> list[Node]:
        members = []
        while node != RDF.nil:
            members += self._nodes[node][RDF.first]
            (node,) = self._nodes[node][RDF.rest]
        return members


def _told_first(entry: tuple[Node, list[Node]]) -> tuple[int, str]:
    """Order properties: what kind of thing it is and what it is called, then the rest by name."""
    predicate = entry[0]
    return (_TOLD_FIRST.index(predicate) if predicate in _TOLD_FIRST else len(_TOLD_FIRST), str(predicate))


def _name(node: Node) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def _native(value: Literal) -> object:
    """Give a number or a truth as JSON's own, where that says the very same."""
    text = str(value)
    if value.datatype == XSD.integer and text.lstrip("-").isdigit() and str(int(text)) == text:
        return int(text)
    if value.datatype == XSD.boolean and text in {"true", "false"}:
        return text == "true"
    return text


def _one_or_many(values: list[object]) -> object:
    return values[0] if len(values) == 1 else values
