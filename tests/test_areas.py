"""Which phrases derive an area from a place, and which do not: what is read, not where it lies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.areas import describe
from geomap.areas.lexicon import word_list
from geomap.areas.rules import RULES
from geomap.model import AreaRelation
from tests.areas_world import PLACES, area_of, resolved

R = AreaRelation


@pytest.mark.parametrize(
    ("article", "relation", "phrase"),
    [
        ("They met 40 km north of [Mosul].", R.DISTANCE, "40 km north of Mosul"),
        ("They met 40km north of [Mosul].", R.DISTANCE, "40km north of Mosul"),
        ("A camp about 15 miles south-west of [Mosul].", R.DISTANCE, "about 15 miles south-west of Mosul"),
        ("Now 60 kilometers (37 miles) north of [Mosul].", R.DISTANCE, "60 kilometers (37 miles) north of Mosul"),
        ("A camp 5 kilometers, or 3 miles, east of [Mosul].", R.DISTANCE, "5 kilometers, or 3 miles, east of Mosul"),
        ("Some twenty-five miles to the east of [Mosul].", R.DISTANCE, "Some twenty-five miles to the east of Mosul"),
        ("Between 10 and 15 km south of [Mosul].", R.DISTANCE, "Between 10 and 15 km south of Mosul"),
        (
            "Half a mile west of the besieged northern [Iraqi:demonym] city of [Mosul].",
            R.DISTANCE,
            "Half a mile west of the besieged northern Iraqi city of Mosul",
        ),
        ("A bomb three miles outside [Mosul].", R.NEAR, "three miles outside Mosul"),
        ("All within 10 km of [Mosul].", R.NEAR, "within 10 km of Mosul"),
        ("A few miles from [Mosul].", R.NEAR, "A few miles from Mosul"),
        ("A village near [Mosul].", R.NEAR, "near Mosul"),
        ("A village close to the city of [Mosul].", R.NEAR, "close to the city of Mosul"),
        ("In the vicinity of [Mosul].", R.NEAR, "In the vicinity of Mosul"),
        ("A base just outside [Mosul].", R.NEAR, "just outside Mosul"),
        ("A base outside of [Mosul].", R.NEAR, "outside of Mosul"),
        ("Three miles outside of [Mosul].", R.NEAR, "Three miles outside of Mosul"),
        ("A base just north of [Mosul].", R.DIRECTION, "just north of Mosul"),
        ("A base to the south of [Mosul].", R.DIRECTION, "to the south of Mosul"),
        ("All land west of the [Euphrates].", R.DIRECTION, "west of the Euphrates"),
        ("On the southern outskirts of [Mosul].", R.OUTSKIRTS, "southern outskirts of Mosul"),
        ("In [Mosul]'s eastern suburbs.", R.OUTSKIRTS, "Mosul's eastern suburbs"),
        ("In the [Mosul] southern suburbs.", R.OUTSKIRTS, "Mosul southern suburbs"),
        ("In suburban [Mosul].", R.OUTSKIRTS, "suburban Mosul"),
        ("Somewhere between [Mosul] and [Erbil].", R.BETWEEN, "between Mosul and Erbil"),
        ("A bomb on the road from [Mosul] to [Erbil].", R.BETWEEN, "road from Mosul to Erbil"),
        ("On the [Mosul]-[Erbil] highway.", R.BETWEEN, "Mosul-Erbil highway"),
        ("A highway linking [Mosul] with [Erbil].", R.BETWEEN, "highway linking Mosul with Erbil"),
        ("Along the [Mali]-[Niger] border.", R.BORDER, "Mali-Niger border"),
        ("At the border between [Mali] and [Niger].", R.BORDER, "border between Mali and Niger"),
        ("On the [Mali] eastern border with [Niger].", R.BORDER, "Mali eastern border with Niger"),
        ("On [Mali]\u2019s long border with [Niger].", R.BORDER, "Mali\u2019s long border with Niger"),
        ("Pirates off the coast of [Somalia].", R.OFFSHORE, "off the coast of Somalia"),
        ("Pirates off [Somalia]'s northern coast.", R.OFFSHORE, "off Somalia's northern coast"),
        ("A tanker was hit off [Tyre].", R.OFFSHORE, "off Tyre"),
        ("She waited off [Tyre].", R.OFFSHORE, "off Tyre"),
        ("30 nautical miles off [Tyre].", R.OFFSHORE, "30 nautical miles off Tyre"),
        ("Villages in southern [Lebanon].", R.PART, "southern Lebanon"),
        ("Villages in the south of [Lebanon].", R.PART, "south of Lebanon"),
        ("The western part of [Libya].", R.PART, "western part of Libya"),
        ("In [Libya]'s eastern regions.", R.PART, "Libya's eastern regions"),
        ("Along [Libya]'s western coastline.", R.PART, "Libya's western coastline"),
        ("He holds [Libya]'s east.", R.PART, "Libya's east"),
        ("In [Texas]'s far north, it snowed.", R.PART, "Texas's far north"),
        ("In the far south of [Libya].", R.PART, "far south of Libya"),
        ("In the rebel-held east of [Libya].", R.PART, "rebel-held east of Libya"),
        ("In north-western [Libya].", R.PART, "north-western Libya"),
        ("In north central [Texas].", R.PART, "north central Texas"),
        ("In central [Mosul].", R.PART, "central Mosul"),
        ("In the heart of [Mosul].", R.PART, "heart of Mosul"),
        ("Snow in southern and eastern [Lebanon].", R.PART, "southern and eastern Lebanon"),
    ],
)  # fmt: skip
def test_a_phrase_is_read_whole(article, relation, phrase):
    """The relation is told, and the span is that of the whole phrase with the name in it."""
    area = area_of(article)

    assert area is not None
    assert (area.relation, area.text) == (relation, phrase)


@pytest.mark.parametrize(
    ("words", "article", "relation"),
    [
        ("rims", "On the {} of [Mosul].", R.OUTSKIRTS),
        ("rims", "On [Mosul]'s {}.", R.OUTSKIRTS),
        ("rims", "On [Mosul]'s north-eastern {}.", R.OUTSKIRTS),
        ("rims", "On the [Mosul] {}.", R.OUTSKIRTS),
        ("borders", "The [Mali]-[Niger] {}.", R.BORDER),
        ("borders", "The {} between [Mali] and [Niger].", R.BORDER),
        ("borders", "[Mali]'s {} with [Niger].", R.BORDER),
        ("borders", "[Mali]'s long south-eastern {} with [Niger].", R.BORDER),
        ("borders", "The [Mali] {} with the [Niger].", R.BORDER),
        ("coasts", "Pirates off the {} of [Somalia].", R.OFFSHORE),
        ("coasts", "Pirates off [Somalia]'s {}.", R.OFFSHORE),
        ("coasts", "Pirates off the [Somalia] {}.", R.OFFSHORE),
        ("depths", "In [Libya]'s {} east.", R.PART),
        ("depths", "In the {} east of [Libya].", R.PART),
        ("depth_endings", "In [Libya]'s word-{} east.", R.PART),
        ("depth_endings", "In [Libya]\u2019s word\u2011{} eastern regions.", R.PART),
        ("depth_endings", "In the word-{} east of [Libya].", R.PART),
        ("parts", "In [Libya]'s north-eastern {}.", R.PART),
        ("ranges", "Within 10 km {} of [Mosul].", R.NEAR),
        ("linking", "A road {} [Mosul] with [Erbil].", R.BETWEEN),
    ],
)  # fmt: skip
def test_every_word_of_a_list_is_read_where_it_may_stand(words, article, relation):
    """The words are kept in one place: none of them is known to a rule and overlooked before it is asked."""
    for word in sorted(word_list(words)):
        area = area_of(article.format(word))

        assert area is not None, word
        assert (area.relation, word in area.text) == (relation, True)


@pytest.mark.parametrize(
    "article",
    [
        pytest.param("North of 40 people met in [Mosul].", id="an amount of people"),
        pytest.param("Two hours north of [Mosul].", id="time is no distance"),
        pytest.param(f"1{'0' * 400} km north of [Mosul].", id="a number beyond numbers"),
        pytest.param("He walked \u00b2 km north of [Mosul].", id="a raised number"),
        pytest.param("km north of [Mosul].", id="no number"),
        pytest.param("Near the end, [Mosul] fell.", id="near in time"),
        pytest.param("Between Monday and [Mosul] he slept.", id="a day is no place"),
        pytest.param("Rain in [North Carolina].", id="a direction inside a name"),
        pytest.param("It is 9,000 km from [Beijing].", id="a ring round half the world"),
        pytest.param("It is 5,000 km west of [Beijing].", id="a direction of speech"),
        pytest.param("It is 500 km outside [Beijing].", id="a ring, though outside is near"),
        pytest.param("He lives outside [Lebanon].", id="outside a country is anywhere"),
        pytest.param("Ships near the [Red Sea].", id="near something large"),
        pytest.param("A match between [Mosul] and [Erbil].", id="two teams"),
        pytest.param("The talks between [Mali] and [Niger].", id="two governments"),
        pytest.param("Flights between [Mosul] and [Erbil].", id="a flight is in neither"),
        pytest.param("[Mali] closed its border with [Niger].", id="a border of another sentence part"),
        pytest.param("[Mali] closed border with [Niger].", id="a verb between"),
        pytest.param("He flew from [Mosul] to [Erbil].", id="no road"),
        pytest.param("Troops sealed off [Mosul].", id="off is part of the verb"),
        pytest.param("He set off for the city. They cut off [Mosul].", id="off is part of another verb"),
        pytest.param("In the southern city of [Mosul].", id="south of something else"),
        pytest.param("The [Mosul] suburb of [Nowhere].", id="the suburb is named"),
        pytest.param("He headed north. [Mosul] fell.", id="another sentence"),
        pytest.param("He headed north\n\n[Mosul] fell.", id="another paragraph"),
        pytest.param("She said \u201cgo north\u201d [Mosul].", id="another voice"),
        pytest.param("North of [Washington:metonym], said", id="a government"),
        pytest.param("Southern [Lebanese:demonym] towns.", id="a people"),
        pytest.param("The Central Bank of [Mali].", id="a house"),
        pytest.param("[Libya]'s east-based parliament.", id="a compound"),
        pytest.param("Near [Atlantis].", id="a name without a place"),
        pytest.param("It is off the [Red Sea].", id="no coast of a sea"),
        pytest.param("Pirates off the coast of [Mali].", id="no coast at all"),
        pytest.param("At the border between [Mali] and [Lebanon].", id="no border"),
    ],
)
def test_other_words_make_no_area(article):
    """What is no place, too large, too far, or spoken of otherwise derives nothing."""
    assert area_of(article) is None


def test_another_name_ends_the_view():
    """Words that belong to a person or to another place are never read for this one."""
    assert area_of("40 km north of [Jane Doe:person] [Mosul]") is None
    assert area_of("Near [Erbil], [Mosul] fell.").place_ids == (PLACES["Erbil"].id,)


def test_an_area_of_two_places_stands_with_both():
    """Whichever of the two is asked for, the same area is found."""
    _, _, (first, second) = resolved("Somewhere between [Mosul] and [Erbil].")

    assert first.area == second.area
    assert first.area.place_ids == (PLACES["Mosul"].id, PLACES["Erbil"].id)


def test_the_place_itself_stays_as_it_is():
    """Mention, place, candidates, confidence and reason are those of the resolution before."""
    _, (mention,), (found,) = resolved("They met 40 km north of [Mosul].")
    before = ("test", 0.9, PLACES["Mosul"])

    assert found.mention is mention
    assert (found.why, found.confidence, found.place) == before


def test_what_has_no_place_has_no_radius():
    """Nothing is known of how far an unknown name reaches."""
    _, _, (unknown,) = resolved("Near [Atlantis].")

    assert (unknown.precision, unknown.radius_km, unknown.area) == (None, None, None)


def test_an_area_is_told_in_plain_words():
    """The words of the text, where, and how exact; white space as a reader expects it."""
    sentence = describe(area_of("They met 40 km north of\n  [Mosul]."))

    assert sentence == "40 km north of Mosul, around 36.69, 43.12, give or take 24 km"


def test_a_long_list_has_an_area_for_each_of_its_names():
    """In a list of thousands of towns every name is read by its own few words."""
    _, _, resolutions = resolved("near [Mosul], in [Erbil], " * 3_000)

    assert [bool(r.area) for r in resolutions] == [True, False] * 3_000


def test_every_rule_says_what_it_reads():
    """The list of rules is the documentation: each has a line with an example."""
    assert all('"' in rule.__doc__.splitlines()[0] for rule in RULES)


LEADS = (
    "40 km north of {}", "about 1,200 miles (2,000 km) east-southeast of the city of {}", "three miles outside {}",
    "near {}", "just west of {}", "to the north of the {}", "on the outskirts of {}", "the southern suburbs of {}",
    "northern {}", "south-western {}", "central {}", "eastern and southern {}", "the heart of {}",
    "{}'s eastern regions", "{}'s war-torn north", "{}'s southern fringes", "the {} periphery", "off the coast of {}",
    "off the southern coast of {}", "200 km off {}", "{}'s west coast",
)  # fmt: skip
PAIRS = (
    "between {} and {}", "the {}-{} border", "the border between {} and {}", "{}'s border with {}",
    "{} frontier with {}", "the road from {} to {}", "a highway linking {} and {}",
)  # fmt: skip
NAMES = st.sampled_from(sorted(PLACES)).map("[{}]".format)
PHRASES = st.one_of(
    st.builds(str.format, st.sampled_from(LEADS), NAMES), st.builds(str.format, st.sampled_from(PAIRS), NAMES, NAMES)
)


@given(st.lists(PHRASES, max_size=8).map(" then ".join))
def test_the_glance_overlooks_nothing(article):
    """What a name's nearest words rule out at a glance, no rule would read either."""
    told = [resolution.area for resolution in resolved(article)[2]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geomap.areas.deriving.worth_reading", lambda *_: True)
        assert told == [resolution.area for resolution in resolved(article)[2]]


@given(st.lists(PHRASES, max_size=8).map(" then ".join))
def test_every_area_lies_on_earth_and_in_its_words(article):
    """Whatever is combined: spans are exact, points are on the globe, radii are finite, boxes hold together."""
    text, mentions, resolutions = resolved(article)

    assert [r.mention for r in resolutions] == mentions
    for resolution in resolutions:
        area, mention = resolution.area, resolution.mention
        assert 0 < resolution.radius_km < 20_016
        assert resolution.precision in {1, 2, 3}
        if area is None:
            continue
        assert area.text == text[area.start : area.end]
        assert area.start <= mention.start < mention.end <= area.end
        assert -90 <= area.lat <= 90
        assert -180 <= area.lon < 180
        assert 0 < area.radius_km < 20_016
        if area.bbox is not None:
            assert -90 <= area.bbox.south <= area.bbox.north <= 90
            assert all(-180 <= lon <= 180 for lon in (area.bbox.west, area.bbox.east))
