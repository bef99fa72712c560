"""Begin a cache anew where the old one is damaged: put it away, or forget it, as the person wants.

What is damaged is found out by reading it all, as every run does; another program's file is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, takewhile
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.cache_file import DamagedCache

__all__ = ["forget_damaged", "put_away_damaged"]

# What SQLite leaves beside a file that was not closed; without the file it means nothing.
_SIDE_FILES = ("-wal", "-shm")


def put_away_damaged(path: Path) -> Path | None:
    """Move a damaged cache aside, where nobody reads it; return its new path, or None for a sound one or none."""
    if not _is_damaged(path):
        return None
    aside = next(free for free in _asides(path) if not free.exists())
    try:
        path.replace(aside)
    except OSError as error:
        hint = "Move it away yourself"
        raise GazetteerError(f"the damaged cache cannot be moved ({error.strerror})", path=path, hint=hint) from error
    for ending in _SIDE_FILES:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return aside


def forget_damaged(path: Path) -> bool:
    """Delete a damaged cache, and all that were put away before; say whether the cache itself was damaged."""
    aside = put_away_damaged(path)
    # What was asked may be nobody's business.
    for old in takewhile(Path.exists, _asides(path)):
        old.unlink()
    return aside is not None


def _is_damaged(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        _read(path)
    except DamagedCache:
        return True
    return False


def _read(path: Path) -> None:
    with Cache.open(path) as cache:
        cache.overlay()


def _asides(path: Path) -> Iterator[Path]:
    """Yield where damaged caches are put away, one after the other."""
    return (path.with_name(f"{path.name}.damaged{n or ''}") for n in count())
