"""`geomap unknown`: the names that look like places and are in no gazetteer, as a table to fill in."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.cli.decision_options import decisions_option, open_decisions, report_unmatched
from geomap.cli.shared import (
    gazetteer_option,
    inputs_argument,
    open_layers,
    open_output,
    progress,
    report_problems,
)
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
@inputs_argument
@click.option("-o", "--output", default="-", show_default=True, metavar="FILE", help="Where to write; - for stdout.")
@click.option("--all", "everything", is_flag=True, help="Also write the names that are probably no places.")
@click.option("--bom/--no-bom", default=True, show_default=True, help="Begin with the mark by which Excel knows UTF-8.")
@gazetteer_option
@decisions_option
def command(
    *,
    inputs: tuple[str, ...],
    output: str,
    everything: bool,
    bom: bool,
    layer: Path | None,
    decided: Path | None,
) -> None:
    """List the names in INPUT that look like places and are in no gazetteer.

    The table has a row a name: how often it was met, where it may lie, what known places are spelt
    much like it, and sentences with it.  Fill in lat and lon, give the table to `geomap gazetteer
    import`, and run again.

    \b
    Example: geomap unknown examples/red-sea.txt examples/sahel.txt -o todo.csv
    """
    from geomap.pipeline import Tools, annotate_all
    from geomap.read import iter_documents
    from geomap.unknown import as_csv, unknown_names

    problems: list[InputError] = []
    gazetteer, decisions = open_layers(layer), open_decisions(decided)
    tools = Tools.load(gazetteer=gazetteer, links=False, decisions=decisions)
    read = iter_documents(inputs, on_problem=problems.append)
    texts: Counter[str] = Counter()
    with open_output(output) as write:
        with progress(read, label="reading") as documents:
            names = unknown_names(annotate_all(_counted(documents, texts), tools), gazetteer)
        chosen = [name for name in names if everything or not name.doubt]
        _spare_work(output, names)
        write((_MARK if bom else "") + as_csv(chosen))
    code = report_problems(problems)
    if not texts:
        sys.exit(code)
    for line in summary(chosen, [name for name in names if name.doubt and not everything], output=output):
        click.echo(line, err=True)
    report_unmatched(decisions)
    sys.exit(code)


def _spare_work(output: str, names: Iterable[UnknownName]) -> None:
    """Refuse to write over rows that somebody has filled in and not yet imported."""
    from geomap.unknown import filled_in

    if output == "-" or not Path(output).is_file():
        return
    done = filled_in(Path(output).read_text(encoding="utf-8", errors="replace"))
    lost = sorted(done & {name.name for name in names})
    if lost:
        problem = f"{_plural(len(lost), 'row')} with lat and lon would be lost, such as {lost[0]!r}"
        hint = f"Import it first (geomap gazetteer import {output}), or choose another -o"
        raise InputError(problem, where=output, hint=hint)


def _counted(documents: Iterable[Document], texts: Counter[str]) -> Iterator[Document]:
    """Yield the documents, and count them."""
    for document in documents:
        texts["read"] += 1
        yield document


def summary(names: Sequence[UnknownName], doubted: Sequence[UnknownName], *, output: str) -> list[str]:
    """Return what was found, what was left out and why, and what to do next."""
    lines = []
    if names:
        found = f"{_plural(len(names), 'name')} in {_plural(sum(name.mentions for name in names), 'mention')}"
        table = "the table" if output == "-" else output
        lines.append(f"unknown   {found}")
        lines.append(f"next      fill in lat and lon, then: geomap gazetteer import {table}, and run again")
    else:
        lines.append("unknown   no names: everything that looks like a place has one")
    if doubted:
        told = "; ".join(f"{name.name} ({name.doubt})" for name in doubted[:MAX_DOUBTED])
        more = f" and {len(doubted) - MAX_DOUBTED} more" if len(doubted) > MAX_DOUBTED else ""
        lines.append(f"left out  {_plural(len(doubted), 'name')}, with --all in the table: {told}{more}")
    return lines


def _plural(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'s' * (n != 1)}"
