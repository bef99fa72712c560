"""The tagger `best`, told with a toy vocabulary and a stand-in for the transformer."""

import hashlib
import sqlite3
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from random import Random
from string import ascii_lowercase

import numpy as np
import pytest

from geomap.errors import MissingExtra
from geomap.recognise import best
from geomap.recognise.best import LABELS, BestTagger
from geomap.recognise.best_pieces import CLOSE, OPEN, PAD, UNKNOWN, Cutter, Shape, shape_of, windows
from geomap.recognise.best_training.names import Names
from geomap.recognise.best_training.news import news
from geomap.recognise.best_training.sentences import tidied
from geomap.recognise.best_training.variety import varied
from geomap.recognise.tags import TaggedSpan, spans
from geomap.recognise.training_data import Sentence
from geomap.words import words

VOCABULARY = [PAD, UNKNOWN, OPEN, CLOSE, *".,-'", *ascii_lowercase, *(f"##{letter}" for letter in ascii_lowercase)]
VOCABULARY += ["oslo", "ber", "##gen", "in", "the", "and", "rain", "fell", "new", "##foundland"]
ROW = {piece: row for row, piece in enumerate(VOCABULARY)}


class Parrot:
    """In place of the transformer: says LOC of the pieces in `places`, B- of all, and keeps what it was asked."""

    def __init__(self, places=("oslo", "ber", "new")):
        self.places = {ROW[place] for place in places}
        self.asked = []

    def run(self, _, given):
        pieces, shapes = given["pieces"], given["shapes"]
        assert pieces.shape == shapes.shape
        self.asked.append(pieces)
        scores = np.zeros((*pieces.shape, len(LABELS)), dtype=np.float32)
        scores[..., 0] = 1
        scores[np.isin(pieces, list(self.places)), LABELS.index("B-LOC")] = 2
        return [scores]


@pytest.fixture
def parrot():
    return Parrot()


@pytest.fixture
def tagger(parrot):
    return BestTagger(parrot, VOCABULARY)


def cut_up(text):
    return [word.text for word in words(text)]


def pieces_of(word):
    return [VOCABULARY[row] for row in Cutter(ROW).cut([word])[0].rows]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Oslo", ["oslo"]),
        ("Bergen", ["ber", "##gen"]),
        ("Newfoundland", ["new", "##foundland"]),
        ("BÉRGEN", ["ber", "##gen"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("O'Fallon", ["o", "'", "f", "##a", "##l", "##l", "##o", "##n"]),
        ("北京", [UNKNOWN, UNKNOWN]),
        ("\u200d", [UNKNOWN]),
    ],
)
def test_words_become_the_longest_pieces(word, pieces):
    """Capitals and accents fall, marks stand alone, and what the vocabulary lacks is one piece, never none."""
    assert pieces_of(word) == pieces


def test_a_word_without_end_costs_little():
    """A link of ten thousand letters gives no more pieces than a long word."""
    assert len(pieces_of("q" * 10_000)) <= 8


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("rain", Shape.LOWER),
        ("Oslo", Shape.TITLE),
        ("NATO", Shape.UPPER),
        ("A", Shape.CAPITAL),
        ("McKenzie", Shape.MIXED),
        ("iPhone", Shape.MIXED),
        ("U.S.", Shape.INITIALS),
        ("1999", Shape.NUMBER),
        ("A320", Shape.WITH_DIGIT),
        (",", Shape.MARK),
        ("北京", Shape.UNCASED),
        ("", Shape.MARK),
    ],
)
def test_shapes(word, shape):
    """The shape of a word says how it is written."""
    assert shape_of(word) is shape


def test_long_sentences_are_cut_behind_marks_and_no_word_is_lost():
    """Windows follow upon one another, fit, and end behind a comma where they can."""
    line = cut_up("rain and Bergen, Oslo, " * 60)
    pieces = Cutter(ROW).cut(line)
    bounds = windows(pieces, 20)

    assert bounds[0][0] == 0
    assert bounds[-1][1] == len(line)
    assert all(before[1] == after[0] for before, after in pairwise(bounds))
    assert all(sum(len(word.rows) for word in pieces[start:end]) <= 20 for start, end in bounds)
    assert all(line[end - 1] == "," for _, end in bounds)


def test_long_sentences_without_marks():
    """Without a mark the window is filled."""
    pieces = Cutter(ROW).cut(["rain"] * 50)

    assert windows(pieces, 20) == [(0, 20), (20, 40), (40, 50)]
    assert windows([], 20) == []


def test_every_word_gets_a_tag(tagger):
    """Tags stand where their words stand, in short and in long sentences and in empty ones."""
    texts = ["Rain fell in Oslo and Bergen.", "", "In Oslo, in Bergen, rain fell and fell, " * 40, "Oslo"]
    lines = [cut_up(text) for text in texts]
    tags = tagger.tag(lines)

    assert [len(line) for line in lines] == [len(each) for each in tags]
    for line, each in zip(lines, tags, strict=True):
        assert [line[span.start] for span in spans(each)] == [word for word in line if word in {"Oslo", "Bergen"}]


def test_no_sentences(tagger):
    """Nothing gives nothing."""
    assert tagger.tag([]) == []
    assert tagger.tag([[], []]) == [[], []]


@pytest.mark.parametrize("text", ["The rain fell.", "In 1999 rain fell and fell.", "...", ""])
def test_sentences_without_names_are_not_read(tagger, parrot, text):
    """Where only the first word has a capital, and that for its place, nothing is read."""
    tagger.tag([cut_up(text)])

    assert not parrot.asked


@pytest.mark.parametrize("text", ["Oslo fell.", "The rain in Oslo fell.", "rain in oslo", "THE RAIN FELL"])
def test_sentences_that_may_hold_a_name_are_read(tagger, parrot, text):
    """Headlines in small letters are read too."""
    tagger.tag([cut_up(text)])

    assert len(parrot.asked) == 1


def test_inside_follows_begin():
    """An I- never follows a name of another kind, whatever the scores say."""

    class Odd(Parrot):
        def run(self, names, given):
            (scores,) = super().run(names, given)
            scores[..., LABELS.index("I-PER")] = 3
            return [scores]

    (tags,) = BestTagger(Odd(), VOCABULARY).tag([["Oslo", "and", "Bergen"]])

    assert tags[0] != "I-PER"
    for before, after in pairwise(tags):
        assert not after.startswith("I-") or before[2:] == after[2:]


def test_sentences_of_like_length_go_together(tagger, parrot):
    """Short sentences are not filled up to the length of a long one."""
    short, long = cut_up("Rain fell in Oslo."), cut_up("Rain fell in Oslo and " * 20)
    tagger.tag([short, long] * 40)

    assert len(parrot.asked) > 1
    assert parrot.asked[0].shape[1] < parrot.asked[-1].shape[1]


def test_answers_do_not_depend_on_company(tagger):
    """One by one, all at once, in another order: the same tags."""
    lines = [cut_up(text) for text in ("Rain fell on Oslo.", "Bergen and Oslo", "The rain fell.", "IN NEWFOUNDLAND")]
    together = tagger.tag(lines)

    assert [tagger.tag([line])[0] for line in lines] == together
    assert tagger.tag(lines[::-1]) == together[::-1]


def test_forgetting_changes_nothing(tagger, monkeypatch):
    """A tagger that may remember only few words answers as one that remembers all."""
    lines = [cut_up(f"Rain in Oslo and {name} fell.") for name in ("Peru", "Chad", "Fiji", "Mali")]
    expected = tagger.tag(lines)
    monkeypatch.setattr("geomap.recognise.best_pieces.WORDS_MAX", 3)

    assert [tagger.tag([line])[0] for line in lines] == expected


def test_without_onnx_runtime(monkeypatch, tmp_path):
    """A missing library is named with the extra that brings it."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    with pytest.raises(MissingExtra, match=r"\[best\]"):
        BestTagger.load(tmp_path)


# --- training -------------------------------------------------------------------------------

DEMONYMS = frozenset({("french",), ("lagosian",), ("south", "african")})


def marked(text):
    """Return the sentence of a text in which names are marked: "[ORG Lagos police] said"."""
    made, tags = [], []
    for number, part in enumerate(text.replace("]", "[").split("[")):
        label, inside = part.split(" ", 1) if number % 2 else ("", part)
        cut = cut_up(inside)
        made += cut
        tags += [f"B-{label}"] + [f"I-{label}"] * (len(cut) - 1) if label else ["O"] * len(cut)
    return Sentence(tuple(made), tuple(tags))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("in [LOC the United States] now", "in the [LOC United States] now"),
        ("in [LOC northern Mali]", "in northern [LOC Mali]"),
        ("[ORG Lagos police] said", "[LOC Lagos] police said"),
        ("[ORG French government]", "[NORP French] government"),
        ("[LOC French] troops", "[NORP French] troops"),
        ("a [LOC South African] town", "a [NORP South African] town"),
        ("[ORG Chile] said no", "[LOC Chile] said no"),
        ("[ORG Lagos State Police]", "[ORG Lagos State Police]"),
        ("[ORG Greenpeace activists]", "[ORG Greenpeace activists]"),
        ("[PER Mali] sang", "[PER Mali] sang"),
    ],
)
def test_sources_are_brought_to_one_reading(before, after):
    """Articles and common words are no part of a name, peoples are peoples, and a state is a place."""
    assert tidied(marked(before), DEMONYMS, strict=False) == marked(after)


def test_countries_left_out():
    """In a source of edited text a country in the name of an event is a place; in tweets nobody knows."""
    sentence = marked("the invasion of Chad began")

    assert tidied(sentence, DEMONYMS, strict=True) == marked("the invasion of [LOC Chad] began")
    assert tidied(sentence, DEMONYMS, strict=False) == sentence


GIVEN = ["Anna", "Hanna", "Maria", "Marian", "Ivan", "Johan"]
FAMILIES = ["Petersen", "Petrov", "Anderson", "Sanders", "Andersen", "Haddad"]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    index = tmp_path_factory.mktemp("index") / "places.sqlite"
    with sqlite3.connect(index) as connection:
        connection.execute("CREATE TABLE place (id INTEGER, name TEXT, kind INTEGER, country TEXT, population INTEGER)")
        rows = [
            (1, "Qorvash", 6, "XA", 50_000),
            (2, "Deir Aram", 6, "XA", 9_000),
            (3, "Hamlet", 6, "XA", 10),
            (4, "Norland", 2, "US", 0),
            (5, "Ruritania", 1, "XR", 1_000_000),
        ]
        connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?)", rows)
    connection.close()
    people = [f"{given} {family}" for given, family in zip(GIVEN, FAMILIES, strict=True)]
    told = [marked(f"[PER {person}] of [ORG Red Cross] said") for person in people]
    return Names(index, [*told, marked("rain in [LOC Oslo]")], DEMONYMS)


def test_names_come_from_the_index(names):
    """Towns above a size, divisions and countries; a hamlet is named nowhere."""
    random = Random(1)

    assert {names.place(random) for _ in range(200)} == {("Qorvash",), ("Deir", "Aram"), ("Norland",)}
    assert ("Ruritania",) in {names.country(random) for _ in range(50)}


def test_persons_get_names_nobody_bears(names):
    """Known names, invented ones, and such as towns have."""
    random = Random(1)
    families = {names.person(random, 1)[0] for _ in range(300)}

    assert {"Haddad", "Qorvash"} <= families
    assert families - {*FAMILIES, "Qorvash", "Norland"}


def test_names_are_exchanged_and_nothing_else(names):
    """In small letters or in capitals, in other names' places: what is no name stays, and kinds keep their order."""
    random = Random(2)
    sentence = marked("yesterday [PER Omar Haddad] left [LOC Oslo] for [LOC Bergen] with twelve others")
    seen = [varied(sentence, names, random) for _ in range(300)]

    for made in seen:
        assert len(made.words) == len(made.tags)
        kinds = [span.label for span in spans(made.tags)]
        assert [kind for kind in kinds if kind == "PER"] == ["PER"]
        plain = [word.lower() for word, tag in zip(*made, strict=True) if tag == "O"]
        assert plain[-3:] == ["with", "twelve", "others"]
    assert any("Qorvash" in made.words for made in seen)
    assert any(made.words[0] == "YESTERDAY" for made in seen)


def test_made_up_news(names):
    """Every sentence of the file can be filled, and its names carry their kinds."""
    random = Random(3)
    made = [news(names, random) for _ in range(1500)]

    assert {span.label for sentence in made for span in spans(sentence.tags)} == {"LOC", "ORG", "PER", "NORP"}
    assert not any(character in word for sentence in made for word in sentence.words for character in "{}[]")
    mayors = [sentence for sentence in made if "Mayor" in sentence.words and sentence.words[0] == "Qorvash"]
    assert mayors
    assert all(spans(sentence.tags)[0] == TaggedSpan(0, 1, "LOC") for sentence in mayors)


def test_the_tagger_that_comes_with_geomap_finds_names():
    """The weights in the wheel are those that were made, and they work: a person, a place, a people, a body."""
    lines = "Omar Haddad left Nairobi on Monday .", "the Kenyan army", "It rained ."
    tagger = BestTagger.load()

    tagged = tagger.tag([line.split() for line in lines])

    assert [[span.label for span in spans(line)] for line in tagged] == [["PER", "LOC"], ["NORP"], []]


def test_the_weights_are_those_that_were_made():
    """Their checksums stand beside them, with the licence and the sources."""
    folder = Path(best.__file__).parent / "data"
    record = tomllib.loads((folder / "best.toml").read_text(encoding="utf-8"))

    found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in record["sha256"]}
    assert found == record["sha256"]
    assert record["licence"] == "CC BY-SA 4.0"
