"""The lists the rules of reading ask: furniture, agencies, labels.

They are text files beside this module, one entry a line, so that a list grows without code.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["is_agency", "is_furniture", "is_label"]

# US stations sign with their call sign, some with the channel: KTVU, WBKO-TV, ABC7.
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?|(?:ABC|CBS|FOX|NBC)\s?\d{1,2}")
# What may stand around an entry without changing it: bullets, arrows, closing marks.
_AROUND = " \t\xa0.,:;!?*\u2022\u00b7|>\u00bb\u203a\u2192<\u00ab\u2039\u2190-\u2013\u2014()[]\u2026\"'\u201c\u201d"


@cache
def _entries(name: str) -> frozenset[str]:
    lines = files("geomap.read").joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _beginnings() -> re.Pattern[str]:
    """Return one pattern for the entries of furniture.txt that hold a `*`."""
    entries = sorted(entry for entry in _entries("furniture.txt") if "*" in entry)
    return re.compile("|".join(re.escape(entry).replace(r"\*", ".*") for entry in entries), re.DOTALL)


def is_furniture(words: str) -> bool:
    """Say whether all of `words` is something a page prints around its articles."""
    bare = " ".join(words.casefold().replace("\u2019", "'").strip(_AROUND).split())
    # What was nothing but marks ("* * *", a rule of dashes) parts sections and says nothing.
    return not bare or bare in _entries("furniture.txt") or _beginnings().fullmatch(bare) is not None


def is_agency(words: str) -> bool:
    """Say whether `words` is the sign of a news agency or of a broadcaster."""
    return words.strip().casefold() in _entries("agencies.txt") or _CALL_SIGN.fullmatch(words.strip()) is not None


def is_label(words: str) -> bool:
    """Say whether `words` labels a paragraph ("ANALYSIS") rather than naming a place."""
    return words.strip().casefold().replace("\u2019", "'") in _entries("labels.txt")
