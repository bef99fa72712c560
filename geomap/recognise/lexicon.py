"""The lists of words that recognition's rules look for, kept as data in `data/lexicon.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["lexicon"]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files("geomap.recognise").joinpath("data", "lexicon.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


def lexicon(name: str) -> frozenset[str]:
    """Return the list of that name; its words are lower case."""
    return _lists()[name]
