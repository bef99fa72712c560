"""Tag the words of sentences as names of places, organisations, people and peoples.

A linear-chain model (a CRF): what a word says of itself and its neighbours is summed up once a word
and remembered; what words side by side say is looked up for a whole batch of sentences at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from geomap.recognise.features import COMBINATIONS, EDGE, KEYS, OFFSETS, Case, case_of, word_features
from geomap.recognise.viterbi import best_chains
from geomap.recognise.weights import NOTHING, UNKNOWN, Weights, combination_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["CrfTagger"]

WEIGHTS_FILE = "data/tagger.npz"
# Words between two sentences, so that no word sees past the end of its own.
MARGIN = max(OFFSETS)
# Every remembered word costs about 200 bytes; news of a day holds about 30,000 different ones.
WORDS_MAX = 50_000

# A word as it is remembered; None stands beyond the ends of a sentence.
Row: TypeAlias = tuple[str, Case] | None


class CrfTagger:
    """Tags sentences.  What it remembers of words makes it faster and never changes an answer."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._moves = weights.legal_moves()
        self._row_of = {name: row for row, name in enumerate(weights.features, start=1)}
        self._key_of = {key: number for number, key in enumerate(weights.keys)}
        self._forget()

    @classmethod
    def load(cls) -> CrfTagger:
        """Return the tagger that comes with geomap."""
        with as_file(files(__package__).joinpath(WEIGHTS_FILE)) as path:
            return cls(Weights.load(path))

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return one BIO tag a word for every sentence: B-LOC, I-ORG, O ...

        Many sentences in one call cost less than many calls.
        """
        import numpy as np

        edge: list[Row] = [None] * MARGIN
        rows = edge.copy()
        bounds: list[tuple[int, int]] = []
        for sentence in sentences:
            start = len(rows) - MARGIN
            bounds.append((start, start + len(sentence)))
            case = case_of(sentence)
            rows.extend((word, case) for word in sentence)
            rows.extend(edge)
        filled = np.array([(start, end - start) for start, end in bounds if start < end])
        if not len(filled):
            return [[] for _ in sentences]
        best = best_chains(self._scores(rows), filled[:, 0], filled[:, 1], self._moves)
        tags = [self._weights.labels[label] for label in best.tolist()]
        return [tags[start:end] for start, end in bounds]

    def _scores(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Return the weight of every label at every row but the margins at the ends."""
        import numpy as np

        numbers = np.array(self._numbered(rows))
        count = len(rows) - 2 * MARGIN
        columns = [numbers[MARGIN + offset : MARGIN + offset + count] for offset in OFFSETS]
        scores = np.zeros((count, len(self._weights.labels)), dtype=np.float32)
        for place, column in enumerate(columns):
            scores += self._single[place, column]
        keys = {name: known[numbers] for name, known in self._keys.items()}
        codes = np.stack(
            [
                combination_codes(
                    kind,
                    [keys[name][MARGIN + offset : MARGIN + offset + count] for offset, name in parts],
                    size=len(self._weights.keys),
                )
                for kind, parts in enumerate(COMBINATIONS)
            ]
        )
        scores += self._weights.of_codes(codes).sum(axis=0)
        return scores

    def _numbered(self, rows: Sequence[Row]) -> list[int]:
        """Return the number under which each row is remembered."""
        known = self._numbers
        if len(known) > WORDS_MAX:
            self._forget()
            known = self._numbers
        fresh = [row for row in dict.fromkeys(rows) if row not in known]
        if fresh:
            self._learn(fresh)
        return [known[row] for row in rows]

    def _forget(self) -> None:
        import numpy as np

        room = 1024
        self._numbers: dict[Row, int] = {}
        # By offset, then by number of the word: what the word says of the one at that distance.
        self._single = np.zeros((len(OFFSETS), room, len(self._weights.labels)), dtype=np.float32)
        self._keys = {name: np.zeros(room, dtype=np.int64) for name in KEYS}

    def _learn(self, fresh: Sequence[Row]) -> None:
        """Sum up what each new word says, by offset."""
        import numpy as np

        first = len(self._numbers)
        after = first + len(fresh)
        while self._single.shape[1] < after:
            self._single = np.concatenate([self._single, np.zeros_like(self._single)], axis=1)
            self._keys = {name: np.concatenate([known, np.zeros_like(known)]) for name, known in self._keys.items()}
        said = [EDGE if row is None else word_features(*row) for row in fresh]
        for name, known in self._keys.items():
            known[first:after] = [self._key_of.get(getattr(word, name), UNKNOWN) for word in said]
        row_of = self._row_of
        # A first row of nothing, since a sum over no rows is not defined.
        found = [[NOTHING, *(row_of[name] for name in word.own if name in row_of)] for word in said]
        bounds = np.cumsum([0, *map(len, found[:-1])])
        sums = np.add.reduceat(self._weights.single[list(chain.from_iterable(found))], bounds, axis=0)
        self._single[:, first:after] = sums.transpose(1, 0, 2)
        self._numbers.update(zip(fresh, range(first, after), strict=True))
