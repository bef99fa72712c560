"""Lay a report out for a terminal of 100 columns: one line for each group of figures, and what they mean.

Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geomap.evaluate.calibration import Calibration
from geomap.evaluate.figures import Figures
from geomap.evaluate.report import Report

__all__ = ["LEGEND", "table"]

LEGEND = """\
strict: the span found is that of the gold; overlap: they share characters; [ ]: 95 % of resamples.
recognition: is a name found?  P of the names found, R of the gold.
resolution: of the names found whose gold has a point, the share within {km:g} and within 20 km, the
  error in km, the area under its logarithm (0 best), and the share with the gold's GeoNames number.
end to end: found, and within {km:g} km: P of what was placed, R (recall@{km:g}) of all gold with a point;
  country-aware: strict, and two points that stand for one country are no distance apart.
countries: names counted by country, what both have over what either has.
confidence: Brier score, and how far what was said is off what was right, on average (0 best)."""

_GROUP_COLUMNS = 13
_NAME_COLUMNS = 15
# Wide enough for the types of GeoWebNews.
_VALUE_COLUMNS = 22


def table(report: Report, *, km: float) -> Iterator[str]:
    """Yield the lines of a report."""
    strict = report.strict
    yield (
        f"{report.name}: {strict.documents:,} documents, {strict.gold:,} gold toponyms "
        f"({strict.gold_placed:,} with a point), {strict.predicted:,} found"
        f"{f' by the tagger {report.tagger}' if report.tagger else ''}"
    )
    if report.missing:
        yield f"  {report.missing:,} documents have no prediction, and count as empty"
    ways = {"strict": strict, "overlap": report.overlap}
    for name, figures in ways.items():
        yield _row(
            "recognition", name, f"P {_share(figures.rec_p)}  R {_share(figures.rec_r)}", _f1(report, name, "rec_f1")
        )
    for name, figures in ways.items():
        yield _row("resolution", name, _resolution(figures, km))
        bounds = report.intervals.get(name, {})
        if bounds:
            yield _row("", "", f"acc@{km:g} {_bounds(bounds['acc'])}  AUC {_bounds(bounds['auc'])}")
    for name, figures in (*ways.items(), ("country-aware", report.same_country)):
        key = name if name in ways else "same_country"
        value = _f1(report, key, "e2e_f1", label=f"F1@{km:g}")
        yield _row("end to end", name, f"P {_share(figures.e2e_p)}  R {_share(figures.e2e_r)}", value)
    yield from _more(report)


def _more(report: Report) -> Iterator[str]:
    countries = report.countries
    yield _row(
        "countries",
        "",
        f"overlap of counts {_share(countries.overlap)}"
        f"  ({countries.gold:,} gold, {countries.predicted:,} found, {countries.unknown:,} unknown)",
    )
    if report.calibration:
        yield from _confidence(report.calibration)
    for role, each in report.by_role.items():
        shares = f"right span {_share(each.precision)}  acc {_share(each.acc)}  end to end P {_share(each.e2e_p)}"
        yield _row("role found", role, f"n {each.predicted:6,}  {shares}", columns=_VALUE_COLUMNS)
    for label, groups in report.by_gold.items():
        for value, group in groups.items():
            shares = f"recall     {_share(group.recall)}  acc {_share(group.acc)}  end to end R {_share(group.e2e_r)}"
            yield _row(f"gold {label}", value, f"n {group.gold:6,}  {shares}", columns=_VALUE_COLUMNS)
    for level, links in report.links.items():
        shares = f"P {_share(links.p)}  R {_share(links.r)}  F1 {_share(links.f1)}"
        yield _row("links", level, f"{shares}  ({links.found:,} found, {links.gold:,} gold)")
    if report.documents_per_cpu_s:
        yield _row("speed", "", f"{report.documents_per_cpu_s:,.0f} documents a CPU second")


def _confidence(calibration: Calibration) -> Iterator[str]:
    yield _row(
        "confidence",
        "",
        f"Brier {_share(calibration.brier)}  off by {_share(calibration.expected_error)}"
        f"  at .9 or more {_share(calibration.sure)} right ({calibration.sure_names:,} of {calibration.names:,})",
    )
    for step in calibration.steps:
        right = f"n {step.names:6,}  said {_share(step.confidence)}  right {_share(step.right)}"
        yield _row("", f"from {step.low:.1f}", right)


def _resolution(figures: Figures, km: float) -> str:
    return (
        f"acc@{km:g} {_share(figures.acc)}  @20 {_share(figures.acc20)}  mean {_km(figures.mean_km)}"
        f"  median {_km(figures.median_km)}  AUC {_share(figures.auc)}  id {_share(figures.id_acc)}"
    )


def _f1(report: Report, way: str, name: str, *, label: str = "F1") -> str:
    figures = getattr(report, way)
    bounds: Mapping[str, tuple[float, float]] = report.intervals.get(way, {})
    return f"  {label} {_share(getattr(figures, name))}" + (f"  {_bounds(bounds[name])}" if name in bounds else "")


def _row(group: str, name: str, *values: str, columns: int = _NAME_COLUMNS) -> str:
    return f"  {group:<{_GROUP_COLUMNS}}{name:<{columns}}{''.join(values)}".rstrip()


def _share(value: float | None) -> str:
    return "    -" if value is None else f"{value:.3f}"


def _km(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _bounds(bounds: tuple[float, float]) -> str:
    return f"[{bounds[0]:.3f} {bounds[1]:.3f}]"
