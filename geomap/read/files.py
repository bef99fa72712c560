"""Read what the user names: files, folders and standard input become documents, one by one.

Whatever cannot be read is reported and left behind; nothing that could be read is lost with it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import IO, NamedTuple

from geomap.errors import InputError
from geomap.model import Document
from geomap.read.decode import MAX_BYTES, clean, decode
from geomap.read.document import document_from_text
from geomap.read.jsonl import looks_like_record, read_jsonl
from geomap.read.source import Found, Reader, Report, Source

__all__ = ["FORMATS", "STDIN", "ReadResult", "iter_documents", "read_inputs", "read_path"]

# What the user writes for standard input, and the id its text gets.
STDIN = "-"
STDIN_ID = "stdin"
_NO_INPUT = re.compile(r"\.|README(?:\.\w+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """All that was read, and all that could not be."""

    documents: tuple[Document, ...]
    problems: tuple[InputError, ...] = ()


class _Input(NamedTuple):
    """One file, or standard input: its path as the user gave it, and the id it suggests."""

    path: str
    id: str


def read_path(path: Path, *, given_spans: bool = False) -> list[Document]:
    """Return the documents of one file or folder; raise the first InputError met."""

    def fail(problem: InputError) -> None:
        raise problem

    return list(iter_documents([str(path)], on_problem=fail, given_spans=given_spans))


def read_inputs(paths: Sequence[str], *, given_spans: bool = False) -> ReadResult:
    """Return the documents of files, folders and `-` (standard input), and every problem met."""
    problems: list[InputError] = []
    documents = tuple(iter_documents(paths, on_problem=problems.append, given_spans=given_spans))
    return ReadResult(documents, tuple(problems))


def iter_documents(paths: Sequence[str], *, on_problem: Report, given_spans: bool = False) -> Iterator[Document]:
    """Yield documents as they are read, so that memory does not grow with the texts.

    Ids are unique: a second document with an id already used is a problem, not a document.
    """
    used: dict[str, str] = {}
    for name in paths:
        for given in _inputs(name, on_problem):
            # Two files of one name in two folders: the path as given tells them apart.
            id_ = given.id if given.id not in used else Path(given.path).as_posix()
            for document, line in _found(given.path, id_, given_spans=given_spans, on_problem=on_problem):
                here = given.path if line is None else f"{given.path}:{line}"
                if document.id not in used:
                    used[document.id] = here
                    yield document
                else:
                    problem = f"the id {document.id!r} was used before, in {used[document.id]}"
                    hint = "Name every file once" if line is None else "Give every line an id of its own"
                    on_problem(InputError(problem, where=given.path, line=line, hint=hint))


def _inputs(name: str, report: Report) -> Iterator[_Input]:
    """Yield the files a name stands for; report what is none, or none that can be read."""
    path = Path(name)
    if name == STDIN:
        yield _Input(STDIN, STDIN_ID)
    elif not name or not path.exists():
        report(InputError("does not exist", where=clean(name).text or "''", hint=_did_you_mean(path)))
    elif path.is_dir():
        yield from _inputs_of_folder(path, report)
    elif _is_readable(path, report):
        yield _Input(name, path.name)


def _did_you_mean(path: Path) -> str:
    """Return the nearest name in the same folder, as a question, or a plain hint."""
    listed = os.access(path.parent, os.R_OK) and path.parent.is_dir()
    names = sorted(clean(other.name).text for other in path.parent.iterdir()) if listed else []
    near = get_close_matches(path.name, names, n=1)
    return f"Did you mean {(path.parent / near[0]).as_posix()!r}?" if near else "Check the path"


def _inputs_of_folder(folder: Path, report: Report) -> Iterator[_Input]:
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
            if path.is_file() and _is_readable(path, report):
                found = True
                # The folder's own name leads, unless the user only wrote "." or "..".
                yield _Input(str(path), (Path(folder.name) / path.relative_to(folder)).as_posix())
    if not found:
        report(InputError("holds no file that can be read", where=str(folder), hint=_formats()))


def _is_readable(path: Path, report: Report) -> bool:
    if path.suffix.lower() in FORMATS:
        return True
    problem = f"{path.suffix} files are not read"
    report(InputError(problem, where=clean(str(path)).text, hint=f"{_formats()}. Save the text as .txt"))
    return False


def _formats() -> str:
    return f"Read are {', '.join(suffix for suffix in FORMATS if suffix)} and files without a suffix"


def _found(path: str, id_: str, *, given_spans: bool, on_problem: Report) -> Iterator[Found]:
    """Yield what one file, or standard input, holds."""
    try:
        stream = _open(path)
    except OSError as error:
        on_problem(InputError("cannot be opened", where=clean(path).text, hint=str(error.strerror)))
        return
    with stream as opened:
        source = Source(opened, clean(path).text, id_, on_problem, given_spans)
        try:
            yield from _read_stdin(source) if path == STDIN else FORMATS[Path(path).suffix.lower()](source, b"")
        except InputError as error:
            on_problem(error)


def _open(path: str) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdin.buffer) if path == STDIN else Path(path).open("rb")


def _read_stdin(source: Source) -> Iterator[Found]:
    """Read standard input as JSONL when its first line is a record, else as one text."""
    first = source.stream.readline(MAX_BYTES)
    return read_jsonl(source, first) if looks_like_record(first) else _read_text(source, first)


def _read_text(source: Source, first: bytes) -> Iterator[Found]:
    """Read all of a source as one document."""
    if source.given_spans:
        hint = 'Give JSONL with "toponyms", or leave out --given-spans'
        raise InputError("plain text brings no spans", where=source.where, hint=hint)
    text, warnings = decode(first + source.stream.read(MAX_BYTES + 1), where=source.where)
    if not text.strip():
        raise InputError("is empty", where=source.where, hint="Give a file that holds a text")
    yield Found(document_from_text(text, id=source.id, warnings=warnings))


FORMATS: dict[str, Reader] = {"": _read_text, ".txt": _read_text, ".md": _read_text, ".jsonl": read_jsonl}
