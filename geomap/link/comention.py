"""Pair actors and places that stand side by side in one sentence: "mentioned together", never a relation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geomap.link.cast import Appearance, Cast
from geomap.link.scene import Spot
from geomap.model import DEFAULT_ROLES, Link, Mention, Relation, Resolution, Role, Span, Status, Tier
from geomap.words import fold

__all__ = ["RULE", "co_mentions"]

RULE = "same sentence"


def co_mentions(
    sentence: Span, cast: Cast, names: Sequence[Mention], places: Sequence[Resolution], *, known: set[tuple[str, str]]
) -> Iterator[Link]:
    """Yield one link for each actor and counted place of a sentence that is not among the `known` pairs."""
    seen = set(known)
    for who, country, called in _actors(cast, names, places):
        for resolution in places:
            place, mention = resolution.place, resolution.mention
            if place is None or mention.role not in DEFAULT_ROLES or (who.actor_id, place.id) in seen:
                continue
            # A state beside its own country or cities says nothing, nor does the White House beside itself.
            if (country and place.country == country) or called == fold(mention.text):
                continue
            seen.add((who.actor_id, place.id))
            yield Link(
                actor_id=who.actor_id,
                actor_span=who.span,
                relation=Relation.MENTIONED_WITH,
                status=Status.ASSERTED,
                place_id=place.id,
                place_span=Span(mention.start, mention.end),
                tier=Tier.CO_MENTION,
                evidence=sentence,
                rule=RULE,
            )


def _actors(
    cast: Cast, names: Sequence[Mention], places: Sequence[Resolution]
) -> Iterator[tuple[Appearance, str, str]]:
    """Yield the named actors of a sentence and the states that a metonym means: who, a state's code, a name folded."""
    for name in names:
        yield cast.named(name), "", fold(name.text)
    for resolution in places:
        if resolution.place and resolution.mention.role is Role.METONYM:
            span = Span(resolution.mention.start, resolution.mention.end)
            country = Spot(resolution.place, span, Role.METONYM).country
            if country:
                yield cast.state(country, span), country, ""
