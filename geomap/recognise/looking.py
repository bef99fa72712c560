"""Look again at a document that was read, to tell what recognition saw in it: nothing is decided here.

The tagger's names, and where a name of the gazetteer was not taken for a place, the rule that refused it.
The sentences asked about are tagged a second time, which costs what it cost the first time, and no others are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from geomap.model import Document, Label, Mention, Role
from geomap.recognise.matcher import Gazetteer, matches_at
from geomap.recognise.others import not_places
from geomap.recognise.rules import judge
from geomap.recognise.scene import Scene, Sight
from geomap.recognise.scenes import ActorNames, Tagger, scenes_of
from geomap.words import Line, fold, name_key

__all__ = ["Looks", "Refusal", "TaggedName"]


class TaggedName(NamedTuple):
    """What the tagger saw in characters `[start, end)` of a document: a name, with its label."""

    start: int
    end: int
    label: str


class Refusal(NamedTuple):
    """A name of the gazetteer that was not taken for a place, and the rule that decided.

    `inside` is the name of a place that it is part of, '' where it stands alone.
    """

    start: int
    end: int
    text: str
    rule: str
    inside: str


class Looks:
    """What recognition saw in one document, in the sentences of some mentions and in those that may hold a name."""

    def __init__(
        self,
        document: Document,
        mentions: Iterable[Mention],
        name: str = "",
        *,
        gazetteer: Gazetteer,
        tagger: Tagger,
        actors: ActorNames,
    ) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._key = name_key(name)
        spots = sorted(mention.start for mention in mentions)
        # The name's first word is in every sentence that speaks of the name, and in those that call a person so.
        first = fold(self._key.partition(" ")[0])

        def is_asked(line: Line) -> bool:
            if line and bisect_left(spots, line.starts[0]) < bisect_left(spots, line.ends[-1]):
                return True
            return bool(first) and any(fold(text) == first for text in line.texts)

        (self._scenes,) = scenes_of([document], gazetteer=gazetteer, tagger=tagger, actors=actors, only=is_asked)
        self._tagged = [
            TaggedName(scene.words.starts[span.start], scene.words.ends[span.end - 1], span.label)
            for scene in self._scenes
            for span in scene.tagged
        ]
        self._starts = [name.start for name in self._tagged]

    def tagged(self, start: int, end: int) -> TaggedName | None:
        """Return the tagger's name over characters `[start, end)`; of two the one that begins later."""
        last = bisect_right(self._starts, end - 1) - 1
        return self._tagged[last] if last >= 0 and self._tagged[last].end > start else None

    def refusals(self, mentions: Sequence[Mention]) -> Iterator[Refusal]:
        """Yield where the name stands and is none of the `mentions` of places; all of the document's are given."""
        if not self._key:
            return
        places = [mention for mention in mentions if mention.label is Label.PLACE]
        seen = frozenset(mention.key for mention in places if mention.role is Role.LITERAL)
        others = not_places(self._scenes)
        beside = _Passing(places)
        for scene in self._scenes:
            for bare in _sights(scene, self._key, self._gazetteer):
                sight = replace(bare, others=others, seen=seen)
                start, end = scene.words.starts[sight.match.start], scene.words.ends[sight.match.end - 1]
                text = self._document.text[start:end]
                around = beside.over(start, end)
                role, rule = judge(sight)
                if around and not any(sight.match.key in {mention.key, name_key(mention.text)} for mention in around):
                    yield Refusal(start, end, text, rule, around[0].text)
                elif not around and role is None:
                    yield Refusal(start, end, text, rule, "")


class _Passing:
    """Mentions that are passed once, from the start of a document to its end."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._ahead = deque(sorted(mentions, key=lambda mention: mention.start))
        self._near: list[Mention] = []

    def over(self, start: int, end: int) -> list[Mention]:
        """Return those that overlap characters `[start, end)`; `start` never goes back."""
        while self._ahead and self._ahead[0].start < end:
            self._near.append(self._ahead.popleft())
        self._near = [mention for mention in self._near if mention.end > start]
        return [mention for mention in self._near if mention.start < end]


def _sights(scene: Scene, key: str, gazetteer: Gazetteer) -> Iterator[Sight]:
    """Yield where a name stands in a sentence."""
    for i in scene.starts:
        for match in matches_at(scene.words, i, gazetteer, shouted=scene.shouted):
            if match.key == key and (top := gazetteer.first(key)):
                yield Sight(scene, match, top, scene.tag_over(match.start, match.end))
