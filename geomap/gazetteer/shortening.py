"""Take away what often stands around a name ("the", "northern", "Province", "airbase"), one thing at a time.

The gazetteer has "Natanz" and "Anbar"; texts say "the Natanz nuclear facility" and "western Anbar province".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias

from geomap.gazetteer import tables

__all__ = ["SHORTENINGS", "forms"]

Shortening: TypeAlias = Callable[[str], str]


@cache
def _words(use: str) -> str:
    """Return the words of one use as alternatives; "refugee camp" comes before "camp"."""
    return "|".join(map(re.escape, tables.name_words(use)))


def without_article(name: str) -> str:
    """Drop "the" before and a possessive behind."""
    return re.sub(r"^(?:the|The|THE)\s+|['\u2019]s?$", "", name)


def without_type_word(name: str) -> str:
    """Drop what kind of place it is: "Anbar Province", "city of Mosul", "Taji air base"."""
    words = _words("type")
    shorter = re.sub(rf"(?i)\s+(?:{words})$", "", name)
    return re.sub(rf"(?i)^(?:{words}|gulf|port|mount|mt\.?) of (?:the )?", "", shorter)


def without_outer_word(name: str) -> str:
    """Drop which part of a place is meant: "northern Lebanon", "downtown Chicago"."""
    return re.sub(rf"(?i)^(?:{_words('outer')})[\s-]+", "", name)


def before_comma(name: str) -> str:
    """Keep what stands before a comma: "Washington, D.C."."""
    return name.partition(",")[0]


def singular(name: str) -> str:
    """Drop a plural s: "the Carolinas", "Long Islanders"."""
    return name[:-1] if name.endswith("s") and len(name) > 4 else name


SHORTENINGS: tuple[Shortening, ...] = (without_article, without_type_word, without_outer_word, before_comma, singular)


def forms(name: str) -> Iterator[str]:
    """Yield a name, then each shorter form of it."""
    yield name
    for shorten in SHORTENINGS:
        shorter = shorten(name).strip()
        if shorter and shorter != name:
            yield shorter
        name = shorter
