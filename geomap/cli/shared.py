"""What the commands share: options, opening the tools, writing files, reporting problems."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import click

from geomap.errors import InputError
from geomap.model import Document

__all__ = ["inputs_argument", "link_options", "open_output", "progress", "report_problems", "write_file"]

Command = TypeVar("Command", bound=Callable[..., Any])


def inputs_argument(command: Command) -> Command:
    """Take one or more files or folders, or - for standard input."""
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(command)


def link_options(command: Command) -> Command:
    """Say whether links are wanted, and which parser finds them."""
    command = click.option("--parser", metavar="MODEL", help="An installed spaCy model to find stated links with.")(
        command
    )
    return click.option("--links/--no-links", default=True, show_default=True, help="Link actors to places.")(command)


@contextmanager
def open_output(path: str) -> Iterator[Callable[[str], object]]:
    """Open a file that appears whole or not at all; - is standard output.

    Text that UTF-8 cannot hold (half a surrogate pair) is written as "?".
    """
    if path == "-":
        yield lambda text: sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return
    target = Path(path)
    if not target.parent.is_dir():
        raise InputError(f"the folder {str(target.parent)!r} does not exist", where=path, hint="Create it first")
    if target.is_dir():
        raise InputError("this is a folder", where=path, hint="Name a file, such as map.html")
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", where=path, hint="Choose another -o") from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield lambda text: file.write(text.encode("utf-8", "replace"))
        Path(name).chmod(0o644)
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)


def write_file(path: str, text: str) -> None:
    """Write a file whole or not at all; - is standard output."""
    with open_output(path) as write:
        write(text)


def progress(documents: Iterable[Document], *, label: str) -> AbstractContextManager[Iterable[Document]]:
    """Return the documents, with a bar on stderr where a person is watching."""
    if not sys.stderr.isatty():
        return nullcontext(documents)
    return click.progressbar(documents, label=label, file=sys.stderr, show_pos=True)


def report_problems(problems: Sequence[InputError]) -> int:
    """Print what could not be read, a line each; return the exit code they ask for."""
    for problem in problems:
        click.echo(f"Error: {problem}", err=True)
    return 1 if problems else 0
