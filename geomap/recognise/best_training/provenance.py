"""Say, as TOML, what the weights were made from and under which licences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.recognise.train import WEIGHTS_LICENCE, digest
from geomap.recognise.training_data import SOURCES

__all__ = ["PROVENANCE_NAME", "provenance"]

PROVENANCE_NAME = "best.toml"
ENCODER = "all-MiniLM-L6-v2"
ENCODER_LICENCE = "Apache-2.0"


def provenance(made: Sequence[Path], *, encoder: Path, data: Path, layers: int, steps: int) -> str:
    """Return the checksums of what was made and of what it was made from."""
    lines = [
        "# What the weights of the tagger `best` were made from.",
        "# Written by `python -m geomap.recognise.best_training.export`.",
        "",
        f'licence = "{WEIGHTS_LICENCE}"',
        f"layers = {layers}",
        f"steps = {steps}",
        "",
        "[sha256]",
        *(f'"{path.name}" = "{digest(path)}"' for path in made),
        "",
        "[encoder]",
        f'name = "{ENCODER}"',
        f'licence = "{ENCODER_LICENCE}"',
        f'sha256 = "{digest(encoder)}"',
    ]
    for source in SOURCES:
        lines += source.lines(sha256=digest(data / source.file))
    return "\n".join([*lines, ""])
