"""`geomap parse`: texts in, annotations out, one JSON object a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from geomap.cli.asking import asked_online
from geomap.cli.reading import Reading, reading_options, report_unmatched
from geomap.cli.shared import counted, open_output, progress, report_problems, tell
from geomap.errors import InputError
from geomap.model import Document

__all__ = ["command"]


@click.command(name="parse")
@click.option("-o", "--output", default="-", show_default=True, metavar="FILE", help="Where to write; - for stdout.")
@click.option("--given-spans", is_flag=True, help="Resolve the input's own toponyms; recognise nothing.")
@reading_options(links=True, online=True)
def command(*, reading: Reading, output: str, given_spans: bool) -> None:
    """Write what geomap finds in INPUT as JSON, one document a line.

    INPUT are text files, JSONL files (id, text, and optionally title, date, source, url, lang),
    folders, or - for standard input.  The keys are described in docs/formats.md.

    \b
    Example: geomap parse examples/red-sea.txt -o annotations.jsonl
    """
    from geomap.output.annotations import annotation_json
    from geomap.pipeline import annotate_all
    from geomap.read import iter_documents

    reading.spare(output)
    problems: list[InputError] = []
    documents = 0
    tools = reading.tools()
    read: Iterable[Document] = iter_documents(reading.inputs, on_problem=problems.append, given_spans=given_spans)
    if reading.online:
        # What is unknown is asked for after a first reading, so the texts are read twice.
        read = list(read)
        tools = asked_online(read, tools, reading.online, reading.layer)
    with open_output(output) as write, progress(read, label="parsing") as texts:
        for annotation in annotate_all(texts, tools):
            write(annotation_json(annotation) + "\n")
            documents += 1
    code = report_problems(problems)
    report_unmatched(tools.decisions)
    tell("parsed", f"{counted(documents, 'document')}, {len(problems)} could not be read")
    sys.exit(code)
