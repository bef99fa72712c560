"""One row of a person's layer, told as a row: what it becomes, or what is said of it and how to mend it."""

from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import tables
from geomap.gazetteer.layers.entries import (
    AliasEntry,
    BlockEntry,
    PlaceEntry,
    PreferEntry,
    entry_of,
    word_of,
)
from geomap.gazetteer.layers.places import overlay_of, places_with_ids
from geomap.gazetteer.slugs import Slugs
from geomap.model import BBox, Kind, NameKind

FILE = Path("gazetteer.csv")
VILLAGE = {"name": "Kfar Kila", "lat": "33.28", "lon": "35.56", "country": "LB", "kind": "village"}


def said_of(**row):
    """Return what is said of a row that is refused."""
    with pytest.raises(GazetteerError) as caught:
        entry_of(row, path=FILE, line=17)
    return str(caught.value)


def test_a_place_has_what_its_row_says():
    """Texts of a CSV file and values of a TOML file make the same entry."""
    texts = VILLAGE | {"names": "Kafr Kila|كفر كلا", "population": "12000.0", "disputed": "TRUE", "entry": ""}
    values = VILLAGE | {"lat": 33.28, "lon": 35.56, "population": 12000, "disputed": True}
    boxes = {"bbox": "35.5, 33.2, 35.6, 33.3"}, {"bbox": [35.5, 33.2, 35.6, 33.3]}

    entry = entry_of(texts | boxes[0], path=FILE, line=3)

    assert entry == entry_of(values | boxes[1] | {"names": ["Kafr Kila", "كفر كلا"]}, path=FILE)
    assert entry == PlaceEntry(
        "Kfar Kila",
        lat=33.28,
        lon=35.56,
        country="LB",
        kind="village",
        names=("Kafr Kila", "كفر كلا"),
        population=12_000,
        bbox=BBox(35.5, 33.2, 35.6, 33.3),
        disputed=True,
    )
    assert entry.line == 3


def test_each_entry_is_called_by_its_word():
    """alias, block and prefer have a name and, but for block, a place."""
    rows = [{"entry": word, "name": "Georgia"} for word in ("alias", "block", "prefer")]
    rows = [row if row["entry"] == "block" else row | {"place": "geonames:614540"} for row in rows]

    entries = [entry_of(row, path=FILE) for row in rows]

    assert entries == [
        AliasEntry("Georgia", "geonames:614540"),
        BlockEntry("Georgia"),
        PreferEntry("Georgia", "geonames:614540"),
    ]
    assert [word_of(entry) for entry in entries] == [row["entry"] for row in rows]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {"name": "Tokyo", "lat": "139.69", "lon": "35.68", "country": "JP"},
            "'Tokyo' has lat=139.69, outside -90 to 90. lat=35.68, lon=139.69 would be valid: are the two columns",
        ),
        ({"lat": "91"}, "'Kfar Kila' has lat=91, outside -90 to 90. lat=35.56, lon=91 would be valid"),
        ({"lat": "-333.28"}, "'Kfar Kila' has lat=-333.28, outside -90 to 90. Write decimal degrees"),
        ({"lon": "195.5"}, "'Kfar Kila' has lon=195.5, outside -180 to 180. lon=-164.5 is the same meridian"),
        ({"lat": "33,28"}, "'Kfar Kila' has lat='33,28', which is no number. Write a point: 33.28"),
        ({"lat": "33°16'N"}, "which is no number. Write decimal degrees, such as 33.28; south and west are negative"),
        ({"lat": "nan"}, "has lat='nan', which is no number"),
        ({"lat": True}, "has lat=True, which is no number"),
        ({"lat": "1_0"}, "has lat='1_0', which is no number"),
        ({"lat": ""}, "'Kfar Kila' has no lat. Write decimal degrees"),
        ({"lat": None, "lon": " "}, "'Kfar Kila' has no lat and lon"),
        ({"lat": "0", "lon": "0.0"}, "'Kfar Kila' has lat=0, lon=0, in the Atlantic, where no place is"),
        ({"country": "LBN"}, "has country='LBN', which is no code of ISO 3166-1. Write LB for Lebanon"),
        ({"country": "Lebanon"}, "Write LB for Lebanon"),
        ({"country": "Lebannon"}, "Write LB for Lebanon"),
        ({"country": "UK"}, "Write GB for United Kingdom"),
        ({"country": "QQ"}, "Write two letters, such as LB for Lebanon; leave it out at sea"),
        ({"kind": "vilage"}, "has kind='vilage', which is no kind of place. Did you mean 'village'?"),
        ({"kind": "xyzzy"}, "Write village, province, base, lake, ..."),
        ({"bbox": "1 2 3"}, "has bbox='1 2 3', not four numbers. Write west, south, east, north"),
        ({"bbox": [33.2, 35.5, 33.3, 35.6]}, "in which lat=33.28, lon=35.56 does not lie"),
        ({"bbox": "35 34 36 33"}, "which is no part of the world"),
        ({"population": "many"}, "has population='many', which is no number. Write a whole number"),
        ({"population": "1,000"}, "has population='1,000'. Write it without marks between: 1000"),
        ({"population": "12.000.000"}, "has population='12.000.000'. Write it without marks between: 12000000"),
        ({"population": "9" * 30}, f"has population={'9' * 30}. Write a whole number"),
        ({"population": "-3"}, "has population=-3. Write a whole number"),
        ({"disputed": "perhaps"}, "has disputed='perhaps'. Write true or false"),
        ({"latitude": "33"}, "unknown column 'latitude'. Did you mean 'lat'?"),
        ({"contry": "LB"}, "unknown column 'contry'. Did you mean 'country'?"),
        ({"place": "geonames:1"}, "'place' has no column 'place'. It may have name, lat, lon"),
        ({"entry": "blok"}, "entry 'blok' is none of place, alias, block, prefer. Did you mean 'block'?"),
        ({"name": ""}, "an entry without a name"),
        ({"name": "12"}, "the name '12' holds no letter"),
        ({"name": "😀"}, "holds no letter"),
        ({"name": "Kfar\nKila"}, "has the control character U+000A in name"),
        ({"name": "\u202eKfar"}, "has the control character U+202E in name"),
        ({"name": "Kfar|Kila"}, "holds a |, which stands between names"),
        ({"name": "K" * 201}, "has 201 characters, more than 200"),
        ({"name": 7}, "has name=7, which is no text"),
        ({"name": "DÃ©lÃ©gation"}, "was saved as UTF-8 and read as Windows-1252. Write 'Délégation'"),
        ({"names": "ok|Ø¨ØºØ¯Ø§Ø¯"}, "Write 'بغداد'"),
        ({"note": "caf\ufffd"}, "holds U+FFFD: letters were lost"),
        ({"names": 3}, 'has names=3. Write names = ["one", "another"]'),
        ({"id": "kfar-kila"}, "has id='kfar-kila', which is no id. Write one as 'geomap gazetteer search' prints it"),
        ({"id": "geonames:abc"}, "has id='geonames:abc', which is no id"),
        ({"entry": "alias"}, "'alias' has no column 'lat'. It may have name, place, note, source"),
    ],
)
def test_what_cannot_become_an_entry_is_told_with_its_remedy(wrong, said):
    """One line: file, line, the value, the limit, and what to do."""
    message = said_of(**VILLAGE | wrong)

    assert message.startswith("gazetteer.csv:17: ")
    assert said in message


@pytest.mark.parametrize("word", ["alias", "prefer"])
def test_a_name_needs_the_place_it_names(word):
    """The remedy says where ids come from."""
    said = said_of(entry=word, name="Mossul")

    assert said == (
        f"gazetteer.csv:17: {word} 'Mossul' has no place. "
        "Write place, an id as 'geomap gazetteer search' prints it, such as geonames:99072"
    )


@pytest.mark.parametrize(
    "name", ["Åland", "São Paulo", "Ђаковица", "Łódź", "'Ayn al-'Arab", "Đà Nẵng", "Ürümqi", "Üsküdar"]
)
def test_a_name_with_accents_is_not_taken_for_a_broken_one(name):
    """Only runs that decode as UTF-8 are."""
    assert entry_of(VILLAGE | {"name": name}, path=FILE).name == name


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("village", Kind.CITY), ("Border Crossing", Kind.FACILITY), ("nuclear_site", Kind.FACILITY),
        ("governorate", Kind.ADMIN1), ("bay", Kind.SEA), ("district", Kind.ADMIN2), ("admin3", Kind.ADMIN3),
        ("", Kind.CITY),
    ],
)  # fmt: skip
def test_plain_words_stand_for_kinds(word, kind):
    """The word stays in the file as it was written, the map knows the kind."""
    entry = entry_of(VILLAGE | {"kind": word}, path=FILE)

    assert overlay_of([entry], title="", digest="").places["own:kfar-kila"].kind is kind


def test_the_tables_hold_what_they_promise():
    """Every kind is a word, every word a kind; no country is known by the name of another."""
    assert set(tables.kinds().values()) == set(Kind)
    assert {len(code) for code in tables.countries()} == {2}
    assert set(tables.country_names().values()) == set(tables.countries())
    assert tables.country_names()["niger"] == "NE"


def test_ids_are_made_from_names_and_stay_apart():
    """Letters of any script stay; namesakes are counted, and an id that is given is nobody else's."""
    names = ["Kfar Kila", "KFAR-KILA", "كفر كلا", "Sana'a", "Đồng Hới", "Base #3, north"]
    places = [PlaceEntry(name, lat=1.0, lon=1.0) for name in names]
    places.append(PlaceEntry("Kfar Kila", lat=1.0, lon=1.0, id="own:kfar-kila-2"))

    ids = [id_ for _, id_ in places_with_ids([*places, BlockEntry("Reading")])]

    assert ids == [
        "own:kfar-kila",
        "own:kfar-kila-3",
        "own:كفر-كلا",
        "own:sanaa",
        "own:dong-hoi",
        "own:base-3-north",
        "own:kfar-kila-2",
    ]


class Asked(set):
    """Ids that count how often somebody asks for one."""

    times = 0

    def __contains__(self, id_):
        self.times += 1
        return super().__contains__(id_)


def test_namesakes_are_numbered_without_counting_from_the_start_again():
    """A layer may have thousands of one name, and its ids are made at every start."""
    taken = Asked()
    slugs = Slugs()

    ids = [slugs.of("own:san-juan", taken) for _ in range(1000)]

    assert ids[:2] + ids[-1:] == ["own:san-juan", "own:san-juan-2", "own:san-juan-1000"]
    assert taken.times == len(ids)


def test_what_an_entry_leaves_open_is_not_said():
    """A city is what a place is taken for if nobody knows better; and false is something said."""
    rows = [{}, {"kind": "city", "disputed": "no"}]

    entries = [entry_of({"name": "A", "lat": 1, "lon": 1, "id": "own:a", **row}, path=FILE) for row in rows]

    assert [(entry.kind, entry.disputed) for entry in entries] == [("", None), ("city", False)]
    overlays = [overlay_of([entry], title="", digest="") for entry in entries]
    assert [overlay.unsaid for overlay in overlays] == [{"own:a": {"kind", "disputed"}}, {}]
    assert [overlay.places["own:a"].kind for overlay in overlays] == [Kind.CITY, Kind.CITY]


def test_a_layer_says_places_names_blocks_and_preferences():
    """Keys are as the text's names are folded; the source of a place that names none is the file."""
    entries = [
        PlaceEntry("Kfar Kila", lat=33.28, lon=35.56, names=("Kafr Kila", "Kfar-Kila"), note="seen", source="a report"),
        PlaceEntry("Kfar Kila", lat=34.0, lon=36.0),
        AliasEntry("Kafr Kila", "own:kfar-kila"),
        AliasEntry("U.S.", "geonames:6252001"),
        BlockEntry("Reading"),
        PreferEntry("Georgia", "geonames:614540"),
    ]

    overlay = overlay_of(entries, title="gazetteer.toml", digest="d")

    assert overlay.names == {
        "kfar kila": (("own:kfar-kila", NameKind.NAME), ("own:kfar-kila-2", NameKind.NAME)),
        "kafr kila": (("own:kfar-kila", NameKind.ALIAS),),
        "US": (("geonames:6252001", NameKind.ALIAS),),
    }
    assert [(place.id, place.note, place.source) for place in overlay.places.values()] == [
        ("own:kfar-kila", "seen", "a report"),
        ("own:kfar-kila-2", "", "gazetteer.toml"),
    ]
    assert (overlay.blocked, overlay.preferred) == ({"reading"}, {"georgia": "geonames:614540"})
    assert (overlay.title, overlay.digest, overlay.decisive) == ("gazetteer.toml", "d", True)
