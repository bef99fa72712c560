"""Read the tables written by hand and lay them over the places of the packages.

A row names its target by code, by number or by name; a row that finds none, or that moves a place
far from where a package has it, is an error that says its file and line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.building.curated_places import add_place
from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.rows import Row, read_rows
from geomap.model import Kind, NameKind
from geomap.words import name_key

__all__ = ["Curated", "read_curated"]

# Table, its column of names, and how these belong to their target.
_NAME_TABLES = (
    ("aliases.tsv", "name", NameKind.ALIAS),
    ("abbreviations.tsv", "abbreviation", NameKind.ABBREVIATION),
    ("demonyms.tsv", "demonym", NameKind.DEMONYM),
)
_TARGETS = "Write country:XX, admin1:XX.YY, geonames:NUMBER, geomap:SLUG or name:KIND:XX:Name"


@dataclass(slots=True)
class Curated:
    """What the tables say beside names and places; keys are as `name_key` makes them."""

    demonyms: set[str] = field(default_factory=set)
    common_words: set[str] = field(default_factory=set)
    preferred: dict[str, str] = field(default_factory=dict)
    problems: list[GazetteerError] = field(default_factory=list)


def read_curated(folder: Path, drafts: Drafts) -> Curated:
    """Add the tables' places and names to the drafts; tables that are not there are empty."""
    curated = Curated()
    targets = _Targets(drafts, _add_places(folder, drafts, curated))
    for table, column, kind in _NAME_TABLES:
        for row, draft in _with_targets(folder / table, targets, curated):
            for name in _forms(row[column], kind):
                draft.call(name, kind, trusted=True)
    for row, draft in _with_targets(folder / "display.tsv", targets, curated):
        draft.rename(row["name"])
    for row, draft in _with_targets(folder / "preferred.tsv", targets, curated):
        curated.preferred[name_key(row["name"])] = draft.id
        # What a bare name means first is as good as its main name.
        draft.call(row["name"], NameKind.NAME, trusted=True)
    curated.common_words.update(name_key(row["name"]) for row in read_rows(folder / "ambiguous.tsv", curated.problems))
    for draft in drafts:
        curated.demonyms.update(name_key(name) for name, kind in draft.names.items() if kind is NameKind.DEMONYM)
    return curated


def _add_places(folder: Path, drafts: Drafts, curated: Curated) -> dict[str, Draft]:
    """Add the rows of places.tsv; return the places by slug."""
    slugs: dict[str, Draft] = {}
    by_key: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_key[name_key(draft.name)].append(draft)
    for row in read_rows(folder / "places.tsv", curated.problems):
        if problem := add_place(row, drafts, slugs, by_key):
            curated.problems.append(problem)
    return slugs


def _with_targets(path: Path, targets: _Targets, curated: Curated) -> Iterator[tuple[Row, Draft]]:
    """Yield the rows of a table whose targets are places; the others are problems."""
    for row in read_rows(path, curated.problems):
        draft = targets.find(row["target"])
        if draft is None:
            curated.problems.append(row.error(f"target {row['target']!r} is no place of the index", hint=_TARGETS))
        else:
            yield row, draft


def _forms(name: str, kind: NameKind) -> Iterator[str]:
    """Yield a name, and the plural of a demonym: "s" is added unless the last letter is an s or no letter."""
    yield name
    if kind is NameKind.DEMONYM and name[-1:].isalpha() and not name.endswith(("s", "sh", "ch", "ese", "men")):
        yield name + "s"


class _Targets:
    """Finds the place that a `target` column means."""

    def __init__(self, drafts: Drafts, slugs: dict[str, Draft]) -> None:
        self.drafts = drafts
        self.slugs = slugs
        self.named: dict[tuple[Kind, str, str], list[tuple[bool, int, str]]] = defaultdict(list)
        for draft in drafts:
            for name, kind in draft.names.items():
                if kind is NameKind.NAME or name in draft.trusted or name.isascii():
                    ranked = (kind is not NameKind.NAME, -draft.population, draft.id)
                    self.named[draft.kind, draft.country, name_key(name)].append(ranked)

    def find(self, target: str) -> Draft | None:
        """Return the draft, or None: main names before other names, then the most people."""
        scheme, _, rest = target.partition(":")
        if scheme in {"country", "admin1"}:
            return self.drafts.by_code.get(rest)
        if scheme == "geomap":
            return self.slugs.get(rest) or self.drafts.by_id.get(target)
        if scheme == "name" and rest.count(":") >= 2:
            kind, country, name = rest.split(":", 2)
            if kind in set(Kind):
                found = self.named.get((Kind(kind), country, name_key(name)))
                return self.drafts.by_id[min(found)[2]] if found else None
        return self.drafts.by_id.get(target)
