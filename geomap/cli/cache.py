"""`geomap cache info|list|export|import|clear`: look after the remembered online answers."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geomap.cli.shared import open_output, tell

if TYPE_CHECKING:
    from geomap.gazetteer.online.cache import Cache
    from geomap.gazetteer.online.remembered import Remembered

__all__ = ["command"]

Command = TypeVar("Command", bound=Callable[..., Any])

_OUTCOMES = ("found", "not_found", "failed", "forbidden")
_COLUMNS = (
    "query", "country", "language", "provider", "endpoint", "outcome", "asked_at", "answers", "place", "lat", "lon",
    "kind", "licence", "detail",
)  # fmt: skip
# A hundred years: nothing was asked before then, and the calendar has a first day.
_OLDEST_DAYS = 36_500
_SEPARATORS = {"csv": ",", "tsv": "\t"}


@click.group(name="cache")
def command() -> None:
    """Look after the answers that --online brought, which serve every later run without the network.

    \b
    Example: geomap cache info
    """


def _cache_option(command: Command) -> Command:
    return click.option(
        "--cache",
        "path",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Another cache than your own (cache.sqlite in your folder).",
    )(command)


def _file(path: Path | None) -> Path:
    from geomap.gazetteer.home import CACHE_FILE, home

    return path or home() / CACHE_FILE


@contextmanager
def _opened(path: Path | None, *, create: bool = False) -> Iterator[Cache | None]:
    """Open the cache, or say that there is none yet."""
    from geomap.gazetteer.online.cache import Cache

    file = _file(path)
    if not create and not file.exists():
        click.echo(f"No answers are remembered yet: there is no {file}.", err=True)
        yield None
        return
    with Cache.open(file) as cache:
        yield cache


@command.command()
@_cache_option
def info(path: Path | None) -> None:
    """Print how many answers are remembered, from whom, of when, and under which licence.

    \b
    Example: geomap cache info
    """
    with _opened(path) as cache:
        if cache is None:
            return
        rows = list(cache.rows())
        click.echo(f"file      {cache.path}")
        click.echo(f"questions {len(rows):,}")
        _print_counts(Counter(row.outcome for row in rows))
        _print_counts(Counter(f"{row.question.provider} at {row.question.endpoint}" for row in rows))
        if rows:
            days = sorted(f"{row.asked_at:%Y-%m-%d}" for row in rows)
            click.echo(f"asked     {days[0]} to {days[-1]}")
        for licence in sorted({row.licence for row in rows} - {""}):
            click.echo(f"licence   {licence}")


@command.command(name="list")
@_cache_option
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="Only questions that ended so.")
@click.option("--format", "form", type=click.Choice(list(_SEPARATORS)), default="csv", show_default=True, help="How.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to; - is standard output, the default.")
def list_(path: Path | None, outcome: str | None, form: str, output: str) -> None:
    """List what was asked, and the first place of each answer, as a table.

    \b
    Example: geomap cache list --outcome not_found
    """
    from geomap.gazetteer.online.remembered import AskOutcome

    with _opened(path) as cache:
        rows = cache.rows(AskOutcome(outcome) if outcome else None) if cache else ()
        with open_output(output) as write:
            write(_table([_COLUMNS, *map(_cells, rows)], _SEPARATORS[form]))


@command.command()
@_cache_option
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="Only questions that ended so.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to; - is standard output, the default.")
def export(path: Path | None, outcome: str | None, output: str) -> None:
    """Write every question with its whole answer as lines of JSON, to keep or to share.

    Answers stay under the licence of the service that gave them: see the field "licence".

    \b
    Example: geomap cache export -o answers.jsonl
    """
    from geomap.gazetteer.online.cache_lines import export_lines
    from geomap.gazetteer.online.remembered import AskOutcome

    with _opened(path) as cache, open_output(output) as write:
        for line in export_lines(cache, AskOutcome(outcome) if outcome else None) if cache else ():
            write(line)


@command.command(name="import")
@_cache_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(path: Path | None, file: Path) -> None:
    """Take over answers from FILE, as `export` wrote it.

    Of two rows for one question the newer stays, and an answer rather than a failure.

    \b
    Example, with the answers of a colleague: geomap cache import answers.jsonl
    """
    from geomap.gazetteer.online.cache_lines import import_lines
    from geomap.gazetteer.online.repair import put_away_damaged

    if aside := put_away_damaged(_file(path)):
        tell("note", f"the cache was damaged: it lies in {aside} now, and a new one is begun")
    with _opened(path, create=True) as cache:
        if cache is None:
            return
        merged = import_lines(cache, file)
    for problem in merged.problems:
        click.echo(f"Error: {problem}", err=True)
    tell("imported", f"{merged.taken} rows from {file}; {merged.kept} were here already, as good or newer")
    if merged.problems:
        tell("left out", f"{len(merged.problems)} lines")
        sys.exit(1)


@command.command()
@_cache_option
@click.option("--outcome", type=click.Choice(_OUTCOMES), help="Only questions that ended so.")
@click.option("--provider", default="", metavar="NAME", help="Only answers of this service.")
@click.option(
    "--older-than", type=click.IntRange(0, _OLDEST_DAYS), metavar="DAYS", help="Only what was asked so many days ago."
)
@click.option("--yes", is_flag=True, help="Forget everything; needed where no filter is given.")
def clear(path: Path | None, outcome: str | None, provider: str, older_than: int | None, *, yes: bool) -> None:
    """Forget answers: those that all the filters fit, or with --yes and no filter all of them.

    \b
    Example: geomap cache clear --outcome failed
    """
    from geomap.gazetteer.online.remembered import AskOutcome
    from geomap.gazetteer.online.repair import forget_damaged

    if not (outcome or provider or older_than is not None):
        if not yes:
            raise click.UsageError("This would forget everything. Say --yes if you mean it, or give a filter.")
        if forget_damaged(_file(path)):
            tell("forgot", "everything: the cache was damaged")
            return
    before = datetime.now(UTC) - timedelta(days=older_than) if older_than is not None else None
    with _opened(path) as cache:
        if cache is None:
            return
        gone = cache.clear(outcome=AskOutcome(outcome) if outcome else None, provider=provider, before=before)
    told = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in gone.items()) or "nothing"
    tell("forgot", told)


def _print_counts(counts: Counter[Any]) -> None:
    for name, count in sorted(counts.items()):
        click.echo(f"  {name:<40}{count:>8,}")


def _cells(row: Remembered) -> Sequence[object]:
    from geomap.gazetteer.online.answers import kind_of
    from geomap.gazetteer.online.remembered import stamp

    first = row.answers[0] if row.answers else None
    kind = kind_of(row.question.provider, first) if first else None
    place = (first.address or first.name, first.lat, first.lon, kind or "") if first else ("", "", "", "")
    told = (row.outcome, stamp(row.asked_at), len(row.answers))
    return (*row.question, *told, *place, row.licence, row.detail)


def _table(rows: Iterable[Sequence[object]], separator: str) -> str:
    from geomap.gazetteer.cells import guarded

    text = io.StringIO()
    # Numbers are written as they are: a longitude may begin with a minus.
    cells = ([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(cells)
    return text.getvalue()
