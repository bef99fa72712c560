"""The command line: parse, call one public function, print."""

from __future__ import annotations

import sys
from typing import Any

import click

import geomap
from geomap.cli.lazy import LazyGroup
from geomap.errors import GeomapError

__all__ = ["main"]

_COMMANDS = {
    "map": "geomap.cli.map:command",
    "parse": "geomap.cli.parse:command",
    "explain": "geomap.cli.explain:command",
    "eval": "geomap.cli.eval:command",
    "unknown": "geomap.cli.unknown:command",
    "gazetteer": "geomap.cli.gazetteer:command",
    "cache": "geomap.cli.cache:command",
}


class _Main(LazyGroup):
    """Turn an error the user can mend into one line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GeomapError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)


@click.command(cls=_Main, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(geomap.__version__, prog_name="geomap")
def main() -> None:
    """Turn news text into an offline map of the places it names, and of who does what where.

    \b
    Example: geomap map examples/red-sea.txt -o map.html
    """
