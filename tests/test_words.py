"""Words, keys and sentences: where everything starts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.words import SENTENCE_MAX_CHARS, Line, Word, fold, is_acronym, name_key, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran-backed", ["Iran", "-", "backed"]),
        ("Iraq’s war", ["Iraq", "’s", "war"]),
        ("IRAN'S WAR", ["IRAN", "'S", "WAR"]),
        ("Sana'a fell", ["Sana'a", "fell"]),
        ("the U.S. said", ["the", "U.S.", "said"]),
        ("St. Louis", ["St", ".", "Louis"]),
        ("दिल्ली में", ["दिल्ली", "में"]),
        ("Sa\u0303o Paulo", ["Sa\u0303o", "Paulo"]),
        ("", []),
    ],
)
def test_words_are_cut_as_names_need_them(text, expected):
    """Hyphens and possessives stand alone, apostrophes and marks inside a word do not."""
    assert [word.text for word in words(text)] == expected


@pytest.mark.parametrize("text", ["Deir ez-Zor fell.", "a\u0301\u2028b", "x" * 1000, "\x00 \ud800 ok"])
def test_every_word_is_where_it_says(text):
    """Offsets point into the text as given."""
    assert all(text[word.start : word.end] == word.text for word in words(text))


@given(st.text(st.sampled_from("aB.'\u2019-s \n1_\u0301\u0926\u093f\u05d0"), max_size=30), st.integers(0, 5))
def test_a_line_is_its_words_side_by_side(text, start):
    """Whoever reads only texts and offsets reads what the words say; nothing but white space is left out."""
    start = min(start, len(text))
    line = Line.cut(text, start)

    assert list(line) == line[:] == words(text, start) == [line[i] for i in range(len(line))]
    assert line[:] == [Word(w.start + start, w.end + start, w.text) for w in words(text[start:])]
    assert all(text[word.start : word.end] == word.text for word in line)
    assert "".join(line.texts) == "".join(text[start:].split())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("U.S.", "US"),
        ("us", "us"),
        ("Us", "us"),
        ("Tehrān", "tehran"),
        ("Deir ez-Zor", "deir ez zor"),
        ("St. Louis", "st louis"),
        ("Xi’an", "xian"),
        ("Washington, D.C.", "washington , dc"),
        ("Łódź", "lodz"),
        ("Côte d'Ivoire", "cote divoire"),
    ],
)
def test_one_folding_for_index_and_text(name, key):
    """Spellings that a reader takes for the same name have the same key; US and us have not."""
    assert name_key(name) == key


def test_folding_what_is_folded_changes_nothing():
    """Keys are stable: a key is its own key."""
    assert all(fold(fold(word)) == fold(word) for word in ("Tehrān", "İzmir", "Ñuñoa", "Straße"))


def test_a_long_word_in_capitals_is_no_acronym():
    """BAGHDAD is shouted, UAE is an acronym."""
    assert [is_acronym(word) for word in ("BAGHDAD", "UAE", "U.S.", "Us", "A")] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He met Mr. Smith. They spoke.", 2),
        ("The U.S. President spoke. It rained.", 2),
        ("It happened in the U.S. The army left.", 2),
        ("From Paris, Tex. to Nov. 5 nothing moved.", 1),
        ("One paragraph\n\nAnother one", 2),
        ("“We left.” They stayed!", 2),
        ("   ", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, count):
    """A full stop behind an abbreviation ends a sentence only before a word that opens one."""
    spans = list(sentences(text))

    assert len(spans) == count
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


def test_a_list_without_full_stops_is_cut():
    """Ten thousand towns in a row are no sentence; every piece is of bounded length and none is lost."""
    text = ", ".join(["Springfield"] * 10_000)
    spans = list(sentences(text))

    assert max(end - start for start, end in spans) <= SENTENCE_MAX_CHARS
    assert sum(text[start:end].count("Springfield") for start, end in spans) == 10_000
