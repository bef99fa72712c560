"""Name what the gazetteer does not: persons, organisations, and places that it lacks.

The tagger alone speaks for these names, so what the document says of a word elsewhere is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from geomap.model import Document, Label, Mention, Role, ZoneKind
from geomap.recognise.lexicon import lexicon
from geomap.recognise.scene import Scene

__all__ = ["ROLE_OF_ZONE", "named_actors", "not_places", "span_of", "unlisted"]

ROLE_OF_ZONE = {ZoneKind.DATELINE: Role.DATELINE, ZoneKind.CREDIT: Role.CREDIT, ZoneKind.REPEATED: Role.REPEATED}
_LABELS = {"PER": Label.PERSON, "ORG": Label.ORGANISATION}


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


def unlisted(
    document: Document, scene: Scene, taken: AbstractSet[int], others: Mapping[str, Label]
) -> Iterator[Mention]:
    """Yield what the tagger takes for a place and the gazetteer does not know; the words `taken` are of other places.

    What has a title is a person; and a word that elsewhere names a person or an organisation names it here too, but
    where one can only be at a place.
    """
    role = ROLE_OF_ZONE.get(scene.zone, Role.LITERAL)
    for span in scene.tagged:
        alone = scene.word(span.start) if span.end - span.start == 1 else ""
        # A lone "North" is a direction.
        if span.label != "LOC" or alone.lower() in lexicon("outer") or scene.actor_over(span.start, span.end):
            continue
        if taken.isdisjoint(range(span.start, span.end)) and scene.word(span.start)[0].isupper():
            other = others.get(alone)
            if scene.is_titled(span.start):
                yield Mention(*span_of(document, scene, span.start, span.end), Label.PERSON, role, "titled")
            elif other and scene.word(span.start - 1).lower() not in lexicon("locative"):
                yield Mention(*span_of(document, scene, span.start, span.end), other, role, "named_elsewhere")
            else:
                yield Mention(*span_of(document, scene, span.start, span.end), Label.PLACE, role, "unlisted_place")


def named_actors(document: Document, scene: Scene, taken: AbstractSet[int]) -> Iterator[Mention]:
    """Yield persons and organisations: known ones by the table, others by the tagger where no word is `taken`."""
    role = ROLE_OF_ZONE.get(scene.zone, Role.LITERAL)
    for start, end, actor_id in scene.actors:
        yield Mention(*span_of(document, scene, start, end), Label.ORGANISATION, role, "known_actor", actor_id=actor_id)
    for span in scene.tagged:
        label = _LABELS.get(span.label)
        if label is None or scene.actor_over(span.start, span.end) or not scene.word(span.start)[0].isupper():
            continue
        if taken.isdisjoint(range(span.start, span.end)):
            yield Mention(*span_of(document, scene, span.start, span.end), label, role, "tagged_name")


def span_of(document: Document, scene: Scene, first: int, last: int) -> tuple[int, int, str]:
    """Return where words `[first, last)` stand in the document, and their text."""
    start, end = scene.words.starts[first], scene.words.ends[last - 1]
    return start, end, document.text[start:end]
