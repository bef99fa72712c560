"""What a text is about, told as how often it names what."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geomap.focus import focus, spoken_of, written_at
from geomap.gazetteer.tables import countries
from geomap.model import (
    Candidate,
    Kind,
    Label,
    Mention,
    NameKind,
    Outcome,
    Place,
    Resolution,
    Role,
)
from geomap.pipeline import Tools
from tests.articles import BAGHDAD, FRANCE, IRAQ, PARIS, PARIS_TEXAS, TEXAS

MOSUL = Place("geonames:99072", "Mosul", Kind.CITY, 36.335, 43.119, "IQ")
ERBIL = Place("geonames:95446", "Erbil", Kind.CITY, 36.19, 44.009, "IQ")
SEA = Place("geomap:sea", "Red Sea", Kind.SEA, 20.0, 38.0)


def named(*places, role=Role.LITERAL):
    """Return a resolution for each place, in the order of a text."""
    return [
        Resolution(
            Mention(i, i + 1, place.name, Label.PLACE, role, "given"),
            Outcome.RESOLVED,
            (Candidate(place, 1.0, NameKind.NAME),),
            0.9,
            "because",
        )
        for i, place in enumerate(places)
    ]


def country_of(code):
    return {"IQ": IRAQ, "FR": FRANCE}.get(code)


def about(*places, role=Role.LITERAL):
    """Return what a text that names these places is about, with shares in percent."""
    return [(f.place.name, round(100 * f.share)) for f in focus(spoken_of(named(*places, role=role)), country_of)]


def test_three_towns_of_a_country_are_about_the_country():
    """It need not be named itself; the town named most stands behind it."""
    assert about(MOSUL, ERBIL, BAGHDAD, MOSUL) == [("Iraq", 100), ("Mosul", 50)]


def test_a_country_that_is_named_counts_with_its_towns():
    """Iraq twice and Mosul twice are four mentions of Iraq."""
    assert about(IRAQ, IRAQ, MOSUL, MOSUL, PARIS) == [("Iraq", 80), ("Mosul", 40)]


@pytest.mark.parametrize(("first", "second"), [(MOSUL, ERBIL), (ERBIL, MOSUL)])
def test_of_places_named_equally_often_the_first_leads(first, second):
    """News begins with what matters."""
    assert about(first, second)[1:] == [(first.name, 50)]
    assert [name for name, _ in about(first, second, first, second)[1:]] == [first.name, second.name]


def test_what_is_named_half_as_often_is_a_second_focus():
    """Two countries of a war are both its story; one named in passing is not."""
    assert [name for name, _ in about(*[MOSUL] * 4, *[PARIS] * 2)] == ["Iraq", "France", "Mosul", "Paris"]
    assert [name for name, _ in about(*[MOSUL] * 5, *[PARIS] * 2)] == ["Iraq", "Mosul"]


def test_a_list_of_places_has_no_place_in_focus():
    """Of fifty places named once each none is what the text is about."""
    places = [Place(f"geonames:{n}", f"Town {n}", Kind.CITY, 1.0, 1.0, f"{n:02}") for n in range(50)]

    assert about(*places) == []


def test_what_lies_in_no_country_is_a_place_only():
    """A sea may be what it is all about, or a state that has no code."""
    state = Place("own:state", "Old State", Kind.COUNTRY, 1.0, 1.0)

    assert about(SEA, SEA, SEA, MOSUL) == [("Iraq", 25), ("Red Sea", 75)]
    assert about(state, state) == [("Old State", 100)]


def test_a_country_that_nobody_knows_is_left_out():
    """Its places are still in focus."""
    assert about(PARIS_TEXAS, PARIS_TEXAS) == [("Paris", 100)]


@pytest.mark.parametrize("role", [Role.DATELINE, Role.CREDIT, Role.DEMONYM, Role.EMBEDDED, Role.REPEATED])
def test_only_what_is_counted_speaks(role):
    """Where a text was written is not what it is about."""
    assert about(MOSUL, MOSUL, role=role) == []


def test_a_text_is_written_at_the_places_of_its_dateline():
    """In PARIS, Texas it is the town; of two towns both."""
    filed = named(PARIS_TEXAS, TEXAS, MOSUL, PARIS_TEXAS, role=Role.DATELINE)

    assert written_at([*filed, *named(BAGHDAD)]) == (PARIS_TEXAS, MOSUL)
    assert written_at(named(BAGHDAD)) == ()


def test_every_country_of_the_table_is_known_by_its_code():
    """So that any can be in focus."""
    tools = Tools.load(links=False)
    missing = [code for code in countries() if tools.country_of(code) is None]

    assert tools.country_of("IQ").name == "Iraq"
    assert tools.country_of("ZZ") is None
    # Nobody lives on Bouvet Island, and the index has no such country.
    assert missing == ["BV"]


# --- what is written -----------------------------------------------------------------------------

STORY = "AMMAN (Reuters) - Rain fell in Mosul and in Erbil on Monday. In Mosul a bridge fell. Basra is dry.\n"


def test_parse_writes_focus_and_dateline_apart(run):
    """Names, numbers and shares, as docs/formats.md tells."""
    record = json.loads(run("parse", "-", "--no-links", stdin=STORY).stdout)

    assert record["focus"] == [
        {"name": "Iraq", "geonameid": 99237, "kind": "country", "share": 1.0},
        {"name": "Mosul", "geonameid": 99072, "kind": "city", "share": 0.5},
    ]
    assert record["written_at"] == [{"name": "Amman", "geonameid": 250441}]


def test_the_terminal_says_what_a_map_is_about(run):
    """Countries, then places, and where the texts were written; of many texts with their numbers."""
    lines = [json.dumps({"id": f"{n}", "text": STORY}) for n in range(2)]
    Path("a.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    one, two = run("map", "-", "--no-links", stdin=STORY).stderr, run("map", "a.jsonl", "--no-links").stderr

    assert "about     Iraq (100 %); Mosul (50 %); written in Amman\n" in one
    assert "about     Iraq (100 %); Mosul (50 %), Erbil (25 %), " in two
    assert "; written in Amman (2)\n" in two


def test_a_map_of_nothing_is_about_nothing(run):
    """Said in so many words."""
    assert "about     no one country or place\n" in run("map", "-", "--no-links", stdin="It rained.").stderr
