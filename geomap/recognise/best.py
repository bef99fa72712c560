"""Tag the words of sentences with a small transformer: slower than the CRF, and better.

It reads whole sentences, so a name it never saw is told by the company it keeps.  Only sentences that
can hold a name are read, and sentences of like length are read together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geomap.errors import MissingExtra
from geomap.recognise.best_pieces import CLOSE, OPEN, Cutter, Pieces, Shape, windows
from geomap.recognise.lexicon import lexicon
from geomap.recognise.tags import OUTSIDE
from geomap.recognise.viterbi import best_chains

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["GRAPH_NAME", "LABELS", "VOCABULARY_NAME", "BestTagger"]

FOLDER = "data"
GRAPH_NAME, VOCABULARY_NAME = "best.onnx", "best-pieces.txt"
EXTRA = "best"
# In the order of the scores.
LABELS = (OUTSIDE, *(f"{mark}-{label}" for label in ("LOC", "NORP", "ORG", "PER") for mark in "BI"))
# So much stays in the cache of one core; a batch of 1024 takes a quarter longer a word.
BATCH_PIECES = 256


class Stretch(NamedTuple):
    """Words `[start, end)` of a sentence, few enough for the transformer's window."""

    sentence: int
    start: int
    words: list[Pieces]
    size: int


class BestTagger:
    """Tags sentences.  What it remembers of words makes it faster and never changes an answer."""

    def __init__(self, session: Any, vocabulary: Sequence[str]) -> None:
        rows = {piece: row for row, piece in enumerate(vocabulary)}
        self._session = session
        self._cutter = Cutter(rows)
        self._ends = rows[OPEN], rows[CLOSE]

    @classmethod
    def load(cls, folder: Path | None = None) -> BestTagger:
        """Return the tagger that comes with geomap, or the one in a folder.

        Without ONNX Runtime there is none: `MissingExtra`.
        """
        with as_file(files(__package__).joinpath(FOLDER)) as shipped:
            place = folder or shipped
            session = _session(place / GRAPH_NAME)
            return cls(session, (place / VOCABULARY_NAME).read_text(encoding="utf-8").split("\n")[:-1])

    @staticmethod
    def is_installed() -> bool:
        """Say whether the extra that it needs is there and works on this machine."""
        try:
            import onnxruntime  # noqa: F401 - a runtime that cannot be loaded is none
        except ImportError:
            return False
        return True

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """Return one BIO tag a word for every sentence: B-LOC, I-ORG, O ..."""
        import numpy as np

        tags = [[OUTSIDE] * len(sentence) for sentence in sentences]
        stretches = list(self._stretches(sentences))
        if not stretches:
            return tags
        stretches.sort(key=lambda stretch: stretch.size)
        scores = np.concatenate([self._scores(batch) for batch in _batches(stretches)])
        lengths = np.array([len(stretch.words) for stretch in stretches])
        starts = np.cumsum([0, *lengths[:-1]])
        best = best_chains(scores, starts, lengths, _legal_moves()).tolist()
        for stretch, start in zip(stretches, starts.tolist(), strict=True):
            end = stretch.start + len(stretch.words)
            labels = best[start : start + len(stretch.words)]
            tags[stretch.sentence][stretch.start : end] = [LABELS[label] for label in labels]
        return tags

    def _stretches(self, sentences: Sequence[Sequence[str]]) -> Iterator[Stretch]:
        """Yield what is to be read."""
        for number, sentence in enumerate(sentences):
            if _may_name(sentence):
                pieces = self._cutter.cut(sentence)
                for start, end in windows(pieces):
                    part = pieces[start:end]
                    yield Stretch(number, start, part, sum(len(word.rows) for word in part) + len(self._ends))

    def _scores(self, batch: Sequence[Stretch]) -> NDArray[np.float32]:
        """Return the score of every label at every word of a batch, one word a row."""
        import numpy as np

        width = batch[-1].size
        pieces = np.zeros((len(batch), width), dtype=np.int64)
        shapes = np.full_like(pieces, Shape.EDGE)
        firsts: list[int] = []
        for row, stretch in enumerate(batch):
            end = stretch.size - 1
            pieces[row, 0], pieces[row, end] = self._ends
            pieces[row, 1:end] = [piece for word in stretch.words for piece in word.rows]
            shapes[row, 1:end] = [word.shape for word in stretch.words for _ in word.rows]
            firsts += accumulate((len(word.rows) for word in stretch.words[:-1]), initial=row * width + 1)
        (scores,) = self._session.run(None, {"pieces": pieces, "shapes": shapes})
        found: NDArray[np.float32] = scores.reshape(-1, len(LABELS))[firsts]
        return found


def _session(path: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as missing:
        raise MissingExtra("The tagger 'best'", extra=EXTRA) from missing
    options = onnxruntime.SessionOptions()
    # One core: whoever wants more runs several processes, as with the other tagger.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _batches(stretches: Sequence[Stretch]) -> Iterator[Sequence[Stretch]]:
    """Yield neighbours, shortest first, as many as fill a batch."""
    start = 0
    for number, stretch in enumerate(stretches):
        if (number + 1 - start) * stretch.size > BATCH_PIECES and number > start:
            yield stretches[start:number]
            start = number
    yield stretches[start:]


def _may_name(sentence: Sequence[str]) -> bool:
    """Say whether a sentence can hold a name: it has a capital that its beginning does not ask for, or none at all."""
    capitals = [word for word in sentence if word[:1].isupper()]
    if not capitals:
        return any(word[:1].isalpha() for word in sentence)
    return len(capitals) > 1 or capitals[0].lower() not in lexicon("openers")


def _legal_moves() -> NDArray[np.float32]:
    """Return 0 for labels that may stand side by side, and minus infinity for the others."""
    import numpy as np

    moves = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for before, first in enumerate(LABELS):
        for after, second in enumerate(LABELS):
            if second.startswith("I-") and first[2:] != second[2:]:
                moves[before, after] = -np.inf
    return moves
