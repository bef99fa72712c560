"""Number places of one name, so that each has an id of its own: own:san-juan, own:san-juan-2, ...

The next number of a stem is kept: among thousands of namesakes none is counted from the start again.
"""

from __future__ import annotations

__all__ = ["Slugs"]


class Slugs:
    """The numbers given so far, by stem."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def of(self, stem: str, taken: set[str]) -> str:
        """Return the stem, or where it is taken the stem with a number from 2 on; what is returned is then taken."""
        number = self._next.get(stem, 1)
        while (made := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        self._next[stem] = number + 1
        taken.add(made)
        return made
