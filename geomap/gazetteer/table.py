"""One table of an index, from keys to postings: written in key order, read from memory-mapped shards.

A shard ends where the first word of the keys changes, so a question of whole words has one shard.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from geomap.gazetteer import layout
from geomap.gazetteer.folder import map_postings, open_trie
from geomap.gazetteer.layout import MANY, Posting, unpack

__all__ = ["Table", "write_table"]

_UINT = struct.Struct("<I")


class Table:
    """Answers which postings a key has."""

    def __init__(self, folder: Path, name: str, firsts: Sequence[str]) -> None:
        self._firsts = list(firsts)
        shards = range(len(self._firsts))
        self._tries = [open_trie(folder / layout.trie_file(name, shard)) for shard in shards]
        self._postings = [
            map_postings(folder / layout.postings_file(name, shard), keys=len(self._tries[shard])) for shard in shards
        ]

    def __contains__(self, key: str) -> bool:
        return bool(self._tries) and key in self._tries[self._shard(key)]

    def reach(self, phrase: str) -> tuple[bool, bool]:
        """Say whether `phrase` is a stored key, and whether one has more words after it."""
        if not self._tries:
            return False, False
        trie = self._tries[self._shard(phrase)]
        return phrase in trie, next(trie.iterkeys(f"{phrase} "), None) is not None

    def keys(self, start: str = "") -> Iterator[str]:
        """Yield the stored keys that begin with `start`, a whole word or not."""
        if not self._tries:
            return
        shard = self._shard(start)
        yield from self._tries[shard].iterkeys(start)
        while " " not in start and (shard := shard + 1) < len(self._tries):
            if not self._firsts[shard].startswith(start):
                return
            yield from self._tries[shard].iterkeys(start)

    def postings(self, key: str) -> list[Posting]:
        """Return what a key can mean, best first; [] when there is nothing."""
        if not self._tries:
            return []
        shard = self._shard(key)
        number = self._tries[shard].get(key)
        if number is None:
            return []
        mapped = self._postings[shard]
        (head,) = _UINT.unpack_from(mapped, 4 * (1 + number))
        if not head & MANY:
            return [unpack(head)]
        start = 4 * (1 + len(self._tries[shard]) + (head & ~MANY))
        (count,) = _UINT.unpack_from(mapped, start)
        return [unpack(bits) for bits in struct.unpack_from(f"<{count}I", mapped, start + 4)]

    def _shard(self, key: str) -> int:
        return bisect_right(self._firsts, key.partition(" ")[0], lo=1) - 1


def write_table(
    folder: Path, name: str, rows: Iterable[tuple[str, Sequence[int]]], *, shard_keys: int = layout.SHARD_KEYS
) -> list[str]:
    """Write rows that come in key order; return the first word of each shard, the first of all being ''."""
    firsts: list[str] = []
    shard = _Shard()
    word = ""
    for key, packed in rows:
        before, word = word, key.partition(" ")[0]
        if len(shard.keys) >= shard_keys and word != before:
            shard.write(folder, name, len(firsts) - 1)
            shard = _Shard()
        if not shard.keys:
            # Words before the first one of all are asked for, too.
            firsts.append(word if firsts else "")
        shard.add(key, packed)
    if shard.keys:
        shard.write(folder, name, len(firsts) - 1)
    return firsts


class _Shard:
    """What will be one trie and its postings."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.heads = array("I")
        self.tails = array("I")

    def add(self, key: str, packed: Sequence[int]) -> None:
        self.keys.append(key)
        if len(packed) == 1:
            self.heads.append(packed[0])
        else:
            self.heads.append(MANY | len(self.tails))
            self.tails.append(len(packed))
            self.tails.extend(packed)

    def write(self, folder: Path, name: str, number: int) -> None:
        import marisa_trie

        trie = marisa_trie.Trie(self.keys)
        trie.save(str(folder / layout.trie_file(name, number)))
        heads = array("I", bytes(4 * len(self.keys)))
        for key, head in zip(self.keys, self.heads, strict=True):
            heads[trie[key]] = head
        whole = array("I", [len(heads)]) + heads + self.tails
        if sys.byteorder == "big":
            whole.byteswap()
        (folder / layout.postings_file(name, number)).write_bytes(whole.tobytes())
