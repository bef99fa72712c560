"""Where an entry stands in its file: what a reader needs to name the line, and an editor to cut it out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Lines", "Stretch"]


class Stretch(NamedTuple):
    """One entry as its file has it: its fields, its first line, and the characters `[start, end)` of its lines."""

    row: Mapping[str, Any]
    line: int
    start: int
    end: int


class Lines:
    """Tells the line of a character; breaks are sought once, because a layer may have 100,000 lines."""

    def __init__(self, text: str) -> None:
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def at(self, position: int) -> int:
        """Return the line, from 1, in which a character stands."""
        return bisect_left(self._breaks, position) + 1
