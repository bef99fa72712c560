"""Tell which region the words beside a name put it in: "Paris, Texas", "the Indian city of", "In Pakistan, Punjab".

Each is a pattern between two neighbouring mentions; what they mention decides nothing yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from geomap.gazetteer.tables import name_words
from geomap.model import Kind, Mention, NamedPlace, Role

__all__ = ["NOWHERE", "REGIONS", "Beside", "beside", "is_other"]

REGIONS = frozenset({Kind.COUNTRY, Kind.ADMIN1, Kind.ADMIN2})
# "Paris, Texas", "Tripoli (Libya)", "Bosaso, in Puntland", "the south of Lebanon".
_BEHIND = re.compile(r",\s{1,3}|\s\(|,\s+in\s+|\s+in\s+(?:the\s+)?|\s+of\s+(?:the\s+)?")
# "the Indian [city of] Hyderabad", "Iraq['s capital,] Baghdad", "the French [port town] Brest"; but a "Russian base" or
# a "Russian-held town" need not be in Russia.
_BEFORE = r"(?:['\u2019]s)?(?:\s+[a-z]+){{0,2}}\s+(?:{kinds})(?:,|\s+of(?:\s+the)?)?\s+"
# "Ukraine['s eastern] Donetsk [region]".
_OWNED = re.compile(r"['\u2019]s\s+(?:[a-z]+\s+){0,2}")
_KIND_BEHIND = r"\s+(?:{kinds})\b"
# "[In] Pakistan, Punjab mourned": what leads a clause holds what comes next.
_LEADING = re.compile(r"\b[Ii]n\s+(?:the\s+)?$")
_LEADING_COMMA = re.compile(r",\s{1,3}(?:the\s+)?")
# "the other Vancouver", "the real Paris".
_OTHER = re.compile(r"\bthe\s+(?:other|real|original|more\s+famous|better[\s-]known)\s+$")
# The longest of these words before a name, with their spaces.
_REACH_CHARS = 24


class Beside(NamedTuple):
    """The readings of the regions beside a name.

    `holding` surely holds it, `leading` probably does; `held` are those of a name that this one, as a region, holds.
    """

    holding: tuple[NamedPlace, ...] = ()
    leading: tuple[NamedPlace, ...] = ()
    held: tuple[NamedPlace, ...] = ()


NOWHERE = Beside()


def beside(mentions: Sequence[Mention], entries: Sequence[tuple[NamedPlace, ...]], i: int, text: str) -> Beside:
    """Return what stands beside mention `i`; `entries` are the readings of each mention."""
    holding = _behind(mentions, entries, i, text) or _before(mentions, entries, i, text)
    held = entries[i - 1] if i and _behind(mentions, entries, i - 1, text) else ()
    return Beside(holding, () if holding else _leading(mentions, entries, i, text), held)


def is_other(mention: Mention, text: str) -> bool:
    """Say whether a name expressly means another place than the text's usual one: "the other Vancouver"."""
    return _OTHER.search(text, max(0, mention.start - _REACH_CHARS), mention.start) is not None


def _regions(entries: Sequence[NamedPlace]) -> tuple[NamedPlace, ...]:
    return tuple(entry for entry in entries if entry.place.kind in REGIONS)


def _behind(
    mentions: Sequence[Mention], entries: Sequence[tuple[NamedPlace, ...]], i: int, text: str
) -> tuple[NamedPlace, ...]:
    """Return the readings as a region of the mention right behind mention `i`, if one is."""
    if i + 1 >= len(mentions) or not _BEHIND.fullmatch(text, mentions[i].end, mentions[i + 1].start):
        return ()
    if Role.DEMONYM in {mentions[i].role, mentions[i + 1].role}:
        return ()
    return _regions(entries[i + 1])


def _before(
    mentions: Sequence[Mention], entries: Sequence[tuple[NamedPlace, ...]], i: int, text: str
) -> tuple[NamedPlace, ...]:
    """Return the readings as a country of the mention that says whose town or province mention `i` is."""
    if not i or mentions[i].role is Role.DEMONYM:
        return ()
    between = mentions[i - 1].end, mentions[i].start
    owned = _OWNED.fullmatch(text, *between) and _pattern(_KIND_BEHIND).match(text, mentions[i].end)
    if not owned and not _pattern(_BEFORE).fullmatch(text, *between):
        return ()
    return tuple(entry for entry in entries[i - 1] if entry.place.kind is Kind.COUNTRY)


def _leading(
    mentions: Sequence[Mention], entries: Sequence[tuple[NamedPlace, ...]], i: int, text: str
) -> tuple[NamedPlace, ...]:
    """Return the readings as a region of the mention that leads the clause in which `i` comes next."""
    if not i or not _LEADING_COMMA.fullmatch(text, mentions[i - 1].end, mentions[i].start):
        return ()
    start = mentions[i - 1].start
    led = _LEADING.search(text, max(0, start - _REACH_CHARS), start)
    return _regions(entries[i - 1]) if led else ()


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(template.format(kinds="|".join(name_words("civil"))))
