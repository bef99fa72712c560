"""Measure the import of a GeoNames dump: time, memory, size, and look-ups, as the dump grows.

Run by hand from the project's root: `python benchmarks/import_scale.py [--rows 100000 1000000 13000000]`.
The dump is made up, from a seed, with the columns, the shares of feature codes and the number of alternate
names of the real one.  Every figure is of a process of its own; those of look-ups are CPU time.  13 million
rows need 6 GB of disk.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

SEED = 3
ROWS = (100_000, 1_000_000, 13_000_000)
LOOKUPS = 100_000
# Shares of the real dump, by its own statistics, rounded: codes news names, and two it does not.
FEATURES = (
    ("P", "PPL", 37), ("P", "PPLX", 2), ("H", "STM", 11), ("H", "LK", 4), ("H", "WLL", 4), ("T", "MT", 6),
    ("T", "HLL", 6), ("L", "LCTY", 4), ("L", "FRM", 4), ("S", "SCH", 5), ("S", "HTL", 3), ("S", "CH", 3),
    ("A", "ADM4", 2), ("A", "ADM3", 2), ("T", "ISL", 2), ("H", "WAD", 2), ("V", "FRST", 1), ("S", "DAM", 1),
    ("S", "AIRF", 1),
)  # fmt: skip
COUNTRIES = (
    "CN", "US", "IN", "NO", "MX", "ID", "RU", "IR", "TH", "VN", "FR", "BR", "PH", "JP", "YE", "DE", "AU", "NG",
)  # fmt: skip
STARTS = ("b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "ch", "sh", "kh")
MIDDLES = ("a", "e", "i", "o", "u", "ai", "au", "ou", "ee", "ar", "an", "in", "or", "ur")
ENDS = ("n", "r", "l", "m", "s", "t", "k", "d", "ng", "sh", "pur", "abad", "ville", "ton", "grad")
GENERIC = ("Port", "Upper", "Khirbat", "Mount", "San", "Nizhniy", "Lake", "Wadi", "Tall", "New")
FIRST = [f"{a}{b}{c}".capitalize() for a in STARTS for b in MIDDLES for c in STARTS]
LAST = [f"{a}{b}" for a in MIDDLES for b in ENDS]

IMPORT = """
import json, resource, sys, time
from pathlib import Path
from geomap.gazetteer.imports.dump import find_dump
from geomap.gazetteer.imports.install import Origin, install_dump
from geomap.gazetteer.imports.report import Tally
dump, begin, steps, tally = find_dump(Path(sys.argv[1])), time.perf_counter(), {}, Tally()
origin = Origin("scale", (dump.main,), "synthetic", "none")
def tell(step, done, total):
    steps.setdefault(step, round(time.perf_counter() - begin, 1))
index = install_dump(dump, origin, tally, progress=tell)
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "wall_s": time.perf_counter() - begin, "cpu_s": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1000,
    "rows": tally.rows, "places": index["places"], "names": index["names"], "left_out": tally.left_out.total(),
    "steps": steps, "shards": len(index["shards"]["names"])}))
"""
ASK = """
import json, random, sys, time
from pathlib import Path
from geomap.gazetteer.store import Store
def kb(field):
    return next(int(line.split()[1]) for line in Path("/proc/self/status").open() if line.startswith(field))
before = kb("VmRSS")
begin = time.process_time()
store = Store.open(Path(sys.argv[1]) if sys.argv[1] else None)
open_ms = (time.process_time() - begin) * 1000
keys = json.loads(Path(sys.argv[2]).read_text())
begin = time.process_time()
found = sum(bool(store.lookup(key)) for key in keys)
cold = time.process_time() - begin
asked = keys[-10_000:]
begin = time.process_time()
for key in asked:
    store.lookup(key)
warm = time.process_time() - begin
print(json.dumps({"open_ms": open_ms, "first_us": cold / len(keys) * 1e6, "again_us": warm / len(asked) * 1e6,
    "found": found, "resident_mb": kb("VmRSS") / 1000, "private_mb": kb("RssAnon") / 1000, "start_mb": before / 1000}))
"""


def rows(count: int) -> Iterator[str]:
    """Yield the rows of a dump."""
    chance = random.Random(SEED).random
    features = [f"{class_}\t{code}" for class_, code, share in FEATURES for _ in range(share)]
    for number in range(1, count + 1):
        name = made_up(chance)
        feature = features[int(chance() * len(features))]
        country = COUNTRIES[int(chance() * len(COUNTRIES))]
        # Half of the places of the real dump have other names.
        others = ",".join(made_up(chance) for _ in range((0, 0, 0, 1, 1, 2)[int(chance() * 6)]))
        people = int(10 ** (1 + 4 * chance())) if feature[0] == "P" and chance() < 0.2 else 0
        yield (
            f"{number}\t{name}\t{name}\t{others}\t{135 * chance() - 60:.5f}\t{360 * chance() - 180:.5f}\t{feature}"
            f"\t{country}\t\t{int(30 * chance()):02}\t{int(400 * chance()):03}\t\t\t{people}\t\t100\tAsia/X"
            "\t2026-01-01\n"
        )


def made_up(chance: Callable[[], float]) -> str:
    """Return a name of one to three words, now and then one that others have too."""
    name = FIRST[int(chance() * len(FIRST))] + LAST[int(chance() * len(LAST))]
    if chance() < 0.3:
        name = f"{name} {FIRST[int(chance() * len(FIRST))]}"
    return f"{GENERIC[int(chance() * len(GENERIC))]} {name}" if chance() < 0.4 else name


def asked(dump: Path, count: int) -> list[str]:
    """Return keys of names that stand all over the dump."""
    from geomap.words import name_key

    dice, size = random.Random(SEED), dump.stat().st_size
    keys = []
    with dump.open("rb") as file:
        while len(keys) < count:
            file.seek(dice.randrange(size))
            file.readline()
            cells = file.readline().split(b"\t")
            if len(cells) > 1:
                keys.append(name_key(cells[1].decode()))
    return keys


def answer(script: str, *arguments: str) -> dict[str, object]:
    """Return what a process of its own prints."""
    done = subprocess.run([sys.executable, "-c", script, *arguments], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def measure(count: int, folder: Path) -> None:
    """Import one dump and ask it."""
    dump = folder / f"rows{count}.txt"
    begin = time.perf_counter()
    with dump.open("w", encoding="utf-8") as file:
        file.writelines(rows(count))
    made_s = time.perf_counter() - begin
    print(f"\n{count:,} rows, {dump.stat().st_size / 1e6:,.0f} MB, made in {made_s:.0f} s", flush=True)
    keys = folder / "keys.json"
    keys.write_text(json.dumps(asked(dump, LOOKUPS)))
    os.environ["GEOMAP_HOME"] = str(folder)
    print("default before  ", shown(answer(ASK, "", str(keys))), flush=True)
    found = answer(IMPORT, str(dump))
    index = folder / "gazetteers" / "scale"
    size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    print("import          ", shown(found), flush=True)
    print(f"                 {count / float(str(found['wall_s'])):,.0f} rows/s, index {size / 1e6:,.0f} MB", flush=True)
    dump.unlink()
    print("installed       ", shown(answer(ASK, str(index), str(keys))), flush=True)
    print("default after   ", shown(answer(ASK, "", str(keys))), flush=True)


def shown(figures: dict[str, object]) -> str:
    """Return figures in one line."""
    pairs = figures.items()
    return "  ".join(f"{key} {value:,.1f}" if isinstance(value, float) else f"{key} {value}" for key, value in pairs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS, help="sizes of the dump")
    parser.add_argument("--folder", type=Path, help="where there is room; without it, the system's own")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        for count in given.rows:
            measure(count, Path(name))


if __name__ == "__main__":
    main()
