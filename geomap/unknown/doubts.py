"""Say why an unknown name may be no place: each rule answers with a reason, or with '' if it has none.

A name that the text calls a village is one, whatever it looks like.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from geomap.gazetteer.english import is_english

__all__ = ["DOUBTS", "Doubt", "Facts"]


class Facts(NamedTuple):
    """What the documents say of a name, added up."""

    key: str
    mentions: int
    as_person: int
    as_surname: int
    is_called_a_place: bool


Doubt: TypeAlias = Callable[[Facts], str]


def too_short(facts: Facts) -> str:
    """Doubt a name of one letter, or without any."""
    return "it has no two letters" if sum(map(str.isalpha, facts.key)) < 2 else ""


def ordinary_word(facts: Facts) -> str:
    """Doubt a word of everyday English."""
    return "it is an ordinary English word" if is_english(facts.key) and not facts.is_called_a_place else ""


def person_elsewhere(facts: Facts) -> str:
    """Doubt a name that is as often taken for a person."""
    taken = facts.as_person >= facts.mentions and not facts.is_called_a_place
    return "it is elsewhere taken for a person" if taken else ""


def surname(facts: Facts) -> str:
    """Doubt the last name of a person named in the same document."""
    return "a person in the text has this name" if facts.as_surname and not facts.is_called_a_place else ""


DOUBTS: tuple[Doubt, ...] = (too_short, ordinary_word, person_elsewhere, surname)
