"""`kg site`: the pages that people read, as a folder of files."""

import os
import subprocess
import sys
from pathlib import Path

import click

from kg.cli.options import CONTENT
from kg.graph.content import bundled_content, content_of_environment
from kg.storage.files import real

__all__ = ["site"]


@click.command()
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write into: a new or empty one, or an earlier site, which is replaced.",
)
@CONTENT
def site(folder: Path, root: Path | None) -> int:
    r"""Write the pages people read as a website that needs no server.

    Put the folder on an intranet, a memory stick or into an archive. Search, Compare, Sessions and the
    other tools are left out: they need the server.

    \b
    Example:
      kg site -o site
    """
    content = root or content_of_environment().root
    settings = {**os.environ, "KG_CONTENT": str(real(content))}
    # The pages stand above this command, so they are written by a program of their own.
    command = [sys.executable, "-m", "app_pages.site", str(real(folder.absolute()))]
    written = subprocess.run(  # noqa: S603 - our own program, without a shell
        command, cwd=bundled_content().root, env=settings, capture_output=True, text=True, check=False
    )
    if written.returncode != 0:
        raise click.ClickException(written.stderr.strip().splitlines()[-1])
    click.echo(f"{folder}: {written.stdout.strip()}")
    return 0
