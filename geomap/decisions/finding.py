"""Find again the spot a person decided on, in a text that may have changed since.

The same name at the same spot is it; else the only one of its kind nearby, or in the whole text.  Where
several could be meant none is taken: a decision that is told to be outdated can be mended, a wrong pin hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.decisions.table import key_of
from geomap.model import Span

__all__ = ["occurrences", "place_of"]

# A name that stands several times in a changed text is still told apart when it moved no farther than this.
NEARBY_CHARS = 100


def place_of(text: str, name: str, span: Span) -> Span | None:
    """Return where a name decided on at `span` stands now: there, or where no other of its kind is near."""
    if key_of(text[span.start : span.end]) == key_of(name):
        return span
    everywhere = list(occurrences(text, name))
    near = [found for found in everywhere if abs(found.start - span.start) <= NEARBY_CHARS]
    alone = [found for found in (everywhere, near) if len(found) == 1]
    return alone[0][0] if alone else None


def occurrences(text: str, name: str) -> Iterator[Span]:
    """Yield where a name stands as whole words, whatever white space is between them."""
    words = r"\s+".join(map(re.escape, name.split()))
    for match in re.finditer(rf"(?<!\w){words}(?!\w)", text):
        yield Span(*match.span())
