"""Suggestions for a name that nobody knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.store import Store
from geomap.gazetteer.suggest import MAX_COMPARED, suggest
from tests.articles import SMALL_WORLD


@pytest.fixture(scope="module")
def store():
    return Store.open()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Mosull", "Mosul"),
        ("Bagdhad", "Baghdad"),
        ("Damscus", "Damascus"),
        ("San Fransisco", "San Francisco"),
        ("Jerusalm", "Jerusalem"),
        ("Philadelfia", "Philadelphia"),
        ("Londn", "London"),
        ("New Yrok", "New York City"),
        ("Khan Yonis", "Khan Younis"),
        ("Aleppoo", "Aleppo"),
        ("Kharkof", "Kharkiv"),
        ("Bgahdad", "Baghdad"),
        ("Jreusalem", "Jerusalem"),
    ],
)
def test_the_name_that_was_meant_comes_first(typed, meant, store):
    """A slip of the finger or of the ear still finds the place."""
    first, *_ = suggest(typed, store)

    assert first.place.name == meant
    assert 0 < first.score < 1


def test_a_name_is_suggested_once(store):
    """City, district and province of one name are one suggestion."""
    names = [found.place.name for found in suggest("Bagdhad", store, limit=10)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("typed", ["", "?", "Xq", "Xzqwvbn"])
def test_what_is_like_nothing_gets_no_suggestion(typed, store):
    """No suggestion is better than a far-fetched one."""
    assert suggest(typed, store) == []


def test_no_more_than_asked_for(store):
    """The limit holds, and the likest come first."""
    found = suggest("Mosol", store, limit=3)

    assert len(found) <= 3
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_peoples_and_abbreviations_are_not_suggested():
    """A place is suggested by what it is called."""
    assert {found.key for found in suggest("Frenchs", SMALL_WORLD)} == set()


def test_a_huge_gazetteer_is_read_in_part():
    """However many names begin alike, only so many are compared."""
    read = 0

    class Huge(type(SMALL_WORLD)):
        def keys(self, start=""):
            nonlocal read
            for number in range(10 * MAX_COMPARED):
                read += 1
                yield f"{start}{number:09}"

    assert suggest("Mosul", Huge({})) == []
    assert read <= 2 * (MAX_COMPARED + 1)


@given(st.text(max_size=12))
def test_any_text_is_answered(text):
    """No text is too strange to ask about."""
    assert all(found.score <= 1 for found in suggest(text, SMALL_WORLD))
