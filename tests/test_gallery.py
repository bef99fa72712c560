"""What the gallery shows is what geomap makes; the same input gives the same bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GEOMAP = Path(sys.executable).with_name("geomap")


def _map(text: Path, page: Path, *options: str, seed: str = "0") -> bytes:
    command = [GEOMAP, "map", text.relative_to(ROOT), "-o", page, *options]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env={"PYTHONHASHSEED": seed, "PATH": ""})
    return page.read_bytes()


@pytest.mark.parser
def test_the_page_in_the_gallery_is_made_anew(tmp_path):
    """A change that moves a mark shows up here: look at the page, then commit it."""
    assert _map(ROOT / "examples" / "danube.txt", tmp_path / "map.html") == (ROOT / "output/danube.html").read_bytes()


@pytest.mark.parametrize("text", sorted((ROOT / "examples").glob("*.txt")), ids=lambda path: path.stem)
def test_the_same_text_gives_the_same_bytes(text, tmp_path):
    """Nothing random, no time and no order of a set reaches the page."""
    first = _map(text, tmp_path / "one.html", "--no-links", seed="1")

    assert _map(text, tmp_path / "two.html", "--no-links", seed="2") == first
