"""One step of learning, and what has been learned so far.

The labels teach, and so does a teacher: for the lower exits the whole transformer, for a small one a bigger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from geomap.recognise.best import LABELS
from geomap.recognise.best_pieces import Cutter
from geomap.recognise.best_training.batching import IGNORED, Row, rows_of, tensors
from geomap.recognise.best_training.encoder import Encoder
from geomap.recognise.tags import spans
from geomap.recognise.training_data import Sentence

__all__ = ["learn", "measure", "optimiser_of"]

LEARNING_RATE = 1.2e-4
# Lower layers know the language already and move less ...
LAYER_DECAY = 0.88
# ... and what the encoder did not have starts from nothing.
NEW_RATE = 1e-3
SMOOTHING = 0.05
CLIP = 1.0
# The weight of what is learned at each lower exit beside that of the last.
EARLY_SHARE = 0.5
# How much of it comes from the teacher, the rest from the labels.
TAUGHT_SHARE = 0.5
MEASURED_TOGETHER = 32


def optimiser_of(encoder: Encoder) -> torch.optim.AdamW:
    """Return an optimiser with a rate for each layer; the pieces' own table, which knows names we never see, stays."""
    for table in (encoder.pieces, encoder.positions):
        table.weight.requires_grad = False
    layers = len(encoder.layers)
    groups: list[dict[str, Any]] = [
        {"params": list(layer.parameters()), "rate": LEARNING_RATE * LAYER_DECAY ** (layers - 1 - number)}
        for number, layer in enumerate(encoder.layers)
    ]
    groups.append({"params": list(encoder.norm.parameters()), "rate": LEARNING_RATE * LAYER_DECAY**layers})
    groups.append({"params": [*encoder.shapes.parameters(), *encoder.scores.parameters()], "rate": NEW_RATE})
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def learn(
    encoder: Encoder, optimiser: torch.optim.Optimizer, batch: Sequence[Row], *, share: float, teacher: Encoder | None
) -> float:
    """Take one step, at a share of the full rate, and return the loss before it."""
    for group in optimiser.param_groups:
        group["lr"] = group["rate"] * share
    pieces, shapes, labels = tensors(batch)
    at = labels != IGNORED
    gold = labels[at]
    *early, last = (scores[at] for scores in encoder(pieces, shapes))
    loss = main = functional.cross_entropy(last, gold, label_smoothing=SMOOTHING)
    if teacher is None:
        taught = last.detach().softmax(-1)
    else:
        with torch.no_grad():
            taught = teacher(pieces, shapes)[-1][at].softmax(-1)
        loss = _taught(last, gold, taught)
    for scores in early:
        loss = loss + EARLY_SHARE * _taught(scores, gold, taught)
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], CLIP)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    return float(main.detach())


def _taught(scores: Tensor, gold: Tensor, taught: Tensor) -> Tensor:
    own = functional.cross_entropy(scores, gold, label_smoothing=SMOOTHING)
    return (1 - TAUGHT_SHARE) * own + TAUGHT_SHARE * functional.cross_entropy(scores, taught)


def measure(
    encoder: Encoder, kept: Sequence[Sentence], cutter: Cutter, ends: tuple[int, int]
) -> dict[str, dict[str, float]]:
    """Return, by exit, the strict F1 of each label and of all together, on sentences kept back."""
    encoder.eval()
    rows = sorted((row for sentence in kept for row in rows_of(sentence, cutter, ends)), key=lambda row: len(row[0]))
    counts: Counter[tuple[int, str, str]] = Counter()
    with torch.no_grad():
        for start in range(0, len(rows), MEASURED_TOGETHER):
            pieces, shapes, labels = tensors(rows[start : start + MEASURED_TOGETHER])
            for exit_, scores in zip(encoder.exits, encoder(pieces, shapes), strict=True):
                for guess, gold in zip(scores.argmax(-1), labels, strict=True):
                    words = gold != IGNORED
                    said = spans([LABELS[i] for i in guess[words].tolist()])
                    true = spans([LABELS[i] for i in gold[words].tolist()])
                    for name, found in (("said", said), ("true", true), ("hit", set(said) & set(true))):
                        counts.update((exit_, span.label, name) for span in found)
                        counts.update((exit_, "all", name) for _ in found)
    return {
        str(exit_): {
            label: _f1(*(counts[exit_, label, name] for name in ("hit", "said", "true")))
            for label in ("LOC", "NORP", "ORG", "PER", "all")
        }
        for exit_ in encoder.exits
    }


def _f1(hits: int, said: int, true: int) -> float:
    return round(200 * hits / max(1, said + true), 2)
