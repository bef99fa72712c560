"""Measure how the cost of `geomap parse --no-links` grows: with documents, with one document, with a list of towns.

Run by hand from the project's root: `python benchmarks/growth.py [--documents N] [--tagger best]`.  Each figure is of
one whole process by the operating system's own accounting; what any text costs, however short, is the start and left
out of the cost of a unit.  The articles are those of the gold and the examples that come with geomap, their
paragraphs in an order drawn anew.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import Process
from pathlib import Path
from typing import NamedTuple, TypeAlias

from budgets import EXAMPLES, measured

from geomap.evaluate.gold import SHIPPED, read_gold

Make: TypeAlias = Callable[[int], Iterator[dict[str, str]]]
SEED = 4
# Articles of one source are read in each other's light, which takes memory too.
SOURCES = 200
BYTES = (5_000, 50_000, 500_000, 5_000_000)
TOWNS = (100, 1_000, 10_000)
# Fewer people than that, and a list would hold names that are words first of all.
TOWN_POPULATION_MIN = 1_000


def stories() -> list[list[str]]:
    """Return the paragraphs of every text that comes with geomap."""
    texts = [document.text for document in read_gold(SHIPPED).documents]
    texts += [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    return [[part.strip() for part in text.split("\n") if part.strip()] for text in texts]


def articles(count: int) -> Iterator[dict[str, str]]:
    """Yield `count` articles; a longer list begins with the shorter one."""
    drawn, told = random.Random(SEED), stories()
    for i in range(count):
        story = told[i % len(told)]
        text = "\n\n".join(drawn.sample(story, len(story)))
        yield {"id": str(i), "source": f"paper {i % SOURCES}", "text": text}


def one_article(size: int) -> Iterator[dict[str, str]]:
    """Yield one article of `size` bytes or a little more."""
    drawn, told = random.Random(SEED), stories()
    parts, length = [], 0
    while length < size:
        parts.append(drawn.choice(drawn.choice(told)))
        length += len(parts[-1].encode()) + 2
    yield {"id": "long", "text": "\n\n".join(parts)}


def towns(count: int) -> list[str]:
    """Return the first `count` of 10,000 different towns of the gazetteer."""
    from geomap.gazetteer.store import Store
    from geomap.model import Kind

    store = Store.open()
    keys = random.Random(SEED).sample(sorted(store.keys()), 20 * TOWNS[-1])
    named = (store.lookup(key)[0].place for key in keys)
    kept = {
        place.name: None
        for place in named
        if place.kind is Kind.CITY and (place.population or 0) >= TOWN_POPULATION_MIN and place.name[0].isupper()
    }
    return list(kept)[:count]


def listed(count: int) -> Iterator[dict[str, str]]:
    """Yield a list of towns, a line each."""
    yield {"id": "list", "text": "\n".join(towns(count))}


def in_one_sentence(count: int) -> Iterator[dict[str, str]]:
    """Yield the same towns in one endless sentence."""
    yield {"id": "sentence", "text": f"The road leads through {', '.join(towns(count))}."}


class Series(NamedTuple):
    """Inputs of growing size, made by one function."""

    title: str
    unit: str
    sizes: Sequence[int]
    make: Make


def series(documents: int) -> dict[str, list[Series]]:
    """Return what is measured, by the names of the command line."""
    counts = [10**power for power in range(6) if 10**power < documents]
    return {
        "documents": [Series("Many articles", "document", [*counts, documents], articles)],
        "length": [Series("One article", "byte", BYTES, one_article)],
        "towns": [
            Series("Towns, a line each", "town", TOWNS, listed),
            Series("Towns, in one sentence", "town", TOWNS, in_one_sentence),
        ],
    }


def write(make: Make, size: int, path: Path) -> None:
    """Write what `make` yields as JSONL, in a process of its own: a peak of memory is inherited."""
    writer = Process(target=_write, args=(make, size, path))
    writer.start()
    writer.join()
    if writer.exitcode:
        raise SystemExit(f"{make.__name__} failed")


def _write(make: Make, size: int, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in make(size))


def measure(each: Series, command: Sequence[str], started_s: float) -> None:
    """Print a row for each size."""
    unit = f"us a {each.unit}"
    print(f"\n{each.title}\n{each.unit + 's':>12} {'KB':>10} {'CPU s':>9} {unit:>14} {'peak MB':>8}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.jsonl"
        for size in each.sizes:
            write(each.make, size, path)
            _, cpu_s, peak_mb = measured([*command, str(path)])
            unit_us = 1e6 * max(0.0, cpu_s - started_s) / size
            kilobytes = path.stat().st_size / 1000
            print(f"{size:12,} {kilobytes:10,.0f} {cpu_s:9.2f} {unit_us:14,.1f} {peak_mb:8.0f}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000, help="up to so many articles (10,000)")
    parser.add_argument("--tagger", default="fast")
    parser.add_argument("--only", choices=list(series(1)), help="one of the three")
    given = parser.parse_args()
    command = [str(Path(sys.executable).with_name("geomap")), "parse", "--no-links", "--tagger", given.tagger]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.txt"
        path.write_text("They met in Cairo.", encoding="utf-8")
        started_s = min(measured([*command, str(path)])[1] for _ in range(3))
    print(f"start: {started_s:.2f} CPU s, tagger {given.tagger}")
    for name, several in series(given.documents).items():
        if given.only in (None, name):
            for each in several:
                measure(each, command, started_s)


if __name__ == "__main__":
    main()
