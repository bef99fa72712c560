"""How alike two names are, from 0 to 1: the check on codes and numbers that sources give for a place."""

from __future__ import annotations

from difflib import SequenceMatcher

from geomap.words import name_key

__all__ = ["likeness"]


def likeness(one: str, other: str) -> float:
    """Return the share of letters two names have in common, in order."""
    return SequenceMatcher(None, name_key(one), name_key(other)).ratio()
