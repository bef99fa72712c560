"""Derived areas as they are counted, written and drawn: the same in the atlas, in `geomap parse` and in the page."""

from __future__ import annotations

import json

import pytest

from geomap.atlas import build_atlas
from geomap.model import Annotation
from geomap.output.annotations import annotation_json
from geomap.output.data import AREAS_PER_PLACE, page_data
from geomap.output.page import render
from tests.areas_world import resolved
from tests.articles import article
from tests.browser import Browser

KEYS = ["text", "start", "end", "relation", "lat", "lon", "radius_km", "bbox"]
NEWS = (
    "Villages in southern [Lebanon] were hit. [Lebanon]'s south was empty, and in northern [Lebanon] it rained. "
    "A camp 40 km north of [Mosul] burned. [Erbil] was quiet."
)


def annotated(text: str, *, id: str = "a") -> Annotation:  # noqa: A002 - the field's own name
    plain, mentions, resolutions = resolved(text)
    return Annotation(article(plain, id=id), tuple(mentions), tuple(resolutions), (), (), ())


@pytest.fixture(scope="module")
def atlas():
    return build_atlas([annotated(NEWS)])


@pytest.fixture(scope="module")
def browser():
    with Browser() as opened:
        yield opened


def test_the_same_area_is_counted_once_however_it_is_told(atlas):
    """Southern Lebanon and Lebanon's south are one; mentions stay what they were."""
    lebanon, *others = atlas.places

    assert [(a.area.text, a.mentions) for a in lebanon.areas] == [("southern Lebanon", 2), ("northern Lebanon", 1)]
    assert lebanon.count == 3
    assert {place.place.name: len(place.areas) for place in others} == {"Mosul": 1, "Erbil": 0}


def test_areas_of_many_documents_add_up():
    """Two articles that speak of southern Lebanon are two mentions of one area."""
    (lebanon,) = build_atlas([annotated("Rain in southern [Lebanon].", id=name) for name in "ab"]).places

    assert [a.mentions for a in lebanon.areas] == [2]


def test_the_areas_of_one_place_are_bounded_and_counted_on(monkeypatch):
    """No pile of texts fills the memory: the first areas are kept, and how often they are spoken of."""
    monkeypatch.setattr("geomap.atlas.MAX_AREAS", 2)
    sides = ("southern", "northern", "eastern", "southern")
    (lebanon,) = build_atlas(
        [annotated(f"Rain in {side} [Lebanon].", id=str(i)) for i, side in enumerate(sides)]
    ).places

    assert [(a.area.text, a.mentions) for a in lebanon.areas] == [("southern Lebanon", 2), ("northern Lebanon", 1)]
    assert lebanon.count == len(sides)


def test_a_sentence_marks_the_words_of_its_area(atlas):
    """The name is marked as ever; the words before and behind it as the area's."""
    evidence = {place.place.name: place.evidence for place in atlas.places}
    first, second, _ = evidence["Lebanon"]

    assert [(first.quote[a:b], kind) for a, b, kind in first.marks] == [("southern ", "area"), ("Lebanon", "place")]
    assert [(second.quote[a:b], kind) for a, b, kind in second.marks] == [("Lebanon", "place"), ("'s south", "area")]
    assert evidence["Erbil"][0].area is None


def test_parse_writes_the_area_beside_the_place():
    """The schema's keys in their order; null where the text derives nothing."""
    text, _, _ = resolved(NEWS)
    south, *_, camp, quiet = json.loads(annotation_json(annotated(NEWS)))["toponyms"]

    assert list(south) == [
        "start", "end", "text", "role", "name", "geonameid", "kind", "country", "admin1", "lat", "lon", "bbox", "area",
        "precision", "radius_km", "confidence", "runner_up", "why",
    ]  # fmt: skip
    assert list(south["area"]) == list(camp["area"]) == KEYS
    assert text[camp["area"]["start"] : camp["area"]["end"]] == camp["area"]["text"] == "40 km north of Mosul"
    assert (south["area"]["relation"], len(south["area"]["bbox"])) == ("part", 4)
    assert (camp["area"]["bbox"], camp["precision"], quiet["area"], quiet["precision"]) == (None, 2, None, 1)
    assert (camp["name"], camp["lat"], camp["lon"]) == ("Mosul", 36.335, 43.119)


def test_the_page_holds_the_atlas_s_own_areas(atlas):
    """What is drawn is what was counted."""
    data = page_data(atlas)
    rows = {row[1]: row[-1] for row in data["places"]}

    assert [row[-2] for row in data["places"]] == [len(place.areas) for place in atlas.places]
    assert [(data["texts"][text], mentions) for text, mentions, *_ in rows["Lebanon"]] == [
        (a.area.text, a.mentions) for a in atlas.places[0].areas
    ]
    assert rows["Erbil"] == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_choosing_a_place_draws_its_areas(browser, atlas, width, height):
    """Nothing before; then a shape for each, a chip at each sentence, and a line in the legend."""
    tab = browser.open(render(atlas), width=width, height=height)
    assert tab.count(".gm-marks .gm-derived") == 0
    assert "derived area" in tab.run("document.querySelector('.gm-legend').textContent")
    tab.click('.gm-marks [data-place="0"]')

    assert tab.count(".gm-marks .gm-derived") == 2
    assert tab.count("blockquote .gm-area-chip") == 3
    assert "2 derived areas southern Lebanon ×2; northern Lebanon" in " ".join(tab.text(".gm-areas").split())
    assert "southern Lebanon, around 33.43, 35.55, give or take 57 km" in tab.text("blockquote")
    assert (tab.lines, tab.requests) == ([], [])


@pytest.mark.browser
def test_more_areas_than_can_be_drawn_are_told(browser):
    """The panel says how many of them it lists: the map draws no more."""
    camps = " ".join(f"A camp {km} km north of [Mosul] burned." for km in range(1, AREAS_PER_PLACE + 30))
    tab = browser.open(render(build_atlas([annotated(camps)])))
    tab.run("geomap.pages[0].select('place', 0)")

    assert tab.count(".gm-areas button") == tab.count(".gm-marks .gm-derived") == AREAS_PER_PLACE
    assert tab.text(".gm-areas").startswith("40 of 69 derived areas")


@pytest.mark.browser
def test_a_place_without_areas_shows_nothing_of_them(browser, atlas):
    """No shape, no chip; and without any in the atlas no line in the legend."""
    tab = browser.open(render(atlas))
    tab.run("geomap.pages[0].select('place', 1)")
    assert tab.count(".gm-marks .gm-derived, .gm-area-chip") == 0

    tab = browser.open(render(build_atlas([annotated("[Erbil] was quiet.")])))
    assert "derived" not in tab.run("document.querySelector('.gm-legend').textContent")


@pytest.mark.browser
def test_an_area_in_the_list_leads_to_it(browser, atlas):
    """The map shows the whole area, however small it was before."""
    tab = browser.open(render(atlas))
    tab.run("geomap.pages[0].select('place', 0)")
    tab.click(".gm-areas button")
    bounds = "geomap.pages[0].map.getBounds()"

    south, north, west, east = (tab.run(f"{bounds}.get{side}()") for side in ("South", "North", "West", "East"))
    assert 30 < south < 33.1
    assert 33.6 < north < 36
    assert 33 < west < 35.2
    assert 36 < east < 38
