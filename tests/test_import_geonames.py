"""GeoNames' own dumps, written here in the formats of download.geonames.org."""

import zipfile

import pytest

from geomap.gazetteer.building.scripts import Scripts
from geomap.gazetteer.imports.dump import find_dump
from geomap.gazetteer.imports.features import feature
from geomap.gazetteer.imports.install import Origin, install_dump
from geomap.gazetteer.imports.installed import install_folder
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.opening import open_gazetteer
from geomap.gazetteer.rows import own_rows
from geomap.gazetteer.store import Store
from geomap.model import Kind, NameKind
from geomap.words import name_key


def row(
    number, name, feature_, *, others="", lat=33.3, lon=35.5, country="LB", admin1="", admin2="", people=0, ascii_=""
):
    """Return a row of allCountries.txt: 19 columns."""
    class_, _, code = feature_.partition(".")
    place = [number, name, ascii_ or name, others, lat, lon, class_, code, country, "", admin1, admin2, "", ""]
    cells = [*place, people, "", 100, "Asia/Beirut", "2026-01-01"]
    return "\t".join(map(str, cells))


# Numbers that GeoNames has not given yet, so that the index that comes with geomap knows none of them.
VILLAGE, GOVERNORATE, DISTRICT, WELL, TOWN, NAMELESS, POLICE = range(90_000_001, 90_000_008)
ROWS = [
    row(
        VILLAGE, "Kfar Testah", "P.PPL", others="Kafr Tistah,كفر تستة,KFT,ka fu", admin1="09", admin2="01", people=1200
    ),
    row(DISTRICT, "Caza de Test", "A.ADM2", admin1="09", admin2="01"),
    row(GOVERNORATE, "Testshire", "A.ADM1", admin1="09"),
    row(WELL, "Bir Testo", "H.WLL"),
    row(TOWN, "Tèstville", "P.PPL", ascii_="Testville", country="FR", lat=48.0, lon=2.0, people=50_000),
    row(NAMELESS, "Testless", ".", country="FR"),
    row(POLICE, "Testopolis", "P.PPL", others="Police,Iraqi,Mosul", country="PL", lat=53.5, lon=14.5),
]


def alternate(place, name, language="", *flags):
    """Return a row of alternateNamesV2.txt."""
    return "\t".join(["1", str(place), language, name, *(flags or ("", "", "", "")), "", ""])


@pytest.fixture
def imported(tmp_path):
    """Return a function that writes a dump and the tables beside it, and imports them."""

    def make(rows=ROWS, *, zipped=False, tables=None, **options):
        main = tmp_path / ("XX.zip" if zipped else "XX.txt")
        text = "".join(f"{line}\n" for line in rows)
        if zipped:
            with zipfile.ZipFile(main, "w") as archive:
                archive.writestr("readme.txt", "about " * 10_000)
                archive.writestr("XX.txt", text)
        else:
            main.write_text(text, "utf-8")
        for name, lines in (tables or {}).items():
            (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        dump, tally = find_dump(main), Tally()
        origin = Origin("XX", (dump.main, *dump.companions.values()), "GeoNames", "CC BY 4.0")
        install_dump(dump, origin, tally, **options)
        return Store.open(install_folder("XX")), tally

    return make


def ids(store, name):
    return [named.place.geonameid for named in store.lookup(name_key(name))]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_dump_becomes_an_index(imported, zipped):
    """A village of a dump has its division, country, people and every good name."""
    store, tally = imported(zipped=zipped)
    (village,) = store.lookup("kfar testah")

    assert (village.place.id, village.place.kind) == (f"geonames:{VILLAGE}", Kind.CITY)
    assert (village.place.lat, village.place.lon, village.place.country, village.place.population) == (
        33.3,
        35.5,
        "LB",
        1200,
    )
    assert (village.place.admin1, village.place.admin2_id) == ("Testshire", f"geonames:{DISTRICT}")
    assert ids(store, "kafr tistah") == [VILLAGE]
    assert (tally.rows, tally.wrong, store.info()["places"]) == (7, 0, 5)


def test_what_news_does_not_name_is_counted(imported):
    """A well stays out, and the report says how many of which code did; --features all keeps it."""
    store, tally = imported()
    every, _ = imported(all_features=True)

    assert dict(tally.left_out) == {"H.WLL": 1, "no feature class": 1}
    assert (ids(store, "bir testo"), ids(every, "bir testo")) == ([], [WELL])


def test_names_no_english_text_prints_are_left_out(imported):
    """Codes, letter-by-letter transcriptions and other scripts, unless all scripts are wanted."""
    store, _ = imported()
    every, _ = imported(scripts=Scripts.ALL)

    assert [ids(store, name) for name in ("KFT", "ka fu", "كفر تستة")] == [[], [], []]
    assert ids(every, "كفر تستة") == [VILLAGE]


def test_an_alternate_name_never_takes_a_word_or_a_people(imported):
    """A village also called Police or Iraqi keeps neither name; a village also called Mosul may."""
    store, _ = imported()

    assert [ids(store, name) for name in ("police", "iraqi", "mosul")] == [[], [], [POLICE]]


def test_accents_are_no_second_name(imported):
    """The ASCII column folds to the same key."""
    store, _ = imported()

    assert ids(store, "testville") == [TOWN]


def test_alternate_names_say_their_language(imported):
    """The file of alternate names replaces the column: links and codes go, English comes first."""
    names = [
        alternate(TOWN, "Testtown", "en", "1", "", "", ""),
        alternate(TOWN, "Testburg", "de"),
        alternate(TOWN, "Sin City", "en", "", "", "1", ""),
        alternate(TOWN, "https://example.org/Testville", "link"),
        alternate(TOWN, "Q42424242", "wkdt"),
        alternate(TOWN, "TVL", "iata"),
        alternate(TOWN, "T.V.", "abbr"),
        alternate(4_242, "Elsewhere", "en"),
    ]
    store, tally = imported(tables={"alternateNamesV2.txt": names})
    (town,) = store.lookup("testtown")

    assert (town.place.name, town.name_kind) == ("Testtown", NameKind.NAME)
    assert ids(store, "testburg") == ids(store, "TV") == [TOWN]
    assert [ids(store, name) for name in ("TVL", "Q42424242", "elsewhere", "kafr tistah")] == [[], [], [], []]
    assert tally.left_out["alternate names that are links and codes"] == 3


def test_tables_beside_the_dump_add_names_and_parents(imported):
    """GeoNames keeps codes, countries and parents in files of their own."""
    tables = {
        "admin1CodesASCII.txt": [f"LB.09\tTest Governorate\tTest Governorate\t{GOVERNORATE}"],
        "admin2Codes.txt": [f"LB.09.01\tTest Caza\tTest Caza\t{DISTRICT}"],
        "countryInfo.txt": ["#ISO\tISO3", "\t".join(["FR", *[""] * 3, "Testland", *[""] * 11, str(TOWN), "", ""])],
        "hierarchy.txt": [f"{GOVERNORATE}\t{WELL}\tADM", f"{TOWN}\t{VILLAGE}", f"{GOVERNORATE}\t{'9' * 5_000}"],
    }
    store, _ = imported(tables=tables, all_features=True)

    assert ids(store, "test governorate") == [GOVERNORATE]
    assert ids(store, "test caza") == [DISTRICT]
    assert store.place(f"geonames:{TOWN}").name == "Testland"
    assert store.place(f"geonames:{WELL}").admin1 == "Testshire"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("1\tName\tName", "XX.txt:2: 3 columns. A GeoNames dump has 19"),
        (row("x", "Name", "P.PPL"), "XX.txt:2: geonameid is 'x'"),
        (row(5, "", "P.PPL"), "XX.txt:2: geonames:5 has no name"),
        (row(5, "Name", "P.PPL", lat="north"), "XX.txt:2: 'Name' has lat='north'"),
        (row(5, "Name", "P.PPL", lat="nan"), "outside -90 to 90"),
        (row(5, "Name", "P.PPL", lat=139.7, lon=35.7), "Are the two columns swapped?"),
        (row(0, "Name", "P.PPL"), "XX.txt:2: geonameid is '0'"),
        (row(5, "Name", "P.PPL", people="9" * 20), "'Name' has population=99999999999999999999. Write a whole number"),
        (row(5, "Name", "P.PPL", people="9" * 5_000), "XX.txt:2: 'Name' has population=99999999999999999999"),
        (row(5, "Name", "P.PPL", people=10_000_000_001), "0 to 10000000000"),
    ],
)
def test_a_wrong_row_is_told_and_the_others_come_in(imported, line, says):
    """One bad line of thirteen million is no reason to stop."""
    store, tally = imported([ROWS[0], line, ROWS[4]])

    assert tally.wrong == 1
    assert says in str(tally.problems[0])
    assert store.info()["places"] == 2


def test_after_twenty_wrong_rows_only_their_number_is_told(imported):
    """A file of another format must not fill the screen."""
    _, tally = imported([ROWS[0], *["x"] * 50])

    assert (tally.wrong, len(tally.problems)) == (50, 20)


def test_bytes_that_are_no_text_are_a_wrong_row(tmp_path):
    """The rest of the file is read on."""
    (tmp_path / "XX.txt").write_bytes(ROWS[0].encode() + b"\nK\xe4se\n" + ROWS[4].encode() + b"\n")
    dump, tally = find_dump(tmp_path / "XX.txt"), Tally()

    index = install_dump(dump, Origin("XX", (dump.main,)), tally)

    assert (index["places"], tally.wrong, tally.problems[0].line) == (2, 1, 2)


def test_control_characters_are_no_part_of_a_name(imported):
    """They would end up on the map."""
    store, _ = imported([row(VILLAGE, "Kfar\x07 Testah\u2028", "P.PPL")])

    assert store.lookup("kfar testah")[0].place.name.isprintable()


def test_a_number_that_comes_twice_is_one_place(imported):
    """Joined dumps repeat rows."""
    store, tally = imported([ROWS[0], ROWS[0]])

    assert (store.info()["places"], tally.left_out["a GeoNames number that came before"]) == (1, 1)


def test_an_equal_dump_gives_equal_bytes(imported):
    """Neither the day nor the way it was packed is in the index."""
    one, _ = imported()
    two, _ = imported(zipped=True)

    assert one.info()["files"] == two.info()["files"]


def test_every_later_run_sees_the_places(imported, monkeypatch, tmp_path):
    """The installed gazetteer lies over the one that comes with geomap, which keeps its reviewed names."""
    monkeypatch.setenv("GEOMAP_HOME", str(tmp_path / "home"))
    imported([ROWS[0], row(99072, "Al Mawşil", "P.PPLA", lat=36.4, lon=43.2, country="IQ", people=1_700_000)])

    layered = open_gazetteer(home=tmp_path / "home")

    assert layered.lookup("kfar testah")[0].place.id == f"geonames:{VILLAGE}"
    mosul = layered.lookup("mosul")[0].place
    assert (mosul.name, mosul.lat, mosul.population) == ("Mosul", 36.4, 1_700_000)
    assert "GeoNames (CC BY 4.0)" in layered.credits


def test_the_index_says_where_it_comes_from(imported):
    """Name, source, licence, date and hash of each file, for `geomap gazetteer info`."""
    store, _ = imported()
    (package,) = store.info()["packages"]

    assert store.info()["title"] == "XX"
    assert (package["name"], package["licence"], package["credit"]) == ("XX.txt", "CC BY 4.0", "GeoNames (CC BY 4.0)")
    assert (len(package["date"]), len(package["sha256"])) == (10, 64)


def test_the_table_of_features_names_each_code_once():
    """A code in two rows would mean whatever stands last."""
    rows = own_rows("feature_kinds.tsv")

    assert len({(row["class"], row["code"]) for row in rows}) == len(rows)
    assert {row["class"] for row in rows} == set("AHLPRSTUV")
    assert {row["news"] for row in rows} == {"yes", "no"}


@pytest.mark.parametrize(
    ("class_", "code", "kind", "in_news"),
    [
        ("P", "PPLC", Kind.CITY, True),
        ("A", "ADM1", Kind.ADMIN1, True),
        ("H", "STRT", Kind.STRAIT, True),
        ("S", "AIRB", Kind.FACILITY, True),
        ("S", "SCH", Kind.FACILITY, False),
        ("T", "ISL", Kind.ISLAND, True),
        ("S", "CODE OF TOMORROW", Kind.FACILITY, False),
    ],
)
def test_a_feature_code_says_the_kind(class_, code, kind, in_news):
    """A code that GeoNames adds later is as its class."""
    assert feature(class_, code) == (kind, in_news)
    assert feature("", code) is None
