"""Sort more lines than fit in memory: sorted runs on disk, merged as they are read.

The runs lie in a folder the caller owns, so whoever removes that folder after a crash removes them too.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

__all__ = ["Sorter"]

# About 100 MB while a run is collected, and 40 runs for the names of all of GeoNames.
_RUN_LINES = 600_000


class Sorter:
    """Takes lines in any order, gives them back in order, once; a line holds no newline."""

    def __init__(self, folder: Path, *, run_lines: int = _RUN_LINES) -> None:
        self._folder = folder
        self._run_lines = run_lines
        self._lines: list[str] = []
        self._runs: list[Path] = []

    def add(self, line: str) -> None:
        """Take one line."""
        self._lines.append(line)
        if len(self._lines) >= self._run_lines:
            self._spill()

    def __iter__(self) -> Iterator[str]:
        """Yield all lines in order; their files go when the last is read."""
        if self._runs:
            self._spill()
        self._lines.sort()
        with ExitStack() as stack:
            # No universal newlines: a name may hold a character that some systems end lines with.
            files = [stack.enter_context(run.open(encoding="utf-8", newline="\n")) for run in self._runs]
            for line in heapq.merge(self._lines, *files):
                yield line.removesuffix("\n")
        for run in self._runs:
            run.unlink()
        self._lines, self._runs = [], []

    def _spill(self) -> None:
        self._lines.sort()
        run = self._folder / f"{id(self):x}-{len(self._runs):03}.run"
        with run.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in self._lines)
        self._runs.append(run)
        self._lines = []
