"""Each rule of the lint is told as a layer with one fault; a sound layer has none."""

from dataclasses import replace
from pathlib import Path

import pytest

from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, PlaceEntry, PreferEntry
from geomap.gazetteer.layers.file import read_problems
from geomap.gazetteer.layers.lint import RULES, lint
from geomap.gazetteer.layers.lint_context import Context
from geomap.gazetteer.layers.places import overlay_of
from geomap.model import Kind, NamedPlace, NameKind, Place
from geomap.words import name_key

MOSUL = Place("geonames:99072", "Mosul", Kind.CITY, lat=36.335, lon=43.119, country="IQ")
HIT = Place("geonames:96205", "Hīt", Kind.CITY, lat=33.64, lon=42.83, country="IQ")
IRAQI = Place("geonames:99237", "Iraq", Kind.COUNTRY, lat=33.0, lon=44.0, country="IQ")
FILE = Path("gazetteer.toml")


class Known:
    """A gazetteer of three places; Mosul is also spelt as Germans do."""

    places = (MOSUL, HIT, IRAQI)

    def place(self, id):  # noqa: A002 - the field's own name
        return next((place for place in self.places if place.id == id), None)

    def lookup(self, key, /):
        named = [
            NamedPlace(place, NameKind.NAME, common_word=False) for place in self.places if name_key(place.name) == key
        ]
        return named + ([NamedPlace(IRAQI, NameKind.DEMONYM, common_word=False)] if key == "iraqi" else [])

    def spelt_like(self, name, /):
        return [NamedPlace(MOSUL, NameKind.ALIAS, common_word=False)] if name == "Mossoul" else []


class Square:
    """Borders where Iraq is a square from 30 to 40 north and 40 to 50 east, a degree is 100 km long."""

    def distance_outside_km(self, country, *, lat, lon):
        if country != "IQ":
            return None
        return 100.0 * max(30 - lat, lat - 40, 40 - lon, lon - 50, 0)


def found(*entries, nearer=()):
    """Return what the lint says of the entries, which stand in lines 1, 2, ...: (line, rule, is it an error)."""
    return [(finding.line, finding.rule, finding.is_error) for finding in findings(*entries, nearer=nearer)]


def findings(*entries, nearer=()):
    numbered = [replace(entry, line=line) for line, entry in enumerate(entries, start=1)]
    return lint(Context(numbered, Known(), Square(), {"hit", "reading"}.__contains__, nearer))


def village(name="Umm Qasr Gharbi", *, lat=32.0, lon=44.0, country="IQ", **more):
    return PlaceEntry(name, lat=lat, lon=lon, country=country, kind="village", **more)


def layer(*entries, title="project"):
    return overlay_of(entries, title=title, digest="")


SOUND = [
    village(names=("Umm Qasr West", "أم قصر")),
    village(lat=33.0),  # a namesake in the same country
    PlaceEntry("Mosul", lat=36.34, lon=43.12, country="IQ", id=MOSUL.id),  # corrects its point
    village("Iraqi", lat=33.0, lon=44.0),  # near Iraq, but not called so
    AliasEntry("Mossul", MOSUL.id),
    AliasEntry("The West", "own:umm-qasr-gharbi-2"),
    AliasEntry("The West", "own:umm-qasr-gharbi"),
    BlockEntry("Hit"),
    PreferEntry("Mosul", MOSUL.id),
    village("Platform", lat=30.1, lon=50.2),
    village("Contested", lat=10.0, lon=10.0, disputed=True),
    village("Elsewhere", lat=10.0, lon=10.0, country="KW"),
]


def test_a_sound_layer_has_no_findings():
    """What people have reasons to write is not complained of."""
    assert found(*SOUND) == []


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        pytest.param([village(lat=44.0, lon=32.0)], (1, "swapped_coordinates", True), id="swapped"),
        pytest.param([village(lon=51.0)], (1, "outside_its_country", False), id="off the coast"),
        pytest.param([village(lat=-32.0)], (1, "outside_its_country", True), id="another part of the world"),
        pytest.param([village(), village()], (2, "name_twice", True), id="the same village twice"),
        pytest.param([village(names=("A b", "A b"))], (1, "name_twice", False), id="a name twice in a row"),
        pytest.param([AliasEntry("Q", MOSUL.id)] * 2, (2, "name_twice", False), id="an alias twice"),
        pytest.param(
            [village(), AliasEntry("Umm Qasr-Gharbi", "own:umm-qasr-gharbi")],
            (2, "name_twice", False),
            id="an alias that is the name",
        ),
        pytest.param([BlockEntry("Hit")] * 2, (2, "name_twice", False), id="a block twice"),
        pytest.param(
            [PreferEntry("Q", MOSUL.id), PreferEntry("Q", HIT.id)], (2, "name_twice", True), id="two meanings preferred"
        ),
        pytest.param([village("Reading")], (1, "english_word", False), id="a place called like a word"),
        pytest.param([village(names=("Hit",))], (1, "english_word", False), id="another name that is a word"),
        pytest.param([AliasEntry("Hit", HIT.id)], (1, "english_word", False), id="an alias that is a word"),
        pytest.param([village("Mosul", lat=36.34, lon=43.12)], (1, "near_duplicate", False), id="known by this name"),
        pytest.param([village("Mossoul", lat=36.34, lon=43.12)], (1, "near_duplicate", False), id="known, spelt so"),
        pytest.param([AliasEntry("Q", "geonames:1")], (1, "place_of_no_layer", True), id="an alias of nothing"),
        pytest.param([PreferEntry("Q", "own:none")], (1, "place_of_no_layer", True), id="a preferred nothing"),
        pytest.param([BlockEntry("Xanadu")], (1, "block_of_nothing", False), id="a block of nothing"),
    ],
)
def test_a_rule_finds_its_fault(entries, said):
    """And only the entry at fault is told, by that rule alone."""
    assert found(*entries) == [said]


@pytest.mark.parametrize(
    ("entry", "nearer"),
    [
        (village(), village(lat=33.0)),
        (village(), BlockEntry("Umm Qasr Gharbi")),
        (AliasEntry("Q", MOSUL.id), BlockEntry("Q")),
        (BlockEntry("Mosul"), AliasEntry("Mosul", MOSUL.id)),
        (BlockEntry("Mosul"), BlockEntry("Mosul")),
        (PreferEntry("Q", MOSUL.id), PreferEntry("Q", HIT.id)),
    ],
)
def test_what_a_nearer_layer_hides_is_told(entry, nearer):
    """A person's own layer lies under the project's; it says which layer is in the way."""
    (finding,) = findings(entry, nearer=[layer(nearer)])

    assert (finding.rule, finding.is_error) == ("hidden_by_a_nearer_layer", False)
    assert f"{entry.name!r} is hidden by project, which is nearer and " in finding.problem


def test_a_finding_says_file_line_fault_and_remedy():
    """Editors jump to `path:line`; a warning is told apart."""
    swapped, outside = findings(village(lat=44.0, lon=32.0), village(lon=51.0))

    assert swapped.text(FILE) == (
        "gazetteer.toml:1: 'Umm Qasr Gharbi' with lat=44, lon=32 lies 800 km outside IQ. "
        "lat=32, lon=44 lies in IQ: are the two swapped?"
    )
    assert outside.text(FILE) == (
        "gazetteer.toml:2: warning: 'Umm Qasr Gharbi' with lat=32, lon=51 lies 100 km outside IQ, more than 25 km. "
        "Mend the point or the country; for a contested place write disputed = true"
    )


def test_borders_are_asked_once_for_a_point():
    """Two rules look at it; the swapped point matters only where the point itself is wrong."""
    asked = []

    class Counting(Square):
        def distance_outside_km(self, country, *, lat, lon):
            asked.append((lat, lon))
            return super().distance_outside_km(country, lat=lat, lon=lon)

    entries = [replace(village(), line=1), replace(village("Umm Qasr B", lat=44.0, lon=33.0), line=2)]

    lint(Context(entries, Known(), Counting(), lambda _: False))

    assert asked == [(32.0, 44.0), (44.0, 33.0), (33.0, 44.0)]


def test_a_place_is_compared_with_namesakes_of_its_latitude_only():
    """A layer may have thousands of one name; what lies apart by 0.1 km is found all the same."""
    entries = [replace(village(lat=31 + n / 10), line=n + 1) for n in range(50)]
    context = Context([*entries, replace(village(lat=31.0008), line=60)], Known(), Square(), lambda _: False)

    assert [entry.line for entry in context.namesakes("umm qasr gharbi", lat=31.0008)] == [1, 60]
    assert (60, "name_twice") in {(finding.line, finding.rule) for finding in lint(context)}


def test_what_is_wrong_with_a_whole_file_has_no_line(tmp_path):
    """No line is made up that an editor would jump to."""
    entries, problems = read_problems(tmp_path / "none.toml")

    (finding,) = lint(Context(entries, Known(), Square(), lambda _: False), problems)

    assert finding.text(FILE).startswith("gazetteer.toml: cannot be read (No such file or directory). ")


def test_what_the_reader_refuses_is_found_in_the_order_of_lines(tmp_path):
    """0,0, an unknown country and lost letters cannot become entries; the other rows are looked at."""
    path = tmp_path / "gazetteer.csv"
    path.write_text("name,lat,lon,country\nA,0,0,\nReading,32,44,IQ\nB,1,1,QQ\nCafÃ©,1,1,\n", encoding="utf-8")
    entries, problems = read_problems(path)

    said = lint(Context(entries, Known(), Square(), {"reading"}.__contains__), problems)

    assert [(finding.line, finding.rule, finding.is_error) for finding in said] == [
        (2, "readable", True),
        (3, "english_word", False),
        (4, "readable", True),
        (5, "readable", True),
    ]


def test_every_rule_says_what_it_is_about():
    """The list is what a reader of the code looks at first."""
    assert all(rule.__doc__ and rule.__doc__.endswith(".") for rule in RULES)
