"""Write the index: equal drafts give equal bytes.

Everything is sorted, numbered and written once; the database is vacuumed so that its pages lie in
one order, and nothing holds a time or a path.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geomap.gazetteer import layout
from geomap.gazetteer.draft import Draft, Drafts
from geomap.gazetteer.index import Entry
from geomap.gazetteer.layout import DEGREE, Posting, pack
from geomap.model import BBox, Kind

__all__ = ["write_index"]

_PAGE_BYTES = 4096


def write_index(
    out_dir: Path, drafts: Drafts, names: Mapping[str, Sequence[Entry]], sources: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Write the four files of the index into `out_dir`; return what index.json says."""
    out_dir.mkdir(parents=True, exist_ok=True)
    numbers = _numbers(drafts)
    words = {
        "kinds": [kind.value for kind in Kind],
        "features": sorted({draft.feature for draft in drafts}),
        "sources": sorted({draft.source for draft in drafts}),
    }
    _write_names(out_dir, names, numbers)
    _write_places(out_dir / layout.PLACES_FILE, drafts, numbers, words)
    files = [layout.NAMES_FILE, layout.POSTINGS_FILE, layout.PLACES_FILE]
    digests = {file: hashlib.sha256((out_dir / file).read_bytes()).hexdigest() for file in files}
    index = {
        "format": layout.FORMAT_VERSION,
        "digest": hashlib.sha256("".join(digests[file] for file in files).encode()).hexdigest(),
        "files": digests,
        "places": len(drafts),
        "names": len(names),
        "pairs": sum(len(entries) for entries in names.values()),
        "places_by_kind": {kind.value: sum(1 for _ in drafts.of_kind(kind)) for kind in Kind},
        **words,
        "packages": list(sources),
    }
    (out_dir / layout.INDEX_FILE).write_text(json.dumps(index, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return index


def _numbers(drafts: Drafts) -> dict[str, int]:
    """Number the places: GeoNames' own numbers, and a row of ours for the others, by slug."""
    own = sorted(draft.id for draft in drafts if _is_own(draft))
    numbers = {place_id: layout.OWN_NUMBERS_FROM + i for i, place_id in enumerate(own)}
    numbers.update({d.id: int(d.id.partition(":")[2]) for d in drafts if not _is_own(d)})
    return numbers


def _write_names(out_dir: Path, names: Mapping[str, Sequence[Entry]], numbers: Mapping[str, int]) -> None:
    import marisa_trie

    trie = marisa_trie.Trie(sorted(names))
    trie.save(str(out_dir / layout.NAMES_FILE))
    heads, tails = array("I", bytes(4 * len(names))), array("I")
    for key in sorted(names):
        postings = [pack(Posting(numbers[e.draft.id], e.name_kind, e.common_word)) for e in names[key]]
        if len(postings) == 1:
            heads[trie[key]] = postings[0]
        else:
            heads[trie[key]] = layout.MANY | len(tails)
            tails.append(len(postings))
            tails.extend(postings)
    both = array("I", [len(heads)]) + heads + tails
    if sys.byteorder == "big":
        both.byteswap()
    (out_dir / layout.POSTINGS_FILE).write_bytes(both.tobytes())


def _write_places(path: Path, drafts: Drafts, numbers: Mapping[str, int], words: Mapping[str, Sequence[str]]) -> None:
    path.unlink(missing_ok=True)
    kinds, features, sources = ({word: i for i, word in enumerate(words[name])} for name in words)
    ordered = sorted(drafts, key=lambda draft: numbers[draft.id])
    database = sqlite3.connect(path)
    database.executescript(f"PRAGMA page_size = {_PAGE_BYTES}; PRAGMA journal_mode = OFF; {layout.SCHEMA}")
    database.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                numbers[draft.id],
                draft.name,
                kinds[draft.kind.value],
                _whole(draft.lat),
                _whole(draft.lon),
                draft.country or None,
                features[draft.feature],
                _parent(draft, drafts, numbers),
                draft.population or None,
                sources[draft.source],
                1 if draft.bbox or draft.disputed or draft.note or _is_own(draft) else None,
            )
            for draft in ordered
        ),
    )
    database.executemany(
        "INSERT INTO extent VALUES (?,?,?,?,?)",
        ((numbers[draft.id], *(map(_whole, draft.bbox))) for draft in ordered if isinstance(draft.bbox, BBox)),
    )
    database.executemany(
        "INSERT INTO remark VALUES (?,?,?)",
        ((numbers[d.id], int(d.disputed), d.note) for d in ordered if d.disputed or d.note),
    )
    database.executemany(
        "INSERT INTO own VALUES (?,?)",
        ((numbers[d.id], d.id.partition(":")[2]) for d in ordered if _is_own(d)),
    )
    database.commit()
    database.execute("VACUUM")
    database.close()


def _is_own(draft: Draft) -> bool:
    return not draft.id.startswith("geonames:")


def _whole(degrees: float | None) -> int:
    assert degrees is not None
    return round(degrees * DEGREE)


def _parent(draft: Draft, drafts: Drafts, numbers: Mapping[str, int]) -> int | None:
    """Return the number of the smallest division around a place: "US.LA.079", else "US.LA"."""
    code = draft.parent
    while code.count(".") >= 1:
        parent = drafts.by_code.get(code)
        if parent is not None and parent.id in numbers and parent is not draft:
            return numbers[parent.id]
        code = code.rpartition(".")[0]
    return None
