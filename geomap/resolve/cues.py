"""What the words beside a name say of the kind of its place: "Fulda Mayor", "Gov. of Georgia", "Ohio River"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from geomap.gazetteer.rows import own_rows
from geomap.model import Kind

__all__ = ["cued_kinds"]

# Two words on either side fit into this.
_REACH_CHARS = 40
_WORD = re.compile(r"[^\W\d_]+")
# Ends a sentence or a part of it; the full stop of "Gov." does not.
_BREAK = re.compile(r"[,;:()\n\u2014\"\u201c\u201d]|[a-z]{5,}\.\s")


def cued_kinds(text: str, start: int, end: int) -> frozenset[Kind]:
    """Return the kinds of place that a name at `text[start:end]` or the words right beside it speak of; often none."""
    near = _BREAK.split(text[max(0, start - _REACH_CHARS) : start])[-1]
    before = _WORD.findall(near.lower())[-2:]
    near = _BREAK.split(text[end : end + _REACH_CHARS], maxsplit=1)[0]
    behind = [word for word in _WORD.findall(near.lower()) if word != "s"][:2]
    table = _table()
    # "Southern Red Sea", "River Nile": the name's own word says more than those around it.
    name = _WORD.findall(text[start:end].lower())
    if len(name) > 1 and (own := table.get(("inside", name[-1])) or table.get(("leading", name[0]))):
        return own
    kinds: set[Kind] = set()
    for side, found in (("before", (" ".join(before), *before[-1:])), ("behind", (" ".join(behind), *behind[:1]))):
        for words in found:
            kinds |= table.get((side, words), frozenset())
    return frozenset(kinds)


@cache
def _table() -> Mapping[tuple[str, str], frozenset[Kind]]:
    rows = own_rows(Path(__file__).parent / "data" / "cues.tsv")
    return {(row["side"], row["words"]): frozenset(map(Kind, row["kinds"].split("|"))) for row in rows}
