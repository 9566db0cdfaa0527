"""`kg serve`: the explorer on a port."""

import os
import socket
import sys
from functools import partial
from pathlib import Path

import click

from kg.build.pipeline import refusal_of
from kg.cli.checking import print_report
from kg.cli.options import ENDPOINT
from kg.cli.supervising import Supervisor
from kg.engine.remote import Endpoint
from kg.graph.content import bundled_content, content_of_environment
from kg.settings.allowed_hosts import allowed_hosts_of_environment
from kg.settings.contact import contact_of_environment
from kg.storage.files import real

__all__ = ["serve"]


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@ENDPOINT
def serve(port: int, host: str, endpoint: str | None) -> int:
    r"""Open the explorer: pages and what programs ask for, on one port.

    What check refuses is not shown: its faults are told, and the exit code is 1. If the server crashes, it
    is started again, after a pause that grows from a second to a minute.

    \b
    Example:
      kg serve --port 8600
    """
    if not _is_free(host, port):
        raise click.UsageError(f"Port {port} cannot be used on {host}; choose another with --port or --host.")
    remote = Endpoint.of_environment(endpoint)
    contact_of_environment()
    # It reads the public address too.
    allowed_hosts_of_environment()
    settings = dict(os.environ)
    root = bundled_content().root
    content = content_of_environment()
    # The server runs in another folder than this command.
    settings["KG_CONTENT"] = str(real(content.root))
    if os.environ.get("KG_LOCALE"):
        settings["KG_LOCALE"] = str(real(Path(os.environ["KG_LOCALE"])))
    if remote is not None:
        settings["KG_ENDPOINT"] = remote.address
    elif (report := refusal_of(content)) is not None:
        print_report(report, as_json=False)
        return 1
    shown = "localhost" if _reached_at(host) == "127.0.0.1" else host
    click.echo(f"The explorer opens at http://{shown}:{port} (stop it with Ctrl+C).")
    command = [sys.executable, "-m", "kg.cli.server", "run", str(root / "app.py")]
    command += ["--server.port", str(port), "--server.address", host]
    ended = Supervisor(
        command, root, settings, partial(_answers, host, port), partial(click.echo, err=True)
    ).run()
    if ended == 0:
        click.echo("The explorer is closed.")
    return ended


def _reached_at(host: str) -> str:
    """Return the address at which this machine reaches what listens on a host."""
    # Nothing is bound here: these are the two ways to say "everywhere".
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - looked up, not listened on


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((_reached_at(host), port), timeout=1.0):
            return True
    except OSError:
        return False


def _is_free(host: str, port: int) -> bool:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return False
    return True
