"""What several commands take, and how they read and write the files that it names."""

import sys
from pathlib import Path

import click

from kg.errors import BadContent
from kg.graph.content import Content, content_of_environment
from kg.storage.files import text_of

__all__ = [
    "CONTENT",
    "ENDPOINT",
    "JSON",
    "PAPER_ALONE",
    "content_in",
    "text_in",
]

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
CONTENT = click.option(
    "--content",
    "root",
    type=click.Path(path_type=Path),
    help="Folder that holds ontology and data; KG_CONTENT if left out, else those that come with kg.",
)
PAPER_ALONE = click.option(
    "--paper-alone", is_flag=True, help="Ask only what the paper says that the collection set out from."
)
ENDPOINT = click.option(
    "--endpoint",
    metavar="URL",
    help="SPARQL endpoint of an engine that holds the graph; KG_ENDPOINT if left out, else our own engine.",
)


def content_in(root: Path | None) -> Content:
    """The content of the folder `root`; that of KG_CONTENT, else that which comes with kg, if None.

    Raises:
        click.UsageError: The folder holds no ontology or no data.
    """
    if root is None:
        return content_of_environment()
    content = Content(root)
    if not content.is_there:
        raise click.UsageError(f'The folder "{root}" does not hold ontology/core.ttl and data.')
    return content


def text_in(path: Path | None) -> str:
    """The text of a file, or of standard input if `path` is None or "-".

    Raises:
        click.UsageError: It is too large or not UTF-8.
    """
    try:
        if path is None or str(path) == "-":
            return sys.stdin.read()
        return text_of(path)
    except BadContent as error:
        raise click.UsageError(f'"{path}": {error}') from error
