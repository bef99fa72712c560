"""Score the name tagger on geoparsing corpora: `python benchmarks/tagger.py CORPORA_DIR [--weights FILE] [--record]`.

Tags of places and peoples count as toponyms, as the corpora count them.  Development documents are
those whose ids are not in `heldout/NAME.ids`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import time
from pathlib import Path
from typing import NamedTuple

import geomap.recognise
from geomap.recognise.tagger import CrfTagger
from geomap.recognise.tags import spans
from geomap.recognise.weights import Weights
from geomap.words import sentences, words

CORPORA = ("lgl", "trnews", "gwn")
SHIPPED = Path(geomap.recognise.__file__).parent / "data" / "tagger.npz"
PARTS = ("development", "held out")
TOPONYMS = frozenset({"LOC", "NORP"})


class Text(NamedTuple):
    """One gold document."""

    id: str
    text: str
    gold: tuple[tuple[int, int], ...]


class Counts(NamedTuple):
    """True positives, predicted and gold spans."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def plus(self, other: Counts) -> Counts:
        """Add up two counts."""
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    def scores(self) -> tuple[float, float, float]:
        """Return precision, recall and F1."""
        precision, recall = self.hits / max(1, self.predicted), self.hits / max(1, self.gold)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def read(path: Path) -> list[Text]:
    """Read a corpus of `{"id", "text", "toponyms": [{"start", "end"}]}`, one document a line."""
    texts = []
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        record = json.loads(line)
        gold = sorted({(top["start"], top["end"]) for top in record["toponyms"]})
        texts.append(Text(str(record["id"]), record["text"], tuple(gold)))
    return texts


def toponyms(text: str, tagger: CrfTagger) -> list[tuple[int, int]]:
    """Return the character spans the tagger takes for places or peoples."""
    cut = [words(text, *sentence) for sentence in sentences(text)]
    tags = tagger.tag([[word.text for word in row] for row in cut])
    return [
        (row[span.start].start, row[span.end - 1].end)
        for row, tagged in zip(cut, tags, strict=True)
        for span in spans(tagged)
        if span.label in TOPONYMS
    ]


def strict(gold: tuple[tuple[int, int], ...], predicted: list[tuple[int, int]]) -> Counts:
    """Count spans that agree exactly."""
    return Counts(len(set(gold) & set(predicted)), len(predicted), len(gold))


def overlap(gold: tuple[tuple[int, int], ...], predicted: list[tuple[int, int]]) -> Counts:
    """Count spans that share a character, one to one, largest share first."""
    pairs = sorted(
        (-(min(g[1], p[1]) - max(g[0], p[0])), g, p) for g in gold for p in predicted if g[0] < p[1] and p[0] < g[1]
    )
    used: set[tuple[str, tuple[int, int]]] = set()
    for _, g, p in pairs:
        if ("g", g) not in used and ("p", p) not in used:
            used |= {("g", g), ("p", p)}
    return Counts(len(used) // 2, len(predicted), len(gold))


def heldout(folder: Path, name: str) -> frozenset[str]:
    """Return the ids kept for the final score."""
    return frozenset((folder / "heldout" / f"{name}.ids").read_text(encoding="utf-8").split())


def measure(folder: Path, tagger: CrfTagger) -> dict[tuple[str, str], tuple[float, ...]]:
    """Return strict and overlap P, R, F1 of each corpus and part; 'mean' is the plain mean of the corpora."""
    measured: dict[tuple[str, str], tuple[float, ...]] = {}
    for name in CORPORA:
        kept = heldout(folder, name)
        totals = {part: [Counts(), Counts()] for part in PARTS}
        for text in read(folder / f"{name}.jsonl"):
            found = toponyms(text.text, tagger)
            row = totals["held out" if text.id in kept else "development"]
            row[0] = row[0].plus(strict(text.gold, found))
            row[1] = row[1].plus(overlap(text.gold, found))
        for part, row in totals.items():
            measured[name, part] = row[0].scores() + row[1].scores()
    for part in PARTS:
        columns = zip(*(measured[name, part] for name in CORPORA), strict=True)
        measured["mean", part] = tuple(sum(column) / len(CORPORA) for column in columns)
    return measured


def recorded(measured: dict[tuple[str, str], tuple[float, ...]], weights: Path) -> str:
    """Return the scores as TOML, with the checksum of the weights they belong to."""
    lines = [
        "# Toponym recognition by the tagger alone (LOC and NORP).  Written by `python benchmarks/tagger.py --record`.",
        "# Each row: strict precision, recall, F1, then the same for overlapping spans.",
        "",
        f'weights_sha256 = "{hashlib.sha256(weights.read_bytes()).hexdigest()}"',
    ]
    for part in PARTS:
        lines += ["", f'["{part}"]']
        lines += [f"{name} = [{', '.join(f'{x:.3f}' for x in measured[name, part])}]" for name in (*CORPORA, "mean")]
    return "\n".join([*lines, ""])


def speed(folder: Path, tagger: CrfTagger) -> str:
    """Say how many documents a CPU-second tags, cutting included."""
    texts = [text.text for name in CORPORA for text in read(folder / f"{name}.jsonl")]
    begin = time.process_time()
    for text in texts:
        toponyms(text, tagger)
    spent_s = time.process_time() - begin
    return f"{len(texts) / spent_s:.0f} documents a CPU-second"


def main() -> None:
    """Print scores, speed, load time and memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    parser.add_argument("--record", action="store_true", help="write the scores beside the weights")
    options = parser.parse_args()
    begin = time.process_time()
    tagger = CrfTagger(Weights.load(options.weights))
    load_s = time.process_time() - begin
    print(speed(options.corpora, tagger))
    print(f"load {load_s:.3f} s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    measured = measure(options.corpora, tagger)
    for (name, part), scores in measured.items():
        print(f"{name:8} {part:12}", *(f"{score:.3f}" for score in scores))
    if options.record:
        options.weights.with_name("tagger-scores.toml").write_text(
            recorded(measured, options.weights), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
