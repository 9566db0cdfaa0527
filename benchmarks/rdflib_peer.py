"""The same graph behind rdflib-endpoint, run by the interpreter of the peers."""

import sys

import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint

graph, port = sys.argv[1], int(sys.argv[2])
dataset = Dataset(default_union=True)
dataset.parse(graph, format="nquads")
uvicorn.run(SparqlEndpoint(graph=dataset, path="/sparql"), host="127.0.0.1", port=port, log_level="warning")
