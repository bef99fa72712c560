"""Hold what the tagger learned, as arrays, and make them from a model that CRFsuite trained.

A feature of one word is found by its text; a combination of keys is found by one whole number made
of the numbers of its parts, so that a document's combinations are looked up all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from geomap.recognise.features import COMBINATIONS, OFFSETS

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["UNKNOWN", "Weights", "combination_codes", "from_crfsuite"]

# The number of a key that no combination holds.
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned, in rows of one weight a label; row 0 of both tables is all zero.

    `single[row, offset, label]` is what feature `features[row - 1]` of a word says of the word it stands
    at that offset from; `combined[row, label]` belongs to `codes[row - 1]`.  `keys` are the parts of
    combinations, and `moves[a, b]` is the weight of label `b` after label `a`.
    """

    labels: tuple[str, ...]
    features: tuple[str, ...]
    single: NDArray[np.float32]
    keys: tuple[str, ...]
    codes: NDArray[np.int64]
    combined: NDArray[np.float32]
    moves: NDArray[np.float32]

    def save(self, path: Path) -> None:
        """Write the weights; equal weights give equal bytes."""
        import numpy as np

        with path.open("wb") as stream:
            np.savez_compressed(
                stream,
                labels=_packed(self.labels),
                features=_packed(self.features),
                single=self.single.astype(np.float16),
                keys=_packed(self.keys),
                codes=self.codes,
                combined=self.combined.astype(np.float16),
                moves=self.moves,
            )

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read what `save` wrote."""
        import numpy as np

        with np.load(path, allow_pickle=False) as stored:
            return cls(
                labels=_unpacked(stored["labels"]),
                features=_unpacked(stored["features"]),
                single=stored["single"].astype(np.float32),
                keys=_unpacked(stored["keys"]),
                codes=stored["codes"],
                combined=stored["combined"].astype(np.float32),
                moves=stored["moves"],
            )

    def legal_moves(self) -> NDArray[np.float32]:
        """Return the moves, with no way into an I- but from its own name."""
        import numpy as np

        moves = self.moves.copy()
        for after, label in enumerate(self.labels):
            if label.startswith("I-"):
                moves[[before[2:] != label[2:] for before in self.labels], after] = -np.inf
        return moves


def from_crfsuite(
    weights: Mapping[tuple[str, str], float], moves: Mapping[tuple[str, str], float], *, labels: Sequence[str]
) -> Weights:
    """Return the weights of a trained model: (feature, label) -> weight and (label, label) -> weight."""
    import numpy as np

    column = {label: number for number, label in enumerate(labels)}
    parts = {name: _parts(name) for name, _ in sorted(weights)}
    features = sorted({part.name for part in parts.values() if isinstance(part, _Single)})
    keys = sorted({key for part in parts.values() if isinstance(part, _Combined) for key in part.keys})
    number_of = {key: number for number, key in enumerate(keys)}
    coded = {
        name: int(combination_codes(part.kind, [np.array(number_of[key]) for key in part.keys], size=len(keys)))
        for name, part in parts.items()
        if isinstance(part, _Combined)
    }
    codes = sorted(coded.values())
    row_of_feature = {feature: row for row, feature in enumerate(features, start=1)}
    row_of_code = {code: row for row, code in enumerate(codes, start=1)}
    single = np.zeros((len(features) + 1, len(OFFSETS), len(labels)), dtype=np.float16)
    combined = np.zeros((len(codes) + 1, len(labels)), dtype=np.float16)
    for (name, label), weight in weights.items():
        part = parts[name]
        if isinstance(part, _Single):
            single[row_of_feature[part.name], OFFSETS.index(part.offset), column[label]] = weight
        else:
            combined[row_of_code[coded[name]], column[label]] = weight
    between = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (before, after), weight in moves.items():
        between[column[before], column[after]] = weight
    return Weights(
        labels=tuple(labels),
        features=tuple(features),
        single=single.astype(np.float32),
        keys=tuple(keys),
        codes=np.array(codes, dtype=np.int64),
        combined=combined.astype(np.float32),
        moves=between,
    )


class _Single(NamedTuple):
    offset: int
    name: str


class _Combined(NamedTuple):
    kind: int
    keys: list[str]


def _parts(feature: str) -> _Single | _Combined:
    """Take apart a feature as `features.sentence_features` wrote it."""
    place, *rest = feature.split("\t")
    return _Combined(int(place[1:]), rest) if place.startswith("+") else _Single(int(place), rest[0])


def combination_codes(kind: int, numbers: Sequence[NDArray[np.int64]], *, size: int) -> NDArray[np.int64]:
    """Return the whole number that stands for each combination of keys; `UNKNOWN` where a key is."""
    import numpy as np

    codes = numbers[0]
    unknown = codes < 0
    for number in numbers[1:]:
        codes = codes * size + number
        unknown = unknown | (number < 0)
    return np.where(unknown, UNKNOWN, codes * len(COMBINATIONS) + kind)


def _packed(names: Iterable[str]) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(packed.tobytes().decode().split("\n"))
