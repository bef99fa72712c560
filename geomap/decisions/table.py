"""Read `decisions.csv`: one row says what one name means, here, in this document or everywhere.

The table is written by people and by spreadsheets, so a byte-order mark, semicolons, any order of
columns and columns of one's own are taken as they come; what cannot be meant is refused with its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from geomap.errors import InputError
from geomap.gazetteer.cells import Cells, read_rows, unguarded
from geomap.model import Span
from geomap.words import name_key

__all__ = ["COLUMNS", "NOT_A_PLACE", "Decision", "Scope", "key_of", "read_table"]

COLUMNS = ("scope", "document", "start", "end", "name", "place", "note")
_REQUIRED = ("scope", "name", "place")
NOT_A_PLACE = "not a place"


class Scope(StrEnum):
    """How far a decision reaches; the nearest wins."""

    MENTION = "mention"
    DOCUMENT = "document"
    PROJECT = "project"


# The cells that would narrow what a row of each scope is about.
_FARTHER = {Scope.MENTION: (), Scope.DOCUMENT: ("start", "end"), Scope.PROJECT: ("document", "start", "end")}


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: `name` means `place`, an id of any layer, or is no place where `place` is ''.

    `span` is set for a mention, `document` for a mention or a document.
    """

    scope: Scope
    document: str
    span: Span | None
    name: str
    place: str
    note: str
    line: int

    @property
    def about(self) -> tuple[str, Span | None, str]:
        """Return what is decided: two decisions about the same thing must not differ."""
        return self.document, self.span, key_of(self.name)


def key_of(name: str) -> str:
    """Return the form in which names are compared: a headline's "PARIS" is the Paris of a decision."""
    return name_key(name).lower()


def read_table(path: Path) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """Return the decisions of a file in their order, and remarks on rows and columns without effect."""
    rows = read_rows(path)
    header = [cell.strip().lower() for cell in next(rows, Cells(1, [])).cells]
    missing = [column for column in _REQUIRED if column not in header]
    if missing:
        raise _wrong(path, 1, f"has no column {missing[0]!r}", f"The columns are {', '.join(COLUMNS)}")
    twice = sorted({column for column in header if column in COLUMNS and header.count(column) > 1})
    if twice:
        raise _wrong(path, 1, f"has two columns {twice[0]!r}", "Keep one of them")
    remarks = [f"{path}:1: the column {c!r} is not read" for c in header if c and c not in COLUMNS]
    decided: dict[tuple[str, Span | None, str], Decision] = {}
    for line, cells in rows:
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            hint = "Put quotes around a cell that holds the separator"
            raise _wrong(path, line, f"has {len(cells)} cells, the header {len(header)}", hint)
        decision = _decision(path, line, dict(zip(header, map(_cell, cells), strict=False)))
        earlier = decided.setdefault(decision.about, decision)
        if earlier.place != decision.place:
            told = f"{decision.name!r} is {_meaning(decision)} here but {_meaning(earlier)} in line {earlier.line}"
            raise _wrong(path, line, told, "Keep one of the two rows")
        if earlier is not decision:
            remarks.append(f"{path}:{line}: says the same as line {earlier.line}")
    return tuple(decided.values()), tuple(remarks)


def _cell(text: str) -> str:
    """Return what was meant: no formula guard, no line breaks, no space around it."""
    return " ".join(unguarded(text.strip()).split())


def _decision(path: Path, line: int, row: Mapping[str, str]) -> Decision:
    scope = _scope(path, line, row["scope"])
    name, document = row.get("name", ""), row.get("document", "")
    if not key_of(name):
        raise _wrong(path, line, "has no name", "Write the name as the text has it")
    if scope is not Scope.PROJECT and not document:
        raise _wrong(
            path, line, f"a decision on a {scope} names no document", "Write the document's id, or scope project"
        )
    if farther := [column for column in _FARTHER[scope] if row.get(column)]:
        # Taken for a slip in one of the cells, the row would decide more than its writer wanted, or less.
        told = ", ".join(f"{column} {row[column]!r}" for column in farther)
        nearer = Scope.DOCUMENT if farther == ["document"] else Scope.MENTION
        hint = f"Leave {'them' if len(farther) > 1 else 'it'} empty, or write scope {nearer}"
        raise _wrong(path, line, f"scope {scope} is more than the row says: it has {told}", hint)
    return Decision(
        scope,
        document,
        _span(path, line, row) if scope is Scope.MENTION else None,
        name,
        _place(path, line, name, row.get("place", "")),
        row.get("note", ""),
        line,
    )


def _scope(path: Path, line: int, word: str) -> Scope:
    if word.lower() not in set(Scope):
        raise _wrong(path, line, f"unknown scope {word!r}", f"Write {', '.join(Scope)}")
    return Scope(word.lower())


def _span(path: Path, line: int, row: Mapping[str, str]) -> Span:
    start, end = row.get("start", ""), row.get("end", "")
    if not (_is_number(start) and _is_number(end) and int(start) < int(end)):
        hint = "Write where the mention starts and ends, as geomap explain shows it, or scope document"
        raise _wrong(path, line, f"a decision on a mention has start {start!r} and end {end!r}", hint)
    return Span(int(start), int(end))


def _is_number(text: str) -> bool:
    # No text has more characters than nine digits can count.
    return text.isascii() and text.isdigit() and len(text) <= 9


def _place(path: Path, line: int, name: str, place: str) -> str:
    """Return the id, or '' for what is no place."""
    if place.lower() == NOT_A_PLACE:
        return ""
    scheme, colon, rest = place.partition(":")
    if not (scheme and colon and rest):
        hint = f"Write an id (geomap gazetteer search {name!r} shows some) or {NOT_A_PLACE!r}"
        raise _wrong(path, line, f"{place!r} is neither the id of a place nor {NOT_A_PLACE!r}", hint)
    return place


def _meaning(decision: Decision) -> str:
    return decision.place or NOT_A_PLACE


def _wrong(path: Path, line: int, problem: str, hint: str) -> InputError:
    return InputError(problem, where=str(path), line=line, hint=hint)
