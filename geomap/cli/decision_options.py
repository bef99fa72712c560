"""The option of every command that may be told what a person decided about names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from geomap.decisions import Decisions

__all__ = ["decisions_option", "open_decisions", "report_unmatched"]

Command = TypeVar("Command", bound=Callable[..., Any])


def decisions_option(command: Command) -> Command:
    """Take a file of decisions on single names."""
    return click.option(
        "--decisions",
        "decided",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A CSV file that says what single names mean, or that they are no places.",
    )(command)


def open_decisions(path: Path | None) -> Decisions:
    """Read the file of decisions, if one is given."""
    from geomap.decisions import Decisions

    return Decisions.read(path) if path else Decisions()


def report_unmatched(decisions: Decisions) -> None:
    """Print the decisions that matched nothing in this run, a line each; they are no error."""
    for line in decisions.unmatched():
        click.echo(f"note      {line}", err=True)
