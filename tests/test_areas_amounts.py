"""Which distances are read before a place name, and which numbers are too odd to draw anything from."""

from __future__ import annotations

import pytest

from geomap.areas.amounts import distance_before
from geomap.areas.scene import Scene, tokens_of
from tests.areas_world import PLACES, area_of

MILE = 1.609344


def amount(said):
    """Return the distance with which a phrase ends, and its words."""
    found = distance_before(scene := Scene(PLACES["Mosul"], 0, 0, tokens_of(said, 0, len(said), back=True), ()), 0)
    return found and (found.km, said[scene.from_word(found.first) :])


@pytest.mark.parametrize(
    ("said", "km"),
    [
        ("40 km", 40),
        ("40km", 40),
        ("40-kilometre", 40),
        ("7.5 km", 7.5),
        ("1,200 km", 1_200),
        ("1 500 km", 1_500),
        ("1'200 km", 1_200),
        ("1\u2019200 km", 1_200),
        ("1/2 mile", MILE / 2),
        ("3 1/2 miles", 3.5 * MILE),
        ("3-1/2 miles", 3.5 * MILE),
        ("2\u00bd miles", 2.5 * MILE),
        ("half a mile", MILE / 2),
        ("a half-mile", MILE / 2),
        ("a mile and a half", 1.5 * MILE),
        ("two and a half miles", 2.5 * MILE),
        ("two-and-a-half miles", 2.5 * MILE),
        ("a quarter of a mile", MILE / 4),
        ("three-quarters of a mile", 0.75 * MILE),
        ("a mile", MILE),
        ("five-mile", 5 * MILE),
        ("twenty-five km", 25),
        ("a dozen km", 12),
        ("half a dozen km", 6),
        ("two dozen km", 24),
        ("a hundred km", 100),
        ("a hundred and fifty km", 150),
        ("one hundred twenty-five km", 125),
        ("two hundred and ten km", 210),
        ("one thousand two hundred km", 1_200),
        ("3 hundred km", 300),
        ("several hundred km", 600),
        ("a couple of hundred km", 200),
        ("a couple of miles", 2 * MILE),
        ("dozens of km", 40),
        ("10 to 15 km", 12.5),
        ("10-15 km", 12.5),
        ("10 km to 15 km", 12.5),
        ("between ten and fifteen km", 12.5),
        ("between a quarter and half a mile", 0.375 * MILE),
        ("two or three hundred km", 250),
        ("about 40 km", 40),
        ("40 km or so", 40),
        ("500 m", 0.5),
        ("1,000 feet", 0.3048),
        ("two leagues", 9.656),
    ],
)  # fmt: skip
def test_a_distance_is_read_whole(said, km):
    """The number is that of all its words, and the phrase holds all of them."""
    found = amount(f"He stood {said}")

    assert found is not None
    assert found == (pytest.approx(km, rel=1e-4), said)


ODD = (
    "12:30 km",
    "5/6 km", "3/2 miles", "1/0 km", "1,5 km", "1,50,000 km", "1.500 km", "1_000 km", "40'000 km", "40\u2019000 km",
    "1e99 km", "1e400 km", "0x10 km", "$50 km", "\u20ac50 km", "-5 km", "\u22125 km", "minus five km", "2 40 km",
    "two five km", "seven point five km", "ten-fifteen km", "20-15 km", "many hundred km", "9,000 km", "1234567890 km",
    "hundreds of thousands of km", "0 km", "0.01 km", "40 m", "90 metres", "200 feet", "40 light years",
    "40 light-years", "forty parsecs", "three blocks", "40 degrees",
)  # fmt: skip


@pytest.mark.parametrize("said", ODD)
@pytest.mark.parametrize("way", ["north of [Mosul]", "from [Mosul]", "off the coast of [Somalia]"])
def test_a_number_that_cannot_be_drawn_draws_nothing(said, way):
    """An odd number, or a unit that no map takes, makes no area: neither a part of it nor the words without it."""
    assert area_of(f"He stood {said} {way}.") is None


@pytest.mark.parametrize("before", ["On May 5, ", "In 2014: ", "The camp (", "The camp\u2014", "In 2014 and "])
def test_another_number_before_it_is_not_its_own(before):
    """Dates, brackets and dashes before a distance leave it as it is."""
    assert amount(f"{before}40 km") == (40, "40 km")


def test_a_count_of_people_is_no_distance():
    """The side of the place stands where what is counted is no measure."""
    assert area_of("Shells killed 40 people north of [Mosul].").text == "north of Mosul"
