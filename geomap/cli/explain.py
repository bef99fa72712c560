"""`geomap explain`: why each mention is where it is."""

from __future__ import annotations

import sys

import click

from geomap.cli.reading import Reading, reading_options, report_unmatched
from geomap.cli.shared import report_problems
from geomap.errors import InputError

__all__ = ["command"]


@click.command(name="explain")
@click.option("--name", default="", metavar="NAME", help="Only this name, also where it was not taken for a place.")
@click.option("--full", is_flag=True, help="Every candidate, with what each feature was worth.")
@reading_options()
def command(*, reading: Reading, name: str, full: bool) -> None:
    """Say for every place mention in INPUT which place was chosen, and why.

    Each mention is shown with what it was taken for and by which rule, the chosen place and how sure that is, the
    next best, and the row of the gazetteer with its source.  All of INPUT is read together, as geomap map does.

    \b
    Example: geomap explain examples/red-sea.txt --name Aden
    """
    from geomap.explain import explanation
    from geomap.pipeline import annotate_all
    from geomap.read import iter_documents

    if name and not any(map(str.isalnum, name)):
        raise InputError("holds no letter or digit to look for", where=repr(name), hint="Give a name, such as: Mosul")
    problems: list[InputError] = []
    tools = reading.tools()
    read = shown = 0
    for annotation in annotate_all(iter_documents(reading.inputs, on_problem=problems.append), tools):
        read += 1
        for line in explanation(annotation, tools, name=name, full=full):
            click.echo(line)
            shown += 1
    if read and not shown:
        click.echo(f"No place mention{f' of {name!r}' if name else ''} was found.", err=True)
    report_unmatched(tools.decisions)
    sys.exit(report_problems(problems))
