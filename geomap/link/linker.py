"""Bind the actors of a document to its places, sentence by sentence, each link with the sentence that says so.

With a parser the grammar states what an actor does; without one, actors and places of a sentence are
only mentioned together.  Datelines, credits and repeated headlines bind nobody to anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geomap.link.actors import ActorTable
from geomap.link.cast import UNNAMED, Cast
from geomap.link.comention import co_mentions
from geomap.link.finding import Finding
from geomap.link.grammar import load_grammar
from geomap.link.headlines import calmed
from geomap.link.parse import Parser
from geomap.link.scene import Scene, Spot
from geomap.link.stated import stated
from geomap.link.tree import Tree
from geomap.model import (
    Actor,
    Document,
    Kind,
    Label,
    Link,
    Mention,
    Place,
    Resolution,
    Role,
    Span,
    Tier,
    ZoneKind,
)
from geomap.words import sentences

__all__ = ["NO_PARSER", "LinkResult", "link"]

NO_PARSER = (
    "Links are only 'mentioned together': for who does what where, install the extra: "
    "pip install 'geo-mention-mapper[links]'"
)
_BULLETS = frozenset(".-*\u2022\u2013\u2014\u00b7")
_NEWS = frozenset({ZoneKind.HEADLINE, ZoneKind.BODY})
_SILENT = frozenset({Role.DATELINE, Role.CREDIT, Role.REPEATED})
_BINDING = frozenset({Role.LITERAL, Role.METONYM, Role.DEMONYM, Role.EMBEDDED})
# More words in one sentence are a list or a table, no sentence, and cost the parser most.
SENTENCE_MAX_CHARS = 1_500


@dataclass(frozen=True, slots=True)
class LinkResult:
    """The actors of one document by id, its links sentence by sentence, and what a reader should know of them."""

    actors: tuple[Actor, ...]
    links: tuple[Link, ...]
    warnings: tuple[str, ...] = ()


class _Sentence(NamedTuple):
    """A sentence of the news itself with the names of actors and the resolved places in it."""

    span: Span
    names: tuple[Mention, ...]
    places: tuple[Resolution, ...]


def link(
    document: Document,
    mentions: Sequence[Mention],
    resolutions: Sequence[Resolution],
    *,
    table: ActorTable,
    parser: Parser | None,
) -> LinkResult:
    """Return who is bound to which place in a document, and by what."""
    split = [each for each in _sentences(document, mentions, resolutions) if each.names or each.places]
    grammar = load_grammar()
    cast = Cast(table, grammar, [name for each in split for name in each.names])
    trees = _trees(document, split, parser)
    countries = {r.place.country: r.place for r in resolutions if r.place and r.place.kind is Kind.COUNTRY}
    links: list[Link] = []
    for each in split:
        known: set[tuple[str, str]] = set()
        tree = trees.get(each.span)
        if tree is not None:
            scene = Scene(document.text, tree, cast=cast, grammar=grammar, names=each.names, places=each.places)
            found = [_link(finding, each.span, countries) for finding in stated(scene)]
            known = {(one.actor_id, one.place_id) for one in found}
            links += found
        links += co_mentions(each.span, cast, each.names, each.places, known=known)
    warnings = () if parser or not links else (NO_PARSER,)
    return LinkResult(_acting(cast, links), tuple(links), warnings)


def _acting(cast: Cast, links: Sequence[Link]) -> tuple[Actor, ...]:
    """Return everyone the text names, and the states and described actors that are bound to a place."""
    bound = {link.actor_id for link in links}
    return tuple(actor for actor in cast.all() if actor.id in bound or not actor.id.startswith(UNNAMED))


def _sentences(
    document: Document, mentions: Sequence[Mention], resolutions: Sequence[Resolution]
) -> Iterator[_Sentence]:
    """Yield the sentences of headline and body; only resolved places count."""
    names = [m for m in mentions if m.label in {Label.PERSON, Label.ORGANISATION} and m.role not in _SILENT]
    places = [r for r in resolutions if r.place and r.mention.role in _BINDING]
    name_starts = [name.start for name in names]
    place_starts = [place.mention.start for place in places]
    for zone in document.zones:
        if zone.kind not in _NEWS:
            continue
        for span in sentences(document.text, zone.start, zone.end):
            named = names[bisect_left(name_starts, span.start) : bisect_left(name_starts, span.end)]
            placed = places[bisect_left(place_starts, span.start) : bisect_left(place_starts, span.end)]
            yield _Sentence(span, tuple(named), tuple(placed))


def _trees(document: Document, split: Sequence[_Sentence], parser: Parser | None) -> dict[Span, Tree]:
    """Return the trees of the sentences that can state a link: those with a place."""
    if parser is None:
        return {}
    stating = [each for each in split if each.places and each.span.end - each.span.start <= SENTENCE_MAX_CHARS]
    text = _readable(document.text, stating)
    trees = parser.parse(text, [_unmarked(text, each.span) for each in stating])
    return {each.span: tree for each, tree in zip(stating, trees, strict=True)}


def _readable(text: str, split: Sequence[_Sentence]) -> str:
    """Return the text with the same offsets, its headlines written as sentences."""
    parts: list[str] = []
    last = 0
    for each in split:
        names = [Span(name.start, name.end) for name in (*each.names, *(place.mention for place in each.places))]
        parts += [text[last : each.span.start], calmed(text, each.span, names)]
        last = each.span.end
    return "".join(parts) + text[last:]


def _unmarked(text: str, span: Span) -> Span:
    """Return a sentence without the bullet of a list, which would be a word to the parser."""
    start = span.start
    while start < span.end and (text[start] in _BULLETS or text[start].isspace()):
        start += 1
    return Span(start, span.end)


def _link(finding: Finding, sentence: Span, countries: dict[str, Place]) -> Link:
    return Link(
        actor_id=finding.who.actor_id,
        actor_span=finding.who.span,
        relation=finding.relation,
        status=finding.status,
        place_id=_meant(finding.spot, countries).id,
        place_span=finding.spot.span,
        tier=Tier.STATED,
        evidence=sentence,
        rule=finding.rule,
        trigger_span=finding.trigger,
        attribution=finding.attribution,
    )


def _meant(spot: Spot, countries: dict[str, Place]) -> Place:
    """Return the country for a capital that stands for its government, where the document names the country."""
    if spot.role is Role.METONYM and spot.country:
        return countries.get(spot.country, spot.place)
    return spot.place
