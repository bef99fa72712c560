"""Read GeoNames' own dumps: allCountries.txt or XX.txt, and the tables that lie beside them.

The dump is in no order that helps, and its names lie in another file: rows and names go to a sorter by
GeoNames' number, and what comes out together is one place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.building.draft import Draft
from geomap.gazetteer.building.naming import plain
from geomap.gazetteer.building.sorting import Sorter
from geomap.gazetteer.imports.dump import ADMIN1, ADMIN2, ALTERNATES, COLUMNS, COUNTRIES, HIERARCHY, Dump
from geomap.gazetteer.imports.features import feature
from geomap.gazetteer.imports.opening import BytesRead, numbered_lines
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.layers.fields import POPULATION_MAX
from geomap.gazetteer.layout import is_geonames_number
from geomap.model import Kind, NameKind

__all__ = ["read_dump"]

_HINT = "A GeoNames dump has 19 columns between tabs: see readme.txt of download.geonames.org"
# What stands as language of what is no name, in alternateNamesV2.txt.
_NO_NAMES = frozenset(
    ["link", "post", "iata", "icao", "faac", "tcid", "unlc", "wkdt", "phon", "piny", "lauc", "uicn", "nuts", "lfpl"]
)
_MAIN, _NAME = "0", "1"
_POPULATION_MAX_DIGITS = 20
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_KINDS = {kind.value: kind for kind in Kind}


def read_dump(
    dump: Dump, folder: Path, tally: Tally, *, all_features: bool, progress: BytesRead
) -> tuple[dict[str, int], Iterator[tuple[int, Draft]]]:
    """Return the numbers of divisions by code, and the places by rising number, sorted in `folder`."""
    reader = _Reader(dump, Sorter(folder), tally, all_features=all_features)
    done = 0
    for read, path in reader.steps():
        read(path, lambda at, before=done: progress(before + at))  # type: ignore[misc]
        done += path.stat().st_size
    return reader.parents, reader.drafts()


class _Reader:
    """Collects rows and names under the number of their place."""

    def __init__(self, dump: Dump, sorter: Sorter, tally: Tally, *, all_features: bool) -> None:
        self.parents: dict[str, int] = {}
        self._dump = dump
        self._sorter = sorter
        self._tally = tally
        self._all_features = all_features
        self._codes: dict[int, str] = {}
        self._under: dict[int, str] = {}

    def steps(self) -> Iterator[tuple[Callable[[Path, BytesRead], None], Path]]:
        """Yield what reads each file, in the order they need."""
        yield self._read_main, self._dump.main
        readers = {
            ADMIN1: self._read_divisions,
            ADMIN2: self._read_divisions,
            COUNTRIES: self._read_countries,
            HIERARCHY: self._read_hierarchy,
            ALTERNATES: self._read_names,
        }
        for name, read in readers.items():
            if name in self._dump.companions:
                yield read, self._dump.companions[name]

    def drafts(self) -> Iterator[tuple[int, Draft]]:
        """Yield the places by rising number, each with all its names."""
        for number, lines in groupby(self._sorter, key=lambda line: line[:9]):
            # The main row sorts before the names.
            marks = [line[10:].split("\t") for line in lines]
            if marks[0][0] != _MAIN:
                # A name of a row that was left out, or that is of another country.
                continue
            draft = self._draft(int(number), marks[0])
            twice = 0
            for cells in marks[1:]:
                if cells[0] == _MAIN:
                    twice += 1
                else:
                    _call(draft, *cells[1:])
            if twice:
                self._tally.left_out["a GeoNames number that came before"] += twice
            draft.name = plain(draft)
            yield int(number), draft

    def _read_main(self, path: Path, progress: BytesRead) -> None:
        with_names = ALTERNATES not in self._dump.companions
        tally, add = self._tally, self._sorter.add
        for cells in self._rows(path, progress, COLUMNS):
            tally.rows += 1
            class_, code = cells[6], cells[7]
            known = feature(class_, code)
            if known is None:
                tally.left_out["no feature class"] += 1
                continue
            if not (known.in_news or self._all_features):
                tally.left_out[f"{class_}.{code}"] += 1
                continue
            number, country = int(cells[0]), cells[8]
            parent = ".".join(filter(None, (country, cells[10], cells[10] and cells[11])))
            if code in {"ADM1", "ADM2"}:
                self.parents.setdefault(parent, number)
                self._codes[number] = parent
            others = cells[3] if with_names else ""
            population = cells[14] if cells[14].isdecimal() else "0"
            add(
                f"{number:09}\t0\t{cells[1]}\t{cells[2]}\t{others}\t{cells[4]}\t{cells[5]}\t{code}\t{known.kind.value}"
                f"\t{country}\t{parent}\t{population}"
            )

    def _read_names(self, path: Path, progress: BytesRead) -> None:
        for cells in self._rows(path, progress, 4):
            language, name, *flags = cells[2:]
            if language in _NO_NAMES:
                self._tally.left_out["alternate names that are links and codes"] += 1
                continue
            preferred, _, colloquial, historic = [flag == "1" for flag in (*flags, "", "", "", "")[:4]]
            if language == "abbr":
                how = "a"
            elif language == "en" and not colloquial and not historic:
                how = "p" if preferred else "e"
            else:
                how = "o"
            if is_geonames_number(cells[1]):
                self._sorter.add(f"{int(cells[1]):09}\t1\t{name}\t{how}")

    def _read_divisions(self, path: Path, progress: BytesRead) -> None:
        """Read the names of divisions; the codes of those the dump lacks lead nowhere."""
        for cells in self._rows(path, progress, 4):
            if is_geonames_number(cells[3]):
                self._sorter.add(f"{int(cells[3]):09}\t1\t{cells[1]}\te")

    def _read_countries(self, path: Path, progress: BytesRead) -> None:
        for cells in self._rows(path, progress, 17):
            if is_geonames_number(cells[16]):
                self._sorter.add(f"{int(cells[16]):09}\t1\t{cells[4].strip()}\tp")

    def _read_hierarchy(self, path: Path, progress: BytesRead) -> None:
        """Read the divisions of places whose own row names none."""
        for cells in self._rows(path, progress, 2):
            parent, child = cells[:2]
            if is_geonames_number(parent) and is_geonames_number(child) and int(parent) in self._codes:
                self._under[int(child)] = self._codes[int(parent)]

    def _rows(self, path: Path, progress: BytesRead, columns: int) -> Iterator[list[str]]:
        """Yield the rows that have enough columns, and in the main file are places."""
        main = path == self._dump.main
        for line_number, raw in numbered_lines(path, progress):
            if not raw or raw.startswith(b"#"):
                continue
            try:
                line = raw.decode("utf-8-sig" if line_number == 1 else "utf-8")
            except UnicodeDecodeError:
                self._refuse("this is not UTF-8", path, line_number, "Fetch the file again")
                continue
            if _CONTROL.search(line):
                line = _CONTROL.sub(" ", line)
            cells = line.split("\t")
            if len(cells) < columns or (main and len(cells) != columns):
                self._refuse(f"{len(cells)} columns", path, line_number, _HINT)
            elif not main:
                yield cells
            elif problem := _problem(cells):
                self._refuse(*problem[:1], path, line_number, problem[1])
            else:
                yield cells

    def _refuse(self, problem: str, path: Path, line: int, hint: str) -> None:
        self._tally.refuse(GazetteerError(problem, path=path, line=line, hint=hint))

    def _draft(self, number: int, cells: list[str]) -> Draft:
        _, name, ascii_name, others, lat, lon, code, kind, country, parent, population = cells
        if parent.count(".") == 0 and number in self._under:
            parent = self._under[number]
        draft = Draft(
            f"geonames:{number}", name, _KINDS[kind], country, float(lat), float(lon), code, parent, int(population)
        )
        draft.names[name] = NameKind.NAME
        draft.trusted.add(name)
        if ascii_name and ascii_name != name:
            draft.call(ascii_name)
        if others:
            for other in others.split(","):
                draft.call(other)
        return draft


def _call(draft: Draft, name: str, how: str) -> None:
    """Add a name of alternateNamesV2.txt by what that file says of it."""
    match how:
        case "a":
            draft.call(name, NameKind.ABBREVIATION, trusted=True)
        case "p":
            draft.rename(name)
        case "e":
            draft.call(name, NameKind.ALIAS, trusted=True)
        case _:
            draft.call(name)


def _problem(cells: list[str]) -> tuple[str, str] | None:
    """Return what is wrong with a row of the dump, and the remedy."""
    if not is_geonames_number(cells[0]):
        return f"geonameid is {cells[0][:20]!r}", "It is a number from 1 to 99,999,999"
    if not cells[1].strip():
        return f"geonames:{cells[0]} has no name", "Give column 2 or drop the row"
    # The length first: Python refuses to read numbers of thousands of digits.
    if cells[14].isdecimal() and (len(cells[14]) > _POPULATION_MAX_DIGITS or int(cells[14]) > POPULATION_MAX):
        return f"{cells[1]!r} has population={cells[14][:20]}", f"Write a whole number, 0 to {POPULATION_MAX}"
    try:
        lat, lon = float(cells[4]), float(cells[5])
    except ValueError:
        return f"{cells[1]!r} has lat={cells[4]!r}, lon={cells[5]!r}", "Both are degrees, such as 33.34"
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        swapped = ". Are the two columns swapped?" if -90 <= lon <= 90 and -180 <= lat <= 180 else ""
        return f"{cells[1]!r} has lat={lat:g}, lon={lon:g}, outside -90 to 90 and -180 to 180", f"Mend it{swapped}"
    return None
