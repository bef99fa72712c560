"""Cut documents into the sentences that the rules look at, each with the tagger's names and the known actors in it.

All that recognition asks of others than the gazetteer is asked here; nothing is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from geomap.model import Document, ZoneKind
from geomap.recognise.casing import recased
from geomap.recognise.matcher import Gazetteer, name_starts
from geomap.recognise.scene import Scene
from geomap.recognise.tags import spans
from geomap.words import Line, sentences

__all__ = ["ActorNames", "Tagger", "scenes_of"]

# The tagger holds some ten kilobytes a sentence while it works.
SLICE_SENTENCES = 1_000


class Tagger(Protocol):
    """What recognition asks of a tagger: a BIO tag for every word of every sentence."""

    def tag(self, sentences: Sequence[Sequence[str]], /) -> list[list[str]]:
        """Return one list of tags a sentence, one tag a word."""


class ActorNames(Protocol):
    """What recognition asks of the table of actors: the longest known name at a word, and its id."""

    def longest(self, words: Sequence[str], i: int, /) -> tuple[int, str] | None:
        """Return (number of words, actor id), or None where no known name starts."""


def scenes_of(
    documents: Sequence[Document],
    *,
    gazetteer: Gazetteer,
    tagger: Tagger,
    actors: ActorNames,
    only: Callable[[Line], bool] = bool,
) -> list[list[Scene]]:
    """Return the sentences of each document as the rules see them: all that hold a word, or `only` some."""
    cut = [[(kind, recased(line, gazetteer)) for kind, line in _cut(document) if only(line)] for document in documents]
    tags = _tagged([line.texts for lines in cut for _, line in lines], tagger)
    return [[_scene(kind, line, next(tags), actors) for kind, line in lines] for lines in cut]


def _tagged(lines: Sequence[Sequence[str]], tagger: Tagger) -> Iterator[list[str]]:
    """Yield the tags of each sentence; a very long text goes to the tagger in slices."""
    for start in range(0, len(lines), SLICE_SENTENCES):
        yield from tagger.tag(lines[start : start + SLICE_SENTENCES])


def _cut(document: Document) -> Iterator[tuple[ZoneKind, Line]]:
    """Yield the words of every sentence that is read, with the kind of its zone."""
    for zone in document.zones:
        if zone.kind is not ZoneKind.FURNITURE:
            for start, end in sentences(document.text, zone.start, zone.end):
                yield zone.kind, Line.cut(document.text, start, end)


def _scene(kind: ZoneKind, line: Line, tags: Sequence[str], actors: ActorNames) -> Scene:
    starts = name_starts(line)
    return Scene(line, starts, tuple(spans(tags)), tuple(_actors(line.texts, starts, actors)), kind, _shouted(line))


def _actors(words: Sequence[str], starts: Sequence[int], actors: ActorNames) -> Iterator[tuple[int, int, str]]:
    free = 0
    for i in starts:
        found = actors.longest(words, i) if i >= free else None
        if found:
            free = i + found[0]
            yield i, free, found[1]


def _shouted(line: Line) -> bool:
    capitals = 0
    for text in line.texts:
        if text.isupper() and text.isalpha():
            capitals += 1
        elif text.isalpha():
            return False
    return capitals > 1
