"""Measure which English words are ordinary words: tables/english.txt, by which `geomap.gazetteer.english` judges.

A word is listed that openly licensed texts write in lower case, more often than as a name.  Run by hand:

    python -m geomap.gazetteer.building.ordinary FOLDER -o geomap/gazetteer/tables/english.txt

FOLDER holds the JSON lines named in `SOURCES`: `{"tokens": [...], "tags": [...]}` a sentence, or `{"text": ...}`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from pathlib import Path

from geomap.gazetteer.english import TABLE

__all__ = ["EDITED", "SOURCES", "ordinary"]

# Only texts whose licence asks for no more than their name; nothing under share-alike terms.
EDITED = {
    "crossner_politics.jsonl": "CrossNER politics (Liu et al. 2021), MIT",
    "gum_news_entities.jsonl": "GUM (Zeldes), annotation CC BY 4.0, texts of Wikinews CC BY 2.5",
    "wikigold.jsonl": "WikiGold (Balasuriya et al. 2009), CC BY 4.0",
}
# These also hold slang, slips and other languages: alone they prove nothing.
UNEDITED = {
    "broad_twitter.jsonl": "Broad Twitter Corpus (Derczynski et al. 2016), CC BY 4.0",
    "wnut17_train.jsonl": "WNUT 2017 (Derczynski et al. 2017), CC BY 4.0",
}
SOURCES = EDITED | UNEDITED
# Seen once, a word may be a slip or of another language.
MIN_USES = 2
_WORD = re.compile("[a-z]{2,}")


def ordinary(plain: Counter[str], edited: Container[str], names: Counter[str]) -> list[str]:
    """Return the words written in lower case often enough, by edited texts too, and more often than as a whole name."""
    return sorted(
        word
        for word, uses in plain.items()
        if uses >= MIN_USES and word in edited and uses > names[word] and _WORD.fullmatch(word)
    )


def _uses(file: Path) -> Iterator[tuple[str, bool]]:
    """Yield each lower-case word of a file that is no name, and each name of one word, and which of them it is."""
    with file.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            tokens = row["tokens"] if "tokens" in row else row["text"].split()
            # Without tags the texts are edited ones, whose names have capitals.
            tags = row.get("tags", ["O"] * len(tokens))
            for token, tag, next_tag in zip(tokens, tags, [*tags[1:], "O"], strict=True):
                if tag == "O" and token.islower():
                    yield token, False
                elif tag[:1] == "B" and next_tag[:1] != "I":
                    yield token.lower(), True


def _main(arguments: Sequence[str] | None = None) -> None:
    import argparse

    parser = argparse.ArgumentParser(description="Measure which English words are ordinary words.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--out", type=Path, default=TABLE)
    given = parser.parse_args(arguments)
    plain, names, edited = Counter[str](), Counter[str](), set[str]()
    for name in SOURCES:
        uses = list(_uses(given.folder / name))
        plain.update(word for word, named in uses if not named)
        names.update(word for word, named in uses if named)
        if name in EDITED:
            edited.update(word for word, named in uses if not named)
    words = ordinary(plain, edited, names)
    head = "Ordinary English words, measured by `python -m geomap.gazetteer.building.ordinary` in:"
    remarks = (f"# {line}\n" for line in (head, *SOURCES.values()))
    given.out.write_text("".join((*remarks, *(f"{word}\n" for word in words))), "ascii")


if __name__ == "__main__":
    _main()
