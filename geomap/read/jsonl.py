"""Read JSONL: one document a line, with `id`, `text` and what else is known of it.

Lines are read one at a time, so a file of any size costs the memory of its longest line; a line
that cannot be read is a problem of its own and never of its neighbours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any, NamedTuple

from geomap.errors import InputError
from geomap.model import Document, Span
from geomap.read.decode import MAX_BYTES, decode, is_wide
from geomap.read.document import document_from_text
from geomap.read.source import Found, Source

__all__ = ["looks_like_record", "read_jsonl"]

_HINT = 'A line holds {"id": ..., "text": ...} and, if known, title, date, source, url, lang, toponyms'
_SPANS_HINT = 'With given spans a line holds "toponyms": [{"start": 0, "end": 5}, ...], half-open, in characters'
# As much of a wrong value as a message shows.
_SHOWN_CHARS = 40
_BLANK = b" \t\r\n\xef\xbb\xbf"


def read_jsonl(source: Source, first: bytes) -> Iterator[Found]:
    """Yield the document of every line that holds one; report the other lines.

    `first` is what was already taken from the stream, at most one line.
    """
    number, blank = 0, True
    while line := first or source.stream.readline(MAX_BYTES + 1):
        first = b""
        number += 1
        if number == 1 and is_wide(line):
            problem = "is JSONL in UTF-16, which cannot be cut into lines, or binary data"
            raise InputError(problem, where=source.where, hint="Save the file in UTF-8")
        if not line.strip(_BLANK):
            continue
        blank = False
        try:
            document = _document(line, source, number)
        except InputError as error:
            source.report(error)
            _skip_rest(source, line)
        else:
            yield Found(document, number)
    if blank:
        raise InputError("is empty", where=source.where, hint="Give JSONL with one document a line")


def looks_like_record(line: bytes) -> bool:
    """Say whether a first line is a JSON object with a text, so that standard input is JSONL."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "text" in record


def _skip_rest(source: Source, line: bytes) -> None:
    """Go to the next line when the one refused was so long that only its beginning was read."""
    while len(line) > MAX_BYTES and not line.endswith(b"\n"):
        line = source.stream.readline(MAX_BYTES + 1)


def _document(line: bytes, source: Source, number: int) -> Document:
    text, warnings = decode(line, where=source.where, line=number)
    record = _Record(_object(text, source.where, number), source.where, number)
    return document_from_text(
        record.text(),
        id=record.string("id") or f"{source.id}:{number}",
        title=record.string("title"),
        date=record.string("date"),
        source=record.string("source") or record.string("domain"),
        url=record.string("url"),
        lang=record.string("lang"),
        given=record.spans() if source.given_spans else None,
        warnings=warnings,
    )


def _object(text: str, where: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"not JSON at column {error.colno}: {error.msg}"
        raise InputError(problem, where=where, line=number, hint=_HINT) from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or brackets nested by the thousand.
        raise InputError("JSON beyond what can be read", where=where, line=number, hint=_HINT) from error
    if not isinstance(record, dict):
        raise InputError("JSON, but not an object", where=where, line=number, hint=_HINT)
    return record


class _Record(NamedTuple):
    """One JSON object and where it stands; every field is asked for by what it should be."""

    fields: dict[str, Any]
    where: str
    line: int

    def text(self) -> str:
        """Return the text, which every record must have."""
        value = self.fields.get("text")
        if not isinstance(value, str):
            raise self._problem('no "text" that is a string', _HINT)
        return value

    def string(self, name: str) -> str:
        """Return a field as a string: numbers are written out, null and absence are ''."""
        value = self.fields.get(name)
        # Python's reader takes NaN and 1e999, which are no numbers that can be written out.
        if isinstance(value, bool | list | dict) or (isinstance(value, float) and not isfinite(value)):
            raise self._problem(f'"{name}" is {_shown(value)}, not a string', _HINT)
        return "" if value is None else str(value)

    def spans(self) -> tuple[Span, ...]:
        """Return the spans of `toponyms` in the order of the text; one may lie inside another."""
        rows = self.fields.get("toponyms")
        if not isinstance(rows, list):
            raise self._problem('no list "toponyms"', _SPANS_HINT)
        spans = sorted((self._span(row) for row in rows), key=lambda span: (span.start, -span.end))
        self._refuse_tangled(spans)
        return tuple(spans)

    def _refuse_tangled(self, spans: list[Span]) -> None:
        """Refuse a span that is there twice, and two that share characters with neither inside the other."""
        around: list[Span] = []
        for span in spans:
            while around and around[-1].end <= span.start:
                around.pop()
            if around and around[-1] == span:
                raise self._problem(f"the span [{span.start}, {span.end}) is there twice", _SPANS_HINT)
            if around and around[-1].end < span.end:
                pair = f"[{around[-1].start}, {around[-1].end}) and [{span.start}, {span.end})"
                raise self._problem(f"the spans {pair} overlap, and neither lies in the other", _SPANS_HINT)
            around.append(span)

    def _span(self, row: object) -> Span:
        start, end = (row.get("start"), row.get("end")) if isinstance(row, dict) else (None, None)
        length = len(self.text())
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            shown = f"[{_shown(start)}, {_shown(end)})"
            raise self._problem(f"the span {shown} does not lie in a text of {length} characters", _SPANS_HINT)
        return Span(start, end)

    def _problem(self, problem: str, hint: str) -> InputError:
        return InputError(problem, where=self.where, line=self.line, hint=hint)


def _shown(value: object) -> str:
    return json.dumps(value)[:_SHOWN_CHARS]
