"""Say in words why a name was taken for a place, or was not.

Every rule says it itself, in the first line of its docstring; here stand the few ways beside the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from geomap.recognise.rules import RULES

__all__ = ["recognised", "tag_told"]

# What else a mention may name as its rule.
_BESIDE_THE_RULES = {
    "spot_named_after_place": "The tagger sees a spot that is named after a known place.",
    "shared_name": 'Two names joined by "and" share their last words: "North and South Korea".',
    "unlisted_place": "The tagger takes it for a place; the gazetteer does not have it, or not as it stands here.",
    "given": "The input marks it as a place.",
    "decided": "A person decided that it is a place.",
    "no_rule": "Neither the tagger nor any rule takes it for a place here.",
}
_TAGS = {"LOC": "a place", "ORG": "an organisation", "PER": "a person", "NORP": "a people or group"}


def recognised(rule: str) -> str:
    """Return what a recognition rule says, in a sentence; '' for a name that is none of ours."""
    return _sentences().get(rule, "")


def tag_told(label: str) -> str:
    """Return what a tagger's label means; '' is what it gives to a word of no name."""
    return _TAGS.get(label, "no name")


@cache
def _sentences() -> Mapping[str, str]:
    told = {rule.__name__: (rule.__doc__ or "").partition("\n")[0] for rule in RULES}
    return told | _BESIDE_THE_RULES
