"""Say whether words could be a person's name, by their shape alone.

Bylines and credits are told from sentences by what they lack: every word of a name is
capitalised or a particle, so one ordinary small word means that a sentence is speaking.
"""

from __future__ import annotations

import re

__all__ = ["DATE", "is_name", "is_title_case", "is_whole_date"]

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?"
# "March 3", "3 March 2024", "Saturday, March 31, 2018", "2024-03-31", "31/3/2024".
DATE = (
    rf"(?:{_WEEKDAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH})(?:,?\s+\d{{4}})?"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|{_WEEKDAY}"
)
_WHOLE_DATE = re.compile(DATE, re.IGNORECASE)
_PARTICLES = frozenset(
    {
        "abu", "al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la",
        "le", "ould", "ten", "ter", "van", "von", "y",
    }
)  # fmt: skip
# No person's first name, and the first word of many a sentence that begins "By ...".
_NEVER_FIRST = re.compile(rf"(?:{_WEEKDAY}|(?:The|A|An|This|That|Then|Now|All|Next|Late|Early)\b)$", re.IGNORECASE)
NAME_MAX_WORDS = 5


def is_title_case(words: str, *, small: frozenset[str] = frozenset()) -> bool:
    """Say whether every word is capitalised, numberless, or one of the small words allowed."""
    parts = words.split()
    return bool(parts) and all(_is_capitalised(part) or part.lower().strip(".,") in small for part in parts)


def is_name(words: str) -> bool:
    """Say whether `words` has the shape of one person's full name."""
    parts = words.split()
    if not 2 <= len(parts) <= NAME_MAX_WORDS or _NEVER_FIRST.match(parts[0]):
        return False
    return is_title_case(words, small=_PARTICLES) and _is_capitalised(parts[-1]) and parts[0].lower() not in _PARTICLES


def is_whole_date(words: str) -> bool:
    """Say whether `words` is a date and nothing else."""
    return _WHOLE_DATE.fullmatch(words.strip()) is not None


def _is_capitalised(word: str) -> bool:
    """Say whether a word begins with a capital, be it behind a particle: al-Sudani, d'Arc."""
    core = re.sub(r"^(?:al|el|an|as|ad|d|l|o)[-'\u2019]", "", word.strip(".,'\u2019\"()"), flags=re.IGNORECASE)
    return core[:1].isupper() and not any(character.isdigit() for character in core)
