"""Read JSONL whose fields are checked: gold and predictions share the reader, the errors and the rules.

Every field is asked for by what it should be; what is wrong is one line with the path and the number of the line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from geomap.errors import InputError

__all__ = ["Record", "read_records"]

# As much of a wrong value as a message shows.
_SHOWN_CHARS = 40


class Record(NamedTuple):
    """One JSON object, or one inside it, and where it stands."""

    fields: dict[str, Any]
    where: str
    line: int

    def problem(self, problem: str, hint: str) -> InputError:
        """Return the error that names this line."""
        return InputError(problem, where=self.where, line=self.line, hint=hint)

    def string(self, name: str) -> str:
        """Return a field as a string: numbers are written out, null and absence are ''."""
        value = self.fields.get(name)
        if isinstance(value, bool | list | dict):
            raise self.problem(f'"{name}" is {_shown(value)}', "Write a string, or leave it out")
        return "" if value is None else str(value)

    def offset(self, name: str) -> int:
        """Return a position in the text."""
        value = self.fields.get(name)
        if type(value) is not int or value < 0:
            raise self.problem(f'"{name}" is {_shown(value)}', "Write a character offset, such as 12")
        return value

    def degrees(self, name: str, *, limit: int) -> float | None:
        """Return a coordinate, or None where it is null; it must not be left out."""
        value = self.fields.get(name, "")
        if value is None:
            return None
        if value == "":
            raise self.problem(f'no "{name}"', "Write the coordinates, or null where the place is not known")
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or abs(value) > limit:
            raise self.problem(f'"{name}" is {_shown(value)}', f"Write degrees between -{limit} and {limit}, or null")
        return value

    def share(self, name: str) -> float | None:
        """Return a number from 0 to 1, or None where there is none."""
        value = self.fields.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self.problem(f'"{name}" is {_shown(value)}', "Write a number between 0 and 1")
        return value

    def span(self, name: str) -> tuple[int, int]:
        """Return a list of two positions in the text."""
        return self._span(self.fields.get(name), name)

    def spans(self, name: str) -> tuple[tuple[int, int], ...]:
        """Return a list of spans; a list that is left out is empty."""
        return tuple(self._span(value, name) for value in self._list(name))

    def strings(self, name: str) -> tuple[str, ...]:
        """Return a list of strings; a list that is left out is empty."""
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise self.problem(f'"{name}" is {_shown(values)}', "Write a list of strings")
        return tuple(values)

    def objects(self, name: str) -> tuple[Record, ...]:
        """Return the objects of a list; a list that is left out is empty."""
        rows = self._list(name)
        if not all(isinstance(row, dict) for row in rows):
            raise self.problem(f'"{name}" is {_shown(rows)}', "Write a list of objects")
        return tuple(Record(row, self.where, self.line) for row in rows)

    def _list(self, name: str) -> list[Any]:
        value = self.fields.get(name)
        if value is not None and not isinstance(value, list):
            raise self.problem(f'"{name}" is {_shown(value)}', "Write a list")
        return value or []

    def _span(self, value: object, name: str) -> tuple[int, int]:
        if not isinstance(value, list) or [type(each) for each in value] != [int, int] or not 0 <= value[0] < value[1]:
            raise self.problem(f'"{name}" holds {_shown(value)}', "Write a span as [start, end], in characters")
        return value[0], value[1]


def read_records(path: Path, *, hint: str) -> Iterator[Record]:
    """Yield the objects of a JSONL file with an `id` that no line before has; `hint` says what a line holds."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), hint="Name a JSONL file") from error
    seen: dict[str, int] = {}
    with stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            record = Record(_object(line, path, number, hint), str(path), number)
            id_ = record.string("id")
            if not id_:
                raise record.problem('no "id"', hint)
            if id_ in seen:
                raise record.problem(f"the id {id_!r} is that of line {seen[id_]}", "Give every document its own id")
            seen[id_] = number
            yield record


def _object(line: bytes, path: Path, number: int, hint: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON", where=str(path), line=number, hint=hint) from error
    if not isinstance(value, dict):
        raise InputError("JSON, but not an object", where=str(path), line=number, hint=hint)
    return value


def _shown(value: object) -> str:
    return json.dumps(value)[:_SHOWN_CHARS]
