"""`geomap eval`: gold in, figures out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.cli.reading import tagger_option
from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.evaluate.gold import GoldSet
    from geomap.evaluate.predicted import Predictions

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="eval")
@click.argument("paths", nargs=-1, metavar="[GOLD]...", type=_FILE)
@click.option("--predictions", multiple=True, type=_FILE, help="Score this output of geomap parse; one for each GOLD.")
@click.option("--given-spans", is_flag=True, help="Resolve the spans of the gold; recognise nothing.")
@tagger_option
@click.option("--ids", type=_FILE, help="Only documents whose ids stand in this file, one a line.")
@click.option("--types", default="", metavar="A,B", help="Only gold toponyms of these types.")
@click.option("--groups", default="", metavar="A,B", help="Only gold toponyms of these groups.")
@click.option("--exclude-surface", type=_FILE, help="Without gold toponyms whose text stands in this file, one a line.")
@click.option("--with-id", is_flag=True, help="Only gold toponyms with a GeoNames number.")
@click.option("--km", default=161.0, show_default=True, type=click.FloatRange(0), help="How far off is still right.")
@click.option("--bootstrap", default=0, metavar="N", type=click.IntRange(0), help="95 % intervals, by N resamples.")
@click.option("--floors", type=_FILE, help="Fail, with exit code 1, where a figure is below its floor (TOML).")
@click.option("--mistakes", "mistakes_path", metavar="FILE", help="Also list every mistake here, as a TSV table.")
@click.option("--json", "json_path", metavar="FILE", help="Also write all figures here.")
def command(
    *,
    paths: tuple[Path, ...],
    predictions: tuple[Path, ...],
    given_spans: bool,
    tagger: str | None,
    ids: Path | None,
    types: str,
    groups: str,
    exclude_surface: Path | None,
    with_id: bool,
    km: float,
    bootstrap: int,
    floors: Path | None,
    mistakes_path: str | None,
    json_path: str | None,
) -> None:
    """Score recognition and resolution against GOLD; without GOLD, against the gold that comes with geomap.

    GOLD are JSONL files (id, text, toponyms).  The gazetteer is the one that comes with geomap, without layers of
    your own, so that figures can be compared.  What each figure means is told in docs/evaluation.md.

    \b
    Example: geomap eval --bootstrap 100 --json figures.json
    """
    from geomap.evaluate.countries import Countries
    from geomap.evaluate.floors import below_floors, read_floors
    from geomap.evaluate.gold import SHIPPED, read_gold
    from geomap.evaluate.mistakes import COLUMNS, mistakes
    from geomap.evaluate.report import Filters, report, score
    from geomap.evaluate.table import LEGEND, table
    from geomap.gazetteer.store import Store

    least = read_floors(floors) if floors else {}
    golds = [read_gold(path) for path in paths or (SHIPPED,)]
    if ids:
        golds = [gold.only(_lines(ids), where=str(ids)) for gold in golds]
    without = frozenset(line.lower() for line in _lines(exclude_surface)) if exclude_surface else frozenset()
    filters = Filters(_set(types), _set(groups), without, with_id)
    countries = Countries(Store.open())
    found = _predictions(golds, predictions, tagger=tagger, given_spans=given_spans)
    scored = [score(gold, each, filters=filters, countries=countries) for gold, each in zip(golds, found, strict=True)]
    reports = [report(one.name, [one], countries=countries, km=km, resamples=bootstrap) for one in scored]
    if len(scored) > 1:
        reports.append(report("joint", scored, countries=countries, km=km, resamples=bootstrap))
    for each in reports:
        click.echo("\n".join(table(each, km=km)) + "\n")
    click.echo(LEGEND.format(km=km))
    if json_path:
        _write(json.dumps({each.name: asdict(each) for each in reports}, ensure_ascii=False, indent=1), json_path)
    if mistakes_path:
        rows = [COLUMNS, *(row for one in scored for row in mistakes(one.strict(), km=km))]
        _write("\n".join("\t".join(row) for row in rows), mistakes_path)
    failures = list(below_floors(reports, least, where=str(floors)))
    for line in failures:
        click.echo(f"Error: {line}", err=True)
    sys.exit(1 if failures else 0)


def _predictions(
    golds: Sequence[GoldSet], files: Sequence[Path], *, tagger: str | None, given_spans: bool
) -> list[Predictions]:
    """Read a file for each gold set, or run geomap over all of them with tools that are opened once."""
    from geomap.evaluate.predicted import predict, read_predictions
    from geomap.pipeline import Tools

    running = {"--given-spans": given_spans, "--tagger": tagger is not None}
    if files and any(running.values()):
        option = next(name for name, given in running.items() if given)
        raise click.UsageError(f"{option} runs geomap, --predictions scores what it found: give one of them.")
    if given_spans and tagger is not None:
        raise click.UsageError("--given-spans recognises nothing, so no --tagger has a say: give one of them.")
    if files and len(files) != len(golds):
        raise click.UsageError(f"{len(golds)} gold sets and {len(files)} predictions: give one for each, in order.")
    if files:
        return [read_predictions(file) for file in files]
    links = any(document.links is not None for gold in golds for document in gold.documents)
    # Over given spans the tagger is never asked: the one that opens quickest will do.
    tools = Tools.load(tagger="fast" if given_spans else tagger, links=links)
    return [predict(gold, tools, given_spans=given_spans) for gold in golds]


def _set(names: str) -> frozenset[str]:
    return frozenset(filter(None, names.split(",")))


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except ValueError as error:
        raise InputError("is not UTF-8", where=str(path), hint="Write one name or id a line, in UTF-8") from error
    return [line.strip() for line in text.split("\n") if line.strip()]


def _write(text: str, path: str) -> None:
    from geomap.cli.shared import open_output

    with open_output(path) as write:
        write(text + "\n")
