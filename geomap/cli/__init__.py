"""The command line: parse, call one public function, print."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

import geomap
from geomap.errors import GeomapError

__all__ = ["main"]

# Name -> module, each with a click command called `command`: loaded when asked for, so that
# `geomap --help` costs no more than click.
_COMMANDS = {
    "map": "geomap.cli.map",
    "parse": "geomap.cli.parse",
    "explain": "geomap.cli.explain",
    "gazetteer": "geomap.cli.gazetteer",
}


class _Commands(click.Group):
    """Load a command when it is named; turn an error the user can mend into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(_COMMANDS[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GeomapError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(geomap.__version__, prog_name="geomap")
def main() -> None:
    """Turn news text into an offline map of the places it names, and of who does what where.

    \b
    Example: geomap map examples/red-sea.txt -o map.html
    """
