"""Read what the user names: files, folders and standard input become documents, one by one.

Whatever cannot be read is reported and left behind; nothing that could be read is lost with it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import IO

from geomap.errors import InputError
from geomap.model import Document
from geomap.read.decode import MAX_BYTES, decode
from geomap.read.document import document_from_text
from geomap.read.jsonl import looks_like_record, read_jsonl
from geomap.read.paths import STDIN, Input, inputs, one_line
from geomap.read.source import Found, Reader, Report, Source

__all__ = ["FORMATS", "ReadResult", "iter_documents", "read_inputs", "read_path"]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """All that was read, and all that could not be."""

    documents: tuple[Document, ...]
    problems: tuple[InputError, ...] = ()


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
    if isinstance(paths, str):
        # A lone string is a sequence of its letters, and "/" is the whole disk.
        raise TypeError(f"paths is one string, {paths!r}; give a list of them: [{paths!r}]")
    used: dict[str, str] = {}
    paths_read: set[str] = set()
    file_ids: set[str] = set()
    for name in paths:
        for given in inputs(name, suffixes=FORMATS, report=on_problem):
            place = os.path.abspath(given.path)  # noqa: PTH100 - resolve() would make one of a file and a link to it
            if place in paths_read:
                on_problem(InputError("was read before", where=one_line(given.path), hint="Name every file once"))
                continue
            id_ = _unused_id(given, used, file_ids)
            paths_read.add(place)
            file_ids.add(id_)
            for document, line in _found(given.path, id_, given_spans=given_spans, on_problem=on_problem):
                here = given.path if line is None else f"{given.path}:{line}"
                if document.id not in used:
                    used[document.id] = here
                    yield document
                else:
                    problem = f"the id {document.id!r} was used before, in {used[document.id]}"
                    hint = "Give every line an id of its own"
                    on_problem(InputError(problem, where=given.path, line=line, hint=hint))


def _unused_id(given: Input, *used: Container[str]) -> str:
    """Return what tells a file from those before: its name, else the path as given, else a number after it."""
    path = Path(given.path).as_posix()
    ids = chain((given.id, path), (f"{path} ({number})" for number in count(2)))
    return next(id_ for id_ in map(one_line, ids) if not any(id_ in those for those in used))


def _found(path: str, id_: str, *, given_spans: bool, on_problem: Report) -> Iterator[Found]:
    """Yield what one file, or standard input, holds."""
    try:
        stream = _open(path)
    except OSError as error:
        on_problem(InputError("cannot be opened", where=one_line(path), hint=str(error.strerror)))
        return
    with stream as opened:
        source = Source(opened, one_line(path), id_, on_problem, given_spans)
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
