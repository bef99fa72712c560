"""Learn the resolver's weights without one corpus and score that corpus: `python benchmarks/leave_one_out.py FOLDER`.

What differs from the figures of `held_out.py` is what the weights owe to having seen documents of the same papers.  The
rules were still written by someone who had read all three.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from unittest.mock import patch

from held_out import CORPORA, part, scored

from geomap.evaluate.countries import Countries
from geomap.evaluate.gold import read_gold
from geomap.evaluate.predicted import predict
from geomap.gazetteer.store import Store
from geomap.pipeline import Tools
from geomap.resolve import resolver
from geomap.resolve.fit import development, fit
from geomap.resolve.weights import Weights, shipped_weights


def learned(folder: Path, names: list[str], store: Store) -> Weights:
    """Return weights learned from the development parts of these corpora."""
    corpora = []
    for name in names:
        held = set((folder / "heldout" / f"{name}.ids").read_text(encoding="utf-8").split())
        corpora.append(development(folder / f"{name}.jsonl", held))
    return fit(corpora, store, shipped_weights())


def main() -> None:
    """Learn, score and print, once with each corpus left out and once with none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tagger", default="fast")
    given = parser.parse_args()
    store = Store.open()
    countries = Countries(store)
    tools = Tools.load(links=False, tagger=given.tagger)
    for left_out in CORPORA:
        gold = read_gold(given.folder / f"{left_out}.jsonl")
        others = learned(given.folder, [name for name in CORPORA if name != left_out], store)
        figures = []
        for weights in (shipped_weights(), others):
            with patch.object(resolver, "shipped_weights", lambda weights=weights: weights):
                found = predict(gold, tools, given_spans=False)
            figures.append(scored(left_out, [part(given.folder, gold)], [found], countries).strict)
        seen, unseen = figures
        print(f"{left_out:8} F1@161 {seen.e2e_f1:.3f} -> {unseen.e2e_f1:.3f}   ", end="")
        print(f"acc@161 {seen.acc:.3f} -> {unseen.acc:.3f}", flush=True)


if __name__ == "__main__":
    main()
