"""Cut the words around a mention to one line that a table cell or a terminal shows as it is."""

from __future__ import annotations

import re

from geomap.model import Span

__all__ = ["clean", "snippet"]

# What a reader takes in at a glance.
MAX_CHARS = 200
_DOTS = "\u2026"
# Marks that turn the direction of what follows, in this cell and beyond, or that show nothing.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def clean(text: str) -> str:
    """Return a text on one line, without marks that could turn or hide what stands beside it."""
    return " ".join(_UNSEEN.sub("", text).split())


def snippet(text: str, sentence: Span, name: Span) -> str:
    """Return the sentence, or as much of it around the name as is easily read, cut between words."""
    start, end = sentence
    if end - start > MAX_CHARS:
        spare = max(0, MAX_CHARS - (name.end - name.start)) // 2
        start, end = max(start, name.start - spare), min(end, name.end + spare)
    head, tail = text[start : name.start], text[name.end : end]
    if start > sentence.start:
        head = _DOTS + (head if text[start - 1].isspace() else re.sub(r"^\S+", "", head))
    if end < sentence.end:
        tail = (tail if text[end].isspace() else re.sub(r"\S+$", "", tail)).rstrip() + _DOTS
    return clean(f"{head}{text[name.start : name.end]}{tail}")
