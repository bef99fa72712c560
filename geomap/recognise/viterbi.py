"""Find the best chain of labels through every sentence of a batch, all sentences step by step together.

Sentences stand side by side, longest first, so that the ones still running are always the first few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["best_chains"]


def best_chains(
    scores: NDArray[np.float32], starts: NDArray[np.int64], lengths: NDArray[np.int64], moves: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Return the label of every row of `scores` that belongs to a sentence; other rows get 0.

    `scores[row, label]` is the weight of a label at a word, `moves[before, after]` that of two labels
    side by side.  Label 0 may follow anything, and a sentence begins as if after it.
    """
    import numpy as np

    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    running = np.searchsorted(-lengths, -np.arange(1, lengths[0] + 1), side="right").tolist()
    # Labels first: a maximum over the first axis runs over whole rows at once.
    state = scores[starts].T.copy()
    state[np.isneginf(moves[0])] = -np.inf
    states = [state]
    between = moves[:, :, None]
    for step, count in enumerate(running[1:], start=1):
        ways = state[:, None, :count] + between
        state = ways.max(axis=0) + scores[starts[:count] + step].T
        states.append(state)
    return _traced(states, starts, running, moves, rows=len(scores))


def _traced(
    states: list[NDArray[np.float32]],
    starts: NDArray[np.int64],
    running: list[int],
    moves: NDArray[np.float32],
    *,
    rows: int,
) -> NDArray[np.int64]:
    """Walk back from the best last label of every sentence."""
    import numpy as np

    best = np.zeros(rows, dtype=np.int64)
    current = np.empty(0, dtype=np.int64)
    for step in range(len(states) - 1, -1, -1):
        state, count = states[step], len(current)
        # The first `count` sentences go on after this step, the others end here.
        before = (state[:, :count] + moves[:, current]).argmax(axis=0)
        ending = state[:, count : running[step]].argmax(axis=0)
        current = np.concatenate([before, ending])
        best[starts[: running[step]] + step] = current
    return best
