"""Say in words why a mention was put where it is, from the features that told it from the runner-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geomap.model import Candidate, Mention, NameKind, Place

__all__ = ["describe", "doubt", "reason"]

_PHRASES: dict[str, Callable[[Place], str]] = {
    "own": lambda _: "your own gazetteer says so",
    "long_name": lambda _: "a name of several words seldom names two places",
    "region_beside": lambda _: "the region named right beside it holds it",
    "holds_previous": lambda _: "it holds the place named right before it",
    "company_country": lambda place: f"other places in the text are in the same country ({place.country})",
    "company_admin1": lambda place: f"other places in the text are in {place.admin1 or place.name} too",
    "parent_named": lambda place: f"the text names {place.admin1}",
    "neighbours": lambda _: "it lies near another place in the text",
    "source_admin1": lambda place: f"other articles of the same source are about {place.admin1 or place.name}",
    "usual": lambda _: "this is what news mostly means by the name",
    "kind_cued": lambda place: f"the words beside it speak of such a place ({place.kind})",
    "one_spot": lambda _: "no place elsewhere has the name",
    "region": lambda _: "it is a region",
    "second_name": lambda _: "it is a division that also bears the name",
    "named_after": lambda _: "what is named there bears its name",
    "ordinary": lambda _: "it is an ordinary word, too",
    "rank": lambda _: "it is better known under this name",
    "population": lambda place: f"more people live there ({place.population:,})",
    "main_name": lambda _: "this is the name it is known by",
    "short_form": lambda _: "this is its short form",
    "country": lambda _: "it is a country",
    "first_level": lambda _: "it is a state or province",
    "second_level": lambda _: "it is a county or district",
    "capital": lambda _: "it is a national capital",
    "seat": lambda _: "it is a seat of regional government",
    "large": lambda _: "it is a large city",
    "notable": lambda place: f"it is a {place.kind} known from the news",
    "carrier": lambda _: "it is an airport or a port",
}
# A feature that moved the score less than this does not explain it.
_TELLING = 0.25


def describe(place: Place) -> str:
    """Return a place as a reader would say it: "Paris (city, Texas, US)"."""
    parts = [place.kind.value, place.admin1 if place.admin1 != place.name else "", place.country]
    return f"{place.name} ({', '.join(part for part in parts if part)})"


def reason(mention: Mention, candidates: Sequence[Candidate], total: int) -> str:
    """Return one sentence: what was chosen, against how many, and what decided.

    `candidates` are best first; `total` counts those not kept too.
    """
    best = candidates[0]
    means = {
        NameKind.DEMONYM: "the people or adjective of",
        NameKind.ABBREVIATION: "short for",
    }.get(best.name_kind, "means")
    if "own" in dict(best.features):
        return f"\u201c{mention.text}\u201d {means} {describe(best.place)}: your own gazetteer says so"
    if total == 1:
        such = "such a name" if not mention.key else "this name"
        return f"\u201c{mention.text}\u201d {means} {describe(best.place)}: the only place of {such} in the gazetteer"
    gains = _gains(best, candidates[1])
    because = "; ".join(_PHRASES[name](best.place) for name, gain in gains[:2] if gain >= _TELLING)
    runner_up = describe(candidates[1].place)
    return (
        f"\u201c{mention.text}\u201d {means} {describe(best.place)}, not {runner_up}"
        f"{f' or {total - 2} more' if total > 2 else ''}: {because or 'by a narrow margin'}"
    )


def doubt(mention: Mention, candidates: Sequence[Candidate], total: int) -> str:
    """Return one sentence on a mention that got no place: nothing of that name, or nothing that fits."""
    if not candidates:
        return "no place of this name is in the gazetteer"
    known = f"none of the {total} places" if total > 1 else "the only place"
    fits = "fits well enough" if total > 1 else "does not fit well enough"
    likeliest = describe(candidates[0].place)
    return f"{known} called \u201c{mention.text}\u201d in the gazetteer {fits}; the likeliest is {likeliest}"


def _gains(best: Candidate, other: Candidate) -> list[tuple[str, float]]:
    """Return what speaks for the best candidate and by how much more than for the other, most first.

    A feature that only speaks against the other is no reason a reader could check on the place shown.
    """
    against = dict(other.features)
    gains = [(name, worth - against.get(name, 0.0)) for name, worth in best.features if worth > 0]
    return sorted(gains, key=lambda item: (-item[1], item[0]))
