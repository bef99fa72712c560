"""Turn a document into mentions: tagger, gazetteer and table of actors, joined by named rules.

The tagger knows what a name looks like, the gazetteer which names exist; neither is trusted
alone.  Sentences are seen twice, so that a name accepted late is also found where it stood first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from geomap.model import Document, Label, Mention, Role, ZoneKind
from geomap.recognise.casing import recased
from geomap.recognise.lexicon import lexicon
from geomap.recognise.matcher import Gazetteer, Match, matches_at, name_starts, shared_name
from geomap.recognise.roles import role_of
from geomap.recognise.rules import judge
from geomap.recognise.scene import Scene, Sight
from geomap.recognise.tags import spans
from geomap.words import Line, name_key, sentences

__all__ = ["ROLE_OF_ZONE", "ActorNames", "Tagger", "not_places", "recognise", "recognise_all", "scenes_of"]

ROLE_OF_ZONE = {ZoneKind.DATELINE: Role.DATELINE, ZoneKind.CREDIT: Role.CREDIT, ZoneKind.REPEATED: Role.REPEATED}
# The tagger holds some ten kilobytes a sentence while it works.
SLICE_SENTENCES = 1_000
_LABELS = {"PER": Label.PERSON, "ORG": Label.ORGANISATION}


class _Found(NamedTuple):
    """A match accepted as a place, what it does, the rule that decided, and whether it is a short form."""

    match: Match
    role: Role
    rule: str
    short: bool = False


class Tagger(Protocol):
    """What recognition asks of a tagger: a BIO tag for every word of every sentence."""

    def tag(self, sentences: Sequence[Sequence[str]], /) -> list[list[str]]:
        """Return one list of tags a sentence, one tag a word."""


class ActorNames(Protocol):
    """What recognition asks of the table of actors: the longest known name at a word, and its id."""

    def longest(self, words: Sequence[str], i: int, /) -> tuple[int, str] | None:
        """Return (number of words, actor id), or None where no known name starts."""


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


def scenes_of(
    documents: Sequence[Document], *, gazetteer: Gazetteer, tagger: Tagger, actors: ActorNames
) -> list[list[Scene]]:
    """Return the sentences of each document as the rules see them."""
    cut = [[(kind, recased(line, gazetteer)) for kind, line in _cut(document)] for document in documents]
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


def _mentions(document: Document, scenes: Sequence[Scene], gazetteer: Gazetteer) -> list[Mention]:
    others = not_places(scenes)
    judged = [_judged(scene, gazetteer, others) for scene in scenes]
    seen = frozenset(found.match.key for kept, _ in judged for found in kept if found.role is Role.LITERAL)
    mentions: list[Mention] = []
    for scene, (kept, refused) in zip(scenes, judged, strict=True):
        found = [*kept, *_recalled(kept, refused, seen)]
        mentions.extend(_mention(document, scene, place) for place in found)
        mentions.extend(
            each for each in _unlisted(document, scene, found, others) if not gazetteer.blocks(name_key(each.text))
        )
        mentions.extend(_named_actors(document, scene, found))
    return sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.label))


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
    taken = {i for found in kept for i in range(found.match.start, found.match.end)}
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


def _mention(document: Document, scene: Scene, found: _Found) -> Mention:
    match, role, rule, _ = found
    start, end, text = _span(document, scene, match.start, match.end)
    # The full stop of "Calif." belongs to it; that of a sentence does not.
    if found.short and document.text[end : end + 1] == ".":
        end, text = end + 1, text + "."
    return Mention(start, end, text, Label.PLACE, role, rule, match.key)


def not_places(scenes: Sequence[Scene]) -> Mapping[str, Label]:
    """Return the words that name a person or an organisation somewhere in the document; `Sight.others` says which."""
    known: dict[str, Label] = {}
    for scene in scenes:
        for span in scene.tagged:
            if span.label == "PER" and span.end - span.start > 1:
                known[scene.word(span.end - 1)] = Label.PERSON
            elif span.label == "ORG" and span.end - span.start == 1:
                known.setdefault(scene.word(span.start), Label.ORGANISATION)
    return known


def _unlisted(
    document: Document, scene: Scene, found: Sequence[_Found], others: Mapping[str, Label]
) -> Iterator[Mention]:
    """Yield what the tagger takes for a place and the gazetteer does not know.

    What has a title is a person; and a word that elsewhere names a person or an organisation names it here too, but
    where one can only be at a place.
    """
    taken = {i for place in found for i in range(place.match.start, place.match.end)}
    role = ROLE_OF_ZONE.get(scene.zone, Role.LITERAL)
    for span in scene.tagged:
        direction = span.end - span.start == 1 and scene.word(span.start).lower() in lexicon("outer")
        if span.label != "LOC" or direction or scene.actor_over(span.start, span.end):
            continue
        if taken.isdisjoint(range(span.start, span.end)) and scene.word(span.start)[0].isupper():
            other = others.get(scene.word(span.start)) if span.end - span.start == 1 else None
            if scene.is_titled(span.start):
                yield Mention(*_span(document, scene, span.start, span.end), Label.PERSON, role, "titled")
            elif other and scene.word(span.start - 1).lower() not in lexicon("locative"):
                yield Mention(*_span(document, scene, span.start, span.end), other, role, "named_elsewhere")
            else:
                yield Mention(*_span(document, scene, span.start, span.end), Label.PLACE, role, "unlisted_place")


def _named_actors(document: Document, scene: Scene, found: Sequence[_Found]) -> Iterator[Mention]:
    """Yield persons and organisations: known ones by the table, others by the tagger."""
    role = ROLE_OF_ZONE.get(scene.zone, Role.LITERAL)
    taken = {i for place in found if place.role is not Role.EMBEDDED for i in range(place.match.start, place.match.end)}
    for start, end, actor_id in scene.actors:
        yield Mention(*_span(document, scene, start, end), Label.ORGANISATION, role, "known_actor", actor_id=actor_id)
    for span in scene.tagged:
        label = _LABELS.get(span.label)
        if label is None or scene.actor_over(span.start, span.end) or not scene.word(span.start)[0].isupper():
            continue
        if taken.isdisjoint(range(span.start, span.end)):
            yield Mention(*_span(document, scene, span.start, span.end), label, role, "tagged_name")


def _span(document: Document, scene: Scene, first: int, last: int) -> tuple[int, int, str]:
    """Return where words `[first, last)` stand in the document, and their text."""
    start, end = scene.words.starts[first], scene.words.ends[last - 1]
    return start, end, document.text[start:end]
