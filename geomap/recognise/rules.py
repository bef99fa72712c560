"""Decide which of the gazetteer's matches are names of places in their sentence.

Every rule in `RULES` may accept a match (with the role it plays), refuse it, or pass; the first
that speaks decides.  Rules do not know of each other, so each can be read and tested alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from geomap.gazetteer.english import is_english
from geomap.model import Kind, Label, NameKind, Role, ZoneKind
from geomap.recognise.lexicon import lexicon
from geomap.recognise.matcher import HYPHENS
from geomap.recognise.scene import Sight
from geomap.words import is_acronym

__all__ = ["RULES", "Verdict", "judge"]


# "R-", "DFL-": longer ones are names of their own.
PARTY_MAX_LETTERS = 3
_NATURAL = frozenset({Kind.SEA, Kind.STRAIT, Kind.RIVER, Kind.LAKE, Kind.ISLAND, Kind.MOUNTAIN, Kind.REGION})


class Verdict(NamedTuple):
    """What a rule says of a match.  `role` is None when it refuses."""

    role: Role | None


Rule: TypeAlias = Callable[[Sight], Verdict | None]
LITERAL, DEMONYM, EMBEDDED, REFUSED = (
    Verdict(Role.LITERAL),
    Verdict(Role.DEMONYM),
    Verdict(Role.EMBEDDED),
    Verdict(None),
)


def _inside(sight: Sight) -> Verdict:
    """Return what a place inside a longer name is."""
    if sight.top.name_kind is NameKind.DEMONYM:
        return DEMONYM
    return EMBEDDED if sight.known else REFUSED


def own_name(sight: Sight) -> Verdict | None:
    """A name that a person's own layer gives a place is one, unless it stands inside a longer name."""
    if not sight.top.own or sight.top.name_kind is NameKind.DEMONYM:
        return None
    whole = sight.tag is None or sight.fills_tag or sight.label == "LOC"
    return LITERAL if whole and sight.scene.actor_over(sight.match.start, sight.match.end) is None else None


def name_of_actor(sight: Sight) -> Verdict | None:
    """In a known actor's name a place is at most embedded; half a name is none, the whole one only a seat of power."""
    actor = sight.scene.actor_over(sight.match.start, sight.match.end)
    if actor is None:
        return None
    starts_inside, ends_inside = sight.match.start >= actor[0], sight.match.end <= actor[1]
    if starts_inside and ends_inside:
        if (actor[0], actor[1]) == (sight.match.start, sight.match.end):
            return LITERAL if sight.seat else REFUSED
        return _inside(sight)
    # "The Gulf" in "the Gulf Cartel": half of a name is not a name; a name around an actor's is its own.
    return REFUSED if starts_inside or ends_inside else None


def abbreviation(sight: Sight) -> Verdict | None:
    """A state's short form needs a full stop, "City," before it or the tagger's consent; a country's hardly any."""
    if sight.top.name_kind is not NameKind.ABBREVIATION:
        return None
    word = sight.scene.word(sight.match.start)
    if sight.top.place.kind is not Kind.ADMIN1:
        return LITERAL if not sight.scene.shouted or sight.label == "LOC" else None
    if sight.before == "," and sight.scene.word(sight.match.start - 2)[:1].isupper():
        return LITERAL
    if sight.scene.shouted and "." not in word:
        return REFUSED
    if sight.label == "ORG" and "." in word and sight.leads_tag:
        return EMBEDDED
    return LITERAL if _clipped_state(sight, word) else REFUSED


def _clipped_state(sight: Sight, word: str) -> bool:
    """Say whether a short form of a state is written as one: "Calif." or, tagged as a place, "BC"."""
    dotted = word.endswith(".") or sight.after == "."
    if dotted and sight.label in {"LOC", ""} and (not is_acronym(word) or "." in word):
        return len(word) > 2 or sight.label == "LOC"
    return sight.label == "LOC" and is_acronym(word)


def calendar(sight: Sight) -> Verdict | None:
    """Days, months and single letters are no places."""
    key = sight.match.key
    return REFUSED if len(key) == 1 or key in lexicon("calendar") else None


def direction(sight: Sight) -> Verdict | None:
    """A lone "North" or "Central" says which part of something is meant, whatever provinces are called so."""
    alone = sight.match.end - sight.match.start == 1
    return REFUSED if alone and sight.scene.word(sight.match.start).lower() in lexicon("outer") else None


def whole_line(sight: Sight) -> Verdict | None:
    """A line that holds nothing but the name of a place is one of a list of places."""
    around = (
        text for text in (*sight.scene.words.texts[: sight.match.start], *sight.scene.words.texts[sight.match.end :])
    )
    listed = not sight.common and (sight.town or sight.known) and not any(text[0].isalpha() for text in around)
    return LITERAL if listed else None


def dateline(sight: Sight) -> Verdict | None:
    """A dateline is made of places."""
    whole = sight.label != "ORG" or sight.fills_tag
    return LITERAL if sight.scene.zone is ZoneKind.DATELINE and whole else None


def acronym(sight: Sight) -> Verdict | None:
    """A word in capitals amid small ones is short for something: not another name of a place that is spelt alike."""
    word = sight.scene.word(sight.match.start)
    alone = sight.match.end - sight.match.start == 1 and is_acronym(word) and not sight.scene.shouted
    return REFUSED if alone and sight.top.name_kind is NameKind.ALIAS and sight.match.key != word else None


def people(sight: Sight) -> Verdict | None:
    """A word for a people points to its country, but not inside a person's name."""
    if sight.top.name_kind is not NameKind.DEMONYM:
        return None
    return REFUSED if sight.label == "PER" else DEMONYM


def titled_person(sight: Sight) -> Verdict | None:
    """After a title, or before a verb of saying when it is also a first or last name, it is a person."""
    if sight.scene.is_titled(sight.match.start):
        return REFUSED
    if sight.common and sight.after.lower() in lexicon("saying") and sight.label != "LOC":
        return REFUSED
    return None


def surname(sight: Sight) -> Verdict | None:
    """A name that a person of the text bears is that person's, unless readers know the place or one is "in" it."""
    alone = sight.match.end - sight.match.start == 1 and sight.others.get(sight.scene.word(sight.match.start))
    if alone is not Label.PERSON or sight.known or sight.label != "LOC" or not sight.fills_tag:
        return None
    return None if sight.before.lower() in lexicon("locative") else REFUSED


def region_follows(sight: Sight) -> Verdict | None:
    """Before a comma and a region a name is a place, whatever it looks like: "Jackson, Miss."."""
    if sight.after != "," or not (sight.tag is None or sight.fills_tag):
        return None
    span = sight.scene.tag_over(sight.match.end + 1, sight.match.end + 2)
    return LITERAL if span is not None and span.label == "LOC" and span.start == sight.match.end + 1 else None


def party_seat(sight: Sight) -> Verdict | None:
    """Behind a party's letters and a hyphen stands where a politician comes from: "(R-Arden)", "SDL-Arden"."""
    party = sight.scene.word(sight.match.start - 2)
    joined = sight.before in HYPHENS and sight.scene.word(sight.match.start - 3) in {",", "("}
    return LITERAL if joined and party.isupper() and len(party) <= PARTY_MAX_LETTERS else None


def local_noun(sight: Sight) -> Verdict | None:
    """Before what a town has, a name that is no ordinary word is a town's: "a Fulda man", "Fulda police"."""
    unseen = sight.tag is None or (sight.label == "PER" and sight.fills_tag)
    return LITERAL if unseen and not sight.common and sight.after in lexicon("locals") else None


def among_places(sight: Sight) -> Verdict | None:
    """What looks like a person is a place beside a place, after "in" or "near", or when accepted elsewhere."""
    if sight.label != "PER" or not sight.fills_tag or sight.common or not sight.town:
        return None
    if _seen(sight) or sight.before.lower() in lexicon("locative"):
        return LITERAL
    joined = [(sight.before, sight.match.start - 2), (sight.after, sight.match.end + 1)]
    spans = [sight.scene.tag_over(i, i + 1) for mark, i in joined if mark in {",", "and"}]
    return LITERAL if any(span is not None and span.label == "LOC" for span in spans) else None


def person(sight: Sight) -> Verdict | None:
    """A country, a capital or "Tamil Nadu" alone is taken for no person; all else in a person's name is no place."""
    if sight.label != "PER":
        return None
    place = sight.top.place
    province = place.kind is Kind.ADMIN1 and " " in sight.match.key
    sovereign = place.kind is Kind.COUNTRY or place.feature == "PPLC" or province
    return LITERAL if sight.fills_tag and sovereign and sight.known else REFUSED


def type_word_of_house(sight: Sight) -> Verdict | None:
    """In "Bavaria State Police" and "Leeds City Council" the type word belongs to the house, not the place."""
    last = sight.scene.word(sight.match.end - 1).lower()
    longer = sight.match.end - sight.match.start > 1 and sight.tag is not None and sight.tag.end > sight.match.end
    return REFUSED if longer and last in {"state", "city"} and sight.after[:1].isupper() else None


def organisation(sight: Sight) -> Verdict | None:
    """In an organisation's name only a place that leads it, follows its "of" or is well known counts, as embedded."""
    if sight.label != "ORG":
        return None
    if sight.fills_tag:
        return LITERAL if sight.known else REFUSED
    placed = sight.leads_tag or sight.before.lower() in lexicon("in_names")
    town = sight.leads_tag and sight.town and not sight.common and sight.after[:1].isalpha() and sight.after != "and"
    return EMBEDDED if sight.known or town or (placed and _seen(sight)) else REFUSED


def tagged_place(sight: Sight) -> Verdict | None:
    """The tagger sees a place that the gazetteer has, whole or as the head of a longer name; or else another name."""
    if sight.label != "LOC" or sight.tag is None:
        return None
    if sight.fills_tag:
        return LITERAL
    last = sight.scene.word(sight.tag.end - 1).lower()
    if not sight.leads_tag or last in lexicon("street"):
        return LITERAL if sight.known and last not in lexicon("street") else REFUSED
    if last in lexicon("house"):
        return EMBEDDED
    # "Ain" in "Ain Dabbourah" is part of another name; "Beirut Port" is in Beirut.
    runs_on = sight.after[:1].isupper() and not is_english(sight.after.lower()) and last not in lexicon("spot")
    if runs_on and sight.top.place.kind is not Kind.COUNTRY:
        return REFUSED
    divided = sight.after in {",", "(", "/", "-", "and"}
    return LITERAL if sight.known or last in lexicon("spot") or (divided and not sight.common) else REFUSED


def tagged_people(sight: Sight) -> Verdict | None:
    """A people that is no demonym is no place: "Shia", "Muslim"."""
    return REFUSED if sight.label == "NORP" and not sight.known else None


def part_of_name(sight: Sight) -> Verdict | None:
    """A name that runs on in capitals is not this place: "Paris Hilton", "Orange Order"."""
    following = sight.after if sight.after != "of" else sight.scene.word(sight.match.end + 1)
    goes_on = following[:1].isupper() or (sight.before[:1].isupper() and sight.match.start > 1)
    return REFUSED if goes_on and not sight.known and not sight.scene.shouted else None


def known_name(sight: Sight) -> Verdict | None:
    """A country, region, capital or large city is taken without the tagger's consent."""
    if not sight.known:
        return None
    if sight.after.lower() in lexicon("house") and sight.after[:1].isupper():
        return EMBEDDED
    return LITERAL


def after_preposition(sight: Sight) -> Verdict | None:
    """After "in", "near" or "from", a name that is no ordinary word is a place."""
    before = sight.before.lower()
    if before == "the" or before in lexicon("outer"):
        before = sight.scene.word(sight.match.start - 2).lower()
    return LITERAL if before in lexicon("locative") and not sight.common else None


def listed(sight: Sight) -> Verdict | None:
    """Behind a comma or "and", a town of some size that is no ordinary word is the next of a list."""
    return LITERAL if sight.before in {",", "and", "or", "/"} and sight.town and not sight.common else None


def natural_feature(sight: Sight) -> Verdict | None:
    """Behind "the", the name of a river, a sea, a range or an island is that: "the Tigris"."""
    natural = sight.top.place.kind in _NATURAL and not sight.common
    return LITERAL if natural and sight.before.lower() == "the" else None


def seen_before(sight: Sight) -> Verdict | None:
    """A name accepted elsewhere in the document is accepted again."""
    return LITERAL if _seen(sight) else None


def _seen(sight: Sight) -> bool:
    return sight.match.key in sight.seen and not sight.common


RULES: tuple[Rule, ...] = (
    own_name,
    calendar,
    direction,
    name_of_actor,
    dateline,
    acronym,
    abbreviation,
    people,
    titled_person,
    region_follows,
    party_seat,
    local_noun,
    surname,
    whole_line,
    among_places,
    person,
    type_word_of_house,
    organisation,
    tagged_place,
    tagged_people,
    part_of_name,
    known_name,
    after_preposition,
    listed,
    natural_feature,
    seen_before,
)


def judge(sight: Sight) -> tuple[Role | None, str]:
    """Return the role of a match, None when it is no place here, and the name of the rule that decided."""
    for rule in RULES:
        verdict = rule(sight)
        if verdict is not None:
            return verdict.role, rule.__name__
    return None, "no_rule"
