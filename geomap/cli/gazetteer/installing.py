"""Install what was given as a gazetteer of its own, or remove one, and tell how far it is."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geomap.cli.gazetteer.import_rows import rows_of, tell_problems
from geomap.cli.shared import counted, tell
from geomap.errors import GazetteerError
from geomap.gazetteer.building.scripts import Scripts

if TYPE_CHECKING:
    from geomap.gazetteer.imports.formats import Files
    from geomap.gazetteer.imports.install import Origin, Progress
    from geomap.gazetteer.imports.report import Tally

__all__ = ["install", "remove", "scripts_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


def scripts_option(command: Command) -> Command:
    """Say which unchecked names an index holds."""
    return click.option(
        "--scripts",
        default=Scripts.LATIN.value,
        show_default=True,
        type=click.Choice([scripts.value for scripts in Scripts]),
        help="Names in Latin letters, or also Arabic, Hebrew, Cyrillic, Chinese ...: an index twice as large.",
    )(command)


def install(
    given: Files,
    origin: Origin,
    tally: Tally,
    *,
    columns: dict[str, str],
    scripts: str,
    all_features: bool,
    force: bool,
) -> None:
    """Install a dump or the rows of tables."""
    from geomap.gazetteer.imports.given import drafts_of, slug
    from geomap.gazetteer.imports.install import install_drafts, install_dump
    from geomap.gazetteer.imports.installed import install_folder, replaced
    from geomap.gazetteer.imports.own_files import only_places

    earlier = replaced(origin.name)
    tell("reading", ", ".join(path.name for path in origin.paths))
    if given.dump:
        with _bars() as progress:
            index = install_dump(
                given.dump, origin, tally, scripts=Scripts(scripts), all_features=all_features, progress=progress
            )
    else:
        rows = rows_of(given, tally, stem=slug(origin.name), source=origin.source, columns=columns, force=force)
        drafts = list(drafts_of(only_places(rows, tally), name=origin.name))
        if not drafts:
            tell_problems(tally)
            raise GazetteerError("there is no place in it", path=given.tables[0], hint="Nothing was installed")
        tell("sorting", counted(len(drafts), "place"))
        with _bars() as progress:
            index = install_drafts(drafts, origin, tally, scripts=Scripts(scripts), progress=progress)
    tell("installed", f"{origin.name}: {index['places']:,} places, {index['names']:,} names of {tally.rows:,} rows")
    if earlier:
        tell("replaces", f"{earlier}, which undo does not bring back")
    tell("in", str(install_folder(origin.name)))
    tell("undo", f"geomap gazetteer import --install {shlex.quote(origin.name)} --undo")


def remove(name: str) -> None:
    """Remove an installed gazetteer."""
    from geomap.gazetteer.imports.install import uninstall

    tell("removed", f"{name} from {uninstall(name)}")


@contextmanager
def _bars() -> Iterator[Progress]:
    """Give what to tell each step and how far it is: a bar a step on stderr, where a person is watching."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    with ExitStack() as stack:
        bars: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in bars:
                stack.close()
                bar = click.progressbar(length=max(total, 1), label=f"{step:<9}", file=sys.stderr)
                bars[step] = stack.enter_context(bar)
            bars[step].update(max(0, done - bars[step].pos))

        yield show
