"""Turn sentences into batches of numbers: pieces, shapes and labels, sentences of like length together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TypeAlias

import torch
from torch import Tensor

from geomap.recognise.best import LABELS
from geomap.recognise.best_pieces import Cutter, Shape, windows
from geomap.recognise.training_data import Sentence

__all__ = ["IGNORED", "Row", "batches", "rows_of", "tensors", "vocabulary"]

# The label of what is no first piece of a word.
IGNORED = -100
BATCH_PIECES = 1400
# So many batches' sentences are sorted by length together.
BUCKET_BATCHES = 50
SENTENCE_PIECES = 30

# Pieces, shapes and labels of one window.
Row: TypeAlias = tuple[list[int], list[int], list[int]]


def vocabulary(folder: Path) -> dict[str, int]:
    """Return the row of each piece."""
    return {piece: row for row, piece in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())}


def rows_of(sentence: Sentence, cutter: Cutter, ends: tuple[int, int]) -> Iterator[Row]:
    """Yield pieces, shapes and labels of a sentence, window by window."""
    cut = cutter.cut(sentence.words)
    for start, end in windows(cut):
        pieces, shapes, labels = [ends[0]], [int(Shape.EDGE)], [IGNORED]
        for word, tag in zip(cut[start:end], sentence.tags[start:end], strict=True):
            pieces += word.rows
            shapes += [int(word.shape)] * len(word.rows)
            labels += [LABELS.index(tag)] + [IGNORED] * (len(word.rows) - 1)
        yield [*pieces, ends[1]], [*shapes, int(Shape.EDGE)], [*labels, IGNORED]


def batches(rows: list[Row], random: Random) -> list[list[Row]]:
    """Return rows of like length together, about as many pieces in each batch, in chance order."""
    random.shuffle(rows)
    found: list[list[Row]] = []
    bucket = BUCKET_BATCHES * BATCH_PIECES // SENTENCE_PIECES
    for start in range(0, len(rows), bucket):
        batch: list[Row] = []
        for row in sorted(rows[start : start + bucket], key=lambda row: len(row[0])):
            if (len(batch) + 1) * len(row[0]) > BATCH_PIECES and batch:
                found.append(batch)
                batch = []
            batch.append(row)
        found.append(batch)
    random.shuffle(found)
    return found


def tensors(batch: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor]:
    """Return a batch as three tables, filled up at the right."""
    length = max(len(row[0]) for row in batch)
    fill = (0, int(Shape.EDGE), IGNORED)
    columns = [[row[i] + [fill[i]] * (length - len(row[i])) for row in batch] for i in range(3)]
    pieces, shapes, labels = (torch.tensor(column) for column in columns)
    return pieces, shapes, labels
