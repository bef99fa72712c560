"""Score one gold set, or several together, in every way that docs/evaluation.md lists.

All figures come from one list of judged documents, strict and overlapping; a joint report is of the documents of all
sets, so a large set weighs more than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geomap.evaluate.calibration import Calibration, calibration
from geomap.evaluate.countries import Countries, CountryOverlap
from geomap.evaluate.figures import Figures, count, figures, intervals
from geomap.evaluate.gold import GoldDocument, GoldSet, GoldToponym
from geomap.evaluate.groups import GoldGroup, RoleGroup, by_label, by_role
from geomap.evaluate.links import LinkFigures, score_links
from geomap.evaluate.matching import Judged, Match, judge
from geomap.evaluate.measures import ratio
from geomap.evaluate.predicted import Predicted, Predictions

__all__ = ["HUNDRED_MILES_KM", "Filters", "Report", "Scored", "report", "score"]

# "In the right place", since 2003 or so.
HUNDRED_MILES_KM = 161.0
_LABELS = ("type", "group", "role")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which gold counts.  A prediction on gold that does not count is no error."""

    types: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()  # texts, in lower case
    with_id: bool = False

    def keep(self, toponym: GoldToponym) -> bool:
        """Say whether a gold toponym counts."""
        return (
            (not self.types or toponym.labels.get("type") in self.types)
            and (not self.groups or toponym.labels.get("group") in self.groups)
            and toponym.text.lower() not in self.without
            and (not self.with_id or bool(toponym.geonameid))
        )


@dataclass(frozen=True, slots=True)
class Scored:
    """A gold set with what was predicted for it, judged document by document, each way of matching."""

    name: str
    digest: str
    documents: tuple[GoldDocument, ...]
    predictions: Predictions
    judged: Mapping[str, tuple[Judged, ...]]

    def strict(self) -> Iterator[tuple[GoldDocument, Judged]]:
        """Return each document with its strict pairs."""
        return zip(self.documents, self.judged[Match.STRICT], strict=True)


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a gold set.  `missing` documents have no prediction, and count as empty.

    `tagger` is None where the names were found elsewhere, or given.
    """

    name: str
    digest: str
    missing: int
    strict: Figures
    overlap: Figures
    same_country: Figures
    intervals: Mapping[str, Mapping[str, tuple[float, float]]]
    countries: CountryOverlap
    calibration: Calibration | None
    by_role: Mapping[str, RoleGroup]
    by_gold: Mapping[str, Mapping[str, GoldGroup]]
    links: Mapping[str, LinkFigures] = field(default_factory=dict)
    documents_per_cpu_s: float | None = None
    tagger: str | None = None


_SAME_COUNTRY = "same_country"


def score(gold: GoldSet, predictions: Predictions, *, filters: Filters, countries: Countries) -> Scored:
    """Judge every document of a gold set, each way of matching."""
    pairs: list[tuple[GoldDocument, tuple[Predicted, ...]]] = [
        (document, predictions.toponyms.get(document.id, ())) for document in gold.documents
    ]
    judged = {
        match.value: tuple(
            judge(document.toponyms, predicted, match=match, keep=filters.keep) for document, predicted in pairs
        )
        for match in Match
    }
    judged[_SAME_COUNTRY] = tuple(
        judge(document.toponyms, predicted, match=Match.STRICT, keep=filters.keep, same_country=countries.same)
        for document, predicted in pairs
    )
    return Scored(gold.name, gold.digest, gold.documents, predictions, judged)


def report(
    name: str, scored: Sequence[Scored], *, countries: Countries, km: float = HUNDRED_MILES_KM, resamples: int = 0
) -> Report:
    """Return the figures of one gold set, or of several as one; `resamples` asks for intervals."""
    partial = any(document.partial for one in scored for document in one.documents)
    judged = {match: [each for one in scored for each in one.judged[match]] for match in scored[0].judged}
    counts = {match: [count(each, km=km) for each in documents] for match, documents in judged.items()}
    strict = judged[Match.STRICT]
    total = {match: figures(each, partial=partial) for match, each in counts.items()}
    return Report(
        name=name,
        digest=" ".join(one.digest for one in scored),
        missing=sum(document.id not in one.predictions.toponyms for one in scored for document in one.documents),
        strict=total[Match.STRICT],
        overlap=total[Match.OVERLAP],
        same_country=total[_SAME_COUNTRY],
        intervals={
            match: intervals(each, partial=partial, resamples=resamples) for match, each in counts.items() if resamples
        },
        countries=countries.overlap(strict),
        calibration=calibration(strict, km=km),
        by_role=by_role(strict, km=km),
        by_gold={label: groups for label in _LABELS if (groups := by_label(strict, label, km=km))},
        links=score_links(
            [(document, one.predictions.links.get(document.id, ())) for one in scored for document in one.documents]
        ),
        documents_per_cpu_s=_pace(scored),
        tagger=scored[0].predictions.tagger,
    )


def _pace(scored: Sequence[Scored]) -> float | None:
    """Return how many documents a second of one processor took, where they were read here."""
    costs = [one.predictions.cpu_s for one in scored]
    if any(cost is None for cost in costs):
        return None
    return ratio(sum(len(one.documents) for one in scored), sum(cost for cost in costs if cost is not None))
