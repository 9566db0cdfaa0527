"""`kg serve`: the explorer on a port."""

import os
import signal
import socket
import subprocess
import sys

import click

from kg.allowed_hosts import allowed_hosts_of_environment
from kg.cli.options import ENDPOINT
from kg.contact import contact_of_environment
from kg.content import bundled
from kg.engine.remote import Endpoint

__all__ = ["serve"]


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@ENDPOINT
def serve(port: int, host: str, endpoint: str | None) -> int:
    r"""Open the explorer: pages and what programs ask for, on one port.

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
    if remote is not None:
        settings["KG_ENDPOINT"] = remote.address
    root = bundled().root
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host
    click.echo(f"The explorer opens at http://{shown}:{port} (stop it with Ctrl+C).")
    command = [sys.executable, "-m", "streamlit", "run", str(root / "app.py")]
    command += ["--server.port", str(port), "--server.address", host]
    # In a session of its own the server hears of Ctrl+C from us alone, and ends in good order.
    server = subprocess.Popen(
        command, cwd=root, env=settings, stdout=subprocess.DEVNULL, start_new_session=True
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        click.echo("The explorer is closed.")
        return 0


def _is_free(host: str, port: int) -> bool:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return False
    return True
