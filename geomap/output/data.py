"""Say what of an atlas goes into the page, in the compact form that `assets/atlas.js` reads.

Rows are lists and repeated texts are stored once.  Numbers are the atlas's own, never counted
anew here; only sentences, evenly, and the rarest areas are left out when there are more than a page
should carry, and the page says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geomap.areas import describe
from geomap.model import (
    AREA_KINDS,
    DEFAULT_ROLES,
    AreaCount,
    AreaRelation,
    Atlas,
    Evidence,
    Kind,
    LinkCount,
    Place,
    PlaceCount,
    Role,
)

__all__ = ["page_data"]

SCHEMA = 1
# More sentences than this nobody reads one by one; `geomap parse` writes them all.
QUOTES_PER_PLACE = 50
# About 3 MB of news text, 1 MB in the page.
QUOTES_IN_PAGE = 20_000
# More derived areas of one place than this cannot be told apart on a map; the most mentioned are drawn.
AREAS_PER_PLACE = 40
# One sentence is shown whole up to here; a longer one is a text without full stops.
QUOTE_MAX_CHARS = 2_000
_Mark = tuple[int, int, str]
_MARKS = {"place": 0, "actor": 1, "trigger": 2, "area": 3}
_ROLES = tuple(Role)


def page_data(atlas: Atlas) -> dict[str, Any]:
    """Return everything the page shows, ready for JSON."""
    writer = _Writer(atlas)
    return {
        "schema": SCHEMA,
        "title": atlas.title,
        "roles": [role.value for role in _ROLES],
        "counted": [role.value for role in DEFAULT_ROLES],
        "cap": writer.cap,
        "documents": [[d.id, d.title, d.source, d.date, _web_address(d.url)] for d in atlas.documents],
        "places": [writer.place(place) for place in atlas.places],
        "actors": [[a.id, a.name, a.type.value, a.base.upper(), len(a.mentions)] for a in atlas.actors],
        "links": [writer.link(link) for link in atlas.links],
        "focus": [[*writer.named(f.place), int(f.place.kind is Kind.COUNTRY)] for f in atlas.focus],
        "written_at": [[*writer.named(place), documents] for place, documents in atlas.written_at],
        "left_out": [[left.reason, left.count, list(left.examples)] for left in atlas.left_out],
        "unresolved": [list(row) for row in atlas.unresolved],
        "warnings": list(atlas.warnings),
        "credits": list(atlas.credits),
        "settings": [list(row) for row in atlas.settings],
        "texts": list(writer.texts),
    }


class _Writer:
    """Numbers places, actors, documents and texts, so that rows can name them shortly."""

    def __init__(self, atlas: Atlas) -> None:
        self.documents = {document.id: i for i, document in enumerate(atlas.documents)}
        self.places = {count.place.id: i for i, count in enumerate(atlas.places)}
        self.actors = {actor.id: i for i, actor in enumerate(atlas.actors)}
        self.texts: dict[str, int] = {}
        rows: tuple[PlaceCount | LinkCount, ...] = (*atlas.places, *atlas.links)
        self.cap = _fair_cap([len(row.evidence) for row in rows])

    def place(self, count: PlaceCount) -> list[Any]:
        place, by_role = count.place, dict(count.mentions)
        return [
            place.id,
            place.name,
            place.kind.value,
            int(place.kind in AREA_KINDS),
            place.country.upper(),
            place.admin1,
            round(place.lat, 4),
            round(place.lon, 4),
            [round(edge, 3) for edge in place.bbox] if place.bbox else 0,
            [by_role.get(role, 0) for role in _ROLES],
            count.documents,
            _sureness(count.evidence),
            int(place.disputed),
            place.note,
            place.source,
            len(count.evidence),
            self.quotes(count.evidence),
            len(count.areas),
            [self._area(area) for area in count.areas[:AREAS_PER_PLACE]],
        ]

    def _area(self, count: AreaCount) -> list[Any]:
        area = count.area
        return [
            self._text(" ".join(area.text.split())),
            count.mentions,
            round(area.lat, 4),
            round(area.lon, 4),
            area.radius_km,
            [round(edge, 3) for edge in area.bbox] if area.bbox else 0,
            int(area.relation is AreaRelation.PART),
        ]

    def named(self, place: Place) -> tuple[int, str]:
        """Return the row of a place, -1 for one that is not on the map, and its name."""
        return self.places.get(place.id, -1), place.name

    def link(self, link: LinkCount) -> list[Any]:
        return [
            self.actors.get(link.actor_id, -1),
            link.relation.value,
            link.status.value,
            link.tier.value,
            self.places.get(link.place_id, -1),
            link.mentions,
            link.documents,
            len(link.evidence),
            self.quotes(link.evidence),
        ]

    def quotes(self, evidence: Sequence[Evidence]) -> list[list[Any]]:
        # Evenly spaced, so that late documents are heard as well as early ones.
        kept = min(len(evidence), self.cap)
        return [self._quote(evidence[i * len(evidence) // kept]) for i in range(kept)]

    def _quote(self, evidence: Evidence) -> list[Any]:
        quote, marks = _shortened(evidence.quote, evidence.marks)
        row: list[Any] = [
            self.documents.get(evidence.document_id, -1),
            self._text(quote),
            _marks_utf16(quote, marks),
            -1 if evidence.role is None else _ROLES.index(evidence.role),
            round(evidence.confidence * 100),
            self._text(evidence.why),
            self._text(evidence.runner_up),
            self._text(evidence.attribution),
            self._text(evidence.rule),
            self._text(describe(evidence.area)) if evidence.area else -1,
        ]
        while row[-1] == -1:
            row.pop()
        return row

    def _text(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts)) if text else -1


def _fair_cap(lengths: Sequence[int]) -> int:
    """Return the most sentences a row may show so that the page holds no more than `QUOTES_IN_PAGE`."""
    for cap in range(QUOTES_PER_PLACE, 1, -1):
        if sum(min(length, cap) for length in lengths) <= QUOTES_IN_PAGE:
            return cap
    return 1


def _sureness(evidence: Sequence[Evidence]) -> int:
    """Return in percent how sure a place's counted mentions are on average; 0 when nothing is known."""
    known = [e.confidence for e in evidence if e.confidence > 0 and (e.role is None or e.role in DEFAULT_ROLES)]
    known = known or [e.confidence for e in evidence if e.confidence > 0]
    return round(100 * sum(known) / len(known)) if known else 0


def _shortened(quote: str, marks: Sequence[_Mark]) -> tuple[str, Sequence[_Mark]]:
    """Return the part of an overlong quote round its first mark, between ellipses, and the marks in it."""
    if len(quote) <= QUOTE_MAX_CHARS:
        return quote, marks
    start = max(0, min((mark[0] for mark in marks), default=0) - QUOTE_MAX_CHARS // 4)
    end = min(len(quote), start + QUOTE_MAX_CHARS)
    before, after = "…" if start else "", "…" if end < len(quote) else ""
    shift = len(before) - start
    kept = [(max(a, start) + shift, min(b, end) + shift, kind) for a, b, kind in marks if a < end and b > start]
    return f"{before}{quote[start:end]}{after}", kept


def _marks_utf16(quote: str, marks: Sequence[_Mark]) -> list[int]:
    """Return marks as start, end, kind, ..., in the UTF-16 units in which JavaScript counts."""
    flat: list[int] = []
    for start, end, kind in sorted(marks):
        if 0 <= start < end <= len(quote):
            flat += [_utf16(quote, start), _utf16(quote, end), _MARKS.get(kind, 0)]
    return flat


def _utf16(text: str, position: int) -> int:
    before = text[:position]
    return position if before.isascii() else position + sum(char > "\uffff" for char in before)


def _web_address(url: str) -> str:
    """Return `url` if a reader may safely follow it, else ''."""
    return url if url.lower().startswith(("http://", "https://")) else ""
