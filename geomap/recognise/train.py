"""Train the name tagger: `python -m geomap.recognise.train DATA_DIR [--out DIR] [--demonyms FILE]`.

Same data, same bytes: sentences are read in the order of their files, and nothing is left to chance.
Weights and their provenance are written side by side.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from geomap.recognise.augment import Demonyms, examples, read_demonyms, with_demonyms
from geomap.recognise.features import VERSION, sentence_features
from geomap.recognise.tags import OUTSIDE
from geomap.recognise.training_data import SOURCES, Sentence, read
from geomap.recognise.weights import Weights, from_crfsuite

__all__ = ["main", "train"]

WEIGHTS_NAME = "tagger.npz"
PROVENANCE_NAME = "tagger.toml"
# Share-alike files are among the sources, so the weights are shared alike.
WEIGHTS_LICENCE = "CC BY-SA 4.0"
# Chosen on the development part of the corpora in benchmarks/tagger.py.  L1 (c1) throws most
# features out, which keeps the file small and costs nothing in score.
SETTINGS = {"c1": 0.3, "c2": 0.02, "max_iterations": 100, "feature.minfreq": 2}


def train(sentences: Sequence[Sentence]) -> Weights:
    """Return the weights learned from sentences, with `SETTINGS`."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False, params=SETTINGS)
    for sentence in sentences:
        trainer.append(sentence_features(sentence.words), sentence.tags)
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder, "model"))
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        with tagger.open(model):
            learned = tagger.info()
    labels = sorted(learned.labels, key=lambda label: (label != OUTSIDE, label))
    return from_crfsuite(learned.state_features, learned.transitions, labels=labels)


def collect(folder: Path, demonyms: Demonyms) -> tuple[list[Sentence], dict[str, int]]:
    """Return all sentences of the training folder, and how many words each file gave."""
    found: list[Sentence] = []
    counts: dict[str, int] = {}
    for source in SOURCES:
        sentences = [with_demonyms(sentence, demonyms) for sentence in read(folder / source.file) if sentence.words]
        counts[source.file] = sum(len(sentence.words) for sentence in sentences)
        found.extend(example for sentence in sentences for example in examples(sentence))
    return found, counts


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def provenance(weights: Path, counts: dict[str, int], digests: dict[str, str], *, demonyms: str) -> str:
    """Return what the weights were made from, as TOML; `digests` are those of the files that were read."""
    lines = [
        "# What the name tagger's weights were made from.  Written by `python -m geomap.recognise.train`.",
        "",
        f'file = "{weights.name}"',
        f'sha256 = "{digest(weights)}"',
        f'licence = "{WEIGHTS_LICENCE}"',
        f"features_version = {VERSION}",
        f'demonyms = "{demonyms}"',
        f'demonyms_sha256 = "{digests[demonyms]}"',
        "",
        "[settings]",
        *(f'"{name}" = {value}' for name, value in SETTINGS.items()),
    ]
    for source in SOURCES:
        *about, checksum = source.lines(sha256=digests[source.file])
        lines += [*about, f"words = {counts[source.file]}", checksum]
    return "\n".join([*lines, ""])


def main() -> None:
    """Train and write the weights and their provenance."""
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the training files")
    parser.add_argument("--out", type=Path, default=here / "data", help="where to write the weights")
    parser.add_argument(
        "--demonyms",
        type=Path,
        default=here.parents[1] / "gazetteer" / "curated" / "demonyms.tsv",
        help="table whose first column are demonyms",
    )
    options = parser.parse_args()
    # Taken first: a file may change while the training runs.
    digests = {path.name: digest(path) for path in (options.demonyms, *(options.data / s.file for s in SOURCES))}
    sentences, counts = collect(options.data, read_demonyms(options.demonyms))
    weights = options.out / WEIGHTS_NAME
    train(sentences).save(weights)
    text = provenance(weights, counts, digests, demonyms=options.demonyms.name)
    (options.out / PROVENANCE_NAME).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
