"""Take away what often stands around a name ("the", "northern", "Province", "airbase"), one thing at a time.

The gazetteer has "Natanz" and "Anbar"; texts say "the Natanz nuclear facility" and "western Anbar province".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

__all__ = ["SHORTENINGS", "forms"]

Shortening: TypeAlias = Callable[[str], str]

# Longer phrases first: "refugee camp" before "camp".
_TYPE_WORDS = (
    "nuclear power plant|nuclear power station|nuclear facility|nuclear plant|nuclear site|nuclear complex|enrichment plant"
    "|enrichment facility|enrichment site|power plant|military base|naval base|air force base|army base|air base|airbase"
    "|airfield|garrison|base|refugee camp|camp|border crossing|border post|checkpoint|crossing|oil field|oilfield|gas field"
    "|oil terminal|refinery|industrial zone|metropolitan area|city centre|city center|suburb|neighborhood|neighbourhood"
    "|county|parish|province|governorate|district|region|state|prefecture|oblast|municipality|township|city|town|village"
    "|river|lake|creek|island|islands|atoll|reef|shoal|valley|area|borough|peninsula|corridor|enclave|prison|dam|port"
)
_OUTER_WORDS = (
    "north|south|east|west|northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern"
    "|south-?western|northeast|northwest|southeast|southwest|upper|lower|greater|downtown|mid|inner|outer|rural|suburban|old"
)


def without_article(name: str) -> str:
    """Drop "the" before and a possessive behind."""
    return re.sub(r"^(?:the|The|THE)\s+|['\u2019]s?$", "", name)


def without_type_word(name: str) -> str:
    """Drop what kind of place it is: "Anbar Province", "city of Mosul", "Taji air base"."""
    shorter = re.sub(rf"(?i)\s+(?:{_TYPE_WORDS})$", "", name)
    return re.sub(rf"(?i)^(?:{_TYPE_WORDS}|gulf|port|mount|mt\.?) of (?:the )?", "", shorter)


def without_outer_word(name: str) -> str:
    """Drop which part of a place is meant: "northern Lebanon", "downtown Chicago"."""
    return re.sub(rf"(?i)^(?:{_OUTER_WORDS})[\s-]+", "", name)


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
