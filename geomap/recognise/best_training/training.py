"""Train the tagger: `python -m geomap.recognise.best_training DATA_DIR ENCODER_DIR RUN_DIR`.

A run can be stopped at any time, best by a file `stop` in its folder, and goes on where it stood.  The
weights that are kept are the running mean of those that are trained, so every checkpoint is fit for use.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from collections.abc import Iterator
from itertools import count
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import multiprocessing

from geomap.recognise.augment import read_demonyms
from geomap.recognise.best_pieces import CLOSE, OPEN, Cutter
from geomap.recognise.best_training.batching import Row, batches, rows_of, vocabulary
from geomap.recognise.best_training.encoder import ENCODER_NAME, Encoder, pretrained
from geomap.recognise.best_training.learning import learn, measure, optimiser_of
from geomap.recognise.best_training.names import Names
from geomap.recognise.best_training.sentences import load, round_of
from geomap.recognise.training_data import Sentence

__all__ = ["main"]

WARM_UP_STEPS = 300
MEAN_DECAY = 0.999
SAVE_EVERY_S = 480
CHECKPOINT_NAME, STOP_NAME = "checkpoint.pt", "stop"


def main() -> None:
    """Train until stopped, or, with `--finish`, let the rate run out and end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the training files")
    parser.add_argument("encoder", type=Path, help="folder of the encoder's model.safetensors and vocab.txt")
    parser.add_argument("run", type=Path, help="where to write checkpoints and the log")
    here = Path(__file__).parents[2]
    parser.add_argument("--demonyms", type=Path, default=here.parent / "gazetteer" / "curated" / "demonyms.tsv")
    parser.add_argument("--index", type=Path, required=True, help="the index's places.sqlite, for names")
    parser.add_argument("--layers", type=int, default=6, help="how many of the encoder's layers, from below")
    parser.add_argument("--teacher", type=Path, help="checkpoint of a bigger transformer to start and to learn from")
    parser.add_argument("--workers", type=int, default=2, help="one core each")
    parser.add_argument("--finish", type=int, default=0, help="let the rate run out in so many steps, then end")
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    (options.run / STOP_NAME).unlink(missing_ok=True)
    torch.manual_seed(1)
    encoder = pretrained(options.encoder / ENCODER_NAME, options.layers)
    step = 0
    checkpoint = options.run / CHECKPOINT_NAME
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        encoder.load_state_dict(state["encoder"])
        step = state["step"]
    elif options.teacher:
        learned = torch.load(options.teacher, weights_only=True)["mean"]
        encoder.load_state_dict({name: learned[name] for name in encoder.state_dict()})
    mean = copy.deepcopy(encoder)
    if checkpoint.exists():
        mean.load_state_dict(state["mean"])
    encoder.share_memory()
    mean.share_memory()
    steps = multiprocessing.get_context("spawn").Value("i", step)
    multiprocessing.spawn(work, (options, (encoder, mean), steps, step), options.workers)


def work(
    worker: int, options: argparse.Namespace, shared: tuple[Encoder, Encoder], steps: Synchronized[int], first: int
) -> None:
    """Train the shared weights on batches of one's own, beside the other workers and waiting for none.

    Each has a core for itself; a step that does not see the newest step of another does no harm.
    """
    torch.set_num_threads(1)
    torch.manual_seed(7 * worker + first)
    encoder, mean = shared
    school = School(worker, options, first)
    optimiser = optimiser_of(encoder)
    memory = options.run / f"optimiser-{worker}.pt"
    if memory.exists():
        optimiser.load_state_dict(torch.load(memory, weights_only=True))
    pairs = [(a, b) for a, b in zip(mean.parameters(), encoder.parameters(), strict=True) if b.requires_grad]
    losses: list[float] = []
    saved = time.monotonic()
    encoder.train()
    for batch in school.batches():
        with steps.get_lock():
            steps.value += 1
            step = steps.value
        left = 1 - (step - first) / options.finish if options.finish else 1.0
        over = left <= 0 or (options.run / STOP_NAME).exists()
        if not over:
            share = min(1.0, step / WARM_UP_STEPS) * left
            losses.append(learn(encoder, optimiser, batch, share=share, teacher=school.teacher))
            decay = min(MEAN_DECAY, (step + 1) / (step + 10))
            with torch.no_grad():
                torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1 - decay)
        if over or time.monotonic() - saved > SAVE_EVERY_S:
            replaced(optimiser.state_dict(), memory)
            if worker == 0:
                replaced({"encoder": encoder.state_dict(), **kept(mean, step)}, options.run / CHECKPOINT_NAME)
                torch.save(kept(mean, step), options.run / f"mean-{step:06}.pt")
                school.report(options.run, mean, step=step, loss=sum(losses) / max(1, len(losses)))
            losses.clear()
            saved = time.monotonic()
        if over:
            return


class School:
    """What a worker learns from, in an order of its own."""

    def __init__(self, worker: int, options: argparse.Namespace, first: int) -> None:
        self.learned, self.kept = load(options.data, options.demonyms)
        rows = vocabulary(options.encoder)
        self.cutter, self.ends = Cutter(rows), (rows[OPEN], rows[CLOSE])
        sentences: Iterator[Sentence] = (sentence for part in self.learned.values() for sentence in part)
        self.names = Names(options.index, sentences, read_demonyms(options.demonyms))
        self.seed = f"{worker} {first}"
        self.began = time.monotonic()
        self.teacher: Encoder | None = None
        if options.teacher:
            state = torch.load(options.teacher, weights_only=True)
            self.teacher = Encoder(len(rows), state["layers"]).eval()
            self.teacher.load_state_dict(state["mean"])

    def batches(self) -> Iterator[list[Row]]:
        """Yield batches without end."""
        for turn in count():
            random = Random(f"{self.seed} {turn}")  # noqa: S311 - no secret
            sentences = round_of(self.learned, self.names, random)
            rows = [row for sentence in sentences for row in rows_of(sentence, self.cutter, self.ends)]
            yield from batches(rows, random)

    def report(self, run: Path, mean: Encoder, *, step: int, loss: float) -> None:
        """Add a line to the log."""
        scores = measure(copy.deepcopy(mean), self.kept, self.cutter, self.ends)
        line = {"step": step, "loss": round(loss, 4), "s": round(time.monotonic() - self.began), **scores}
        with (run / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")


def kept(mean: Encoder, step: int) -> dict[str, Any]:
    """Return what a checkpoint tells those who only use it."""
    return {"mean": mean.state_dict(), "layers": len(mean.layers), "step": step}


def replaced(state: object, path: Path) -> None:
    """Write a file whole or not at all."""
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
