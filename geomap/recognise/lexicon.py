"""The lists of words that recognition's rules look for, kept as data in `data/lexicon.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from geomap.gazetteer.tables import name_words

__all__ = ["lexicon"]

# Words around names, which the gazetteer needs too.
_SHARED = ("house", "outer", "spot", "street")


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files("geomap.recognise").joinpath("data", "lexicon.toml").read_text(encoding="utf-8")
    lists = {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}
    return lists | {use: frozenset(name_words(use)) for use in _SHARED}


def lexicon(name: str) -> frozenset[str]:
    """Return the list of that name; its words are lower case."""
    return _lists()[name]
