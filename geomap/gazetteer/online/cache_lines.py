"""Write a cache as JSON lines, and read such lines into a cache: to share it, to merge two, to keep a copy.

A line holds all that a row holds, so nothing is lost on the way; a line that is wrong is told and left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError, InputError
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.remembered import Answer, AskOutcome, Question, Remembered, is_sound, moment, stamp

__all__ = ["Merged", "export_lines", "import_lines"]

_FORMAT = 1
_LATENCY_MAX_MS = 10**9
_TEXTS = (*Question._fields, "raw", "licence", "detail")
_FIELDS = frozenset({*_TEXTS, "format", "outcome", "asked_at", "answers", "latency_ms"})
_REMEDY = "Correct it, or take the line out; lines come from: geomap cache export"


@dataclass(frozen=True, slots=True)
class Merged:
    """What an import did.  `taken` rows were new or newer, `kept` ones were not; `problems` were left out."""

    taken: int
    kept: int
    problems: tuple[GazetteerError, ...]


def export_lines(cache: Cache, outcome: AskOutcome | None = None) -> Iterator[str]:
    """Yield each row as a line of JSON, in the order of the questions."""
    for row in cache.rows(outcome):
        fields = {
            "format": _FORMAT,
            **row.question._asdict(),
            "outcome": row.outcome,
            "asked_at": stamp(row.asked_at),
            "answers": [answer.as_json() for answer in row.answers],
            "raw": row.raw,
            "licence": row.licence,
            "detail": row.detail,
            "latency_ms": row.latency_ms,
        }
        yield json.dumps(fields, ensure_ascii=False) + "\n"


def import_lines(cache: Cache, path: Path) -> Merged:
    """Merge a file of lines into a cache, all at once; `Cache.merge` says which of two rows stays."""
    problems: list[GazetteerError] = []
    rows = list(_rows(path, problems))
    taken = cache.merge(rows)
    return Merged(taken, len(rows) - taken, tuple(problems))


def _rows(path: Path, problems: list[GazetteerError]) -> Iterable[Remembered]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        hint = "Name a file that geomap cache export wrote"
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), hint=hint) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _row(json.loads(line.decode("utf-8-sig")))
        except (ValueError, RecursionError) as error:
            said = " ".join(str(error).split())[:160]
            problems.append(GazetteerError(f"this is no row of a cache ({said})", path=path, line=number, hint=_REMEDY))


def _row(fields: Any) -> Remembered:
    """Read the fields of a line; ValueError says which of them is wrong."""
    if not isinstance(fields, dict) or fields.get("format") != _FORMAT:
        raise ValueError(f'it does not say "format": {_FORMAT}')
    if fields.keys() != _FIELDS:
        odd = ", ".join(sorted(fields.keys() ^ _FIELDS))
        raise ValueError(f"fields missing or unknown: {odd}")
    for name in (*_TEXTS, "asked_at"):
        if not isinstance(fields[name], str) or not is_sound(" " if name == "raw" else fields[name]):
            raise ValueError(f"{name}={fields[name]!r} is no text")
    # Half a surrogate pair is JSON, but no text that a database holds.
    fields["raw"].encode("utf-8")
    latency_ms = fields["latency_ms"]
    if not isinstance(latency_ms, int) or not 0 <= latency_ms < _LATENCY_MAX_MS:
        raise ValueError("latency_ms is no whole number of a few digits")
    if not isinstance(fields["answers"], list):
        raise ValueError("answers is no list")  # noqa: TRY004 - the file's fault
    outcome, answers = AskOutcome(fields["outcome"]), tuple(Answer.from_json(told) for told in fields["answers"])
    if bool(answers) != (outcome is AskOutcome.FOUND):
        raise ValueError(f"outcome={outcome} does not go with {len(answers)} answers")
    return Remembered(
        Question(*(fields[name] for name in Question._fields)),
        outcome,
        moment(fields["asked_at"]),
        answers,
        fields["raw"],
        fields["licence"],
        fields["detail"],
        latency_ms,
    )
