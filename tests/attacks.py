"""Queries that mean harm, and programs that show what they do where nothing guards against them."""

import sys

NUMBERS = " ".join(str(number) for number in range(300))
DOUBLED = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(40))

# Each would run for minutes and more.
ENDLESS = {
    "scan": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "filter": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'x') }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)* ?b . ?b (!<x:z>)* ?c }",
    "values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ {NUMBERS} }}" for n in range(5))
    + " }",
    "plan": "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?v{n} ?p{n} ?v{n + 1}" for n in range(250)) + " }",
    "optional": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"OPTIONAL {{ ?v{n} ?p{n} ?v{n + 1} }}" for n in range(250))
    + " }",
}
# Each fills the memory of any machine.
GREEDY = {
    "sort": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a",
    "distinct": "SELECT (COUNT(DISTINCT *) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "string": f'SELECT (STRLEN(?s40) AS ?n) {{ BIND("aaaaaaaaaaaaaaaa" AS ?s0) {DOUBLED} }}',
}
NESTED = {
    "groups": "SELECT * " + "{" * 10_000 + "}" * 10_000,
    "brackets": "SELECT * { FILTER" + "(" * 10_000 + "1" + ")" * 10_000 + " }",
    "unclosed": "SELECT * { FILTER" + "(" * 10_000,
}

# What happens without our guards: each is a program of its own, bounded by its own limit on memory.
UNGUARDED = """
import resource, sys
import pyoxigraph as ox
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[3]), int(sys.argv[3])))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
store = ox.Store()
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
print("begun", flush=True)
result = store.query(open(sys.argv[2]).read(), use_default_graph_as_union=True)
if isinstance(result, ox.QuerySolutions):
    for row in result:
        pass
print("answered")
"""
FETCHING = """
import sys
import pyoxigraph as ox
ox.Store().query(f"SELECT * {{ SERVICE SILENT <{sys.argv[1]}service> {{ ?s ?p ?o }} }}").variables
try:
    list(ox.Store().query(f"SELECT * {{ SERVICE <{sys.argv[1]}service> {{ ?s ?p ?o }} }}"))
except (OSError, RuntimeError):
    pass
ox.Store().update(f"LOAD SILENT <{sys.argv[1]}load>")
import rdflib
try:
    list(rdflib.Dataset().query(f"SELECT * FROM <{sys.argv[1]}from> {{ ?s ?p ?o }}"))
except Exception as error:
    print(error)
rows = rdflib.Dataset().query(f"SELECT ?o FROM <file://{sys.argv[2]}> {{ ?s ?p ?o }}")
print([str(row.o) for row in rows])
"""


def program(text: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", text, *arguments]
