"""An index of any size: names cut into shards, more lines than memory, and no half-written index."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.building.draft import Draft
from geomap.gazetteer.building.index import NameRules
from geomap.gazetteer.building.publish import withdraw
from geomap.gazetteer.building.scripts import Scripts, keeper
from geomap.gazetteer.building.sorting import Sorter
from geomap.gazetteer.building.write import Numbered, write_index
from geomap.gazetteer.folder import read_index
from geomap.gazetteer.layout import Posting, pack
from geomap.gazetteer.store import Store
from geomap.gazetteer.table import Table, write_table
from geomap.model import Kind, NameKind
from geomap.words import name_key

KEYS = sorted(
    {"al", "al hol", "al x", "albania", "new", "new york", "new york city", "newry", "york", "zoo", "aa", "é"}
)


@pytest.mark.parametrize("shard_keys", [1, 2, 3, 100])
def test_shards_answer_as_one_table_would(tmp_path, shard_keys):
    """Wherever a table is cut, the same questions get the same answers."""
    firsts = write_table(
        tmp_path, "names", ((key, [pack(posting(i))]) for i, key in enumerate(KEYS)), shard_keys=shard_keys
    )
    table = Table(tmp_path, "names", firsts)

    assert all(table.postings(key) == [posting(i)] for i, key in enumerate(KEYS))
    assert [key for key in ["", "a", "alb", "new y", "zzz", " ", "0"] if key in table] == []
    for start in ["", "a", "al", "al ", "al h", "al hol", "aa", "new", "new york", "york", "zz"]:
        assert table.reach(start) == (start in KEYS, any(key.startswith(f"{start} ") for key in KEYS))
    for start in ["", "a", "al", "al ", "al h", "ne", "new y", "zz", "é"]:
        assert sorted(table.keys(start)) == [key for key in KEYS if key.startswith(start)]


def posting(number):
    return Posting(number + 1, NameKind.ALIAS, common_word=False)


def test_words_that_share_a_first_word_share_a_shard(tmp_path):
    """Of "New York City" all beginnings must be found in one place."""
    firsts = write_table(tmp_path, "names", ((key, [1]) for key in KEYS), shard_keys=1)

    assert firsts == ["", "al", "albania", "new", "newry", "york", "zoo", "é"]


def test_a_table_without_names_has_no_answers(tmp_path):
    """An index of places in one script may have none in another."""
    table = Table(tmp_path, "names", write_table(tmp_path, "names", []))

    assert (table.postings("x"), table.reach("x"), list(table.keys()), "x" in table) == ([], (False, False), [], False)


def test_more_lines_than_memory_come_back_in_order(tmp_path):
    """The runs on disk are merged with what is still in memory, and then gone."""
    lines = [f"{number:04}\u2028é" for number in range(1000)]
    random.Random(1).shuffle(lines)
    sorter = Sorter(tmp_path, run_lines=64)
    for line in lines:
        sorter.add(line)

    assert list(sorter) == sorted(lines)
    assert list(tmp_path.iterdir()) == []


def places(count, *, name="Town"):
    """Return numbered drafts."""
    return Numbered([(n, draft(f"geonames:{n}", f"{name} {n}")) for n in range(1, count + 1)])


def draft(place_id, name, *, country="SY", others=()):
    made = Draft(place_id, name, Kind.CITY, country, 35.0, 40.0)
    made.call(name, NameKind.NAME, trusted=True)
    for other in others:
        made.call(other)
    return made


def write(target, given, **options):
    return write_index(target, lambda _: given, NameRules(**options), title="test", packages=[])


def test_a_new_index_replaces_the_old_one(tmp_path):
    """Nothing of the old one is left, and no lock or half of anything lies about."""
    write(tmp_path, places(3))
    index = write(tmp_path, places(2, name="City"))

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["index.json", index["data"]])
    store = Store.open(tmp_path)
    assert (store.lookup("town 1"), store.lookup("city 1")[0].place.id) == ((), "geonames:1")


def test_an_index_that_fails_halfway_leaves_the_old_one(tmp_path):
    """An error among the places is no reason to lose a gazetteer."""
    write(tmp_path, places(3))

    def broken():
        yield 1, draft("geonames:1", "One")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, Numbered(broken()))

    assert Store.open(tmp_path).lookup("town 3")
    assert len(list(tmp_path.iterdir())) == 2


SLOW = """
import sys, time
from pathlib import Path
from geomap.gazetteer.building.index import NameRules
from geomap.gazetteer.building.write import Numbered, write_index
from tests.test_gazetteer_scale import draft
def slowly():
    for number in range(1, 10_000):
        yield number, draft(f"geonames:{number}", f"Slow {number}")
        if number == 9000:
            print("writing", flush=True)
            time.sleep(60)
write_index(Path(sys.argv[1]), lambda _: Numbered(slowly()), NameRules(), title="slow", packages=[])
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on this system")
def test_a_kill_in_the_middle_leaves_the_old_index(tmp_path, pytestconfig):
    """The next run clears what the killed one left, and writes."""
    write(tmp_path, places(3))
    child = subprocess.Popen(
        [sys.executable, "-c", SLOW, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=pytestconfig.rootpath
    )
    with child:
        assert child.stdout.readline() == "writing\n"
        child.send_signal(signal.SIGKILL)

    assert any(path.name.startswith(".geomap-building-") for path in tmp_path.iterdir())
    assert Store.open(tmp_path).lookup("town 3")
    index = write(tmp_path, places(2))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["index.json", index["data"]])


def install(target, count):
    write(target, places(count))


def test_two_processes_that_write_at_once_do_no_harm(tmp_path):
    """One waits for the other; what is left is one whole index."""
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=install, args=(tmp_path, count)) for count in (1500, 1600)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert [worker.exitcode for worker in workers] == [0, 0]
    assert Store.open(tmp_path).info()["places"] in {1500, 1600}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_damaged_index_is_mended_by_writing_it_again(tmp_path):
    """Equal places make an equal folder name, and its broken files are not kept."""
    index = write(tmp_path, places(3))
    (tmp_path / index["data"] / "places.sqlite").write_bytes(b"")

    write(tmp_path, places(3))

    assert Store.open(tmp_path).lookup("town 2")


def test_an_index_that_is_replaced_under_a_reader_says_so(tmp_path):
    """A run that is not the first to know must not end in a traceback."""
    write(tmp_path, places(3))
    store = Store.open(tmp_path)
    write(tmp_path, places(2, name="City"))

    with pytest.raises(GazetteerError, match=r"replaced or removed meanwhile\. Run again"):
        store.lookup("town 1")


def test_a_reader_that_comes_while_an_index_is_replaced_reads_the_new_one(tmp_path, monkeypatch):
    """It has read index.json, and then the folder named there is gone: it looks once more."""
    write(tmp_path, places(3))
    seen = [read_index(tmp_path)]
    write(tmp_path, places(2, name="City"))
    monkeypatch.setattr("geomap.gazetteer.store.read_index", lambda path: seen.pop() if seen else read_index(path))

    assert Store.open(tmp_path).lookup("city 1")


@pytest.mark.parametrize("gone", ["names-000.marisa", "names-000.bin", "places.sqlite", ""])
def test_whatever_is_taken_away_under_a_reader_the_remedy_is_the_same(tmp_path, gone):
    """Nothing is damaged, and nothing need be built."""
    write(tmp_path, places(3))
    index = read_index(tmp_path)
    if gone:
        (tmp_path / index["data"] / gone).unlink()
    else:
        shutil.rmtree(tmp_path / index["data"])

    with pytest.raises(GazetteerError, match=r"this gazetteer was replaced or removed meanwhile\. Run again$"):
        Store(tmp_path, index).lookup("town 1")


def test_what_else_lies_in_the_folder_is_left_alone(tmp_path):
    """Somebody may name a folder with things of their own."""
    mine = [
        tmp_path / "building-plans" / "a.txt",
        tmp_path / "0123456789abcdef" / "b.txt",
        tmp_path / "sixteen_letters_" / "c",
    ]
    for file in mine:
        file.parent.mkdir()
        file.write_text("mine", "utf-8")
    write(tmp_path, places(3))
    write(tmp_path, places(2))
    withdraw(tmp_path)

    assert all(file.is_file() for file in mine)
    assert len(list(tmp_path.iterdir())) == 3


def test_an_index_can_be_withdrawn(tmp_path):
    """Undoing an import removes what it brought, and only that."""
    write(tmp_path / "one", places(3))
    write(tmp_path / "two", places(3))
    (tmp_path / "two" / "notes.txt").write_text("mine", "utf-8")

    withdraw(tmp_path / "one")
    withdraw(tmp_path / "two")

    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")] == ["two/notes.txt"]
    with pytest.raises(GazetteerError, match="there is no gazetteer index"):
        withdraw(tmp_path / "one")


def test_an_index_of_all_scripts_finds_a_name_with_small_words_before_it(tmp_path):
    """Arabic writes "and in Raqqa" as one word, and the name alone is stored."""
    raqqa = draft("geonames:1", "Raqqa", others=("الرقة", "RQX"))
    write(tmp_path / "all", Numbered([(1, raqqa)]), keep=keeper(Scripts.ALL))
    write(tmp_path / "latin", Numbered([(1, raqqa)]), keep=keeper(Scripts.LATIN))
    every, latin = Store.open(tmp_path / "all"), Store.open(tmp_path / "latin")

    assert [named.place.name for named in every.lookup(name_key("الرقة"))] == ["Raqqa"]
    assert [named.place.name for named in every.lookup(name_key("وبالرقة"))] == ["Raqqa"]
    assert (latin.lookup(name_key("الرقة")), every.lookup("RQX"), every.lookup(name_key("وبالقمر"))) == ((), (), ())


def test_ids_of_other_collections_are_kept_whole(tmp_path):
    """An id says where it comes from."""
    write(tmp_path, Numbered([(100_000_000, draft("pleiades:579885", "Athenae"))]))
    store = Store.open(tmp_path)

    assert store.lookup("athenae")[0].place.id == "pleiades:579885"
    assert store.place("pleiades:579885").name == "Athenae"
    assert (store.place("geomap:579885"), store.place("geonames:100000000")) == (None, None)


@pytest.mark.parametrize("data", ["../one/{}", "..", ".", "", "/", "{}/", "{}\n", "ABCDEF0123456789"])
def test_an_index_leads_nowhere_but_into_its_folder(tmp_path, data):
    """Somebody else's index.json cannot make geomap open files elsewhere."""
    write(tmp_path / "one", places(1))
    index = json.loads((tmp_path / "one" / "index.json").read_text("utf-8"))
    for folder in (tmp_path / "two", tmp_path):
        shutil.copytree(tmp_path / "one" / index["data"], folder, dirs_exist_ok=True)
    (tmp_path / "two" / "index.json").write_text(json.dumps(index | {"data": data.format(index["data"])}), "utf-8")

    with pytest.raises(GazetteerError, match=r"the index names .* as the folder of its files"):
        Store.open(tmp_path / "two")
