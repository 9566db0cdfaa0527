"""The command `kg`: every door to the graph that needs no browser."""

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from kg.errors import KgError
from kg.settings.language import check_language

__all__ = ["COMMANDS", "cli", "main"]

# Each command, in the order of the help, with the module that holds it and its name there.
COMMANDS = {
    "check": ("checking", "check"),
    "build": ("building", "build"),
    "ask": ("asking", "ask"),
    "table": ("asking", "table"),
    "query": ("asking", "query"),
    "graphs": ("asking", "graphs"),
    "search": ("finding", "search"),
    "similar": ("similar", "similar"),
    "path": ("connecting", "path"),
    "network": ("connecting", "network"),
    "picture": ("picturing", "picture"),
    "nanopublication": ("publishing", "print_nanopublication"),
    "brief": ("briefing", "brief"),
    "session": ("planning", "session"),
    "story": ("telling", "story"),
    "new-case": ("authoring", "new_case"),
    "new-claim": ("authoring", "new_claim"),
    "format": ("authoring", "format_"),
    "site": ("site", "site"),
    "serve": ("serving", "serve"),
}


class _LazyGroup(click.Group):
    """The commands, each of them loaded when it is called: most need a library that others do not."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name]
        command: click.Command = getattr(import_module(f"kg.cli.{module}"), attribute)
        return command


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run `kg`; exit 0 when done, 1 when the data is at fault, 2 when the call is.

    Args:
        arguments: What stands after `kg`; that of the process if None.
    """
    try:
        check_language()
        code = cli.main(args=arguments, prog_name="kg", standalone_mode=False)
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


@click.group(
    cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="system-leadership-explorer", message="%(version)s")
def cli() -> None:
    """Check, build and ask the knowledge graph of the System Leadership Case Explorer."""
