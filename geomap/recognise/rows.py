"""Find the rows of many whole numbers at once.

A table of slots, a quarter full: a number stands in the slot that its bits lead to, or in the next free
one, so that a question for ten thousand numbers is a few steps over whole arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["NOTHING", "RowTable"]

# The row of a number that is not in the table.
NOTHING = 0
# Spreads numbers that lie side by side: 2^64 divided by the golden ratio.
_SPREAD = 0x9E37_79B9_7F4A_7C15
_WORD_BITS = 64


class RowTable:
    """The row of `numbers[i]` is `i + 1`; all numbers are different."""

    def __init__(self, numbers: NDArray[np.int64]) -> None:
        import numpy as np

        self._bits = (4 * len(numbers) + 1).bit_length()
        self._numbers = np.concatenate([[-1], numbers])
        self._rows = np.zeros(1 << self._bits, dtype=np.int64)
        left = np.arange(1, len(numbers) + 1)
        slots = self._homes(numbers)
        while len(left):
            free = self._rows[slots] == NOTHING
            # Of several rows for one free slot, one stays there.
            self._rows[slots[free]] = left[free]
            homeless = self._rows[slots] != left
            left, slots = left[homeless], self._next(slots[homeless])

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the row of each number, NOTHING for those that are not in the table."""
        import numpy as np

        slots = self._homes(numbers)
        rows = self._rows[slots]
        # Another number stands there: this one may stand behind it.
        open_ = np.flatnonzero((rows != NOTHING) & (self._numbers[rows] != numbers))
        while len(open_):
            slots[open_] = self._next(slots[open_])
            rows[open_] = self._rows[slots[open_]]
            found = rows[open_]
            open_ = open_[(found != NOTHING) & (self._numbers[found] != numbers[open_])]
        return rows

    def _homes(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        import numpy as np

        spread = numbers.astype(np.uint64) * np.uint64(_SPREAD)
        return (spread >> np.uint64(_WORD_BITS - self._bits)).astype(np.int64)

    def _next(self, slots: NDArray[np.int64]) -> NDArray[np.int64]:
        return (slots + 1) & (len(self._rows) - 1)
