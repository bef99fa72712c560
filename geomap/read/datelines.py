"""Find the dateline at the beginning of a paragraph: place, agency or date, and a dash.

A dash alone proves nothing ("LONDON - a city of ..."), so each shape of dateline is a named rule
that says which other sign it asks for: capitals, the sign of an agency, a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from geomap.read.lists import is_agency, is_label
from geomap.read.names import DATE, is_title_case, is_whole_date

__all__ = ["SHAPES", "Head", "dateline_end"]

# Longer beginnings are sentences: the longest dateline known names two cities, a date, an agency.
DATELINE_MAX_CHARS = 140
PLACE_MAX_WORDS = 6
PLACE_MAX_PARTS = 4
# "DeKALB", "McALLEN": newspapers keep a name's small prefix.
CAPITALS_MIN_SHARE = 0.6

# U+0096 and U+0097 are the dashes of Windows-1252, read as Latin-1 by whoever handled the text last.
_DASH = r"(?:[\u2012-\u2015\x96\x97]+|--+|-(?=\s)|(?<=\s)-)"
# What ends the place: brackets with the agency, a dash, a colon; or what no dateline holds.
_STOP = re.compile(rf"-*\((?P<agency>[^()\n\r]{{0,60}})\)\s*(?:{_DASH}|:)?|{_DASH}|:|(?P<never>[;!?()\"\u201c\u201d])")
_DATE_LAST = re.compile(rf"(?:^|[\s,])\s*({DATE})\.?$", re.IGNORECASE)
# Old wire texts lost brackets and dash: DETROIT The U.S. ...; only an article cannot belong to the place.
_BARE = re.compile(
    r"(?P<place>[A-Z]{4,}(?: [A-Z]{3,}){0,3}(?:, [A-Z][a-z]+\.?(?: [A-Z][a-z]+)?)?)(?=\s+(?:The|An?)\s+[A-Z]?[a-z.])"
)
_SMALL = frozenset(
    {
        "&", "a", "aboard", "al", "and", "au-dessus", "da", "de", "del", "des", "di", "do", "du", "el", "in",
        "la", "le", "les", "near", "of", "on", "sur", "the", "upon",
    }
)  # fmt: skip


class Head(NamedTuple):
    """The beginning of a paragraph that may be a dateline, taken to pieces.

    `mark` is the dash or colon after it, `leads` is true where the body of the text begins,
    `rest` is the first letter of the news.
    """

    place: str
    agency: str | None
    date: str
    mark: str
    leads: bool
    rest: str

    @property
    def capitals(self) -> bool:
        """Say whether the place, up to a first comma, is written in capitals."""
        letters = [c for c in self.place.split(",")[0] if c.isalpha()]
        return len(letters) > 1 and sum(c.isupper() for c in letters) >= CAPITALS_MIN_SHARE * len(letters)

    @property
    def dashed(self) -> bool:
        """Say whether a dash follows, not a colon or nothing."""
        return self.mark not in {"", ":"}


def place_and_agency(head: Head) -> bool:
    """Take a place with the sign of a known agency: Baghdad, Iraq (CNN) --."""
    known = head.agency is not None and is_agency(head.agency)
    return known and bool(head.place) and (bool(head.mark) or head.capitals or not head.rest)


def capitals_and_brackets(head: Head) -> bool:
    """Take a place in capitals, something short in brackets, and a dash: EDMONTON, Ky. (Our Town) --."""
    return head.agency is not None and head.capitals and head.dashed and (not head.agency or is_title_case(head.agency))


def place_and_date(head: Head) -> bool:
    """Take a place with a date: NAIROBI, Kenya, Apr 5 -."""
    return bool(head.date and head.place) and bool(head.mark) and (head.capitals or head.dashed)


def agency_alone(head: Head) -> bool:
    """Take an agency with no place: (Reuters) -, March 3 (Reuters) -."""
    return not head.place and head.agency is not None and is_agency(head.agency) and bool(head.mark)


def place_in_brackets(head: Head) -> bool:
    """Take brackets and a dash where the body begins: (NEW YORK) -."""
    words = head.agency or ""
    return head.leads and not head.place and head.dashed and is_title_case(words) and not is_label(words)


def capitals_and_mark(head: Head) -> bool:
    """Take a place in capitals with a dash or a colon, where the body begins: TORONTO -."""
    return head.leads and head.agency is None and not head.date and head.capitals and bool(head.mark)


SHAPES: tuple[Callable[[Head], bool], ...] = (
    place_and_agency,
    capitals_and_brackets,
    place_and_date,
    agency_alone,
    place_in_brackets,
    capitals_and_mark,
)


def dateline_end(text: str, start: int, end: int, *, leads: bool) -> int:
    """Return where the dateline of the paragraph `[start, end)` ends, or `start` when it has none."""
    bare = _BARE.match(text, start, min(end, start + DATELINE_MAX_CHARS)) if leads else None
    if bare is not None and not is_label(bare["place"]):
        return bare.end()
    # What begins with a small letter is no place: there only brackets may stand.
    look = _STOP.search if text[start].isupper() or text[start].isdigit() else _STOP.match
    stop = look(text, start, min(end, start + DATELINE_MAX_CHARS))
    if stop is None or stop["never"]:
        return start
    rest = text[stop.end() : min(end, stop.end() + 4)].lstrip(" \t'\"\u201c\u2018")[:1]
    head = _head(text[start : stop.start()], stop, leads=leads, rest=rest)
    if not _place_is_sound(head) or not any(shape(head) for shape in SHAPES):
        return start
    return stop.start() + len(stop.group().rstrip())


def _head(before: str, stop: re.Match[str], *, leads: bool, rest: str) -> Head:
    place, date, agency = before.strip(" ,-"), "", stop["agency"]
    last = _DATE_LAST.search(place)
    if last is not None:
        place, date = place[: last.start()].strip(" ,"), last[1]
    one, comma, other = place.rpartition(",")
    if agency is None and comma and is_agency(other):
        # "Moscow, SANA -": the agency stands without brackets.
        place, agency = one.strip(), other.strip()
    if is_whole_date(place):
        place, date = "", f"{place} {date}".strip()
    return Head(place, agency, date, stop.group().rpartition(")")[2].strip(), leads, rest)


def _place_is_sound(head: Head) -> bool:
    """Say whether the place could be one, and the news after it begins as news does."""
    parts = head.place.split(",")
    if head.place and not all(is_title_case(part, small=_SMALL) for part in parts):
        return False
    if len(parts) > PLACE_MAX_PARTS or any(len(part.split()) > PLACE_MAX_WORDS for part in parts):
        return False
    # "LONDON - a city of ..." goes on as a sentence; after a known agency only the agency speaks.
    return not head.rest.islower() and not is_label(parts[0])
