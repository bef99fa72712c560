"""Cut a text into its paragraphs, however its lines were broken.

Blank lines part paragraphs.  Elsewhere a line break parts them too, unless the line looks torn:
its sentence goes on in the next, or it is as full as the torn lines of this text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from geomap.model import Span
from geomap.read.credits import is_byline, is_copyright, is_reporting
from geomap.read.datelines import dateline_end
from geomap.read.lists import is_furniture

__all__ = ["paragraphs", "trimmed"]

# Text is wrapped at 60 to 120 characters; what is longer was never wrapped, and
# a shorter line that ends in mid-sentence is a title or an entry of a list.
WRAPPED_MIN_CHARS = 45
WRAPPED_MAX_CHARS = 132
# Closing credits hang on the last sentence when a page's line breaks were lost.
TAIL_MAX_CHARS = 600

# U+0085 is not among them: in news text it is the "..." of Windows-1252, read as Latin-1.
_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")
# A line that ends in one of these goes on, whatever the next one begins with.
_HANGING = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|than|that|the|to|with),?$")
_TAIL = re.compile(
    r"(?<=\S)\s+(?=\((?:additional\s+)?(?:reporting|writing|editing|compiled)(?:\s+and\s+\w+)?\s+by\s[^()]*\)\s*$"
    r"|(?:copyright|\(copyright|\u00a9)\s[^\n]{0,120}all rights reserved)",
    re.IGNORECASE,
)


class _Line(NamedTuple):
    start: int
    end: int
    after_blank: bool


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return `[start, end)` without the white space around it, or None when nothing is left."""
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return Span(begin, begin + len(bare))


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of a text in order, trimmed; only white space lies between them."""
    for start, end in _blocks(text):
        tail = _TAIL.search(text, max(start, end - TAIL_MAX_CHARS), end)
        if tail is None or tail.start() <= start:
            yield Span(start, end)
        else:
            yield Span(start, tail.start())
            yield Span(tail.end(), end)


def _blocks(text: str) -> Iterator[Span]:
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    start, previous = 0, None
    for line in lines:
        if previous is None:
            start = line.start
        elif line.after_blank or not _is_torn(text, previous, line, width) or _stands_alone(text, previous, line):
            yield Span(start, previous.end)
            start = line.start
        previous = line
    if previous is not None:
        yield Span(start, previous.end)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that hold more than white space."""
    last = 0
    for match in _LINE.finditer(text):
        span = trimmed(text, match.start(), match.end())
        if span is not None:
            yield _Line(*span, after_blank=len(_BREAK.findall(text, last, span.start)) > 1)
            last = span.end


def _wrap_width(text: str, lines: list[_Line]) -> int:
    """Return the width a text was wrapped at, or 0 when no line of it was torn."""
    pairs = pairwise(lines)
    torn = (one.end - one.start for one, other in pairs if not other.after_blank and _goes_on(text, one, other))
    return max(torn, default=0)


def _is_torn(text: str, one: _Line, other: _Line, width: int) -> bool:
    """Say whether a line break only wraps: the next line goes on where this one stopped."""
    if _goes_on(text, one, other):
        return True
    length = one.end - one.start
    first_word = text[other.start : other.start + WRAPPED_MAX_CHARS].split(maxsplit=1)[0]
    return bool(width) and length <= WRAPPED_MAX_CHARS and length + 1 + len(first_word) > width


def _goes_on(text: str, one: _Line, other: _Line) -> bool:
    length = one.end - one.start
    if not WRAPPED_MIN_CHARS <= length <= WRAPPED_MAX_CHARS:
        return False
    if text[other.start].islower():
        return text[one.end - 1] not in '.!?:"\u201d\u2026'
    return _HANGING.search(text, one.end - 6, one.end) is not None


def _stands_alone(text: str, one: _Line, other: _Line) -> bool:
    """Say whether one of two lines is a part of its own, so that they are no paragraph together."""
    before, after = text[one.start : one.end], text[other.start : other.end]
    alone = is_furniture(before) or is_furniture(after) or is_byline(before) or is_byline(after)
    begins = is_reporting(after) or after.lower().startswith(("(reporting by", "reporting by")) or is_copyright(after)
    return alone or begins or dateline_end(text, other.start, other.end, leads=False) > other.start
