"""Score links against gold: which actor and place, by which relation, with which status.

An actor or place is right by any of its gold names.  Several mentions of one link are one; gold links with `core`
false are neither rewarded nor missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geomap.evaluate.gold import GoldDocument, GoldLink
from geomap.evaluate.measures import f1, ratio
from geomap.evaluate.predicted import FoundLink
from geomap.model import Tier
from geomap.words import fold, words

__all__ = ["LinkFigures", "score_links"]

# What must agree besides actor and place.
_LEVELS = {"pairs": (), "relations": ("relation",), "with status": ("relation", "status")}
# Words that tell no actor from another.
_IDLE_WORDS = frozenset("the a an of in and some many all two three four five member members".split())  # noqa: SIM905

Key = tuple[str, ...]
Marked = tuple[GoldDocument, Sequence[FoundLink]]


@dataclass(frozen=True, slots=True)
class LinkFigures:
    """How many links were stated and how many should be, and how far they agree."""

    found: int
    gold: int
    p: float | None
    r: float | None
    f1: float | None


def score_links(documents: Sequence[Marked]) -> Mapping[str, LinkFigures]:
    """Return the figures of the links that are stated, level by level; none where the gold has no links."""
    marked = [
        (gold, [link for link in links if link.tier == Tier.STATED])
        for gold, links in documents
        if gold.links is not None
    ]
    return {name: _level(marked, keys) for name, keys in _LEVELS.items()} if marked else {}


def _level(documents: Iterable[Marked], keys: Key) -> LinkFigures:
    found: list[bool] = []
    wanted: list[bool] = []
    for gold, links in documents:
        found += _found_right(gold, links, keys)
        wanted += _wanted_found(gold, links, keys)
    precision, recall = ratio(sum(found), len(found)), ratio(sum(wanted), len(wanted))
    return LinkFigures(len(found), len(wanted), precision, recall, f1(precision, recall))


def _found_right(gold: GoldDocument, links: Sequence[FoundLink], keys: Key) -> Iterable[bool]:
    """Return for each link found whether it is right, leaving out those that need not be found."""
    groups: dict[Key, bool] = {}
    for link in links:
        meant = [want for want in gold.links or () if _agrees(link, want, gold.text, keys)]
        if meant and not any(want.core for want in meant):
            continue
        # Several of our names for one gold actor are one answer.
        actor = meant[0].actor if meant else link.actor
        key = (actor, link.place, *(getattr(link, each) for each in keys))
        groups[key] = groups.get(key, False) or bool(meant)
    return groups.values()


def _wanted_found(gold: GoldDocument, links: Sequence[FoundLink], keys: Key) -> Iterable[bool]:
    """Return for each gold link whether it was found."""
    groups: dict[Key, bool] = {}
    for want in gold.links or ():
        if want.core:
            key = (want.actor, want.place, *(getattr(want, each) for each in keys))
            groups[key] = groups.get(key, False) or any(_agrees(link, want, gold.text, keys) for link in links)
    return groups.values()


def _agrees(link: FoundLink, want: GoldLink, text: str, keys: Key) -> bool:
    if any(getattr(link, key) != getattr(want, key) for key in keys) or not _same_place(link, want, text):
        return False
    return _share_a_name([link.actor_name, *(text[start:end] for start, end in link.actor_spans)], want.actor_names)


def _same_place(link: FoundLink, want: GoldLink, text: str) -> bool:
    """Say whether a link means the gold's place: by number, or by name where there is none."""
    if want.geonameid:
        return link.geonameid == want.geonameid or _content(link.place) == _content(want.place)
    start, end = link.place_span
    return _share_a_name([link.place, text[start:end]], want.place_names)


def _share_a_name(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether a name of one includes, or is included in, a name of the other."""
    others = [_content(name) for name in other]
    return any(a and b and (a <= b or b <= a) for a in map(_content, one) for b in others)


def _content(name: str) -> frozenset[str]:
    """Return the words of a name that tell it from others, plurals as singulars."""
    folded = (fold(word.text) for word in words(name) if word.text[0].isalnum())
    return frozenset(each.removesuffix("s") for each in folded if each not in _IDLE_WORDS and not each.isdigit())
