"""Fill made-up news sentences with names, so that the tagger meets the turns that encyclopedias and tweets lack."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from random import Random

from geomap.recognise.best_training.names import Names
from geomap.recognise.tags import OUTSIDE
from geomap.recognise.training_data import Sentence
from geomap.words import words

__all__ = ["news"]

FILE = "news.txt"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905 - reads as the list it is
_LABELS = {
    **dict.fromkeys(("TOWN", "STATE", "COUNTRY"), "LOC"),
    **dict.fromkeys(("PERSON", "FAMILY"), "PER"),
    "PEOPLE": "NORP",
    "ORG": "ORG",
}
# "[ORG: ...]", "{SLOT}", or the text between.
_PART = re.compile(r"\[(?P<label>[A-Z]+): (?P<inside>[^\]]+)\]|\{(?P<slot>[A-Z]+)\}|(?P<text>[^{\[]+)")


@cache
def _lines() -> tuple[str, ...]:
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def news(names: Names, random: Random) -> Sentence:
    """Return one of the sentences, its slots filled by chance."""
    made: list[tuple[str, str]] = []
    for part in _PART.finditer(random.choice(_lines())):
        if part["text"]:
            made += [(word.text, OUTSIDE) for word in words(part["text"])]
        elif part["slot"]:
            made += _tagged(_filled(part["slot"], names, random), _LABELS.get(part["slot"], ""))
        else:
            name = [word for inner in _PART.finditer(part["inside"]) for word in _inside(inner, names, random)]
            made += _tagged(tuple(name), part["label"])
    filled, tags = zip(*made, strict=True)
    return Sentence(filled, tags)


def _inside(part: re.Match[str], names: Names, random: Random) -> tuple[str, ...]:
    if part["slot"]:
        return _filled(part["slot"], names, random)
    return tuple(word.text for word in words(part["text"]))


def _tagged(name: tuple[str, ...], label: str) -> list[tuple[str, str]]:
    tags = [f"B-{label}"] + [f"I-{label}"] * (len(name) - 1) if label else [OUTSIDE] * len(name)
    return list(zip(name, tags, strict=True))


def _filled(slot: str, names: Names, random: Random) -> tuple[str, ...]:
    return _FILLERS[slot](names, random)


_FILLERS: dict[str, Callable[[Names, Random], tuple[str, ...]]] = {
    "TOWN": lambda names, random: names.place(random) if random.random() < 0.8 else random.choice(names.pools["LOC"]),
    "STATE": lambda names, random: random.choice(names.states),
    "COUNTRY": lambda names, random: names.country(random),
    "PEOPLE": lambda names, random: random.choice(names.peoples),
    "PERSON": lambda names, random: names.person(random, 2),
    "FAMILY": lambda names, random: names.person(random, 1),
    "ORG": lambda names, random: random.choice(names.pools["ORG"]),
    "DAY": lambda _, random: (random.choice(_DAYS),),
    "N": lambda _, random: (str(random.randint(2, 99)),),
}
