"""Score geomap and light peers on the same texts in the same run: what they find, where they put it, what it costs.

Run by hand: `python benchmarks/peers.py [GOLD.jsonl ...] [--ids FILE] [--peer-python PYTHON]`; without GOLD, the gold
that comes with geomap.  Each tool runs in a process of its own with one thread; its start, the first document
included, is told apart.  A peer that is not installed is named and passed over.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from peer_tools import NOT_INSTALLED, PEERS

from geomap.evaluate.countries import Countries
from geomap.evaluate.gold import SHIPPED, GoldSet, read_gold
from geomap.evaluate.predicted import Predicted, Predictions, read_predictions
from geomap.evaluate.report import Filters, Report, report, score
from geomap.gazetteer.store import Store

TOOLS = ("geomap-fast", "geomap-best", *PEERS)
WORKER = Path(__file__).with_name("peer_tools.py")
# Libraries that would take a thread a core take one, so that a CPU second is the same for all.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
HEADER = f"{'':18} {'docs/CPU-s':>10} {'start s':>8} {'MB':>6} | {'P':>5} {'R':>5} {'F1':>5} {'overlap':>7} | "
HEADER += f"{'e2e P':>5} {'R@161':>5} {'F1@161':>6} {'acc':>5} {'country-aware':>13}"


class NotInstalledError(Exception):
    """The Python that should run a tool has not got it."""


def run(tool: str, python: str, paths: list[Path], folder: Path) -> dict[str, Any]:
    """Run a tool once, leave what it found in the folder, and return its cost."""
    command = [python, str(WORKER), tool, str(folder), *map(str, paths)]
    done = subprocess.run(command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False)
    if done.returncode == NOT_INSTALLED:
        raise NotInstalledError(f"{tool:18} not run: {python} has no {done.stdout.strip()}")
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stderr}")
    cost: dict[str, Any] = json.loads(done.stdout)
    return cost


def placed(found: Predictions, store: Store) -> Predictions:
    """Return predictions with the point of each place that was named by GeoNames' number alone."""
    return replace(found, toponyms={id_: tuple(_placed(names, store)) for id_, names in found.toponyms.items()})


def _placed(names: Iterable[Predicted], store: Store) -> Iterable[Predicted]:
    for name in names:
        place = store.place(f"geonames:{name.geonameid}") if name.geonameid and not name.placed else None
        yield replace(name, lat=place.lat, lon=place.lon) if place else name


def row(tool: str, each: Report, cost: dict[str, float]) -> str:
    """Return the figures of one tool on one gold set as a line."""
    line = f"{tool:18} {cost['rate']:10.1f} {cost['start_s']:8.2f} {cost['peak_mb']:6.0f} | "
    strict = each.strict
    line += f"{strict.rec_p:5.3f} {strict.rec_r:5.3f} {strict.rec_f1:5.3f} {each.overlap.rec_f1:7.3f} | "
    if not strict.e2e_r:
        return line + "places nothing"
    line += f"{strict.e2e_p:5.3f} {strict.e2e_r:5.3f} {strict.e2e_f1:6.3f} {strict.acc:5.3f} "
    return line + f"{each.same_country.e2e_f1:13.3f}"


def main() -> None:
    """Run every tool, then print a table for each gold set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, default=[SHIPPED])
    parser.add_argument("--ids", type=Path, help="score only documents whose ids stand here; all are read")
    parser.add_argument("--only", help="only these tools, with commas between: " + ", ".join(TOOLS))
    parser.add_argument("--runs", type=int, default=3, help="cost is the median of so many runs (3)")
    parser.add_argument("--peer-python", default=sys.executable, help="the Python that has the peers")
    parser.add_argument("--json", type=Path, help="also write all figures here")
    given = parser.parse_args()
    golds = [read_gold(path) for path in given.gold]
    ids = given.ids.read_text(encoding="utf-8").split() if given.ids else None
    store = Store.open()
    countries = Countries(store)
    judged: dict[str, dict[str, Any]] = {gold.name: {} for gold in golds}
    lines: dict[str, list[str]] = {gold.name: [] for gold in golds}
    for tool in given.only.split(",") if given.only else TOOLS:
        python = sys.executable if tool.startswith("geomap-") else given.peer_python
        with tempfile.TemporaryDirectory() as name:
            try:
                runs = [run(tool, python, given.gold, Path(name)) for _ in range(given.runs)]
            except NotInstalledError as error:
                print(error, flush=True)
                continue
            print(f"{tool:18} done", flush=True)
            start_s, peak_mb = (statistics.median(one[key] for one in runs) for key in ("start_s", "peak_mb"))
            for gold in golds:
                found = placed(read_predictions(Path(name) / f"{tool}.{gold.name}.jsonl"), store)
                figures = figures_of(gold, found, ids, countries, where=str(given.ids))
                rate = len(gold.documents) / statistics.median(one["spent_s"][gold.name] for one in runs)
                cost = {"rate": rate, "start_s": start_s, "peak_mb": peak_mb}
                judged[gold.name][tool] = cost | asdict(figures)
                lines[gold.name].append(row(tool, figures, cost))
    for gold in golds:
        words = sum(len(document.text.split()) for document in gold.documents) / len(gold.documents)
        print(
            f"\n{gold.name}: {len(gold.documents):,} documents of {words:.0f} words",
            HEADER,
            *lines[gold.name],
            sep="\n",
        )
    if given.json:
        given.json.write_text(json.dumps(judged, indent=1), encoding="utf-8")


def figures_of(gold: GoldSet, found: Predictions, ids: list[str] | None, countries: Countries, *, where: str) -> Report:
    """Score predictions, of some documents or of all."""
    part = gold.only(ids, where=where) if ids else gold
    return report(gold.name, [score(part, found, filters=Filters(), countries=countries)], countries=countries)


if __name__ == "__main__":
    main()
