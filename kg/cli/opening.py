"""How commands open the graph that is to be asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.cli.options import content_in
from kg.engine import ServingEngine
from kg.service import ServedGraph, service_of_environment

__all__ = ["served_by", "serving_engine"]


@contextmanager
def serving_engine(root: Path | None, endpoint: str | None) -> Iterator[ServingEngine]:
    """Open the graph, here or at an endpoint, and close it afterwards."""
    with served_by(root, endpoint) as served:
        yield served.engine


@contextmanager
def served_by(root: Path | None, endpoint: str | None) -> Iterator[ServedGraph]:
    """Serve the graph of the folder `root`, or that at `endpoint`, and close it afterwards.

    Raises:
        click.UsageError: Both are given.
    """
    if root is not None and endpoint is not None:
        raise click.UsageError("Give either --content or --endpoint: the graph is here or there.")
    service = service_of_environment(content_in(root), endpoint, checks=False)
    try:
        yield service.current()
    finally:
        service.close()
