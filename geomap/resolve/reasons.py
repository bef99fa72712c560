"""Say in words why a mention was put where it is, from the features that told it from the runner-up.

The page, the annotations and `geomap explain` print these same sentences.  Whatever is the same spot on the
map is no rival: a reader need not choose between a city and its province.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp

from geomap.gazetteer.tables import countries
from geomap.model import Candidate, Kind, Mention, NameKind, Place, Resolution
from geomap.resolve.spot import same_spot

__all__ = ["describe", "doubt", "features_told", "reason", "rival", "runner_up", "standing", "sureness"]

_PHRASES: dict[str, Callable[[Place], str]] = {
    "own": lambda _: "your own gazetteer says so",
    "plain_name": lambda _: "the name ends in an ordinary word",
    "region_beside": lambda _: "the region named right beside it holds it",
    "holds_previous": lambda _: "it holds the place named right before it",
    "company_country": lambda place: f"other places in the text are in the same country ({_country(place)})",
    "company_admin1": lambda place: f"other places in the text are in {place.admin1 or place.name} too",
    "parent_named": lambda place: f"the text names {place.admin1}",
    "neighbours": lambda _: "it lies near another place in the text",
    "source_admin1": lambda place: f"other articles of the same source are about {place.admin1 or place.name}",
    "source_country": lambda place: f"the source is at home there ({place.country})",
    "usual": lambda _: "this is what news mostly means by the name",
    "kind_cued": lambda place: f"the words beside it speak of such a place ({_kind(place)})",
    "one_spot": lambda _: "no place elsewhere has the name",
    "region": lambda _: "it is a region",
    "second_name": lambda _: "it is a division that also bears the name",
    "named_after": lambda _: "what is named there bears its name",
    "ordinary": lambda _: "the name is an ordinary word, too",
    "rank": lambda _: "the gazetteer lists it early under this name",
    "population": lambda place: f"{place.population:,} people live there",
    "main_name": lambda _: "this is the name it is known by",
    "short_form": lambda _: "this is its short form",
    "country": lambda _: "it is a country",
    "first_level": lambda _: "it is a state or province",
    "second_level": lambda _: "it is a county or district",
    "capital": lambda _: "it is a national capital",
    "seat": lambda _: "it is a seat of regional government",
    "large": lambda _: "it is a large city",
    "notable": lambda place: f"it is a {_kind(place)} known from the news",
    "natural": lambda place: f"it is a {_kind(place)}",
    "carrier": lambda _: "it is an airport or a port",
}
# Kinds whose name in the data is not a reader's word.
_KINDS = {Kind.ADMIN1: "state or province", Kind.ADMIN2: "county or district", Kind.ADMIN3: "municipality"}
# A feature that moved the score less than this does not explain it.
_TELLING = 0.25
# So many times as likely as the runner-up, and how a reader would say it.
_FAR, _AHEAD, _EVEN = 20.0, 2.0, 1.05
_SURENESS = ((0.95, "almost certain"), (0.8, "very likely"), (0.6, "likely"), (0.4, "unsure"), (0.0, "doubtful"))
# Beyond this a ratio of probabilities only looks exact.
_MOST_TIMES = 1_000


def describe(place: Place) -> str:
    """Return a place as a reader would say it: "Paris (city, Texas, United States)"."""
    parts = [_kind(place), *(part for part in (place.admin1, _country(place)) if part != place.name)]
    return f"{place.name} ({', '.join(filter(None, parts))})"


def reason(mention: Mention, candidates: Sequence[Candidate], total: int, *, decided: str = "") -> str:
    """Return one sentence: what was chosen, against how many, and what decided: `decided`, where a person did.

    `candidates` are best first; `total` counts those not kept too.
    """
    best = candidates[0]
    means = {
        NameKind.DEMONYM: "speaks of the people of",
        NameKind.ABBREVIATION: "is short for",
    }.get(best.name_kind, "means")
    said = f"\u201c{mention.text}\u201d {means} {describe(best.place)}"
    if decided:
        return f"{said}: {decided}"
    if "own" in dict(best.features):
        return f"{said}: your own gazetteer says so"
    if total == 1:
        such = "such a name" if not mention.key else "this name"
        return f"{said}: the only place of {such} in the gazetteer"
    twins = [other for other in candidates[1:] if same_spot(best.place, other.place)]
    if twins:
        said += f", the same spot on the map as {describe(twins[0].place)}"
    others = total - 1 - len(twins)
    other = rival(candidates)
    if other is None:
        return f"{said}: {'no other place of the name comes near' if others else 'no other place has the name'}"
    gains = _gains(best, other)
    because = "; ".join(_PHRASES[name](best.place) for name, gain in gains[:2] if gain >= _TELLING)
    more = f" or {others - 1} more" if others > 1 else ""
    return f"{said}, not {describe(other.place)}{more}: {because or 'by a narrow margin'}"


def doubt(mention: Mention, candidates: Sequence[Candidate], total: int) -> str:
    """Return one sentence on a mention that got no place: nothing of that name, or nothing that fits."""
    if not candidates:
        return "no place of this name is in the gazetteer"
    known = f"none of the {total} places" if total > 1 else "the only place"
    fits = "fits well enough" if total > 1 else "does not fit well enough"
    likeliest = describe(candidates[0].place)
    return f"{known} called \u201c{mention.text}\u201d in the gazetteer {fits}; the likeliest is {likeliest}"


def rival(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the best of the candidates that are not the same spot on the map as the first, if there is one."""
    return next((other for other in candidates[1:] if not same_spot(candidates[0].place, other.place)), None)


def standing(best: Candidate, other: Candidate) -> str:
    """Say how far another candidate is behind the best."""
    if same_spot(best.place, other.place):
        return "the same spot on the map"
    if "own" in dict(best.features):
        return "set aside by hand"
    times = exp(min(best.score - other.score, 50.0))
    if times < _EVEN:
        return "a close call: just as likely"
    if times < _AHEAD:
        return f"a close call: the first is \u00d7{times:.1f} as likely"
    shown = f"\u00d7{times:,.0f}" if times < _MOST_TIMES else f"more than \u00d7{_MOST_TIMES:,}"
    return f"{'far behind' if times >= _FAR else 'behind'}: the first is {shown} as likely"


def sureness(confidence: float) -> str:
    """Return a probability as a reader would say it."""
    return next(words for least, words in _SURENESS if confidence >= least)


def features_told(candidate: Candidate) -> list[tuple[str, float]]:
    """Return every feature that moved a candidate's score, in words, with its worth, most first."""
    return [(_PHRASES[name](candidate.place), worth) for name, worth in candidate.features]


def runner_up(resolution: Resolution) -> str:
    """Return the best candidate elsewhere on the map and how far it is behind; '' where there is none."""
    other = rival(resolution.candidates) if resolution.place else None
    if other is None:
        return ""
    return f"{describe(other.place)}, {standing(resolution.candidates[0], other)}"


def _gains(best: Candidate, other: Candidate) -> list[tuple[str, float]]:
    """Return what speaks for the best candidate and by how much more than for the other, most first.

    A feature that only speaks against the other is no reason a reader could check on the place shown.
    """
    against = dict(other.features)
    gains = [(name, worth - against.get(name, 0.0)) for name, worth in best.features if worth > 0]
    return sorted(gains, key=lambda item: (-item[1], item[0]))


def _kind(place: Place) -> str:
    return _KINDS.get(place.kind, place.kind.value)


def _country(place: Place) -> str:
    return countries().get(place.country, place.country)
