"""Say whether a word is an ordinary English word, which no one should take for the name of a place.

The list is measured on open texts: see `geomap.gazetteer.building.ordinary`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["TABLE", "is_english"]

TABLE = Path(__file__).parent / "tables" / "english.txt"


def is_english(word: str) -> bool:
    """Say whether a word, written in whatever case, is an ordinary English word."""
    return word.lower() in _words()


@cache
def _words() -> frozenset[str]:
    lines = TABLE.read_text("ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
