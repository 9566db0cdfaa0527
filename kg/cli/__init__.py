"""The command `kg`: every door to the graph that needs no browser."""

import os
import sys
from typing import NoReturn

import click

from kg.cli.asking import ask, query, table
from kg.cli.authoring import format_, new_case, new_claim
from kg.cli.briefing import brief
from kg.cli.checking import build, check
from kg.cli.connecting import network, path
from kg.cli.finding import search
from kg.cli.picturing import picture
from kg.cli.planning import session
from kg.cli.serving import serve
from kg.cli.similar import similar
from kg.errors import KgError

__all__ = ["doors", "main"]


class _Doors(click.Group):
    """Commands whose faults are one sentence each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run `kg`; exit 0 when done, 1 when the data is at fault, 2 when the call is.

    Args:
        arguments: What stands after `kg`; that of the process if None.
    """
    try:
        code = doors.main(args=arguments, prog_name="kg", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 2
    except click.ClickException as error:
        click.echo(f"kg: {_one_line(error.format_message())}", err=True)
        code = 2
    except click.exceptions.Abort:
        click.echo("kg: stopped.", err=True)
        code = 2
    except KgError as error:
        click.echo(f"kg: {_one_line(str(error))}", err=True)
        code = 2
    except UnicodeError:
        click.echo("kg: What was given is not UTF-8 text.", err=True)
        code = 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        click.echo(f"kg: {error.filename or 'The output'} cannot be used: {error.strerror}.", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _one_line(message: str) -> str:
    return " ".join(message.split())


@click.group(cls=_Doors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="system-leadership-explorer", message="%(version)s")
def doors() -> None:
    """Check, build and ask the knowledge graph of the System Leadership Case Explorer."""


for _command in (
    check,
    build,
    ask,
    table,
    query,
    search,
    similar,
    path,
    network,
    picture,
    brief,
    session,
    new_case,
    new_claim,
    format_,
    serve,
):
    doors.add_command(_command)
