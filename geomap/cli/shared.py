"""What the commands share: options, opening the tools, writing files, reporting problems."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from geomap.errors import InputError
from geomap.model import Document

if TYPE_CHECKING:
    from geomap.gazetteer.layered import Layered

__all__ = [
    "counted",
    "gazetteer_option",
    "open_layers",
    "open_output",
    "progress",
    "report_problems",
    "tell",
]

Command = TypeVar("Command", bound=Callable[..., Any])


def tell(word: str, text: str) -> None:
    """Print a line on stderr that begins with what happened."""
    click.echo(f"{word:<10}{text}".rstrip(), err=True)


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def gazetteer_option(command: Command) -> Command:
    """Say which layer of one's own lies over the gazetteer."""
    return click.option(
        "--gazetteer",
        "layer",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A layer of your own, instead of gazetteer.toml or gazetteer.csv in the current folder.",
    )(command)


def open_layers(layer: Path | None) -> Layered:
    """Open the gazetteer as the command line sees it: the project's layer, the user's folder, the default."""
    from geomap.gazetteer.home import home
    from geomap.gazetteer.opening import open_gazetteer

    gazetteer = open_gazetteer(project=layer or Path(), home=home())
    for problem in gazetteer.problems:
        tell("note", str(problem))
    return gazetteer


@contextmanager
def open_output(path: str) -> Iterator[Callable[[str], object]]:
    """Open a file that appears whole or not at all; - is standard output.

    A link is followed, a pipe or device is written to.  Text that UTF-8 cannot hold (half a
    surrogate pair) is written as "?".
    """
    if path == "-":
        with _written("standard output"):
            yield lambda text: sys.stdout.buffer.write(text.encode("utf-8", "replace"))
            sys.stdout.buffer.flush()
        return
    target = Path(path).resolve()
    if not target.parent.is_dir():
        raise InputError(f"the folder {str(Path(path).parent)!r} does not exist", where=path, hint="Create it first")
    if target.is_dir():
        raise InputError("this is a folder", where=path, hint="Name a file, such as map.html")
    try:
        file, finished = _opened(target)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", where=path, hint="Choose another -o") from error
    try:
        with _written(path), file:
            yield lambda text: file.write(text.encode("utf-8", "replace"))
        if finished != target:
            finished.replace(target)
    finally:
        if finished != target:
            finished.unlink(missing_ok=True)


@contextmanager
def _written(path: str) -> Iterator[None]:
    """Turn a full disk into one line; a reader that left early is no error of ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", where=path, hint="Choose another -o") from error


def _opened(target: Path) -> tuple[IO[bytes], Path]:
    """Open a new file beside `target` with the rights it has or would get, or `target` itself if it is no file."""
    if target.exists() and not target.is_file():
        return target.open("wb"), target
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    umask = os.umask(0)
    os.umask(umask)
    Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask)
    return os.fdopen(handle, "wb"), Path(name)


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
