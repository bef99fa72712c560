"""Hold the actors everyone knows by name, and find the longest such name at a place in a text.

The table is a plain file that people can read and correct.  A name counts only with the capitals of
a name, and an acronym only in capitals where it could be a word ("IS", "WHO").
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.model import ActorType
from geomap.words import fold, is_acronym, words

__all__ = ["ACTORS_PATH", "ActorEntry", "ActorTable"]

ACTORS_PATH = Path(__file__).parent / "data" / "actors.tsv"
# `sponsor`, `note` and `source` are for those who mend the table; no rule reads them.
COLUMNS = ("id", "name", "type", "base", "sponsor", "names", "case", "place", "note", "source")
# Joins inside names: they carry no letters, so names match with or without them.
_SILENT = frozenset("-.'\u2019\u2018\u2010\u2011\u2013/")
# A capital word of this length beside an acronym means that everything is in capitals there.
_SHOUTED_LETTERS = 4


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One known actor.  `base` is ISO 3166-1 alpha-2; `place` is named in its name."""

    id: str
    name: str
    type: ActorType
    base: str = ""
    aliases: tuple[str, ...] = ()
    place: str = ""


class _Form(NamedTuple):
    """One way to write an actor's name: which words need a capital, and whether all letters do."""

    actor_id: str
    capitals: tuple[bool, ...]
    exact: bool


class ActorTable:
    """The known actors, by id and by name."""

    def __init__(self, entries: Sequence[tuple[ActorEntry, bool]]) -> None:
        self._entries = {entry.id: entry for entry, _ in entries}
        self._forms: dict[tuple[str, ...], _Form] = {}
        for entry, exact in entries:
            for name in (entry.name, *entry.aliases):
                spoken = [word.text for word in words(name) if word.text not in _SILENT]
                key = tuple(fold(text) for text in spoken)
                capitals = tuple(text[0].isupper() for text in spoken)
                form = _Form(entry.id, capitals, exact and is_acronym(name))
                self._forms[key] = _laxer(self._forms.get(key, form), form)
        self._longest = max((len(key) for key in self._forms), default=0)
        self._first = frozenset(key[0] for key in self._forms)
        # What some name begins with and goes on from.
        self._starts = frozenset(key[:n] for key in self._forms for n in range(1, len(key)))

    @classmethod
    def load(cls, path: Path | None = None) -> ActorTable:
        """Return the table in `path`, or the one that comes with geomap."""
        return cls(list(_rows(path or ACTORS_PATH)))

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._entries

    def entry(self, actor_id: str) -> ActorEntry:
        """Return the actor of an id that `longest` gave."""
        return self._entries[actor_id]

    def entries(self) -> tuple[ActorEntry, ...]:
        """Return all actors, in the order of the table."""
        return tuple(self._entries.values())

    def longest(self, words: Sequence[str], i: int) -> tuple[int, str] | None:
        """Return how many words the longest known name starting at `words[i]` has, and whose it is."""
        if fold(words[i]) not in self._first or words[i] in _SILENT:
            return None
        best: tuple[int, str] | None = None
        key: tuple[str, ...] = ()
        texts: tuple[str, ...] = ()
        # A join may stand between any two words of a name.
        for n, word in enumerate(words[i : i + 2 * self._longest], start=1):
            if word in _SILENT:
                continue
            key, texts = (*key, fold(word)), (*texts, word)
            form = self._forms.get(key)
            if form and _written_as_name(form, texts) and not (form.exact and _shouted(words, i, i + n)):
                best = n, form.actor_id
            if key not in self._starts:
                break
        return best


def _laxer(first: _Form, other: _Form) -> _Form:
    """Return one form for two spellings of a key that differ in capitals: what either asks not is not asked."""
    capitals = tuple(a and b for a, b in zip(first.capitals, other.capitals, strict=True))
    return _Form(first.actor_id, capitals, first.exact and other.exact)


def _written_as_name(form: _Form, texts: Sequence[str]) -> bool:
    """Say whether the text has the capitals that the name has."""
    if form.exact:
        return all(text.isupper() for text in texts)
    return all(text[0].isupper() for text, capital in zip(texts, form.capitals, strict=True) if capital)


def _shouted(words: Sequence[str], start: int, stop: int) -> bool:
    """Say whether a neighbour of `words[start:stop]` is a long word in capitals: "WHAT IS NEXT"."""
    beside = [words[j] for j in (start - 1, stop) if 0 <= j < len(words)]
    return any(len(text) >= _SHOUTED_LETTERS and text.isalpha() and text.isupper() for text in beside)


def _rows(path: Path) -> Iterator[tuple[ActorEntry, bool]]:
    """Yield the table's actors, each with whether its acronyms need their capitals."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            hint = f"The first line must be: {' '.join(COLUMNS)} (separated by tabs)."
            raise GazetteerError("the columns are not those of an actor table", path=path, hint=hint, line=1)
        for number, row in enumerate(reader, start=2):
            yield _entry(row, path, number), row["case"] == "1"


def _entry(row: dict[str, str], path: Path, line: int) -> ActorEntry:
    if None in row or None in row.values():
        hint = f"Each line has {len(COLUMNS)} columns separated by tabs; leave empty what is not known."
        raise GazetteerError("wrong number of columns", path=path, hint=hint, line=line)
    if row["type"] not in set(ActorType):
        hint = f"Use one of: {', '.join(ActorType)}."
        raise GazetteerError(f"type={row['type']!r} is no type of actor", path=path, hint=hint, line=line)
    if not row["id"] or not row["name"]:
        raise GazetteerError("an actor needs an id and a name", path=path, hint="Fill both columns.", line=line)
    for name in (row["name"], *_listed(row["names"])):
        if not any(char.isalnum() for char in name):
            hint = "Names need a letter or a digit; part other names by |."
            raise GazetteerError(f"{name!r} is no name", path=path, hint=hint, line=line)
    return ActorEntry(
        id=row["id"],
        name=row["name"],
        type=ActorType(row["type"]),
        base=row["base"],
        aliases=_listed(row["names"]),
        place=row["place"],
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
