"""Every error a user can mend, in one small tree; anything else is a bug and surfaces.

GeomapError
  InputError       a file or text that cannot be read        (also ValueError)
  GazetteerError   a gazetteer source or index that is wrong (also ValueError)
    DamagedCache   remembered answers that nothing can make sense of (in geomap.gazetteer.online.cache_file)
  MissingExtra     an optional dependency is not installed   (also ImportError)
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["GazetteerError", "GeomapError", "InputError", "MissingExtra"]


class GeomapError(Exception):
    """What went wrong, with which value, against which limit, and what to do."""


class InputError(GeomapError, ValueError):
    """An input that cannot become a document.

    `where` is the path as the user gave it, `line` the 1-based line where that is known.
    """

    def __init__(self, problem: str, *, where: str, hint: str, line: int | None = None) -> None:
        place = where if line is None else f"{where}:{line}"
        super().__init__(f"{place}: {problem}. {hint}")
        self.where, self.line, self.problem, self.hint = where, line, problem, hint


class GazetteerError(GeomapError, ValueError):
    """A row of a gazetteer source that cannot become a place, or an index that cannot be opened."""

    def __init__(self, problem: str, *, path: Path, hint: str, line: int | None = None) -> None:
        place = str(path) if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {problem}. {hint}")
        self.path, self.line, self.problem, self.hint = path, line, problem, hint


class MissingExtra(GeomapError, ImportError):  # noqa: N818 - reads as the sentence it prints
    """A part of geomap whose dependencies are not installed."""

    def __init__(self, what: str, *, extra: str) -> None:
        super().__init__(f"{what} needs the extra [{extra}]. Install it: pip install 'geo-mention-mapper[{extra}]'")
        self.extra = extra
