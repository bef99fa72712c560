"""Install a gazetteer as an index of its own in the user's folder, where every later run finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from geomap.errors import GazetteerError
from geomap.gazetteer.building.checksum import sha256_of
from geomap.gazetteer.building.draft import Draft
from geomap.gazetteer.building.publish import withdraw
from geomap.gazetteer.building.scripts import Scripts
from geomap.gazetteer.building.write import Numbered, write_index
from geomap.gazetteer.imports.dump import Dump
from geomap.gazetteer.imports.geonames import read_dump
from geomap.gazetteer.imports.installed import install_folder, installed_folder
from geomap.gazetteer.imports.judging import rules_beside
from geomap.gazetteer.imports.report import MAX_TOLD, Tally
from geomap.gazetteer.layout import OWN_NUMBERS_FROM, is_geonames_number
from geomap.gazetteer.store import Store
from geomap.geo import distance_km

__all__ = ["GEONAMES_SOURCE", "Origin", "Progress", "install_drafts", "install_dump", "uninstall"]

GEONAMES_SOURCE = "GeoNames"
_TELL_EVERY_PLACES = 10_000
# Farther than the points of two gazetteers for one town lie apart: a wrong id, or swapped columns.
_MOVED_KM = 100

# Told a step, how much of it is done and how much it is, in units of its own; 0 of 0 where nobody knows.
Progress: TypeAlias = Callable[[str, int, int], None]


def quiet(_step: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a gazetteer comes from: what `geomap gazetteer info` and the credits of every map say of it."""

    name: str
    paths: tuple[Path, ...]
    source: str = ""
    licence: str = ""

    def packages(self) -> list[dict[str, str]]:
        """Return a row for each file, as index.json holds them."""
        credit = f"{self.source or self.name}{f' ({self.licence})' if self.licence else ''}"
        return [
            {
                "name": path.name,
                "source": self.source or path.name,
                "registry": "",
                "version": "",
                "licence": self.licence,
                "date": f"{datetime.fromtimestamp(path.stat().st_mtime, UTC):%Y-%m-%d}",
                "sha256": sha256_of(path),
                "credit": credit,
                "takes": f"imported from {self.source or path.name}",
            }
            for path in self.paths
        ]


def install_dump(
    dump: Dump,
    origin: Origin,
    tally: Tally,
    *,
    scripts: Scripts = Scripts.LATIN,
    all_features: bool = False,
    progress: Progress = quiet,
) -> dict[str, Any]:
    """Install a dump of GeoNames; return what its index.json says."""

    def read(folder: Path) -> Numbered:
        def tell(at: int) -> None:
            progress("reading", at, dump.bytes)

        parents, drafts = read_dump(dump, folder, tally, all_features=all_features, progress=tell)
        return Numbered(_told(drafts, tally.rows - tally.left_out_rows, progress), parents)

    return _write(read, origin, scripts, progress)


def install_drafts(
    drafts: Sequence[Draft],
    origin: Origin,
    tally: Tally,
    *,
    scripts: Scripts = Scripts.LATIN,
    progress: Progress = quiet,
) -> dict[str, Any]:
    """Install places that fit in memory; a place that comes twice is one with all its names."""
    joined = _joined(drafts)
    given = Numbered(_numbered(joined))
    index = _write(lambda _: given, origin, scripts, progress)
    _tell_moved(joined, tally)
    return index


def uninstall(name: str) -> Path:
    """Remove an installed gazetteer; return where it lay."""
    folder = installed_folder(name)
    withdraw(folder)
    return folder


def _write(read: Callable[[Path], Numbered], origin: Origin, scripts: Scripts, progress: Progress) -> dict[str, Any]:
    import sqlite3

    target = install_folder(origin.name)
    rules = rules_beside(Store.open(), scripts)

    def tell(step: str) -> None:
        progress(step, 0, 0)

    try:
        return write_index(target, read, rules, title=origin.name, packages=origin.packages(), report=tell)
    except (OSError, sqlite3.OperationalError) as error:
        raise GazetteerError(f"cannot be written ({error})", path=target, hint="Is there room on the disk?") from error


def _told(drafts: Iterable[tuple[int, Draft]], total: int, progress: Progress) -> Iterator[tuple[int, Draft]]:
    for count, pair in enumerate(drafts):
        if not count % _TELL_EVERY_PLACES:
            progress("sorting", count, total)
        yield pair


def _tell_moved(drafts: Iterable[Draft], tally: Tally) -> None:
    """Remark on places that geomap knows, and that now lie far from where it had them."""
    default = Store.open()
    moved = 0
    for draft in drafts:
        known = default.place(draft.id)
        if known is None or draft.lat is None or draft.lon is None:
            continue
        km = distance_km(a_lat=draft.lat, a_lon=draft.lon, b_lat=known.lat, b_lon=known.lon)
        if km <= _MOVED_KM:
            continue
        moved += 1
        if moved <= MAX_TOLD:
            whose = ", ".join(filter(None, (known.name, known.country)))
            tally.remarks.append(
                f"moved     {draft.id} by {km:,.0f} km: {draft.name!r} here, {whose} without this file"
            )
    if moved > MAX_TOLD:
        tally.remarks.append(f"moved     {moved - MAX_TOLD:,} more; are the ids right, and latitude and longitude?")


def _joined(drafts: Iterable[Draft]) -> list[Draft]:
    by_id: dict[str, Draft] = {}
    for draft in drafts:
        known = by_id.setdefault(draft.id, draft)
        for name, kind in draft.names.items():
            known.call(name, kind, trusted=name in draft.trusted)
    return list(by_id.values())


def _numbered(drafts: Sequence[Draft]) -> list[tuple[int, Draft]]:
    own = sorted((draft for draft in drafts if _number(draft) is None), key=lambda draft: draft.id)
    theirs = [(number, draft) for draft in drafts if (number := _number(draft)) is not None]
    return sorted(theirs, key=lambda pair: pair[0]) + list(enumerate(own, start=OWN_NUMBERS_FROM))


def _number(draft: Draft) -> int | None:
    scheme, _, rest = draft.id.partition(":")
    return int(rest) if scheme == "geonames" and is_geonames_number(rest) else None
