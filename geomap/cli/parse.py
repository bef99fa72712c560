"""`geomap parse`: texts in, annotations out, one JSON object a line."""

from __future__ import annotations

import sys

import click

from geomap.cli.shared import inputs_argument, link_options, open_output, progress, report_problems
from geomap.errors import InputError

__all__ = ["command"]


@click.command(name="parse")
@inputs_argument
@click.option("-o", "--output", default="-", show_default=True, metavar="FILE", help="Where to write; - for stdout.")
@click.option("--given-spans", is_flag=True, help="Resolve the input's own toponyms; recognise nothing.")
@link_options
def command(inputs: tuple[str, ...], output: str, given_spans: bool, links: bool, parser: str | None) -> None:  # noqa: FBT001
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
    tools = Tools.load(links=links, parser=parser)
    read = iter_documents(inputs, on_problem=problems.append, given_spans=given_spans)
    with open_output(output) as write, progress(read, label="parsing") as texts:
        for annotation in annotate_all(texts, tools):
            write(annotation_json(annotation) + "\n")
            documents += 1
    code = report_problems(problems)
    click.echo(f"parsed    {documents:,} document{'s' * (documents != 1)}, {len(problems)} could not be read", err=True)
    sys.exit(code)
