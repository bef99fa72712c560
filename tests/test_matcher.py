"""The walk over the gazetteer's names: quick, and the same as trying every stretch of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.recognise.matcher import MAX_WORDS, matches_at, name_starts
from geomap.words import Line, name_key
from tests.articles import SMALL_WORLD

WORDS = ("White", "House", "United", "States", "of", "Texas", "Paris", "paris", "Reading", "now")


@given(st.lists(st.sampled_from(WORDS), max_size=9))
def test_every_known_name_at_a_capital_is_found(words):
    """Whatever words stand around it; a name needs its capitals."""
    line = Line.cut(" ".join(words))
    obvious = {
        (i, end)
        for i in range(len(words))
        for end in range(i + 1, min(len(words), i + MAX_WORDS) + 1)
        if name_key(" ".join(words[i:end])) in SMALL_WORLD.names and all(word[0].isupper() for word in words[i:end])
    }

    assert {(m.start, m.end) for i in name_starts(line) for m in matches_at(line, i, SMALL_WORLD)} == obvious


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("White House", ["white house"]),
        ("White-House", ["white house"]),
        ("White\n  House", ["white house"]),
        ("White - House", []),
        ("White, House", []),
        ("White\n\n" + " " * 40 + "House", []),
        ("White (House", []),
    ],
)
def test_a_name_goes_on_over_a_hyphen_or_a_line_break(text, found):
    """But not over a dash, a comma that the name has not, or an empty line."""
    assert [match.key for match in matches_at(Line.cut(text), 0, SMALL_WORLD)] == found
