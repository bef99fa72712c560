"""Tell in plain words why each mention of a document is where it is: what `geomap explain` prints.

A paragraph for each mention: what it was taken for and by which rule, the place and how sure, the next best,
and the row of the gazetteer with its source.  Nothing is decided here; all is read off the annotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from geomap.areas import describe as area_told
from geomap.gazetteer.layered import Layered
from geomap.gazetteer.provenance import provenance
from geomap.gazetteer.shortening import forms
from geomap.model import (
    DEFAULT_ROLES,
    Annotation,
    Candidate,
    Document,
    Mention,
    NamedPlace,
    NameKind,
    Place,
    Refused,
    Resolution,
    Role,
)
from geomap.pipeline import Tools
from geomap.recognise.looking import Looks, Refusal
from geomap.recognise.reasons import recognised, tag_told
from geomap.resolve.options import options
from geomap.resolve.reasons import describe, features_told, runner_up, standing, sureness
from geomap.words import name_key

__all__ = ["explanation"]

_ROLES = {
    Role.LITERAL: "the place itself",
    Role.METONYM: "who acts under its name",
    Role.DEMONYM: "its people, or what is theirs",
    Role.EMBEDDED: "inside a longer name",
    Role.DATELINE: "where the article was filed",
    Role.CREDIT: "in a byline or credit line",
    Role.REPEATED: "in a headline that is printed twice",
}
_NAMED = {
    NameKind.NAME: "its main name",
    NameKind.ALIAS: "another name of it",
    NameKind.ABBREVIATION: "a short form of its name",
    NameKind.DEMONYM: "the name of its people",
}


def explanation(annotation: Annotation, tools: Tools, *, name: str = "", full: bool = False) -> Iterator[str]:
    """Yield the lines that explain what a document's mentions mean; with a `name`, also where it is no place.

    What holds for several mentions is told at the first.  `full` adds every candidate with what each feature was worth.
    """
    key = name_key(name)
    chosen = [each for each in annotation.resolutions if not key or key in _keys(each.mention)]
    by_hand = [refused for refused in annotation.refused if key in _keys(refused.mention)]
    seen = _Seen(annotation.document, [each.mention for each in chosen], name, tools)
    first: dict[tuple[str, float], Mention] = {}
    told = []
    for each in chosen:
        before = first.setdefault((each.why, each.confidence), each.mention)
        lines = [*_found(each.mention, seen), *_meaning(each, before, tools.gazetteer, full=full)]
        told.append((each.mention.start, lines))
    told += [(refused.mention.start, list(_by_hand(refused, seen))) for refused in by_hand]
    refusals = seen.looks.refusals(annotation.mentions)
    told += [(refusal.start, list(_refusal(refusal, seen))) for refusal in refusals]
    for _, lines in sorted(told):
        yield from lines
        yield ""


class _Seen:
    """A document as it was seen: its lines, and what the tagger took its words for."""

    def __init__(self, document: Document, mentions: Sequence[Mention], name: str, tools: Tools) -> None:
        self._document = document
        self._line_ends = [found.start() for found in re.finditer("\n", document.text)]
        self.looks = Looks(
            document, mentions, name, gazetteer=tools.gazetteer, tagger=tools.tagger, actors=tools.actors
        )

    def where(self, start: int, end: int) -> str:
        """Tell where a name stands."""
        line = bisect_left(self._line_ends, start) + 1
        return f"{self._document.id}:{line}: {self._quoted(start, end)} at {start}-{end}"

    def tagged(self, start: int, end: int) -> str:
        """Tell what the tagger saw over a name; the whole of it, where it saw more."""
        name = self.looks.tagged(start, end)
        if name is None:
            return "The tagger saw no name."
        more = f", {self._quoted(name.start, name.end)}" if (name.start, name.end) != (start, end) else ""
        return f"The tagger saw {tag_told(name.label)}{more}."

    def _quoted(self, start: int, end: int) -> str:
        return f"\u201c{_line(self._document.text[start:end])}\u201d"


def _keys(mention: Mention) -> frozenset[str]:
    """Return the names under which a mention is asked for: as it stands, and as the gazetteer has it."""
    return frozenset(filter(None, (name_key(mention.text), mention.key)))


def _found(mention: Mention, seen: _Seen) -> Iterator[str]:
    counted = "counted" if mention.role in DEFAULT_ROLES else "not counted by default"
    yield f"{seen.where(mention.start, mention.end)}: {mention.role} ({_ROLES[mention.role]}), {counted}"
    yield f"  Found: {recognised(mention.rule)} {seen.tagged(mention.start, mention.end)}"


def _meaning(resolution: Resolution, first: Mention, gazetteer: Layered, *, full: bool) -> Iterator[str]:
    if first is not resolution.mention:
        meant = f"Place: {describe(resolution.place)}" if resolution.place else "No place"
        yield f"  {meant}, as at {first.start}-{first.end}."
        yield from _area(resolution)
        return
    if resolution.place is None:
        yield f"  No place: {resolution.why}."
    else:
        yield f"  Place: {resolution.why.rstrip('.')}."
        yield from _area(resolution)
        rest = runner_up(resolution)
        sure = f"{sureness(resolution.confidence)} ({100 * resolution.confidence:.0f} %)"
        # A derived area says itself how exact it is.
        exact = resolution.area is None and resolution.radius_km is not None
        within = f", give or take {resolution.radius_km:,.0f} km" if exact else ""
        yield f"  Sure: {sure}{within}." + (f" Next: {rest}." if rest else "")
        yield f"  Row: {_row(first, resolution.candidates[0], gazetteer)}"
    if full:
        for number, candidate in enumerate(resolution.candidates, start=1):
            yield from _candidate(number, resolution, candidate, gazetteer)


def _area(resolution: Resolution) -> Iterator[str]:
    if resolution.area:
        yield f"  Derived area: {area_told(resolution.area)}."


def _candidate(number: int, resolution: Resolution, candidate: Candidate, gazetteer: Layered) -> Iterator[str]:
    from geomap.geo import geodesic_km

    best = resolution.candidates[0]
    yield f"  {number}. {describe(candidate.place)}"
    if candidate is not best:
        apart = geodesic_km(
            a_lat=best.place.lat, a_lon=best.place.lon, b_lat=candidate.place.lat, b_lon=candidate.place.lon
        )
        yield f"     {apart:,.0f} km away, {standing(best, candidate)}"
    yield f"     {_row(resolution.mention, candidate, gazetteer)}"
    for told, worth in features_told(candidate):
        yield f"     {worth:+6.2f}  {told}"


def _refusal(refusal: Refusal, seen: _Seen) -> Iterator[str]:
    yield f"{seen.where(refusal.start, refusal.end)}: not taken for a place"
    if refusal.inside:
        yield f"  Refused: It is part of \u201c{refusal.inside}\u201d."
    else:
        yield f"  Refused: {recognised(refusal.rule)} {seen.tagged(refusal.start, refusal.end)}"


def _by_hand(refused: Refused, seen: _Seen) -> Iterator[str]:
    yield f"{seen.where(refused.mention.start, refused.mention.end)}: not taken for a place"
    yield f"  Refused: {refused.why.rstrip('.')}."


def _line(text: str) -> str:
    """Return words of a text in one line, without what a terminal would obey."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _row(mention: Mention, candidate: Candidate, gazetteer: Layered) -> str:
    place = candidate.place
    kind = f"{place.kind} {place.feature}".strip()
    people = f", {place.population:,} people" if place.population else ""
    row = f"{place.id}, {kind}, {place.lat:.3f} {place.lon:.3f}{people}"
    return f"{row}; found by {_named(mention, candidate, gazetteer)}; from {provenance(place, gazetteer)}"


def _named(mention: Mention, candidate: Candidate, gazetteer: Layered) -> str:
    """Say how the name in the text led to a place."""
    asked = [(mention.text, mention.key), *((form, name_key(form)) for form in forms(mention.text))]
    for form, key in asked:
        if key and _is_among(candidate.place, gazetteer.lookup(key)):
            shorter = f", \u201c{form}\u201d" if key not in {mention.key, name_key(mention.text)} else ""
            return _NAMED[candidate.name_kind] + shorter
    if any(_is_among(candidate.place, gazetteer.spelt_like(form)) for form, _ in asked):
        return "another spelling of its name"
    return "its name, which it lends" if _is_among(candidate.place, options(mention, gazetteer)) else "a decision"


def _is_among(place: Place, found: Sequence[NamedPlace]) -> bool:
    return any(named.place.id == place.id for named in found)
