"""List the places a mention might mean: what the gazetteer has under its name, or under part of it.

When the whole name is unknown, named steps take away what often stands around a name ("the",
"northern", "Province"), one at a time, until the gazetteer answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol, TypeAlias

from geomap.model import Mention, NamedPlace, NameKind, Role
from geomap.words import name_key

__all__ = ["SHORTENINGS", "Gazetteer", "options"]

# Names have at most a few plausible readings; the rest of "San Antonio"'s 300 only cost time.
MAX_OPTIONS = 60


class Gazetteer(Protocol):
    """What resolution asks of a gazetteer; `geomap.gazetteer.store.Store` answers it."""

    def lookup(self, key: str, /) -> tuple[NamedPlace, ...]:
        """Return the places stored under `key`, best known first."""


Shortening: TypeAlias = Callable[[str], str]

_TYPE_WORDS = (
    "county|parish|province|governorate|district|region|state|prefecture|oblast|municipality|township|city|town|village"
    "|river|lake|creek|island|islands|valley|metropolitan area|area|neighborhood|neighbourhood|borough|peninsula|camp"
)
_OUTER_WORDS = (
    "north|south|east|west|northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern"
    "|south-?western|northeast|northwest|southeast|southwest|upper|lower|greater|downtown|mid|inner|outer|rural|suburban|old"
)


def without_article(name: str) -> str:
    """Drop "the" before and a possessive behind."""
    return re.sub(r"^(?:the|The|THE)\s+|['\u2019]s?$", "", name)


def without_type_word(name: str) -> str:
    """Drop what kind of place it is: "Anbar Province", "city of Mosul"."""
    shorter = re.sub(rf"(?i)\s+(?:{_TYPE_WORDS})$", "", name)
    return re.sub(rf"(?i)^(?:{_TYPE_WORDS}|gulf|port|mount|mt\.?) of (?:the )?", "", shorter)


def without_outer_word(name: str) -> str:
    """Drop which part of a place is meant: "northern Lebanon", "downtown Chicago"."""
    return re.sub(rf"(?i)^(?:{_OUTER_WORDS})[\s-]+", "", name)


def singular(name: str) -> str:
    """Drop a plural s: "the Carolinas", "Long Islanders"."""
    return name[:-1] if name.endswith("s") and len(name) > 4 else name


def before_comma(name: str) -> str:
    """Keep what stands before a comma: "Washington, D.C."."""
    return name.partition(",")[0]


SHORTENINGS: tuple[Shortening, ...] = (without_article, without_type_word, without_outer_word, before_comma, singular)


def options(mention: Mention, gazetteer: Gazetteer) -> tuple[NamedPlace, ...]:
    """Return the places `mention` might mean, best known first; () when the gazetteer has none."""
    found = gazetteer.lookup(mention.key) if mention.key else ()
    name = mention.text
    if not found:
        found = gazetteer.lookup(name_key(name))
    for shorten in SHORTENINGS:
        if found:
            break
        name = shorten(name).strip()
        found = gazetteer.lookup(name_key(name)) if name else ()
    return _of_role(found, mention.role)[:MAX_OPTIONS]


def _of_role(found: tuple[NamedPlace, ...], role: Role) -> tuple[NamedPlace, ...]:
    """Keep demonyms for demonyms and names for names, unless that leaves nothing."""
    wanted = role is Role.DEMONYM
    return tuple(entry for entry in found if (entry.name_kind is NameKind.DEMONYM) is wanted) or found
