"""Tag the words of sentences as names of places, organisations, people and peoples.

A linear-chain model (a CRF): what a word says of itself and its neighbours is summed up once a word
and remembered; what words side by side say is looked up for a whole batch of sentences at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import as_file, files
from itertools import chain, count
from threading import Lock
from typing import TYPE_CHECKING

from geomap.recognise.features import COMBINATIONS, EDGE, KEYS, OFFSETS, Case, WordFeatures, case_of, word_features
from geomap.recognise.rows import NOTHING, RowTable
from geomap.recognise.viterbi import best_chains
from geomap.recognise.weights import UNKNOWN, Weights, combination_codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["CrfTagger"]

WEIGHTS_FILE = "data/tagger.npz"
# Words between two sentences, so that no word sees past the end of its own.
MARGIN = max(OFFSETS)
# The number of what stands there.
AT_EDGE = 0
# Every remembered word costs about 200 bytes; news of a day holds about 30,000 different ones.
WORDS_MAX = 50_000


class Numbers(dict[str, int]):
    """The numbers under which words are remembered, as sentences of one case use them.

    A word that is new gets the next number, and a place among the `fresh`.
    """

    def __init__(self, case: Case, unused: Iterator[int], fresh: list[tuple[str, Case]]) -> None:
        self._case, self._unused, self._fresh = case, unused, fresh

    def __missing__(self, word: str) -> int:
        self._fresh.append((word, self._case))
        number = self[word] = next(self._unused)
        return number


class CrfTagger:
    """Tags sentences.  What it remembers of words makes it faster and never changes an answer."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._moves = weights.legal_moves()
        self._row_of = {name: row for row, name in enumerate(weights.features, start=1)}
        self._codes = RowTable(weights.codes)
        self._key_of = {key: number for number, key in enumerate(weights.keys)}
        # Several threads may share the tagger: one at a time learns new words.
        self._lock = Lock()
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

        # Only what is remembered changes; the arrays taken here are never written again where their words stand.
        with self._lock:
            numbers, bounds = self._numbered(sentences)
            single, keys = self._single, self._keys
        filled = np.array([(start, end - start) for start, end in bounds if start < end])
        if not len(filled):
            return [[] for _ in sentences]
        scores = self._scores(np.array(numbers), single, keys)
        best = best_chains(scores, filled[:, 0], filled[:, 1], self._moves)
        tags = [self._weights.labels[label] for label in best.tolist()]
        return [tags[start:end] for start, end in bounds]

    def _numbered(self, sentences: Sequence[Sequence[str]]) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the number of every word, margins between the sentences, and where each sentence lies in the tags."""
        if self._learned > WORDS_MAX:
            self._forget()
        edge = [AT_EDGE] * MARGIN
        numbers = edge.copy()
        bounds: list[tuple[int, int]] = []
        for sentence in sentences:
            start = len(numbers) - MARGIN
            bounds.append((start, start + len(sentence)))
            numbers += map(self._numbers[case_of(sentence)].__getitem__, sentence)
            numbers += edge
        self._learn([word_features(word, case) for word, case in self._fresh])
        self._fresh.clear()
        return numbers, bounds

    def _scores(
        self, numbers: NDArray[np.int64], single: NDArray[np.float32], known_keys: Mapping[str, NDArray[np.int64]]
    ) -> NDArray[np.float32]:
        """Return the weight of every label at every word but the margins at the ends."""
        import numpy as np

        rows = len(numbers) - 2 * MARGIN
        scores = np.zeros((rows, len(self._weights.labels)), dtype=np.float32)
        for place, offset in enumerate(OFFSETS):
            scores += single[place, numbers[MARGIN + offset : MARGIN + offset + rows]]
        keys = {name: known[numbers] for name, known in known_keys.items()}
        combined = np.zeros_like(scores)
        for kind, parts in enumerate(COMBINATIONS):
            columns = [keys[name][MARGIN + offset : MARGIN + offset + rows] for offset, name in parts]
            codes = combination_codes(kind, columns, size=len(self._weights.keys))
            combined += self._weights.combined[self._codes.rows(codes)]
        return scores + combined

    def _forget(self) -> None:
        import numpy as np

        room = 1024
        self._fresh: list[tuple[str, Case]] = []
        unused = count(AT_EDGE + 1)
        self._numbers = {case: Numbers(case, unused, self._fresh) for case in Case}
        self._learned = 0
        # By offset, then by number of the word: what the word says of the one at that distance.
        self._single = np.zeros((len(OFFSETS), room, len(self._weights.labels)), dtype=np.float32)
        self._keys = {name: np.zeros(room, dtype=np.int64) for name in KEYS}
        self._learn([EDGE])

    def _learn(self, said: Sequence[WordFeatures]) -> None:
        """Sum up what each of the next words says, by offset."""
        import numpy as np

        if not said:
            return
        first, after = self._learned, self._learned + len(said)
        while self._single.shape[1] < after:
            self._single = np.concatenate([self._single, np.zeros_like(self._single)], axis=1)
            self._keys = {name: np.concatenate([known, np.zeros_like(known)]) for name, known in self._keys.items()}
        for name, known in self._keys.items():
            known[first:after] = [self._key_of.get(getattr(word, name), UNKNOWN) for word in said]
        # A first row of nothing, since a sum over no rows is not defined.
        found = [[NOTHING, *filter(None, map(self._row_of.get, word.own))] for word in said]
        bounds = np.cumsum([0, *map(len, found[:-1])])
        sums = np.add.reduceat(self._weights.single[list(chain.from_iterable(found))], bounds, axis=0)
        self._single[:, first:after] = sums.transpose(1, 0, 2)
        self._learned = after
