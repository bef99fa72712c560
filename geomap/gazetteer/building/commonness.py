"""Measure which names of the index are ordinary words, people or organisations in open tagged text.

A name is flagged when the text uses it so more often than for a place; run by hand, it rewrites the
measured part of ambiguous.tsv:

    python -m geomap.gazetteer.building.commonness FOLDER gazetteer/curated/ambiguous.tsv

FOLDER holds JSON lines `{"tokens": [...], "tags": [...]}` with BIO tags LOC, PER, ORG.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.rows import read_rows
from geomap.gazetteer.store import Store
from geomap.model import NameKind
from geomap.words import name_key

__all__ = ["Use", "count_uses", "measured_rows", "verdict"]

MARK = "# measured: rewritten by the module `commonness`; write by hand above this line."
MEASURED = "measured on open tagged text"
# Seen once, a use may be a slip of the pen or of the annotator.
MIN_USES = 2
# A name seen this often as a person or organisation and never as a place is no place name in the news.
MIN_NAMES = 3
_ENTITY = {"LOC": "place", "GPE": "place", "PER": "person", "ORG": "organisation"}


class Use(NamedTuple):
    """One way in which a key occurs: as an ordinary word, a place, a person or an organisation."""

    key: str
    way: str


def count_uses(sentences: Iterable[tuple[list[str], list[str]]]) -> Counter[Use]:
    """Count how tagged sentences use each word, and each whole name."""
    uses: Counter[Use] = Counter()
    for tokens, tags in sentences:
        for before, token, tag in zip(["", *tokens], tokens, tags, strict=False):
            label = _ENTITY.get(tag[2:], "")
            if tag == "O" and token.islower():
                uses[Use(name_key(token), "word")] += 1
            # In "the Duchess of Cambridge" the last word is a place all the same.
            elif label == "person" and token[:1].isupper() and before != "of":
                uses[Use(name_key(token), label)] += 1
        for name, label in _names(tokens, tags):
            if label != "person":
                uses[Use(name_key(name), label)] += 1
    return uses


def verdict(key: str, uses: Counter[Use]) -> str:
    """Return what a name mostly is, or '' when it is mostly a place or hardly seen."""
    places = uses[Use(key, "place")]
    if uses[Use(key, "word")] >= MIN_USES and uses[Use(key, "word")] > places:
        return "ordinary word"
    for way in ("person", "organisation"):
        if uses[Use(key, way)] >= MIN_NAMES and uses[Use(key, way)] > 3 * places:
            return f"{way} name"
    return ""


def measured_rows(uses: Counter[Use], names: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield (key, what it is) for the names of the index that are mostly no place."""
    for key in sorted({use.key for use in uses}):
        if key in names and (what := verdict(key, uses)):
            yield key, what


def _names(tokens: list[str], tags: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each tagged name with what it names."""
    start = 0
    for i, tag in enumerate([*tags, "O"]):
        if tag.startswith("I-"):
            continue
        if start < i and tags[start] != "O" and (label := _ENTITY.get(tags[start][2:])):
            yield " ".join(tokens[start:i]), label
        start = i


def _sentences(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                # Other kinds of file in the folder hold documents, not sentences.
                if "tokens" in row:
                    yield row["tokens"], row["tags"]


def _plain_name(store: Store, key: str) -> bool:
    """Say whether a key is a name of places only; demonyms and abbreviations are told apart by rules."""
    places = store.lookup(key)
    return bool(places) and all(place.name_kind in {NameKind.NAME, NameKind.ALIAS} for place in places)


def _main(folder: Path, table: Path) -> None:
    problems: list[GazetteerError] = []
    listed = {row["name"] for row in read_rows(table, problems) if row["source"] == MEASURED}
    if problems:
        raise problems[0]
    store = Store.open()
    uses = count_uses(_sentences(folder))
    # Names of towns that are ordinary words were left out of the index because they are listed.
    known = listed | {use.key for use in uses if _plain_name(store, use.key)}
    by_hand = table.read_text("utf-8").partition(MARK)[0]
    rows = (f"{key}\t{MEASURED}\t{what}\n" for key, what in measured_rows(uses, known))
    table.write_text(f"{by_hand}{MARK}\n{''.join(rows)}", "utf-8")


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
