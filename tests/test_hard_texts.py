"""Hard texts: damaged, endless, shouted, foreign.  Nothing breaks, spans stay exact, cost grows with length."""

from __future__ import annotations

import html
import json
import random
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from geomap.gazetteer.store import Store
from geomap.model import Kind, Label
from geomap.pipeline import Tools, annotate
from geomap.read.document import document_from_text

STORY = """Flood water from the Oder reached Poland on Tuesday, and two bridges near Wroclaw were closed.

Soldiers from Germany carried sandbags to Frankfurt, while trains between Prague and Vienna stood still. \
The mayor of Ostrava asked Slovakia for pumps.

In Budapest, the government of Hungary met at noon. Officials in Bratislava said the Danube would rise until Friday.
"""
PARAGRAPHS = STORY.strip().split("\n\n")
# The names of the story that no reader could doubt, and their countries.
NAMES = {
    "poland": "PL",
    "wroclaw": "PL",
    "germany": "DE",
    "frankfurt": "DE",
    "prague": "CZ",
    "vienna": "AT",
    "slovakia": "SK",
    "budapest": "HU",
    "hungary": "HU",
    "bratislava": "SK",
}
A_NAME = re.compile("|".join(NAMES), re.IGNORECASE)
ARABIC = "وصلت المياه إلى المدينة مساء الثلاثاء، وقال مسؤول إن الجسور أغلقت حتى يوم الجمعة."
CYRILLIC = "Вода дошла до города во вторник вечером, и мосты закрыли до пятницы."
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAG = "\U0001f1ea\U0001f1fa"


def around_names(before: str, after: str) -> str:
    return A_NAME.sub(lambda match: before + match.group() + after, STORY)


def between(*noise: str) -> str:
    """Return the story with the noises in turn between its paragraphs."""
    return "".join(f"{part}\n\n{noise[i % len(noise)]}\n\n" for i, part in enumerate(PARAGRAPHS))


# Noise beside the names, not in them.
NOISY = {
    "all capitals": STORY.upper(),
    "small letters": STORY.lower(),
    "capital initials": STORY.title(),
    "a line end for every space": STORY.replace(" ", "\n"),
    "a narrow column": re.sub(r"(.{30}\S*) ", r"\1\r\n", STORY),
    "tabs": STORY.replace(" ", "\t"),
    "no space after a full stop": STORY.replace(". ", "."),
    "one endless line": re.sub(r"[.\n]+", ", ", STORY) * 40,
    "a hundred thousand newlines": between("\n" * 100_000),
    "blank lines that are not blank": between("\n \t\u3000" * 10_000),
    "entities for spaces": STORY.replace(" ", "&nbsp;").replace("\n\n", "&#10;&#10;"),
    "escaped markup": html.escape(f"<p class='x'>{around_names('<b>', '</b>')}</p>"),
    "Arabic between": between(ARABIC, ARABIC * 20),
    "Cyrillic between": between(CYRILLIC, CYRILLIC * 20),
    "other scripts in the line": STORY.replace(". ", f". {ARABIC} {CYRILLIC} "),
    "zero width around names": around_names("\u200b\ufeff", "\u200d\u2060"),
    "direction marks around names": around_names("\u2067\u202e", "\u202c\u2069"),
    "NUL for every space": STORY.replace(" ", "\x00"),
    "control characters": STORY.replace(" ", " \x1b[31m\x08\x7f "),
    "half characters": around_names("\ud83c", "\udf0d"),
    "emoji": around_names(FLAG, FAMILY),
    "words misread": STORY.replace("water", "vvater").replace("bridges", "br1dges").replace("Officials", "0fficia1s"),
    "rules of a page": between("_" * 5_000, "=" * 80 + "\n" + "|" * 80, "." * 20_000),
}


def broken(at: int, by: str) -> str:
    """Return the story with something in the middle of every name."""
    return A_NAME.sub(lambda match: match.group()[:at] + by + match.group()[at:], STORY)


# Noise in the names.  What is left of them may be found or not.
DAMAGED = {
    "digits for letters": STORY.translate(str.maketrans("loIOS", "10105")),
    "letters read as two": STORY.replace("m", "rn").replace("w", "vv").replace("d", "cl"),
    "words broken": broken(3, " "),
    "words broken at line ends": broken(3, "-\n"),
    "soft hyphens": broken(3, "\xad"),
    "NUL inside": broken(3, "\x00"),
    "half a character inside": broken(3, "\ud83c"),
    "marks inside": broken(3, "\u0301\u200d"),
    "spaced out": " ".join(STORY),
    "spaces lost": STORY.replace(" ", ""),
    "letters of another script": STORY.replace("a", "а").replace("e", "е"),
}


class Counting:
    """A tagger that counts the words it is given, and how many at once."""

    def __init__(self, tagger: Any) -> None:
        self.tagger = tagger
        self.words = 0
        self.most = 0

    def tag(self, sentences: Any) -> list[list[str]]:
        words = sum(map(len, sentences))
        self.words += words
        self.most = max(self.most, words)
        return self.tagger.tag(sentences)


class Nothing:
    """A tagger that sees no names: what is found, the gazetteer and the rules find."""

    def tag(self, sentences: Any) -> list[list[str]]:
        return [["O"] * len(sentence) for sentence in sentences]


@pytest.fixture(scope="module")
def tools():
    return Tools.load(links=False, tagger="fast")


@pytest.fixture(scope="module")
def towns():
    """Ten thousand different towns, drawn from the gazetteer itself."""
    store = Store.open()
    keys = (key for start in "abcdefghijklmnoprstuvwyz" for key in islice(store.keys(start), 1_500))
    named = (store.lookup(key)[0] for key in keys)
    found = {one.place.name: None for one in named if one.place.kind is Kind.CITY and not one.common_word}
    kept = [name for name in found if name.isascii() and name[0].isupper() and "(" not in name]
    return random.Random(4).sample(kept, 10_000)


def countries(text, tools):
    """Return {name: country} of what is found; every mention stands where it says."""
    annotation = annotate(document_from_text(text, id="a"), tools)
    read = annotation.document.text
    assert len(read) == len(text)
    assert [m for m in annotation.mentions if read[m.start : m.end] != m.text] == []
    return {r.mention.text.lower(): r.place.country if r.place else "" for r in annotation.resolutions}


def calls(work: Callable[[], object]) -> int:
    """Return how many functions a piece of work calls: cost that is the same on every machine."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("text", NOISY.values(), ids=NOISY)
def test_names_between_the_noise_are_found_and_placed(text, tools):
    """What a reader still reads, geomap still finds, in the country where it lay."""
    found = countries(text, tools)

    assert {name: found.get(name) for name in NAMES} == NAMES


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_damaged_names_break_nothing(text, tools):
    """Every span is exact, and a name that can be read is never put into another country."""
    found = countries(text, tools)

    assert {name: found[name] for name in found.keys() & NAMES.keys()}.items() <= NAMES.items()


def test_a_long_text_without_names_says_why(tools):
    """A text that names nothing in capitals may be in another language; the reader is told, whoever is seen in it."""
    text = "the water rose again and the men who had come down from the hills said that it would not stop. " * 6

    annotation = annotate(document_from_text(text, id="a"), tools)

    assert [mention for mention in annotation.mentions if mention.label is Label.PLACE] == []
    assert len(annotation.warnings) == 1


def test_noise_goes_through_the_command_line(run, tmp_path):
    """Every line of JSONL comes back under its id as valid UTF-8, with offsets into the text that was given."""
    texts = NOISY | DAMAGED
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "noise.jsonl").write_text("\n".join(lines), encoding="utf-8")

    done = run("parse", "noise.jsonl", "--no-links", "--tagger", "fast", "-o", "found.jsonl")

    assert done.exit_code == 0
    found = [json.loads(line) for line in (tmp_path / "found.jsonl").read_bytes().decode().splitlines()]
    assert [one["id"] for one in found] == list(texts)
    for one in found:
        given = re.sub("[\ud800-\udfff]", "\ufffd", texts[one["id"]])
        assert all(given[top["start"] : top["end"]] == top["text"] for top in one["toponyms"]), one["id"]


def test_five_megabytes_are_read_to_the_end(tools):
    """The last name is found where it stands, each word is tagged once, and never all of them together."""
    tagger = Counting(Nothing())
    filler = "international organisations coordinating humanitarian preparations acknowledged difficulties. " * 50
    page = f"{filler}They drove to Budapest.\n\n"
    text = page * (5_000_000 // len(page)) + "They came back to Vienna."

    annotation = annotate(document_from_text(text, id="a"), replace(tools, tagger=tagger))

    last = max(annotation.mentions, key=lambda mention: mention.start)
    assert (last.text, last.end) == ("Vienna", len(text) - 1)
    assert sum(mention.text == "Budapest" for mention in annotation.mentions) == text.count("Budapest")
    assert len(text.split()) <= tagger.words < 1.2 * len(text.split())
    assert tagger.most < tagger.words / 20


def test_ten_thousand_towns_are_read(tools, towns):
    """Half of them a line each, half in one endless sentence: every span is whole, and the sentence is understood."""
    lines, sentence = towns[:5_000], towns[5_000:]
    text = "\n".join(lines) + f"\n\nThe road leads through {', '.join(sentence)}."

    annotation = annotate(document_from_text(text, id="a"), tools)

    assert all(text[m.start : m.end] == m.text for m in annotation.mentions)
    found = {mention.text for mention in annotation.mentions if mention.label is Label.PLACE}
    assert len(found & set(sentence)) > 0.6 * len(sentence)


# Not 4, since no two pieces of a text are alike; a cost that grows with the square would be 16.
FOUR_TIMES_MAX = 5
GROWING = {
    "articles": STORY + "\n",
    "an endless line": STORY.replace("\n", " ").replace(".", ","),
    "capitals": STORY.upper() + "\n",
    "small letters": STORY.lower() + "\n",
    "one name": "Budapest ",
    "names and commas": "Paris, Texas, ",
    "a list": "- Budapest\n",
    "a table": "Vienna\t12\t7\n",
    "datelines": "CAIRO (Reuters) - Rain fell.\n",
    "bylines": "By John Smith\n",
    "credits": "Reporting by Ann Lee in Cairo; editing by Bo Li\n",
    "the same paragraph": "Rain fell in Cairo.\n\n",
    "abbreviations": "A. St. U.S. Mr. ",
    "hyphens": "Al-",
    "beginnings of names": "San New United States of the ",
    "one endless word": "Llanfair",
    "marks": "\"'([{<.-",
    "newlines": "\n \n",
    "NULs": "\x00",
    "half characters": "\ud83c",
    "zero width": "\u200b\u200d",
    "other scripts": f"{ARABIC} {CYRILLIC} ",
    "entities": "&nbsp;&#10;&amp;lt;",
}


@pytest.mark.parametrize("unit", GROWING.values(), ids=GROWING)
def test_cost_grows_with_the_length_of_a_text(unit, tools):
    """Four times the text costs four times the work, whatever it is made of."""
    short, long = ((unit * (size // len(unit) + 1))[:size] for size in (1_500, 6_000))
    annotate(document_from_text(long, id="a"), tools)  # what is remembered of words costs once

    once, four_times = (
        calls(lambda text=text: annotate(document_from_text(text, id="a"), tools)) for text in (short, long)
    )

    assert four_times < FOUR_TIMES_MAX * once


def test_cost_grows_with_the_number_of_towns(tools, towns):
    """Four times as many different names, in one document, cost four times the work."""
    annotate(document_from_text(", ".join(towns[:800]), id="a"), tools)

    once, four_times = (
        calls(lambda text=text: annotate(document_from_text(text, id="a"), tools))
        for text in (", ".join(towns[:200]), ", ".join(towns[:800]))
    )

    assert four_times < FOUR_TIMES_MAX * once
