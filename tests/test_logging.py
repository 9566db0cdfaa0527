"""What a program that uses `kg` as a library logs stays its own affair."""

import logging

import pytest
from rdflib import XSD, Literal, URIRef

from kg.graph.oxigraph import parse_turtle


def test_only_our_own_ill_typed_literals_are_kept_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="rdflib.term"):
        parse_turtle('<urn:a> <urn:b> "often"^^<http://www.w3.org/2001/XMLSchema#integer> .')
        assert caplog.records == []
        Literal("seldom", datatype=URIRef(XSD.integer))
    assert len(caplog.records) == 1
