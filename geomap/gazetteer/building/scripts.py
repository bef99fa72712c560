"""Which unchecked names are kept when an index is to hold every script, not only Latin letters."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from geomap.gazetteer.building.naming import MAX_LETTERS, keep_alternate, latin, plain_words

__all__ = ["Scripts", "keep_any_script", "keeper"]

# Two letters are a code in Latin script, and a city in Chinese.
MIN_LETTERS_OTHER = 2


class Scripts(StrEnum):
    """Which names an index holds."""

    LATIN = "latin"
    ALL = "all"


def keep_any_script(name: str) -> bool:
    """Say whether an unchecked name is kept: the filters for Latin letters judge only what is written in them."""
    if latin(name):
        return keep_alternate(name)
    return MIN_LETTERS_OTHER <= len(name) <= MAX_LETTERS and plain_words(name)


def keeper(scripts: Scripts) -> Callable[[str], bool]:
    """Return the filter of unchecked names."""
    return keep_any_script if scripts is Scripts.ALL else keep_alternate
