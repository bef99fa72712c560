"""Find what the user names: a file, every file of a folder, standard input, or nothing, and then why.

Every path that is read passes here once, so hidden files, links and unreadable names are judged in one place.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from geomap.errors import InputError
from geomap.read.decode import clean
from geomap.read.source import Report

__all__ = ["STDIN", "Input", "inputs", "one_line"]

# What the user writes for standard input, and the id its text gets.
STDIN = "-"
STDIN_ID = "stdin"
# As much of a text as a message shows when it was given in place of a path.
_SHOWN_CHARS = 60
_TEXT_HINT = "Check the path; to read a text, pipe it to -"
_NO_INPUT = re.compile(r"\.|README(?:\.\w+)?$", re.IGNORECASE)


class Input(NamedTuple):
    """One file, or standard input: its path as the user gave it, and the id it suggests."""

    path: str
    id: str


def inputs(name: str, *, suffixes: Collection[str], report: Report) -> Iterator[Input]:
    """Yield the files a name stands for; report what is none, or none that can be read."""
    path = Path(name)
    if name == STDIN:
        yield Input(STDIN, STDIN_ID)
    elif (problem := _unreachable(name)) is not None:
        report(problem)
    elif path.is_dir():
        yield from _inputs_of_folder(path, suffixes, report)
    elif _is_readable(path, suffixes, report):
        yield Input(name, path.name)


def _unreachable(name: str) -> InputError | None:
    """Say why there is nothing at a path, or return None when there is something."""
    where = one_line(name) or "''"
    if not name or "\0" in name:
        return InputError("does not exist", where=where, hint="Check the path")
    try:
        Path(name).stat()
    except (FileNotFoundError, NotADirectoryError):
        return InputError("does not exist", where=where, hint=_did_you_mean(Path(name)))
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return InputError("is too long for a path", where=f"{where[:_SHOWN_CHARS]}...", hint=_TEXT_HINT)
        return InputError("cannot be opened", where=where, hint=str(error.strerror))
    return None


def _did_you_mean(path: Path) -> str:
    """Return the nearest name in the same folder, as a question, or a plain hint."""
    listed = os.access(path.parent, os.R_OK) and path.parent.is_dir()
    names = sorted(one_line(other.name) for other in path.parent.iterdir()) if listed else []
    near = get_close_matches(path.name, names, n=1)
    if near:
        return f"Did you mean {(path.parent / near[0]).as_posix()!r}?"
    # Few paths have blanks, every text has.
    return _TEXT_HINT if len(path.name.split()) > 1 else "Check the path"


def _inputs_of_folder(folder: Path, suffixes: Collection[str], report: Report) -> Iterator[Input]:
    """Yield the readable files of a folder and all below it, sorted.

    Hidden files and a folder's README are about the folder, not in it: they are read when named.
    """

    def refuse(error: OSError) -> None:
        report(InputError("cannot be opened", where=str(error.filename), hint=str(error.strerror)))

    found = False
    for root, below, files in os.walk(folder, onerror=refuse):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in below:
            if (Path(root) / name).is_symlink():
                hint = "Name the folder itself to read it"
                report(InputError("links to a folder and was not followed", where=str(Path(root) / name), hint=hint))
        for path in (Path(root) / name for name in sorted(files) if not _NO_INPUT.match(name)):
            if path.is_file() and _is_readable(path, suffixes, report):
                found = True
                # The folder's own name leads, unless the user only wrote "." or "..".
                yield Input(str(path), (Path(folder.name) / path.relative_to(folder)).as_posix())
    if not found:
        report(InputError("holds no file that can be read", where=str(folder), hint=_formats(suffixes)))


def _is_readable(path: Path, suffixes: Collection[str], report: Report) -> bool:
    if path.suffix.lower() in suffixes:
        return True
    problem = f"{path.suffix} files are not read"
    report(InputError(problem, where=one_line(str(path)), hint=f"{_formats(suffixes)}. Save the text as .txt"))
    return False


def _formats(suffixes: Collection[str]) -> str:
    return f"Read are {', '.join(suffix for suffix in suffixes if suffix)} and files without a suffix"


def one_line(name: str) -> str:
    """Return a name as a message can print it: without line ends, and without bytes that are no text."""
    return " ".join(clean(name).text.splitlines())
