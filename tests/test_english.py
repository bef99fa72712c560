"""Ordinary English words, as measured."""

from __future__ import annotations

import json
import runpy
import sys
from collections import Counter

import pytest

from geomap.gazetteer.building.ordinary import EDITED, SOURCES, ordinary
from geomap.gazetteer.english import TABLE, is_english


@pytest.mark.parametrize("word", ["church", "Church", "hotel", "of", "reading", "nice", "police", "march", "most"])
def test_ordinary_words_are_known(word):
    """Words that some village is called, and that no alias should be."""
    assert is_english(word)


@pytest.mark.parametrize("word", ["", "mosul", "Paris", "china", "Lebanon", "hama", "aleppo", "x", "two words"])
def test_names_are_no_words(word):
    """What texts write as a name is none."""
    assert not is_english(word)


def test_the_table_says_where_it_comes_from():
    """Every source is named with its licence, and the words are sorted, once each."""
    lines = TABLE.read_text("ascii").splitlines()
    remarks = [line for line in lines if line.startswith("#")]
    words = lines[len(remarks) :]

    assert len(remarks) == 1 + len(SOURCES)
    assert words == sorted(set(words))
    assert 4_000 < len(words) < 8_000


def test_a_word_must_be_seen_often_and_mostly_as_a_word():
    """Slips, slang and names stay out."""
    plain = Counter(camp=5, slip=1, slang=5, mobile=3, no1=4)

    assert ordinary(plain, {"camp", "slip", "mobile", "no1"}, Counter(mobile=3, camp=4)) == ["camp"]


def test_the_command_measures_a_folder(tmp_path, monkeypatch):
    """Words are counted where no name is tagged; texts without tags have their names in capitals."""
    sentence = {"tokens": ["The", "old", "camp", "near", "Mosul", "mosul"], "tags": ["O", "O", "O", "O", "B-LOC", "O"]}
    for name in SOURCES:
        row = {"text": "An old camp ."} if name.startswith("gum") else sentence
        (tmp_path / name).write_text(json.dumps(row) + "\n", "utf-8")
    out = tmp_path / "english.txt"
    monkeypatch.setattr(sys, "argv", ["ordinary", str(tmp_path), "-o", str(out)])
    monkeypatch.delitem(sys.modules, "geomap.gazetteer.building.ordinary")

    runpy.run_module("geomap.gazetteer.building.ordinary", run_name="__main__")

    words = [line for line in out.read_text("ascii").splitlines() if not line.startswith("#")]
    assert words == ["camp", "near", "old"]
    assert set(EDITED) < set(SOURCES)
