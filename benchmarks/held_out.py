"""Print the figures of docs/figures.md: what geomap finds in the held-out parts of corpora.

Run by hand: `python benchmarks/held_out.py FOLDER [--tagger fast] [--text-alone]`.  FOLDER holds NAME.jsonl and
heldout/NAME.ids for each corpus.  All documents of a corpus are read, as a reader of a paper reads all of it, and the
held-out part is scored.  `geomap eval` gives the same figures, one kind a run: docs/figures.md shows the commands.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geomap.evaluate.countries import Countries
from geomap.evaluate.gold import GoldSet, read_gold
from geomap.evaluate.predicted import Predictions, predict
from geomap.evaluate.report import Filters, Report, report, score
from geomap.gazetteer.store import Store
from geomap.pipeline import TAGGERS, Tools

CORPORA = ("lgl", "trnews", "gwn")
RESAMPLES = 1_000


def part(folder: Path, gold: GoldSet) -> GoldSet:
    """Return the held-out documents of a corpus."""
    ids = folder / "heldout" / f"{gold.name}.ids"
    return gold.only(ids.read_text(encoding="utf-8").split(), where=str(ids))


def text_alone(gold: GoldSet) -> GoldSet:
    """Return the documents of a corpus without what says where they come from."""
    documents = tuple(replace(document, title="", date="", source="", url="") for document in gold.documents)
    return replace(gold, documents=documents)


def scored(
    name: str, golds: Sequence[GoldSet], found: Sequence[Predictions], countries: Countries, *, with_id: bool = False
) -> Report:
    """Return the figures of some gold sets as one."""
    judged = [
        score(gold, each, filters=Filters(with_id=with_id), countries=countries)
        for gold, each in zip(golds, found, strict=True)
    ]
    return report(name, judged, countries=countries, resamples=RESAMPLES)


def row(each: Report, given_spans: float | None) -> str:
    """Return the figures of one corpus as a line."""
    s, (low, high) = each.strict, each.intervals["strict"]["e2e_f1"]
    found = f"{s.rec_p:.3f} {s.rec_r:.3f} {s.rec_f1:.3f}"
    both = f"{s.e2e_f1:.3f} [{low:.3f}, {high:.3f}]  {s.e2e_p:.3f} {s.e2e_r:.3f}"
    return f"{each.name:8} {found}   {both}  {each.same_country.e2e_f1:13.3f} {given_spans:11.3f}"


def main() -> None:
    """Read, score and print, a table for each tagger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tagger", choices=list(TAGGERS), action="append", help="one tagger, not all")
    parser.add_argument("--text-alone", action="store_true", help="without title, date and source of the articles")
    given = parser.parse_args()
    countries = Countries(Store.open())
    whole = [read_gold(given.folder / f"{name}.jsonl") for name in CORPORA]
    if given.text_alone:
        whole = [text_alone(gold) for gold in whole]
    held = [part(given.folder, gold) for gold in whole]
    spans = [predict(gold, Tools.load(links=False), given_spans=True) for gold in whole]
    right = [scored(g.name, [g], [s], countries).strict.e2e_r for g, s in zip(held, spans, strict=True)]
    right.append(scored("joint", held, spans, countries).strict.e2e_r)
    for tagger in given.tagger or TAGGERS:
        tools = Tools.load(links=False, tagger=tagger)
        found = [predict(gold, tools, given_spans=False) for gold in whole]
        reports = [scored(g.name, [g], [f], countries) for g, f in zip(held, found, strict=True)]
        reports.append(scored("joint", held, found, countries))
        print(f"\n{tagger:8} names P, R, F1      F1@161  of 95 %         P     R     country-aware spans given")
        print(*map(row, reports, right), sep="\n")
        numbered = scored("joint", held, found, countries, with_id=True).strict
        print(f"recall@161 of the {numbered.gold_placed:,} gold toponyms with a GeoNames number: {numbered.e2e_r:.3f}")
        sure = reports[-1].calibration
        if sure:
            print(f"confidence: off by {sure.expected_error:.3f}, Brier {sure.brier:.3f}; ", end="")
            print(f"at .9 or more {sure.sure:.3f} right ({sure.sure_names:,} of {sure.names:,})")
        rate = sum(len(gold.documents) for gold in whole) / sum(each.cpu_s or 0 for each in found)
        print(f"{rate:.0f} documents a CPU second")


if __name__ == "__main__":
    main()
