"""`geomap parse`: texts in, annotations out, one JSON object a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.cli.asking import asked_online
from geomap.cli.decision_options import decisions_option, open_decisions, report_unmatched
from geomap.cli.online_options import online_options
from geomap.cli.shared import (
    gazetteer_option,
    inputs_argument,
    link_options,
    open_layers,
    open_output,
    progress,
    report_problems,
)
from geomap.errors import InputError
from geomap.model import Document

if TYPE_CHECKING:
    from geomap.gazetteer.online.settings import OnlineSettings

__all__ = ["command"]


@click.command(name="parse")
@inputs_argument
@click.option("-o", "--output", default="-", show_default=True, metavar="FILE", help="Where to write; - for stdout.")
@click.option("--given-spans", is_flag=True, help="Resolve the input's own toponyms; recognise nothing.")
@gazetteer_option
@decisions_option
@link_options
@online_options
def command(
    *,
    inputs: tuple[str, ...],
    output: str,
    given_spans: bool,
    layer: Path | None,
    decided: Path | None,
    links: bool,
    parser: str | None,
    online: OnlineSettings | None,
) -> None:
    """Write what geomap finds in INPUT as JSON, one document a line.

    INPUT are text files, JSONL files (id, text, and optionally title, date, source, url, lang),
    folders, or - for standard input.  The keys are described in docs/formats.md.

    \b
    Example: geomap parse examples/red-sea.txt -o annotations.jsonl
    """
    from geomap.output.annotations import annotation_json
    from geomap.pipeline import Tools, annotate_all
    from geomap.read import iter_documents

    problems: list[InputError] = []
    documents = 0
    decisions = open_decisions(decided)
    tools = Tools.load(gazetteer=open_layers(layer), links=links, parser=parser, decisions=decisions)
    read: Iterable[Document] = iter_documents(inputs, on_problem=problems.append, given_spans=given_spans)
    if online:
        # What is unknown is asked for after a first reading, so the texts are read twice.
        read = list(read)
        tools = asked_online(read, tools, online, layer)
    with open_output(output) as write, progress(read, label="parsing") as texts:
        for annotation in annotate_all(texts, tools):
            write(annotation_json(annotation) + "\n")
            documents += 1
    code = report_problems(problems)
    report_unmatched(decisions)
    click.echo(f"parsed    {documents:,} document{'s' * (documents != 1)}, {len(problems)} could not be read", err=True)
    sys.exit(code)
