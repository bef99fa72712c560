"""Read the names that BIO tags mark: B- begins one, I- goes on with it, O is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["OUTSIDE", "TaggedSpan", "spans"]

OUTSIDE = "O"


class TaggedSpan(NamedTuple):
    """What a tagger says of `words[start:end]`: LOC, ORG, PER or NORP."""

    start: int
    end: int
    label: str


def spans(tags: Sequence[str]) -> list[TaggedSpan]:
    """Return the names that BIO tags mark; an I- that continues nothing begins a name."""
    found: list[TaggedSpan] = []
    for position, tag in enumerate(tags):
        if tag == OUTSIDE:
            continue
        mark, label = tag.split("-", 1)
        if mark == "I" and found and found[-1].end == position and found[-1].label == label:
            found[-1] = found[-1]._replace(end=position + 1)
        else:
            found.append(TaggedSpan(position, position + 1, label))
    return found
