"""Bring the training files' sentences to one reading, and show each in ever new forms.

The sources disagree on small things: is "the" part of a name, is "Iraqi" a place, is a state that acts an
organisation?  What is settled here is what geoparsing corpora say.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from zlib import crc32

from geomap.recognise.augment import Demonyms, read_demonyms, with_demonyms
from geomap.recognise.best_training.names import Names
from geomap.recognise.best_training.news import news
from geomap.recognise.best_training.variety import varied
from geomap.recognise.features import listed
from geomap.recognise.tags import OUTSIDE, TaggedSpan, spans
from geomap.recognise.training_data import SOURCES, Sentence, read

__all__ = ["load", "round_of", "tidied"]

# Tweets are many and little like news: so many of a hundred are seen in each round.
TWEETS = frozenset({"broad_twitter.jsonl", "wnut17_train.jsonl"})
TWEETS_PERCENT = 70
# One block of so many sentences in so many is kept back to measure with.
DEV_BLOCK_SENTENCES = 40
DEV_EVERY = 25
# Two sentences are shown as one: texts are not always cut where sentences end.
JOINED_SHARE = 0.1
# Made-up news beside the sources' own sentences.
NEWS_SHARE = 0.08
# Small words that some sources count to a name.
BEFORE_NAMES = frozenset({"the", "a", "an", "northern", "southern", "eastern", "western", "central"})
# The lists of hints that hold places.
PLACES = ("country", "region", "city")


def load(data: Path, demonyms: Path) -> tuple[dict[str, list[Sentence]], list[Sentence]]:
    """Return the sentences to learn from, by source, and those kept back to measure with."""
    known = read_demonyms(demonyms)
    learned: dict[str, list[Sentence]] = {}
    kept: list[Sentence] = []
    for source in SOURCES:
        learned[source.file] = []
        for number, sentence in enumerate(read(data / source.file)):
            if not sentence.words:
                continue
            block = crc32(f"{source.file} {number // DEV_BLOCK_SENTENCES}".encode())
            target = kept if block % DEV_EVERY == 0 else learned[source.file]
            target.append(tidied(with_demonyms(sentence, known), known, strict=source.file not in TWEETS))
    return learned, kept


def tidied(sentence: Sentence, demonyms: Demonyms, *, strict: bool) -> Sentence:
    """Return the sentence with names as geoparsing corpora mark them.

    In a `strict` source a country that was left out, as in the names of events, becomes a place.
    """
    tags = [OUTSIDE] * len(sentence.tags)
    for span in spans(sentence.tags):
        start, end, label = _settled(sentence.words, span, demonyms)
        tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    if strict:
        for at, word in enumerate(sentence.words):
            if sentence.tags[at] == OUTSIDE and word[0].isupper() and listed(word, "country"):
                tags[at] = "B-LOC"
    return Sentence(sentence.words, tuple(tags))


def _settled(words: Sequence[str], span: TaggedSpan, demonyms: Demonyms) -> TaggedSpan:
    """Return a name without articles, peoples as peoples, and states as places even where they act."""
    start, end, label = span
    while start < end - 1 and words[start] in BEFORE_NAMES:
        start += 1
    short = end
    while label == "ORG" and short > start + 1 and words[short - 1].islower():
        short -= 1
    if _located(words[start:short], demonyms):
        # "Lagos police", "French government": the town and the people are what counts.
        end = short
    name = words[start:end]
    people = tuple(word.lower() for word in name) in demonyms and not _listed_place(name[-1])
    if label in {"LOC", "ORG"} and people:
        label = "NORP"
    elif label == "ORG" and (end < span.end or all(listed(word, "country") for word in name)) and name != ("EU",):
        label = "LOC"
    return TaggedSpan(start, end, label)


def _located(name: Sequence[str], demonyms: Demonyms) -> bool:
    return all(_listed_place(word) for word in name) or tuple(word.lower() for word in name) in demonyms


def _listed_place(word: str) -> bool:
    return any(listed(word, kind) for kind in PLACES)


def round_of(learned: dict[str, list[Sentence]], names: Names, random: Random) -> list[Sentence]:
    """Return the sentences of one round, each in the form that chance picks."""
    chosen = []
    for file, sentences in learned.items():
        carried: Sentence | None = None
        for sentence in sentences:
            if file in TWEETS and random.random() * 100 >= TWEETS_PERCENT:
                continue
            made = varied(sentence, names, random)
            if carried is not None:
                made = Sentence(carried.words + made.words, carried.tags + made.tags)
                carried = None
            elif random.random() < JOINED_SHARE:
                carried = made
                continue
            chosen.append(made)
        if carried is not None:
            chosen.append(carried)
    chosen += [news(names, random) for _ in range(int(NEWS_SHARE * len(chosen)))]
    return chosen
