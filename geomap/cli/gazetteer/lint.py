"""`geomap gazetteer lint`: check layers before they mislead a map."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from geomap.cli.gazetteer.layers import context_of
from geomap.cli.shared import counted, tell

__all__ = ["command"]


@click.command(name="lint")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Check layers: points, countries, names, and what they say of other layers.

    Without FILE, the project's layer and your own.  Each finding is a line with file, line number, what is
    wrong and what to do.  The exit code is 1 if one is an error; warnings are for you to judge.

    \b
    Example: geomap gazetteer lint
    """
    from geomap.gazetteer.home import home, layer_file
    from geomap.gazetteer.layers.file import read_problems
    from geomap.gazetteer.layers.lint import lint

    paths = files or tuple(filter(None, (layer_file(Path()), layer_file(home()))))
    errors = 0
    for path in paths:
        entries, problems = read_problems(path)
        findings = lint(context_of(path, entries), problems)
        for finding in findings:
            click.echo(finding.text(path))
        errors += sum(finding.is_error for finding in findings)
        read = counted(len(entries), "entry", "entries")
        tell("checked", f"{path}: {read}, {counted(len(findings), 'finding')}")
    if not paths:
        tell("checked", "no layer: there is none in this folder, and you have none of your own")
    sys.exit(1 if errors else 0)
