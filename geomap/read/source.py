"""What a reader of one format is given, and what it gives back.

A reader gets an open stream and never a path, so files, folders and standard input are all one to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, NamedTuple, TypeAlias

from geomap.errors import InputError
from geomap.model import Document

__all__ = ["Found", "Reader", "Report", "Source"]

Report: TypeAlias = Callable[[InputError], None]


@dataclass(frozen=True, slots=True)
class Source:
    """One open input: what the user calls it, the id its document gets, and where problems go."""

    stream: IO[bytes]
    where: str
    id: str
    report: Report
    given_spans: bool = False


class Found(NamedTuple):
    """A document and the line it stood in, if the input has one document a line."""

    document: Document
    line: int | None = None


Reader: TypeAlias = Callable[[Source, bytes], Iterator[Found]]
