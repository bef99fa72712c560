"""Read the openly licensed texts the name tagger learns from, as sentences of our own words and tags.

Every source is brought to one form: words as `geomap.words` cuts them, and BIO tags over LOC, ORG and
PER.  Where a source marks more than names, only sentences whose names are certain are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geomap.recognise.features import listed
from geomap.words import Word, sentences, words

__all__ = ["SOURCES", "Sentence", "Source", "cut", "read"]


class Source(NamedTuple):
    """One training file, who made it, and the licence it comes under."""

    file: str
    name: str
    licence: str
    year: int

    def lines(self, *, sha256: str) -> list[str]:
        """Return what a record of weights made from this file says of it, as a table of TOML."""
        return [
            "",
            "[[source]]",
            f'file = "{self.file}"',
            f'name = "{self.name}"',
            f'licence = "{self.licence}"',
            f"year = {self.year}",
            f'sha256 = "{sha256}"',
        ]


SOURCES = (
    Source("wikigold.jsonl", "WikiGold (Balasuriya et al. 2009)", "CC BY 4.0", 2009),
    Source("broad_twitter.jsonl", "Broad Twitter Corpus (Derczynski et al. 2016)", "CC BY 4.0", 2016),
    Source("wnut17_train.jsonl", "WNUT 2017, training part (Derczynski et al. 2017)", "CC BY 4.0", 2017),
    Source("crossner_politics.jsonl", "CrossNER, politics (Liu et al. 2021)", "MIT", 2021),
    Source("uner_ewt.jsonl", "Universal NER, English EWT, dev and test", "CC BY-SA 4.0", 2023),
    Source("redocred.jsonl", "Re-DocRED, dev and test (Tan et al. 2022)", "MIT, text of Wikipedia CC BY-SA 3.0", 2022),
    Source("gum_news_entities.jsonl", "GUM, Wikinews part", "text CC BY 2.5, annotation CC BY 4.0", 2024),
)


class Sentence(NamedTuple):
    """Words as `geomap.words` cuts them, each with its tag."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


class Marked(NamedTuple):
    """Characters `[start, end)` of a text that carry one label; '' for none."""

    start: int
    end: int
    label: str


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one training file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if "entities" in record:
                yield from _from_entities(record["text"], record["entities"])
            elif record["tokens"] and "-DOCSTART-" not in record["tokens"]:
                yield cut(record["tokens"], record["tags"])


# --- tokens with tags -----------------------------------------------------------------------

# Tokens that were split off the word before them.
_GLUED = frozenset({"n't", "'m", "'re", "'ve", "'ll", "'d", "'s", "N'T", "'S"})
_STRAIGHT = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}


def cut(tokens: Sequence[str], tags: Sequence[str]) -> Sentence:
    """Return a tokenised sentence as geomap would have cut it, the tags carried over."""
    text = ""
    marked: list[Marked] = []
    for token, tag in zip(tokens, tags, strict=True):
        straight = _STRAIGHT.get(token, token)
        if text and straight.replace("’", "'") not in _GLUED:
            text += " "
        start = len(text)
        text += straight
        if tag.startswith("I-") and marked and marked[-1].label == tag[2:]:
            marked[-1] = marked[-1]._replace(end=len(text))
        else:
            marked.append(Marked(start, len(text), tag[2:]))
        if tag == "O" and "-" in straight:
            # Sources see one word in "Iran-backed"; geomap sees the country.
            inside = words(text, start)
            marked.extend(Marked(word.start, word.end, "LOC") for word in inside if listed(word.text, "country"))
    return _tagged(text, 0, len(text), marked)


def _tagged(text: str, start: int, end: int, marked: Sequence[Marked]) -> Sentence:
    """Cut `text[start:end]` into words and tag those that lie in a marked span."""
    found = words(text, start, end)
    tags = []
    last: Marked | None = None
    for number, word in enumerate(found):
        span = next((m for m in marked if m.label and m.start <= word.start < m.end), None)
        # The mark of "#London" is no part of the name, and "@london" is no name.
        mark = span is not last and not word.text[0].isalnum()
        if span is None or mark or (number and found[number - 1].text == "@"):
            tags.append("O")
            continue
        tags.append(f"{'I' if span is last else 'B'}-{span.label}")
        last = span
    return Sentence(tuple(word.text for word in found), tuple(tags))


# --- texts with nested entities -------------------------------------------------------------

_ENTITY_LABELS = {"place": "LOC", "organization": "ORG", "person": "PER"}
# Words in lower case that a name may hold.
_INSIDE_NAMES = frozenset({"of", "the", "for", "and", "de", "la", "al", "-", "&"})
# Capitalised at the head of a sentence, never a name.
_PRONOUNS = frozenset("i you he she it we they my your his its our their who this that these those one the a".split())  # noqa: SIM905 - reads as the list it is


def _from_entities(text: str, entities: Iterable[dict[str, str]]) -> Iterator[Sentence]:
    """Yield the sentences all of whose names can be told from the other entities ("the coast of Aceh")."""
    spans = [
        Marked(int(entity["start"]), int(entity["end"]), _ENTITY_LABELS[entity["type"]])
        for entity in entities
        if entity["type"] in _ENTITY_LABELS
    ]
    marked: list[Marked] = []
    # Longest first, but persons last: they are often described by other names.
    for span in sorted(spans, key=lambda span: (span.label == "PER", span.start - span.end, span.start)):
        marked.extend(name for name in _names(text, span) if not _touching(name, marked))
    for begin, stop in sentences(text):
        inside = [span for span in spans if begin <= span.start and span.end <= stop]
        if not any(_doubtful(word, marked) for span in inside for word in words(text, *span[:2]) if word.start > begin):
            yield _tagged(text, begin, stop, marked)


def _touching(name: Marked, marked: Iterable[Marked]) -> bool:
    return any(name.start < other.end and other.start < name.end for other in marked)


def _doubtful(word: Word, marked: Iterable[Marked]) -> bool:
    """Say whether a word of an entity may be a name that was not told."""
    known = word.text.lower() in _PRONOUNS or listed(word.text, "title")
    return word.text[0].isupper() and not known and not _touching(Marked(word.start, word.end, ""), marked)


def _names(text: str, span: Marked) -> Iterator[Marked]:
    """Yield the proper names an entity consists of; "Aceh , Indonesia" holds two."""
    parts: list[list[Word]] = [[]]
    for word in words(text, span.start, span.end):
        if word.text == "," and span.label == "LOC":
            parts.append([])
        else:
            parts[-1].append(word)
    trimmed = [_trimmed(part, span.label) for part in parts]
    if all(trimmed):
        for part in trimmed:
            yield Marked(part[0].start, part[-1].end, span.label)


def _trimmed(part: Sequence[Word], label: str) -> Sequence[Word]:
    """Return the words of a name without what stands before it, or nothing when it is no name."""
    titles = [number for number, word in enumerate(part, start=1) if label == "PER" and listed(word.text, "title")]
    begins = (number for number, word in enumerate(part) if number >= max(titles, default=0) and word.text[0].isupper())
    name = part[next(begins, len(part)) :]
    proper = all(word.text[0].isupper() or word.text in _INSIDE_NAMES for word in name)
    plain = len(name) == 1 and name[0].text.lower() in _PRONOUNS
    return name if name and proper and not plain and name[-1].text[0].isupper() else ()
