"""Say which files are a dump of GeoNames: the main one, and the tables that lie beside it or are named with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

__all__ = [
    "ADMIN1",
    "ADMIN2",
    "ALTERNATES",
    "COLUMNS",
    "COMPANIONS",
    "COUNTRIES",
    "HIERARCHY",
    "Dump",
    "find_dump",
    "is_dump",
]

COLUMNS = 19
ALTERNATES, HIERARCHY = "alternateNamesV2", "hierarchy"
ADMIN1, ADMIN2, COUNTRIES = "admin1CodesASCII", "admin2Codes", "countryInfo"
# Files that add to a dump, by the name GeoNames gives them.
COMPANIONS = (ALTERNATES, HIERARCHY, ADMIN1, ADMIN2, COUNTRIES)
_ENDINGS = (".txt", ".zip")


@dataclass(frozen=True, slots=True)
class Dump:
    """The main file, and the companions by their names."""

    main: Path
    companions: dict[str, Path] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """Return the size of all that is read."""
        return sum(path.stat().st_size for path in (self.main, *self.companions.values()))


def is_dump(line: bytes) -> bool:
    """Say whether the first line of a file is a row of a dump."""
    cells = line.rstrip(b"\r\n").split(b"\t")
    return len(cells) == COLUMNS and cells[0].removeprefix(b"\xef\xbb\xbf").isdigit()


def find_dump(main: Path, given: tuple[Path, ...] = ()) -> Dump:
    """Return a dump with the companions given, and those that lie beside it."""
    companions = {name: path for path in given if (name := _companion(path))}
    for name in COMPANIONS:
        beside = [path for ending in _ENDINGS if (path := main.with_name(name + ending)).is_file()]
        if beside:
            companions.setdefault(name, beside[0])
    return Dump(main, companions)


def _companion(path: Path) -> str:
    return path.name.partition(".")[0] if path.name.endswith(_ENDINGS) else ""
