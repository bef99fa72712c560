"""`geomap unknown`: the names that look like places and are in no gazetteer, as a table to fill in."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.cli.reading import Reading, reading_options, report_unmatched
from geomap.cli.shared import counted, open_output, progress, report_problems
from geomap.errors import InputError
from geomap.model import Document

if TYPE_CHECKING:
    from geomap.unknown import UnknownName

__all__ = ["command", "summary"]

# Excel takes a CSV file for Windows-1252 without this mark, and breaks every name that is not ASCII.
_MARK = "\ufeff"
# Doubtful names shown on the terminal; --all writes them all.
MAX_DOUBTED = 5


@click.command(name="unknown")
@click.option("-o", "--output", default="-", show_default=True, metavar="FILE", help="Where to write; - for stdout.")
@click.option("--all", "everything", is_flag=True, help="Also write the names that are probably no places.")
@click.option("--bom/--no-bom", default=True, show_default=True, help="Begin with the mark by which Excel knows UTF-8.")
@reading_options()
def command(*, reading: Reading, output: str, everything: bool, bom: bool) -> None:
    """List the names in INPUT that look like places and are in no gazetteer.

    The table has a row a name: how often it was met, where it may lie, what known places are spelt
    much like it, and sentences with it.  Fill in lat and lon, give the table to `geomap gazetteer
    import`, and run again.

    \b
    Example: geomap unknown examples/red-sea.txt examples/sahel.txt -o todo.csv
    """
    from geomap.pipeline import annotate_all
    from geomap.read import iter_documents
    from geomap.unknown import as_csv, unknown_names

    reading.spare(output)
    problems: list[InputError] = []
    # Looked at first: a broken table should not cost the work.
    done = _filled_in(output)
    tools = reading.tools()
    read = iter_documents(reading.inputs, on_problem=problems.append)
    texts: Counter[str] = Counter()
    with open_output(output) as write:
        with progress(read, label="reading") as documents:
            names = unknown_names(annotate_all(_told(documents, texts), tools), tools.gazetteer)
        chosen = [name for name in names if everything or not name.doubt]
        _spare_work(output, done & {name.name for name in names})
        write((_MARK if bom else "") + as_csv(chosen))
    code = report_problems(problems)
    if not texts:
        sys.exit(code)
    for line in summary(chosen, [name for name in names if name.doubt and not everything], output=output):
        click.echo(line, err=True)
    report_unmatched(tools.decisions)
    sys.exit(code)


def _filled_in(output: str) -> set[str]:
    """Return the names that somebody has filled in where the table is to be written."""
    from geomap.unknown import filled_in

    return filled_in(Path(output)) if output != "-" and Path(output).is_file() else set()


def _spare_work(output: str, lost: set[str]) -> None:
    """Refuse to write over rows that somebody has filled in and not yet imported."""
    if lost:
        problem = f"{counted(len(lost), 'row')} with lat and lon would be lost, such as {min(lost)!r}"
        hint = f"Import it first (geomap gazetteer import {output}), or choose another -o"
        raise InputError(problem, where=output, hint=hint)


def _told(documents: Iterable[Document], texts: Counter[str]) -> Iterator[Document]:
    """Yield the documents, and count them."""
    for document in documents:
        texts["read"] += 1
        yield document


def summary(names: Sequence[UnknownName], doubted: Sequence[UnknownName], *, output: str) -> list[str]:
    """Return what was found, what was left out and why, and what to do next."""
    from geomap.unknown import MAX_SUGGESTED

    lines = []
    likely = sum(not name.doubt for name in names)
    if names:
        found = f"{counted(len(names), 'name')} in {counted(sum(name.mentions for name in names), 'mention')}"
        table = "the table" if output == "-" else output
        lines.append(f"unknown   {found}")
        if likely > MAX_SUGGESTED:
            lines.append(f"spelt     much like known places: looked up for the {MAX_SUGGESTED} commonest of the names")
        lines.append(f"next      fill in lat and lon, then: geomap gazetteer import {table}, and run again")
    else:
        lines.append("unknown   no names: everything that looks like a place has one")
    if doubted:
        told = "; ".join(f"{name.name} ({name.doubt})" for name in doubted[:MAX_DOUBTED])
        more = f" and {len(doubted) - MAX_DOUBTED} more" if len(doubted) > MAX_DOUBTED else ""
        lines.append(f"left out  {counted(len(doubted), 'name')}, with --all in the table: {told}{more}")
    return lines
