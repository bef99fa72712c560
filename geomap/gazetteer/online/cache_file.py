"""Open the SQLite file of a cache: make it whole on first use, and say in one line what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    import sqlite3

__all__ = ["DamagedCache", "check_writable", "connect", "told"]

# "gmap": tells a cache of ours from any other SQLite file.
_APPLICATION_ID = 0x676D6170
_VERSION = 1
# Others hold the file for one row at a time.
_BUSY_S = 30.0
_SCHEMA = f"""
CREATE TABLE answers (
    query TEXT NOT NULL, country TEXT NOT NULL, language TEXT NOT NULL, provider TEXT NOT NULL, endpoint TEXT NOT NULL,
    outcome TEXT NOT NULL, asked_at TEXT NOT NULL, answers TEXT NOT NULL, licence TEXT NOT NULL, detail TEXT NOT NULL,
    latency_ms INTEGER NOT NULL, raw TEXT NOT NULL,
    PRIMARY KEY (query, country, language, provider, endpoint)
) WITHOUT ROWID;
CREATE TABLE pace (endpoint TEXT PRIMARY KEY, turn_at REAL NOT NULL DEFAULT 0, rest_until REAL NOT NULL DEFAULT 0);
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_VERSION};
"""
_REMEDY = "geomap cache clear --yes does away with it; geomap cache import FILE puts a copy in its place"
_PLACE = "Name a place that you may write to (the environment variable GEOMAP_HOME, or --cache FILE)"


class DamagedCache(GazetteerError):  # noqa: N818 - reads as the sentence it prints
    """A cache that SQLite, or geomap itself, cannot make sense of: nothing is lost by beginning a new one."""

    def __init__(self, problem: str, *, path: Path) -> None:
        super().__init__(problem, path=path, hint=_REMEDY)


def connect(path: Path) -> sqlite3.Connection:
    """Open a cache, made on first use; one that cannot be written can still be read."""
    import sqlite3

    if not path.exists():
        _create(path)
    # In a folder without write access SQLite opens only a file that nobody changes.
    uri = f"{path.absolute().as_uri()}?{'mode=rw' if _may_write(path) else 'mode=ro&immutable=1'}"
    with told(path):
        connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_S, isolation_level=None)
    try:
        _check(path, connection)
    except GazetteerError:
        connection.close()
        raise
    return connection


def check_writable(path: Path) -> None:
    """Raise a GazetteerError where an answer could not be remembered, before anybody works for one."""
    connection = connect(path)
    try:
        if not _may_write(path):
            raise GazetteerError("the cache may not be written, so nothing can be asked", path=path, hint=_PLACE)
        with told(path):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
    finally:
        connection.close()


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _create(path: Path) -> None:
    """Make an empty cache beside the place where it belongs, and move it there whole."""
    import sqlite3

    from filelock import FileLock

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{path}.lock")
        with lock:
            if path.exists():
                return
            draft = path.with_name(f".{path.name}.new")
            for leftover in ("", "-wal", "-shm"):
                draft.with_name(draft.name + leftover).unlink(missing_ok=True)
            with told(path):
                connection = sqlite3.connect(draft, isolation_level=None)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(_SCHEMA)
                connection.close()
            draft.replace(path)
    except OSError as error:
        raise GazetteerError(f"a cache cannot be made here ({error.strerror})", path=path, hint=_PLACE) from error


def _check(path: Path, connection: sqlite3.Connection) -> None:
    if not path.stat().st_size:
        # For SQLite an empty file is an empty database; it is what a power cut may leave.
        raise DamagedCache("the cache is damaged (the file is empty)", path=path)
    with told(path):
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION_ID:
        raise GazetteerError(
            "this is not a cache of geomap", path=path, hint="Name another file, or move this one away"
        )
    if version != _VERSION:
        raise GazetteerError(
            f"the cache has format {version}, this geomap reads format {_VERSION}",
            path=path,
            hint="Export it with the geomap that wrote it, and import that into a new cache",
        )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite complains of into one line."""
    import sqlite3

    try:
        yield
    except sqlite3.OperationalError as error:
        if "malformed" in str(error):
            raise DamagedCache(f"the cache is damaged ({error})", path=path) from error
        hint = "Look whether another program holds the file, the disk is full, or the file may not be written"
        raise GazetteerError(f"the cache cannot be used now ({error})", path=path, hint=hint) from error
    except sqlite3.DatabaseError as error:
        raise DamagedCache(f"the cache is damaged ({error})", path=path) from error
