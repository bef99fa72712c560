"""Build the index from the pinned packages and the tables written by hand.

Sources run in order of trust and fill in drafts by GeoNames' number; equal inputs give equal bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.building.curated import Curated, read_curated
from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.building.index import NameRules, Verdict
from geomap.gazetteer.building.naming import plain
from geomap.gazetteer.building.scripts import Scripts, keeper
from geomap.gazetteer.building.sources import READERS
from geomap.gazetteer.building.sources.divisions import settle_points
from geomap.gazetteer.building.sources.packages import Package, open_packages
from geomap.gazetteer.building.write import numbered, write_index
from geomap.model import Kind
from geomap.words import name_key

__all__ = ["Report", "build", "tables_digest"]

# What the index says of the tables written by hand, in the list of its sources.
_OWN_SOURCE = {
    "name": "geomap curated tables",
    "source": "geomap",
    "registry": "",
    "version": "",
    "licence": "Apache-2.0",
    "date": "",
    "sha256": "",
    "credit": "",
    "takes": "places, aliases, demonyms and abbreviations written for this project",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What was built, and what was left out."""

    index: dict[str, Any]
    without_point: tuple[str, ...]


def build(
    sources_dir: Path,
    curated_dir: Path,
    out_dir: Path,
    *,
    scripts: Scripts = Scripts.LATIN,
    warn: Callable[[str], None] = lambda _: None,
) -> Report:
    """Build the index; `sources.toml` lies beside the folder of the curated tables.

    It holds names in Latin letters, or in every script.  Every wrong row of the tables is told through
    `warn`, then the first is raised.
    """
    packages = open_packages(curated_dir.parent / "sources.toml", sources_dir)
    by_name = {package.name: package for package in packages}
    drafts = Drafts()
    for name, read in READERS.items():
        if name in by_name:
            read(by_name[name], drafts)
    without_point = settle_points(drafts)
    for place_id in without_point:
        del drafts.by_id[place_id]
    for draft in drafts:
        draft.name = plain(draft)
    curated = read_curated(curated_dir, drafts)
    if curated.problems:
        _raise(curated.problems, warn)
    own_source = _OWN_SOURCE | {"sha256": tables_digest(curated_dir)}
    index = write_index(
        out_dir,
        lambda _: numbered(drafts),
        NameRules(keeper(scripts), _judge(drafts, curated), preferred=curated.preferred),
        title="geomap" if scripts is Scripts.LATIN else f"geomap, {scripts} scripts",
        packages=[*map(_source, packages), own_source],
    )
    return Report(index, tuple(without_point))


def _judge(drafts: Drafts, curated: Curated) -> Callable[[str], Verdict]:
    """Return what the tables and the countries' own names say of a key."""
    reserved = {key for draft in drafts.of_kind(Kind.COUNTRY) for key in _checked_keys(draft)} | curated.demonyms
    return lambda key: Verdict(key in curated.common_words, key in reserved)


def _checked_keys(draft: Draft) -> Iterator[str]:
    return (name_key(name) for name in draft.names if name in draft.trusted)


def tables_digest(curated_dir: Path) -> str:
    """Return one hash of all tables written by hand: an index knows which state of them it was built from."""
    digest = hashlib.sha256()
    for path in sorted(curated_dir.glob("*.tsv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _source(package: Package) -> dict[str, str]:
    row = asdict(package)
    return {key: row[key] for key in _OWN_SOURCE}


def _raise(problems: list[GazetteerError], warn: Callable[[str], None]) -> None:
    for problem in problems[1:]:
        warn(str(problem))
    raise problems[0]
