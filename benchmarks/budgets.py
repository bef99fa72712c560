"""Measure the budgets of one article and of a few: cold start, memory, documents per CPU-second, page size.

Run by hand from the project's root: `python benchmarks/budgets.py`.  Every figure is of whole processes, by the
operating system's own accounting (CPU seconds are user plus system time).  `peers.py` measures other tools beside
geomap, `growth.py` how its cost grows.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
RUNS = 5


def measured(command: list[str]) -> tuple[float, float, float]:
    """Return (wall seconds, CPU seconds, peak MB) of one run of a command, its output thrown away."""
    begin = time.perf_counter()
    with Path(os.devnull).open("wb") as nowhere:
        actions = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1), (os.POSIX_SPAWN_DUP2, nowhere.fileno(), 2)]
        pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}")
    return time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def cold(label: str, command: list[str]) -> None:
    """Print the medians of several cold runs."""
    runs = [measured(command) for _ in range(RUNS)]
    wall, cpu, peak = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"{label:44} wall {wall:6.2f} s   CPU {cpu:6.2f} s   peak {peak:6.0f} MB")


def throughput(label: str, command: list[str], sizes: list[int], folder: Path) -> None:
    """Print documents per CPU second between two sizes, so that start-up does not count, and the growth."""
    points = [(size, *measured([*command, str(corpus(folder, size))])[1:]) for size in sizes]
    (n0, cpu0, _), (n1, cpu1, _) = points[0], points[-1]
    rate = (n1 - n0) / (cpu1 - cpu0)
    memory = " -> ".join(f"{peak:.0f}" for _, _, peak in points)
    print(f"{label:44} {rate:8.1f} documents/CPU-s   peak {memory} MB for {sizes}")


def corpus(folder: Path, size: int) -> Path:
    """Write `size` documents made from the example texts, each with its own id."""
    path = folder / f"{size}.jsonl"
    texts = [file.read_text(encoding="utf-8") for file in sorted(EXAMPLES.glob("*.txt"))]
    with path.open("w", encoding="utf-8") as file:
        for i in range(size):
            file.write(json.dumps({"id": str(i), "text": texts[i % len(texts)]}) + "\n")
    return path


def main() -> None:
    """Measure and print."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    geomap = str(Path(sys.executable).with_name("geomap"))
    article = str(EXAMPLES / "red-sea.txt")
    cold("import geomap", [sys.executable, "-c", "import geomap"])
    cold("python -c pass", [sys.executable, "-c", "pass"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = folder / "map.html"
        cold("geomap map, one article, no links", [geomap, "map", article, "--no-links", "-o", str(page)])
        cold("geomap map, one article, stated links", [geomap, "map", article, "-o", str(page)])
        print(f"{'page of one article':44} {page.stat().st_size / 1000:6.0f} kB")
        output = str(folder / "out.jsonl")
        throughput("geomap parse, no links", [geomap, "parse", "--no-links", "-o", output], [40, 400, 1600], folder)
        throughput("geomap parse, stated links", [geomap, "parse", "-o", output], [20, 120], folder)


if __name__ == "__main__":
    main()
