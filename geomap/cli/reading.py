"""What every command that reads texts is told: which texts, with which layer and decisions, and how far to go."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geomap.cli.online_options import online_options
from geomap.cli.shared import gazetteer_option, open_layers, tell
from geomap.errors import InputError
from geomap.pipeline import TAGGERS

if TYPE_CHECKING:
    from geomap.decisions import Decisions
    from geomap.gazetteer.online.settings import OnlineSettings
    from geomap.pipeline import Tools

__all__ = ["Reading", "reading_options", "report_unmatched", "tagger_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a command was told of its texts; `online` is None where nothing may be asked."""

    inputs: tuple[str, ...]
    layer: Path | None = None
    decided: Path | None = None
    tagger: str | None = None
    links: bool = False
    parser: str | None = None
    online: OnlineSettings | None = None

    def tools(self) -> Tools:
        """Open what the texts are read with."""
        from geomap.decisions import Decisions
        from geomap.pipeline import Tools

        decisions = Decisions.read(self.decided) if self.decided else Decisions()
        gazetteer = open_layers(self.layer)
        return Tools.load(
            gazetteer=gazetteer, tagger=self.tagger, links=self.links, parser=self.parser, decisions=decisions
        )

    def spare(self, output: str) -> None:
        """Refuse to write over what is read: a text, the decisions, or a layer."""
        from geomap.gazetteer.home import home, layer_file

        if output == "-":
            return
        layers = (self.layer or layer_file(Path()), layer_file(home()))
        read = [Path(name) for name in self.inputs if name != "-"]
        read += [path for path in (self.decided, *layers) if path is not None]
        if Path(output).resolve() in {path.resolve() for path in read}:
            raise InputError("this file is read here, and would be lost", where=output, hint="Choose another -o")


def tagger_option(command: Command) -> Command:
    """Say which recogniser finds the names."""
    return click.option(
        "--tagger",
        type=click.Choice(list(TAGGERS)),
        show_default="best where its extra is installed, else fast",
        help="What finds the names; best finds more, takes three times as long and needs the extra [best].",
    )(command)


def reading_options(*, links: bool = False, online: bool = False) -> Callable[[Command], Command]:
    """Take texts and how to read them; the command gets them as `reading`."""
    options = [_inputs, gazetteer_option, _decisions, tagger_option, *_LINKS * links, *[online_options] * online]
    ours = frozenset(Reading.__dataclass_fields__)

    def decorator(command: Command) -> Command:
        @functools.wraps(command)
        def with_reading(**given: Any) -> Any:
            reading = Reading(**{name: value for name, value in given.items() if name in ours})
            return command(reading=reading, **{name: value for name, value in given.items() if name not in ours})

        decorated: Any = with_reading
        for option in reversed(options):
            decorated = option(decorated)
        return decorated  # type: ignore[no-any-return]

    return decorator


def report_unmatched(decisions: Decisions) -> None:
    """Print the decisions that matched nothing in this run, a line each; they are no error."""
    for line in decisions.unmatched():
        tell("note", line)


_inputs = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
_decisions = click.option(
    "--decisions",
    "decided",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file that says what single names mean, or that they are no places.",
)
_LINKS = (
    click.option("--links/--no-links", default=True, show_default=True, help="Link actors to places."),
    click.option("--parser", metavar="MODEL", help="An installed spaCy model to find stated links with."),
)
