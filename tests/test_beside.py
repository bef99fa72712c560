"""Which region the words beside a name put it in, told as articles with brackets round the mentions."""

from __future__ import annotations

import re

import pytest

from geomap.model import Kind, Label, Mention, NamedPlace, NameKind, Place, Role
from geomap.resolve.grouping import grouped
from geomap.resolve.options import options
from geomap.resolve.resolver import decide, scored
from geomap.words import name_key
from tests.articles import SmallWorld


def entry(number, name, kind, country, *, lat=0.0, lon=0.0, people=0, admin1_id="", name_kind=NameKind.NAME):
    place = Place(f"geonames:{number}", name, kind, lat, lon, country, admin1_id=admin1_id, population=people)
    return NamedPlace(place, name_kind, common_word=False)


INDIA = entry(1, "India", Kind.COUNTRY, "IN", lat=22, lon=79, people=10**9)
PAKISTAN = entry(2, "Pakistan", Kind.COUNTRY, "PK", lat=30, lon=70, people=2 * 10**8)
IN_INDIA = entry(3, "Hyderabad", Kind.CITY, "IN", lat=17.4, lon=78.5, people=7_000_000)
IN_PAKISTAN = entry(4, "Hyderabad", Kind.CITY, "PK", lat=25.4, lon=68.4, people=1_900_000)
RUSSIAN = entry(5, "Russia", Kind.COUNTRY, "RU", lat=60, lon=90, people=10**8, name_kind=NameKind.DEMONYM)
PAKISTANI = PAKISTAN._replace(name_kind=NameKind.DEMONYM)
FULDA = entry(6, "Fulda", Kind.CITY, "GB", lat=51.9, lon=0.9, people=130_000)
VICTORIA = entry(7, "Victoria", Kind.CITY, "CA", lat=48.4, lon=-123.4, people=300_000)
VILLAGE = entry(8, "Victoria", Kind.CITY, "RU", lat=55.0, lon=37.0, people=500)

WORLD = SmallWorld(
    {
        "india": (INDIA,),
        "pakistan": (PAKISTAN,),
        "hyderabad": (IN_INDIA, IN_PAKISTAN),
        "pakistani": (PAKISTANI,),
        "russian": (RUSSIAN,),
        "russia": (RUSSIAN._replace(name_kind=NameKind.NAME),),
        "fulda": (FULDA,),
        "victoria": (VICTORIA, VILLAGE),
    }
)


def resolved(marked):
    text = marked.replace("[", "").replace("]", "")
    mentions = []
    for n, match in enumerate(re.finditer(r"\[(.+?)\]", marked)):
        name = match.group(1)
        role = Role.DEMONYM if name in {"Pakistani", "Russian"} else Role.LITERAL
        start = match.start() - 2 * n
        mentions.append(Mention(start, start + len(name), name, Label.PLACE, role, "given"))
    groups = grouped(mentions, WORLD, text)
    return decide(mentions, groups, scored(groups))


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("Rain in [Hyderabad]", IN_INDIA),
        ("Rain in the [Pakistani] city of [Hyderabad]", IN_PAKISTAN),
        ("Rain in the [Pakistani] river port [Hyderabad]", IN_PAKISTAN),
        ("Rain in [Pakistan]'s southern [Hyderabad] district", IN_PAKISTAN),
        ("In [Pakistan], [Hyderabad] mourned", IN_PAKISTAN),
        ("Rain in [Hyderabad] ([Pakistan])", IN_PAKISTAN),
    ],
)
def test_a_country_beside_a_name_says_which_town_it_is(marked, place):
    """Before it, behind it, as an adjective or leading the sentence."""
    assert resolved(marked)[-1 if "(" not in marked else 0].place == place.place


@pytest.mark.parametrize(
    "marked",
    [
        "The [Russian]-held town of [Victoria]",
        "A [Russian] base in [Victoria]",
        "The [Russian] army left [Victoria]",
        "[Russian] troops left the city of [Victoria]",
    ],
)
def test_an_army_is_not_at_home_where_it_is(marked):
    """An adjective of a people holds a town only when it says whose town that is."""
    assert resolved(marked)[-1].place == VICTORIA.place


def test_the_other_town_is_another():
    """One name, one meaning, unless the text says "the other"."""
    found = resolved("[Hyderabad] is large. In the other [Hyderabad] it rained.")

    assert [resolution.place for resolution in found] == [IN_INDIA.place, IN_PAKISTAN.place]


def test_the_other_town_with_its_region_speaks_for_no_one_else():
    """A bare name still means what it meant before "the other" was named."""
    found = resolved("[Victoria] is large. In the other [Victoria], [Russia], it rained. Snow fell in [Victoria].")
    places = [resolution.place for resolution in found]

    assert places == [VICTORIA.place, VILLAGE.place, RUSSIAN.place, VICTORIA.place]


def test_a_region_that_leads_is_not_overruled_by_one_behind_another_mention():
    """Two sentences, two towns."""
    found = resolved("In [Pakistan], [Hyderabad] slept. Later [Hyderabad], [India], mourned.")

    assert [resolution.place for resolution in found][1:3] == [IN_PAKISTAN.place, IN_INDIA.place]


def test_the_other_of_a_single_place_is_that_place():
    """There is nowhere else to go."""
    found = resolved("[Fulda] is old. The other [Fulda] is not.")

    assert [resolution.place for resolution in found] == [FULDA.place] * 2


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Fulda General Hospital", True),
        ("Fulda Cathedral", True),
        ("Fulda Road", False),  # leads there
        ("Fulda Dabbourah", False),  # a village of its own
        ("Pakistani Embassy", False),  # stands anywhere but there
        ("St Fulda Church", False),  # a saint's
        ("   ", False),
    ],
)
def test_a_house_is_where_the_place_is_that_it_is_named_after(name, known):
    """Where the gazetteer lacks the house; the candidate says so."""
    mention = Mention(0, len(name), name, Label.PLACE, Role.LITERAL, "given", name_key(name))
    found = options(mention, WORLD)

    assert [(entry.place, entry.named_after) for entry in found] == ([(FULDA.place, True)] if known else [])


def test_a_name_whose_places_lie_together_is_less_in_doubt():
    """Town and district of one name are one spot on a map: choosing between them is no doubt about where."""
    sot = entry(1, "Mae Sot", Kind.CITY, "TH", lat=16.7, lon=98.6, people=40_000)
    far = SmallWorld({"mae sot": (sot, entry(2, "Mae Sot", Kind.ADMIN2, "LA", lat=20.8, lon=102.5))})
    one = SmallWorld({"mae sot": (sot, entry(2, "Mae Sot", Kind.ADMIN2, "TH", lat=16.8, lon=98.5))})
    mention = Mention(0, 7, "Mae Sot", Label.PLACE, Role.LITERAL, "given", "mae sot")
    apart, together = ([*grouped([mention], world, "Mae Sot")] for world in (far, one))

    assert (apart[0].one_spot, together[0].one_spot) == (False, True)
    assert scored(together)[0].ranking[0][0] > scored(apart)[0].ranking[0][0]
