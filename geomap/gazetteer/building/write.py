"""Write an index from a stream of drafts: equal drafts give equal bytes, in memory that does not grow.

Each place is written as it comes and its names go to a sorter on disk; sorted, they become the tables.
Nothing holds a time or a path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geomap.gazetteer import layout
from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.building.index import NameRules, keys_of, name_lines, postings, spelling_lines
from geomap.gazetteer.building.publish import publish, staging
from geomap.gazetteer.building.sorting import Sorter
from geomap.gazetteer.layout import DEGREE
from geomap.gazetteer.table import write_table
from geomap.model import BBox, Kind

__all__ = ["Numbered", "numbered", "write_index"]

_PAGE_BYTES = 4096
_BATCH_ROWS = 5_000
_KINDS = {kind: i for i, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Numbered:
    """Drafts with their numbers, rising; and the number of the division that a code stands for."""

    drafts: Iterable[tuple[int, Draft]]
    parents: Mapping[str, int] = field(default_factory=dict)


def numbered(drafts: Drafts) -> Numbered:
    """Number the places: GeoNames' own numbers, and a row of ours for the others, by id."""
    own = sorted(draft.id for draft in drafts if not draft.id.startswith("geonames:"))
    numbers = {place_id: layout.OWN_NUMBERS_FROM + i for i, place_id in enumerate(own)}
    numbers.update({d.id: int(d.id.partition(":")[2]) for d in drafts if d.id not in numbers})
    parents = {code: numbers[draft.id] for code, draft in drafts.by_code.items() if draft.id in numbers}
    return Numbered(sorted(((numbers[d.id], d) for d in drafts), key=lambda pair: pair[0]), parents)


def write_index(
    target: Path,
    read: Callable[[Path], Numbered],
    rules: NameRules,
    *,
    title: str,
    packages: Sequence[Mapping[str, str]],
    report: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Write the index at `target`, whole or not at all; return what its index.json says.

    `read` gives the drafts, and may sort in the folder it is given; `report` is told the steps as they begin.
    """
    with staging(target) as folder:
        runs = folder / "runs"
        runs.mkdir()
        given = read(runs)
        names, spellings = Sorter(runs), Sorter(runs)
        places = _Places(folder / layout.PLACES_FILE, given.parents)
        for number, draft in given.drafts:
            places.add(number, draft)
            keys = keys_of(draft, rules.keep)
            for line in name_lines(number, draft, keys, rules.preferred):
                names.add(line)
            for line in spelling_lines(number, draft, keys):
                spellings.add(line)
        about = places.close()
        report("names")
        counts = Counter[str]()
        firsts = write_table(folder, layout.NAMES, _counted(postings(names, rules.judge), counts))
        report("spellings")
        shards = {layout.NAMES: firsts, layout.SPELLINGS: write_table(folder, layout.SPELLINGS, postings(spellings))}
        runs.rmdir()
        report("writing")
        counted = {"names": counts["names"], "pairs": counts["pairs"]}
        return publish(
            target, folder, {"title": title, **counted, **about, "shards": shards, "packages": list(packages)}
        )


def _counted(rows: Iterable[tuple[str, list[int]]], counts: Counter[str]) -> Iterator[tuple[str, list[int]]]:
    for row in rows:
        counts["names"] += 1
        counts["pairs"] += len(row[1])
        yield row


class _Places:
    """Writes the places into their database, in the order they come."""

    def __init__(self, path: Path, parents: Mapping[str, int]) -> None:
        import sqlite3

        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.executescript(
            f"PRAGMA page_size = {_PAGE_BYTES}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {layout.SCHEMA}"
        )
        self._database.execute("BEGIN")
        self._parents = parents
        self._features: dict[str, int] = {"": 0}
        self._sources: dict[str, int] = {}
        self._kinds = Counter[Kind]()
        self._rows: list[tuple[Any, ...]] = []

    def add(self, number: int, draft: Draft) -> None:
        own = number >= layout.OWN_NUMBERS_FROM
        more = bool(draft.bbox or draft.disputed or draft.note or own)
        self._kinds[draft.kind] += 1
        self._rows.append(
            (
                number,
                draft.name,
                _KINDS[draft.kind],
                _whole(draft.lat),
                _whole(draft.lon),
                draft.country or None,
                self._features.setdefault(draft.feature, len(self._features)),
                self._parent(number, draft.parent),
                draft.population or None,
                self._sources.setdefault(draft.source, len(self._sources)),
                1 if more else None,
            )
        )
        if len(self._rows) >= _BATCH_ROWS:
            self._write()
        if more:
            self._add_more(number, draft, own=own)

    def close(self) -> dict[str, Any]:
        """Finish the database; return what index.json says of the places."""
        self._write()
        self._database.execute("COMMIT")
        self._database.close()
        return {
            "places": self._kinds.total(),
            "places_by_kind": {kind.value: self._kinds[kind] for kind in Kind},
            "kinds": [kind.value for kind in Kind],
            "features": list(self._features),
            "sources": list(self._sources),
        }

    def _add_more(self, number: int, draft: Draft, *, own: bool) -> None:
        if isinstance(draft.bbox, BBox):
            self._database.execute("INSERT INTO extent VALUES (?,?,?,?,?)", (number, *map(_whole, draft.bbox)))
        if draft.disputed or draft.note:
            self._database.execute("INSERT INTO remark VALUES (?,?,?)", (number, draft.disputed, draft.note))
        if own:
            self._database.execute("INSERT INTO own VALUES (?,?)", (number, draft.id))

    def _write(self) -> None:
        self._database.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", self._rows)
        self._rows = []

    def _parent(self, number: int, code: str) -> int | None:
        """Return the number of the smallest division around a place: of "US.LA.079", else of "US.LA"."""
        while "." in code:
            parent = self._parents.get(code)
            if parent is not None and parent != number:
                return parent
            code = code.rpartition(".")[0]
        return None


def _whole(degrees: float | None) -> int:
    assert degrees is not None
    return round(degrees * DEGREE)
