"""Remember what online services answered, in one SQLite file that several processes may use at once.

One row per question.  Every answer is written in a transaction of its own, so whoever is killed loses
at most the one under way; a failure never replaces a place that was found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from geomap.gazetteer.online.cache_file import DamagedCache, connect, told
from geomap.gazetteer.online.remembered import Answer, AskOutcome, Question, Remembered, moment, stamp
from geomap.gazetteer.overlay import Overlay

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Cache"]

# A turn farther ahead than this was given out before the clock was set back: six hundred processes may wait
# for their second, or ten at the slowest pace that settings allow.
_LONGEST_QUEUE_S = 600.0
# An answer replaces a failure, a failure never an answer; of two alike the newer stays, or the one that
# was asked for just now, whatever the clock says.
_PUT = """
INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET (outcome, asked_at, answers, licence, detail, latency_ms, raw) =
    (excluded.outcome, excluded.asked_at, excluded.answers, excluded.licence, excluded.detail, excluded.latency_ms,
     excluded.raw)
WHERE CASE (excluded.outcome IN ('failed', 'forbidden')) - (outcome IN ('failed', 'forbidden'))
    WHEN -1 THEN 1 WHEN 1 THEN 0 ELSE ? OR excluded.asked_at > asked_at END
"""
_GET = """
SELECT * FROM answers WHERE query = ? AND country = ? AND language = ? AND provider = ? AND endpoint = ?
"""
# An empty filter fits every row.
_LIST = """
SELECT * FROM answers WHERE ? IN ('', outcome) ORDER BY query, country, language, provider, endpoint
"""
# Without the raw answers, which are most of the file and lie at the end of each row.
_FOUND = """
SELECT query, country, language, provider, endpoint, outcome, asked_at, answers, licence, detail, latency_ms, ''
FROM answers WHERE outcome = 'found' ORDER BY query, country, language, provider, endpoint
"""
_COUNT = """
SELECT outcome, count(*) FROM answers
WHERE ? IN ('', outcome) AND ? IN ('', provider) AND (? = '' OR asked_at < ?) GROUP BY outcome
"""
_DELETE = "DELETE FROM answers WHERE ? IN ('', outcome) AND ? IN ('', provider) AND (? = '' OR asked_at < ?)"
_TAKE_TURN = """
INSERT INTO pace (endpoint, turn_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET turn_at = excluded.turn_at
"""
_REST = """
INSERT INTO pace (endpoint, rest_until) VALUES (?, ?)
ON CONFLICT DO UPDATE SET rest_until = max(rest_until, excluded.rest_until)
"""
_PACE = "SELECT turn_at, rest_until FROM pace WHERE endpoint = ?"


class Cache:
    """An open cache; use it in a `with`, and from the thread that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._db = path, connection

    @classmethod
    def open(cls, path: Path) -> Cache:
        """Open the cache in a file, made on first use; a cache that cannot be written can still be read."""
        return cls(path, connect(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; whoever is the last to do so leaves one file, without SQLite's side files."""
        self._db.close()

    def get(self, question: Question) -> Remembered | None:
        """Return what is remembered of a question, or None."""
        found = self._all(_GET, question)
        return self._row(found[0]) if found else None

    def put(self, row: Remembered) -> None:
        """Remember how a question ended just now."""
        with self._transaction() as db:
            db.execute(_PUT, (*_values(row), True))

    def merge(self, rows: Iterable[Remembered]) -> int:
        """Take over rows of another cache, all in one step; return how many of them changed anything."""
        with self._transaction() as db:
            return sum(db.execute(_PUT, (*_values(row), False)).rowcount for row in rows)

    def rows(self, outcome: AskOutcome | None = None) -> Iterator[Remembered]:
        """Yield what is remembered, in the order of the questions."""
        for values in self._all(_LIST, (outcome or "",)):
            yield self._row(values)

    def clear(
        self, *, outcome: AskOutcome | None = None, provider: str = "", before: datetime | None = None
    ) -> dict[AskOutcome, int]:
        """Forget the rows that all of the filters fit; return how many of each outcome went."""
        age = stamp(before) if before else ""
        values = (outcome or "", provider, age, age)
        with self._transaction() as db:
            counts = db.execute(_COUNT, values).fetchall()
            db.execute(_DELETE, values)
        with told(self.path):
            # What was asked may be nobody's business: it leaves the file, not only the table.
            self._db.execute("VACUUM")
        return {AskOutcome(name): count for name, count in sorted(counts)}

    def overlay(self) -> Overlay:
        """Return everything that was ever found, expired or not, as candidates below every other layer."""
        from geomap.gazetteer.online.places import overlay_of

        rows = self._all(_FOUND, ())
        digest = hashlib.sha256(repr(rows).encode("utf-8", "replace")).hexdigest()
        return overlay_of(map(self._row, rows), digest=digest)

    def take_turn(self, endpoint: str, *, now: datetime, pace_s: float) -> float:
        """Reserve the next moment at which a service may be asked, by any process; return the seconds until then."""
        at = now.timestamp()
        with self._transaction() as db:
            last, rest = self._pace(endpoint)
            turn = max(at, rest, last + pace_s if last - at < _LONGEST_QUEUE_S else 0)
            db.execute(_TAKE_TURN, (endpoint, turn))
        return turn - at

    def rest(self, endpoint: str, until: datetime) -> None:
        """Leave a service alone for a while, in every process, because it asked for that."""
        with self._transaction() as db:
            db.execute(_REST, (endpoint, until.timestamp()))

    def rest_s(self, endpoint: str, *, now: datetime) -> float:
        """Return for how many seconds yet a service wants to be left alone."""
        return max(0.0, self._pace(endpoint)[1] - now.timestamp())

    def _pace(self, endpoint: str) -> tuple[float, float]:
        found = self._all(_PACE, (endpoint,))
        return found[0] if found else (0.0, 0.0)

    def _all(self, sql: str, values: tuple[object, ...]) -> list[Any]:
        with told(self.path):
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with told(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                # SQLite has done so itself where the disk is full.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _row(self, values: tuple[Any, ...]) -> Remembered:
        outcome, asked_at, answers, licence, detail, latency_ms, raw = values[5:]
        try:
            told = tuple(Answer.from_json(fields) for fields in json.loads(answers))
            return Remembered(
                Question(*values[:5]), AskOutcome(outcome), moment(asked_at), told, raw, licence, detail, latency_ms
            )
        except (TypeError, ValueError) as error:
            raise DamagedCache(f"the row of {values[0]!r} is damaged ({error})", path=self.path) from error


def _values(row: Remembered) -> tuple[object, ...]:
    answers = json.dumps([answer.as_json() for answer in row.answers], ensure_ascii=False)
    told = (row.outcome, stamp(row.asked_at), answers, row.licence, row.detail, row.latency_ms, row.raw)
    return (*row.question, *told)
