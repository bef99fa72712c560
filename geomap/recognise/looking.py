"""Look again at a document that was read, to tell what recognition saw in it: nothing is decided here.

The tagger's names, and where a name of the gazetteer was not taken for a place, the rule that refused it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from geomap.model import Document, Label, Mention, Role
from geomap.recognise.matcher import Gazetteer, matches_at
from geomap.recognise.others import not_places
from geomap.recognise.rules import judge
from geomap.recognise.scene import Scene, Sight
from geomap.recognise.scenes import ActorNames, Tagger, scenes_of
from geomap.words import name_key

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
    """What recognition saw in one document."""

    def __init__(self, document: Document, *, gazetteer: Gazetteer, tagger: Tagger, actors: ActorNames) -> None:
        self._document = document
        self._gazetteer = gazetteer
        (self._scenes,) = scenes_of([document], gazetteer=gazetteer, tagger=tagger, actors=actors)
        self._tagged = [
            TaggedName(scene.words[span.start].start, scene.words[span.end - 1].end, span.label)
            for scene in self._scenes
            for span in scene.tagged
        ]
        self._starts = [name.start for name in self._tagged]

    def tagged(self, start: int, end: int) -> TaggedName | None:
        """Return the tagger's name over characters `[start, end)`; of two the one that begins later."""
        last = bisect_right(self._starts, end - 1) - 1
        return self._tagged[last] if last >= 0 and self._tagged[last].end > start else None

    def refusals(self, name: str, mentions: Sequence[Mention]) -> Iterator[Refusal]:
        """Yield where `name` stands and is none of the `mentions` of places."""
        places = [mention for mention in mentions if mention.label is Label.PLACE]
        seen = frozenset(mention.key for mention in places if mention.role is Role.LITERAL)
        others = not_places(self._scenes)
        for scene in self._scenes:
            for bare in _sights(scene, name_key(name), self._gazetteer):
                sight = replace(bare, others=others, seen=seen)
                start, end = scene.words[sight.match.start].start, scene.words[sight.match.end - 1].end
                text = self._document.text[start:end]
                around = [mention for mention in places if mention.start < end and start < mention.end]
                role, rule = judge(sight)
                if around and not any(sight.match.key in {mention.key, name_key(mention.text)} for mention in around):
                    yield Refusal(start, end, text, rule, around[0].text)
                elif not around and role is None:
                    yield Refusal(start, end, text, rule, "")


def _sights(scene: Scene, key: str, gazetteer: Gazetteer) -> Iterator[Sight]:
    """Yield where a name stands in a sentence."""
    for i in scene.starts:
        for match in matches_at(scene.words, i, gazetteer, shouted=scene.shouted):
            if match.key == key and (top := gazetteer.first(key)):
                yield Sight(scene, match, top, scene.tag_over(match.start, match.end))
