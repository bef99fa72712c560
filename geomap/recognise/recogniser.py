"""Turn a document into mentions: tagger, gazetteer and table of actors, joined by named rules.

The tagger knows what a name looks like, the gazetteer which names exist; neither is trusted
alone.  Sentences are seen twice, so that a name accepted late is also found where it stood first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from geomap.model import Document, Label, Mention, Role
from geomap.recognise.lexicon import lexicon
from geomap.recognise.matcher import Gazetteer, Match, matches_at, shared_name
from geomap.recognise.others import ROLE_OF_ZONE, named_actors, not_places, span_of, unlisted
from geomap.recognise.roles import role_of
from geomap.recognise.rules import judge
from geomap.recognise.scene import Scene, Sight
from geomap.recognise.scenes import ActorNames, Tagger, scenes_of
from geomap.words import name_key

__all__ = ["recognise", "recognise_all"]


class _Found(NamedTuple):
    """A match accepted as a place, what it does, the rule that decided, and whether it is a short form."""

    match: Match
    role: Role
    rule: str
    short: bool = False


def recognise(document: Document, *, gazetteer: Gazetteer, tagger: Tagger, actors: ActorNames) -> list[Mention]:
    """Return every mention of a place, person or organisation, in text order, without overlaps of places.

    A place inside an organisation's name is a mention of its own, with the role `embedded`.
    """
    (mentions,) = recognise_all([document], gazetteer=gazetteer, tagger=tagger, actors=actors)
    return mentions


def recognise_all(
    documents: Sequence[Document], *, gazetteer: Gazetteer, tagger: Tagger, actors: ActorNames
) -> list[list[Mention]]:
    """Return the mentions of each document.  The tagger sees all at once, which costs less."""
    scenes = scenes_of(documents, gazetteer=gazetteer, tagger=tagger, actors=actors)
    return [_mentions(document, seen, gazetteer) for document, seen in zip(documents, scenes, strict=True)]


def _mentions(document: Document, scenes: Sequence[Scene], gazetteer: Gazetteer) -> list[Mention]:
    others = not_places(scenes)
    judged = [_judged(scene, gazetteer, others) for scene in scenes]
    seen = frozenset(found.match.key for kept, _ in judged for found in kept if found.role is Role.LITERAL)
    mentions: list[Mention] = []
    for scene, (kept, refused) in zip(scenes, judged, strict=True):
        found = [*kept, *_recalled(kept, refused, seen)]
        mentions.extend(_mention(document, scene, place) for place in found)
        unknown = unlisted(document, scene, _words_of(found), others)
        mentions.extend(each for each in unknown if not gazetteer.blocks(name_key(each.text)))
        whole = _words_of(place for place in found if place.role is not Role.EMBEDDED)
        mentions.extend(named_actors(document, scene, whole))
    return sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.label))


def _judged(scene: Scene, gazetteer: Gazetteer, others: Mapping[str, Label]) -> tuple[list[_Found], list[Sight]]:
    """Return the accepted matches of a sentence, leftmost and longest first, and those refused."""
    kept: list[_Found] = []
    refused: list[Sight] = []
    free = 0
    for i in scene.starts:
        if i < free:
            continue
        shared = shared_name(scene.words, i, gazetteer)
        if shared:
            kept.append(_Found(shared, _zoned(scene, Role.LITERAL), "shared_name"))
            free = shared.end
            continue
        for match in matches_at(scene.words, i, gazetteer, shouted=scene.shouted):
            top = gazetteer.first(match.key)
            if top is None:
                continue
            sight = Sight(scene, match, top, scene.tag_over(match.start, match.end), others)
            found = _accepted(sight)
            if found:
                kept.append(found)
                free = found.match.end
                break
            refused.append(sight)
    return kept, refused


def _recalled(kept: Sequence[_Found], refused: Sequence[Sight], seen: frozenset[str]) -> Iterator[_Found]:
    """Judge again the refused names that were accepted elsewhere in the document."""
    taken = _words_of(kept)
    for sight in refused:
        words_of = range(sight.match.start, sight.match.end)
        if sight.match.key in seen and taken.isdisjoint(words_of):
            found = _accepted(replace(sight, seen=seen))
            if found:
                taken.update(words_of)
                yield found


def _accepted(sight: Sight) -> _Found | None:
    role, rule = judge(sight)
    if role is None:
        return None
    spot = _spot(sight, role)
    if spot:
        return _Found(spot, _final_role(sight, role), "spot_named_after_place")
    return _Found(sight.match, _final_role(sight, role), rule, sight.clipped)


def _spot(sight: Sight, role: Role) -> Match | None:
    """Return the whole of "Fulda Cathedral" where the tagger sees a spot named after a known place."""
    tag, match = sight.tag, sight.match
    if (
        role is not Role.LITERAL
        or tag is None
        or tag.label != "LOC"
        or tag.start != match.start
        or tag.end <= match.end
    ):
        return None
    # "Yemen's west coast" is Yemen and what it owns, not a name.
    inside = {sight.scene.word(i).lower() for i in range(match.end, tag.end)}
    named = sight.scene.word(tag.end - 1).lower() in lexicon("spot") and inside.isdisjoint({"'s", "\u2019s", ","})
    return Match(tag.start, tag.end, match.key) if named else None


def _final_role(sight: Sight, role: Role) -> Role:
    zoned = _zoned(sight.scene, role)
    return role_of(sight) if zoned is Role.LITERAL else zoned


def _zoned(scene: Scene, role: Role) -> Role:
    return ROLE_OF_ZONE.get(scene.zone, role)


def _words_of(places: Iterable[_Found]) -> set[int]:
    """Return the words that are part of places."""
    return {i for place in places for i in range(place.match.start, place.match.end)}


def _mention(document: Document, scene: Scene, found: _Found) -> Mention:
    match, role, rule, _ = found
    start, end, text = span_of(document, scene, match.start, match.end)
    # The full stop of "Calif." belongs to it; that of a sentence does not.
    if found.short and document.text[end : end + 1] == ".":
        end, text = end + 1, text + "."
    return Mention(start, end, text, Label.PLACE, role, rule, match.key)
