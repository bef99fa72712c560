"""`geomap explain`: why each mention is where it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from geomap.cli.reading import Reading, reading_options, report_unmatched
from geomap.cli.shared import report_problems
from geomap.model import Annotation, Candidate, Document, Place, Resolution
from geomap.words import name_key

__all__ = ["command", "explanation"]


@click.command(name="explain")
@click.option("--name", metavar="NAME", help="Only mentions of this name.")
@reading_options()
def command(*, reading: Reading, name: str | None) -> None:
    """Say for every place mention in INPUT which place was chosen, and why.

    Each mention is shown with its role, the rule that kept it, the chosen place with its
    confidence, the runner-up, and what each named feature was worth.

    \b
    Example: geomap explain examples/red-sea.txt --name Aden
    """
    from geomap.pipeline import annotate
    from geomap.read import read_inputs

    read = read_inputs(reading.inputs)
    tools = reading.tools()
    shown = 0
    for document in read.documents:
        for line in explanation(annotate(document, tools), name=name):
            click.echo(line)
            shown += 1
    if not shown and read.documents:
        click.echo(f"No place mention{f' of {name!r}' if name else ''} was found.", err=True)
    report_unmatched(tools.decisions)
    sys.exit(report_problems(read.problems))


def explanation(annotation: Annotation, *, name: str | None = None) -> Iterator[str]:
    """Yield the lines that explain a document's resolutions, or those of one name."""
    wanted = name_key(name) if name else None
    for resolution in annotation.resolutions:
        if wanted is None or name_key(resolution.mention.text) == wanted:
            yield from _lines(annotation.document, resolution)


def _lines(document: Document, resolution: Resolution) -> Iterator[str]:
    mention = resolution.mention
    line = document.text.count("\n", 0, mention.start) + 1
    where = f"{mention.text!r} at {mention.start}-{mention.end}"
    yield f"{document.id}:{line}: {where}, {mention.role}, by rule {mention.rule}"
    yield f"  {resolution.why}"
    for number, candidate in enumerate(resolution.candidates, start=1):
        yield f"  {number}. {_place(candidate.place)}, {_standing(resolution, candidate)}"
        yield "     " + ", ".join(f"{feature} {value:+.2f}" for feature, value in candidate.features)
    yield ""


def _place(place: Place) -> str:
    where = ", ".join(part for part in (place.kind.value, place.admin1, place.country) if part)
    return f"{place.name} ({where}) {place.id} {place.lat:.3f} {place.lon:.3f}, from {place.source}"


def _standing(resolution: Resolution, candidate: Candidate) -> str:
    from geomap.geo import geodesic_km

    best = resolution.candidates[0]
    if candidate is best:
        return f"confidence {resolution.confidence:.2f}"
    apart = geodesic_km(
        a_lat=best.place.lat, a_lon=best.place.lon, b_lat=candidate.place.lat, b_lon=candidate.place.lon
    )
    return f"{apart:,.0f} km away, behind by {best.score - candidate.score:.2f}"
