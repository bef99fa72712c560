"""Tell a place from the government that sits there: literal or metonym.

Only countries and capitals speak and act as governments.  Each rule reads the words beside the
name; the first that speaks decides, and a name that no rule claims is literal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from geomap.model import Kind, Role
from geomap.recognise.lexicon import lexicon
from geomap.recognise.matcher import HYPHENS
from geomap.recognise.scene import Sight

__all__ = ["ROLE_RULES", "role_of"]

RoleRule: TypeAlias = Callable[[Sight], Role | None]


def _before(sight: Sight) -> str:
    """Return the word before the name, stepping over "the"."""
    word = sight.before.lower()
    return sight.scene.word(sight.match.start - 2).lower() if word == "the" else word


def compound(sight: Sight) -> Role | None:
    """Tell who backs ("Iran-backed") from where ("Baghdad-based")."""
    if sight.after not in HYPHENS:
        return None
    return Role.METONYM if sight.scene.word(sight.match.end + 1).lower() in lexicon("compounds") else Role.LITERAL


def territory(sight: Sight) -> Role | None:
    """Keep a stretch of land or sky a place: "the Gaza border", "Iran's airspace"."""
    i = sight.match.end + (sight.after.lower() in {"'s", "\u2019s"})
    return Role.LITERAL if sight.scene.word(i).lower() in lexicon("territories") else None


def possessor(sight: Sight) -> Role | None:
    """Let the owner of an act within three words act: "Israel's new campaign"."""
    if sight.after.lower() not in {"'s", "\u2019s"}:
        return None
    following = (sight.scene.word(sight.match.end + k).lower() for k in (1, 2, 3))
    return Role.METONYM if any(word in lexicon("acts") for word in following) else None


def modifier(sight: Sight) -> Role | None:
    """Let a name before an actor or an act act: "US forces", "Washington officials"."""
    if _before(sight) in lexicon("locatives"):
        return None
    return Role.METONYM if sight.after.lower() in lexicon("acts") else None


def where(sight: Sight) -> Role | None:
    """Keep a name behind a locative a place: "in Tehran", "southern Lebanon"."""
    return Role.LITERAL if _before(sight) in lexicon("locatives") else None


def subject(sight: Sight) -> Role | None:
    """Let a name before a verb act: "Ottawa understood", "Iran also denies"."""
    if _before(sight) in {"of", "for", "on", "to", "against", "by", "with"}:
        return None
    i = sight.match.end
    while sight.scene.word(i).lower() in lexicon("adverbs"):
        i += 1
    return Role.METONYM if sight.scene.word(i).lower() in lexicon("verbs") else None


def dealt_with(sight: Sight) -> Role | None:
    """Let a party one deals with act: "appealed to Rome", "between Peru and Chile"."""
    before = _before(sight)
    back = [sight.scene.word(sight.match.start - k).lower() for k in range(1, 7)]
    if before in {"to", "with"} and any(word in lexicon("dealings") for word in back[1:4]):
        return Role.METONYM
    if "between" not in back or before not in {"between", "and"}:
        return None
    lead = {sight.scene.word(sight.match.start - k).lower() for k in range(1, 10)}
    return Role.METONYM if lead.isdisjoint(lexicon("traffic")) else Role.LITERAL


def addressed(sight: Sight) -> Role | None:
    """Let one who is accused, urged or warned act: "accused Russia", "told Tehran"."""
    return Role.METONYM if _before(sight) in lexicon("addressing") else None


def agent(sight: Sight) -> Role | None:
    """Let the doer of a passive act: "attacked by Israel"."""
    verb = sight.scene.word(sight.match.start - 2).lower()
    return Role.METONYM if _before(sight) == "by" and verb.endswith(("ed", "n", "de", "it")) else None


def capital(sight: Sight) -> Role | None:
    """A capital that is neither where nor whither stands for its government: "Ankara's offer"."""
    if sight.top.place.feature != "PPLC" or sight.after.lower() not in {"'s", "\u2019s"}:
        return None
    return None if _before(sight) in {"of", "to", "on"} else Role.METONYM


ROLE_RULES: tuple[RoleRule, ...] = (
    compound, territory, where, possessor, modifier, dealt_with, subject, addressed, agent, capital,
)  # fmt: skip


def role_of(sight: Sight) -> Role:
    """Return literal or metonym for a match accepted as a place."""
    place = sight.top.place
    governs = place.kind is Kind.COUNTRY or place.feature == "PPLC" or sight.seat
    if not governs:
        return Role.LITERAL
    for rule in ROLE_RULES:
        role = rule(sight)
        if role is not None:
            return role
    return Role.LITERAL
