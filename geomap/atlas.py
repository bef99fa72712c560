"""Count: many annotated documents become one Atlas, the object every output reads.

There is one count.  A mention counts once, in its role; what is not shown by default is counted
apart, with the reason, so that nothing goes in silence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from geomap.focus import CountryOf, focus, spoken_of
from geomap.model import (
    DEFAULT_ROLES,
    Actor,
    Annotation,
    AreaCount,
    AreaRelation,
    Atlas,
    DerivedArea,
    Document,
    Evidence,
    LeftOut,
    Link,
    LinkCount,
    Place,
    PlaceCount,
    Resolution,
    Role,
    Span,
    ZoneKind,
)
from geomap.recognise.reasons import recognised
from geomap.resolve.reasons import runner_up
from geomap.words import sentences

__all__ = ["Sentences", "build_atlas"]

# Sentences kept for one place or link; counts go on.  More than a reader reads, and a bound on memory.
MAX_EVIDENCE = 5_000
# Derived areas kept for one place, the first met; the mentions of these go on being counted.  A bound on memory too.
MAX_AREAS = 5_000
# Examples shown for what was left out, and for each unknown name.
MAX_EXAMPLES = 4
_REASONS = {
    Role.DEMONYM: "as demonym",
    Role.EMBEDDED: "inside the name of an organisation",
    Role.DATELINE: "in a dateline",
    Role.CREDIT: "in bylines and credits",
    Role.REPEATED: "in a repeated headline",
}


_Where: TypeAlias = tuple[AreaRelation, float, float, float]


class Sentences:
    """The sentences of one document, cut once, each within its zone."""

    def __init__(self, document: Document) -> None:
        self._spans = [span for z in document.zones for span in sentences(document.text, z.start, z.end)]
        self._starts = [span.start for span in self._spans]

    def around(self, span: Span) -> Span:
        """Return the sentence that holds the start of `span`, or `span` itself outside all of them."""
        i = bisect_right(self._starts, span.start) - 1
        if i < 0 or span.start >= self._spans[i].end:
            return span
        return Span(self._spans[i].start, max(self._spans[i].end, span.end))


@dataclass(slots=True)
class _Tally:
    """What is known of one place so far."""

    place: Place
    roles: Counter[Role] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    evidence: list[Evidence] = field(default_factory=list)
    # The same area may be told in other words; the first are kept.
    areas: dict[_Where, tuple[DerivedArea, int]] = field(default_factory=dict)

    def add_area(self, area: DerivedArea | None) -> None:
        if area is None:
            return
        where = (area.relation, area.lat, area.lon, area.radius_km)
        if where in self.areas or len(self.areas) < MAX_AREAS:
            first, count = self.areas.get(where, (area, 0))
            self.areas[where] = (first, count + 1)


@dataclass(slots=True)
class _LinkTally:
    mentions: int = 0
    documents: set[str] = field(default_factory=set)
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(slots=True)
class _ActorTally:
    """An actor as first met, with the home that any document knows and the mentions of all."""

    first: Actor
    base: str = ""
    mentions: list[Span] = field(default_factory=list)

    def add(self, actor: Actor) -> None:
        self.base = self.base or actor.base
        self.mentions.extend(actor.mentions)

    def actor(self) -> Actor:
        return replace(self.first, base=self.base, mentions=tuple(self.mentions))


def build_atlas(
    annotations: Iterable[Annotation],
    *,
    title: str = "",
    credit_lines: Sequence[str] = (),
    settings: Sequence[tuple[str, str]] = (),
    advice: Sequence[str] = (),
    country_of: CountryOf = lambda _: None,
) -> Atlas:
    """Return the atlas of `annotations`; without a title, a lone document's own is taken.

    `advice` are warnings that hold for all documents: they are told once, the others under a document's id.
    `country_of` knows the countries that no document need name to be about them.
    """
    documents: list[Document] = []
    places: dict[str, _Tally] = {}
    actors: dict[str, _ActorTally] = {}
    links: dict[tuple[str, ...], tuple[Link, _LinkTally]] = {}
    unresolved: Counter[str] = Counter()
    left_out: dict[Role, Counter[str]] = {role: Counter() for role in _REASONS}
    furniture = 0
    refused: Counter[str] = Counter()
    told: dict[str, None] = {}
    spoken: dict[str, tuple[Place, int]] = {}
    filed: dict[str, tuple[Place, int]] = {}
    for annotation in annotations:
        document = annotation.document
        documents.append(document)
        furniture += sum(zone.kind is ZoneKind.FURNITURE for zone in document.zones)
        refused.update(each.mention.text for each in annotation.refused)
        told.update(dict.fromkeys(_told(document, annotation, advice)))
        _add(spoken, spoken_of(annotation.resolutions).values())
        _add(filed, ((place, 1) for place in annotation.written_at))
        cut = Sentences(document)
        for resolution in annotation.resolutions:
            mention = resolution.mention
            if mention.role in left_out:
                left_out[mention.role][mention.text] += 1
            if resolution.place is None:
                unresolved[mention.text] += mention.role in DEFAULT_ROLES
                continue
            tally = places.setdefault(resolution.place.id, _Tally(resolution.place))
            tally.roles[mention.role] += 1
            if mention.role in DEFAULT_ROLES:
                tally.documents.add(document.id)
            tally.add_area(resolution.area)
            if len(tally.evidence) < MAX_EVIDENCE:
                tally.evidence.append(_place_evidence(document, cut, resolution))
        for actor in annotation.actors:
            actors.setdefault(actor.id, _ActorTally(actor)).add(actor)
        for link in annotation.links:
            key = (link.actor_id, link.relation, link.status, link.tier, link.place_id)
            _, linked = links.setdefault(key, (link, _LinkTally()))
            linked.documents.add(document.id)
            linked.mentions += 1
            if len(linked.evidence) < MAX_EVIDENCE:
                linked.evidence.append(_link_evidence(document, link))
    return Atlas(
        title=title or _title(documents),
        documents=tuple(documents),
        places=_by_count(places.values()),
        actors=tuple(
            sorted((tally.actor() for tally in actors.values()), key=lambda actor: (-len(actor.mentions), actor.id))
        ),
        links=_links_by_count(links.values()),
        unresolved=tuple(sorted(((n, c) for n, c in unresolved.items() if c), key=lambda item: (-item[1], item[0]))),
        left_out=(*_left_out(left_out), *_decided(refused), *_page_furniture(furniture)),
        focus=focus(spoken, country_of),
        warnings=tuple(told),
        credits=tuple(credit_lines),
        settings=tuple(settings),
        written_at=tuple(sorted(filed.values(), key=lambda row: -row[1])),
    )


def _add(counts: dict[str, tuple[Place, int]], more: Iterable[tuple[Place, int]]) -> None:
    for place, count in more:
        counts[place.id] = place, count + counts.get(place.id, (place, 0))[1]


def _told(document: Document, annotation: Annotation, advice: Sequence[str]) -> Iterator[str]:
    """Yield a document's own warnings under its id, and those that hold for all as they are."""
    for warning in dict.fromkeys((*document.warnings, *annotation.warnings)):
        yield warning if warning in advice else f"{document.id}: {warning}"


def _title(documents: Sequence[Document]) -> str:
    """Return the title or headline of a lone document; a pile of them has none of its own."""
    if len(documents) == 1:
        (document,) = documents
        headlines = (document.text[z.start : z.end] for z in document.zones if z.kind is ZoneKind.HEADLINE)
        return document.title or " ".join(next(headlines, "").split()) or "Places in the news"
    return "Places in the news"


def _by_count(tallies: Iterable[_Tally]) -> tuple[PlaceCount, ...]:
    counted = (
        PlaceCount(
            tally.place,
            tuple((role, tally.roles[role]) for role in Role if tally.roles[role]),
            len(tally.documents),
            tuple(tally.evidence),
            _areas_by_count(tally.areas.values()),
        )
        for tally in tallies
    )
    return tuple(sorted(counted, key=lambda count: (-count.count, count.place.id)))


def _areas_by_count(areas: Iterable[tuple[DerivedArea, int]]) -> tuple[AreaCount, ...]:
    counted = (AreaCount(area, count) for area, count in areas)
    return tuple(sorted(counted, key=lambda c: (-c.mentions, c.area.text, c.area.lat, c.area.lon, c.area.radius_km)))


def _links_by_count(links: Iterable[tuple[Link, _LinkTally]]) -> tuple[LinkCount, ...]:
    counted = (
        LinkCount(
            link.actor_id,
            link.relation,
            link.status,
            link.tier,
            link.place_id,
            tally.mentions,
            len(tally.documents),
            tuple(tally.evidence),
        )
        for link, tally in links
    )
    return tuple(
        sorted(counted, key=lambda c: (-c.documents, -c.mentions, c.actor_id, c.relation, c.status, c.tier, c.place_id))
    )


def _left_out(by_role: dict[Role, Counter[str]]) -> list[LeftOut]:
    return [
        LeftOut(_REASONS[role], names.total(), tuple(name for name, _ in names.most_common(MAX_EXAMPLES)))
        for role, names in by_role.items()
        if names
    ]


def _decided(names: Counter[str]) -> list[LeftOut]:
    examples = tuple(name for name, _ in names.most_common(MAX_EXAMPLES))
    return [LeftOut("decided by hand to be no place", names.total(), examples)] if names else []


def _page_furniture(lines: int) -> list[LeftOut]:
    return [LeftOut("as page furniture, not read", lines)] if lines else []


def _place_evidence(document: Document, cut: Sentences, resolution: Resolution) -> Evidence:
    mention = resolution.mention
    sentence = cut.around(Span(mention.start, mention.end))
    spans = [(mention.start, mention.end, "place"), *_area_words(resolution)]
    return Evidence(
        document_id=document.id,
        quote=document.text[sentence.start : sentence.end],
        marks=tuple(
            (start - sentence.start, end - sentence.start, kind)
            for start, end, kind in sorted(spans)
            if sentence.start <= start < end <= sentence.end
        ),
        role=mention.role,
        confidence=resolution.confidence,
        why=resolution.why,
        runner_up=runner_up(resolution),
        rule=recognised(mention.rule),
        area=resolution.area,
    )


def _area_words(resolution: Resolution) -> Iterator[tuple[int, int, str]]:
    """Yield the words of an area's phrase before and behind the name itself."""
    mention, area = resolution.mention, resolution.area
    if area is not None:
        yield area.start, mention.start, "area"
        yield mention.end, area.end, "area"


def _link_evidence(document: Document, link: Link) -> Evidence:
    start, end = link.evidence
    spans = [(link.actor_span, "actor"), (link.place_span, "place")]
    if link.trigger_span:
        spans.append((link.trigger_span, "trigger"))
    marks = sorted(
        (span.start - start, span.end - start, kind) for span, kind in spans if start <= span.start and span.end <= end
    )
    return Evidence(
        document_id=document.id,
        quote=document.text[start:end],
        marks=tuple(marks),
        attribution=link.attribution,
        rule=link.rule,
    )
