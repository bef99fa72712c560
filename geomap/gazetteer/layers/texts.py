"""Say what is wrong with a name or another text that a person wrote: control characters, lost letters, no letters."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from geomap.gazetteer.layers.mojibake import mended
from geomap.words import name_key

__all__ = ["BETWEEN_NAMES", "NAME_MAX_CHARS", "Fault", "name_fault", "text_fault"]

# The longest name of a village in Wales has 58 letters; more than this is a sentence in the wrong column.
NAME_MAX_CHARS = 200
# One name of several in a cell; no place has it in its name.
BETWEEN_NAMES = "|"
# Marks that turn the direction of all that follows them: in a name they can only mislead.
_TURNS_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTROL = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Fault(NamedTuple):
    """What is wrong, and how to mend it."""

    problem: str
    hint: str


def name_fault(name: str) -> Fault | None:
    """Return what is wrong with a name, in which there must be something to look up."""
    if not name_key(name) or not any(map(str.isalpha, name)):
        return Fault(f"the name {name!r} holds no letter", "Write it as the texts have it")
    if len(name) > NAME_MAX_CHARS:
        return Fault(f"the name {name[:30]!r}... has {len(name)} characters, more than {NAME_MAX_CHARS}", "Cut it")
    if BETWEEN_NAMES in name:
        return Fault(f"the name {name!r} holds a |, which stands between names", "Write several names in names")
    return None


def text_fault(text: str, *, field: str, of: str, lines: bool = False) -> Fault | None:
    """Return what is wrong with the text of a field `of` an entry; `lines` says that it may have several lines."""
    if text.isascii() and text.isprintable():
        return None
    allowed = "\n\t" if lines else ""
    for mark in text:
        if (mark in _TURNS_DIRECTION or unicodedata.category(mark) in _CONTROL) and mark not in allowed:
            return Fault(f"{of} has the control character U+{ord(mark):04X} in {field}", "Take it out")
    if "\ufffd" in text:
        return Fault(
            f"{field} {text!r} holds U+FFFD: letters were lost when the text was converted",
            "Write the letters anew, and save the file as UTF-8",
        )
    if (right := mended(text)) != text:
        return Fault(
            f"{field} {text!r} was saved as UTF-8 and read as Windows-1252",
            f"Write {right!r}, and save the file as UTF-8",
        )
    return None
