"""The remembered online answers: what replaces what, what becomes of a bad file, and what goes to a map."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.layered import Layered
from geomap.gazetteer.online import cache_file
from geomap.gazetteer.online.answers import kind_of
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.cache_lines import export_lines, import_lines
from geomap.gazetteer.online.remembered import Answer, AskOutcome, Keeping, Question, Remembered
from geomap.gazetteer.opening import open_gazetteer
from geomap.gazetteer.store import Store
from geomap.model import BBox, Kind, NameKind

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
QUESTION = Question("Kafr Upper", "LB", "en", "nominatim", "https://example.org")
VILLAGE = Answer("Kafr Upper", 33.28, 35.56, "osm:node:1", "Kafr Upper, Lebanon", "place", "village", "", "LB")
FOUND = Remembered(QUESTION, AskOutcome.FOUND, NOON, (VILLAGE,), '[{"lat": "33.28"}]', "ODbL", "", 120)
NOT_FOUND = Remembered(QUESTION, AskOutcome.NOT_FOUND, NOON, raw="[]")
FAILED = Remembered(QUESTION, AskOutcome.FAILED, NOON, detail="status 500")
FORBIDDEN = replace(FAILED, outcome=AskOutcome.FORBIDDEN, detail="status 403")


def later(row):
    return replace(row, asked_at=LATER)


def asked(row, **fields):
    """Return a row for another question."""
    return replace(row, question=row.question._replace(**fields))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new folder" / "cache.sqlite"


@pytest.fixture
def cache(path):
    with Cache.open(path) as opened:
        yield opened


@pytest.mark.parametrize("row", [FOUND, NOT_FOUND, FAILED, FORBIDDEN], ids=lambda row: row.outcome)
def test_what_is_put_in_comes_out(path, row):
    """Every field, to the letter, from the file of a process that is gone; the raw answer unchanged."""
    row = replace(row, raw=' [{"odd" :  "\u00e9\u0627\\u0000"}]\n')
    with Cache.open(path) as cache:
        cache.put(row)

    with Cache.open(path) as cache:
        assert cache.get(QUESTION) == row
        assert list(cache.rows()) == [row]


@pytest.mark.parametrize("field", Question._fields)
def test_a_question_differs_by_everything_that_changes_its_answer(cache, field):
    """Another name, country, language, provider or endpoint is another question."""
    cache.put(FOUND)

    assert cache.get(QUESTION._replace(**{field: "other"})) is None


@pytest.mark.parametrize(
    ("old", "new", "stays"),
    [
        pytest.param(NOT_FOUND, later(FOUND), "new", id="the newer answer"),
        pytest.param(later(NOT_FOUND), FOUND, "old", id="not the older one"),
        pytest.param(FOUND, later(FAILED), "old", id="no failure for an answer"),
        pytest.param(NOT_FOUND, later(FORBIDDEN), "old", id="no refusal for an answer"),
        pytest.param(later(FAILED), NOT_FOUND, "new", id="an answer for a failure, even if it is older"),
        pytest.param(FAILED, later(FORBIDDEN), "new", id="the newer failure"),
    ],
)
def test_which_of_two_rows_stays(cache, old, new, stays):
    """The newer, but an answer rather than a failure."""
    cache.put(old)

    taken = cache.merge([new])

    assert (cache.get(QUESTION), taken) == {"old": (old, 0), "new": (new, 1)}[stays]


def test_a_clock_that_was_set_back_loses_no_answer(cache):
    """What was asked just now counts, though an older row says it is from tomorrow."""
    cache.put(later(NOT_FOUND))
    cache.put(FOUND)

    assert cache.get(QUESTION) == FOUND


@pytest.mark.parametrize(
    ("row", "age", "current"),
    [
        (FOUND, timedelta(days=9999), True),
        (NOT_FOUND, timedelta(days=89), True),
        (NOT_FOUND, timedelta(days=90), False),
        (FAILED, timedelta(seconds=59), True),
        (FAILED, timedelta(seconds=60), False),
        (FAILED, timedelta(days=-1), False),
        (FORBIDDEN, timedelta(minutes=9), True),
        (FORBIDDEN, timedelta(minutes=10), False),
    ],
)
def test_how_long_an_outcome_saves_asking_again(row, age, current):
    """A place for ever, "there is none" for a season, a failure for a minute: it is no "not found"."""
    assert Keeping().is_current(row, NOON + age) is current


def test_a_place_may_expire_where_someone_wants_that():
    """Map data grows old too."""
    assert not Keeping(found=timedelta(days=30)).is_current(FOUND, NOON + timedelta(days=31))


def test_found_answers_are_candidates_below_every_other_layer(cache):
    """They add meanings; what the gazetteer says of a name comes first."""
    cache.put(FOUND)
    cache.put(asked(FOUND, name="Kefar Uper"))
    cache.put(asked(FOUND, name="Mosul"))
    cache.put(asked(NOT_FOUND, name="Xanadu"))
    cache.put(asked(FAILED, name="Shangri-La"))

    overlay = cache.overlay()
    gazetteer = Layered([Store.open()], [overlay])

    assert {key: [kind for _, kind in meant] for key, meant in overlay.names.items()} == {
        "kafr upper": [NameKind.NAME],
        "kefar uper": [NameKind.NAME],
        "mosul": [NameKind.NAME],
    }
    assert [named.place.id for named in gazetteer.lookup("kefar uper")] == ["osm:node:1"]
    assert gazetteer.lookup("mosul")[0].place.id == "geonames:99072"
    assert gazetteer.lookup("mosul")[-1].place.id == "osm:node:1"
    assert "ODbL" in gazetteer.credits
    assert not overlay.decisive


def test_a_run_finds_remembered_answers_without_the_network(cache):
    """This is what the cache is for."""
    cache.put(FOUND)

    gazetteer = open_gazetteer(home=cache.path.parent)

    assert [named.place.name for named in gazetteer.lookup("kafr upper")] == ["Kafr Upper"]


def test_the_newest_answer_says_where_a_place_is(cache):
    """Two questions may lead to one place, asked years apart."""
    moved = replace(VILLAGE, lat=33.30)
    cache.put(replace(later(asked(FOUND, name="Kafr Upper", country="")), answers=(moved,)))
    cache.put(FOUND)

    assert cache.overlay().places["osm:node:1"].lat == 33.30


def test_equal_answers_make_equal_layers(tmp_path):
    """The digest tells whether a map may differ: not by the order of asking, but by any other answer."""
    rows = [FOUND, asked(FOUND, name="Other")]
    digests = []
    for name, order in {"a": rows, "b": rows[::-1], "c": rows[:1]}.items():
        with Cache.open(tmp_path / name) as cache:
            cache.merge(order)
            digests.append(cache.overlay().digest)

    assert digests[0] == digests[1] != digests[2]


def test_a_place_without_an_id_gets_one_that_lasts(cache):
    """Services other than OpenStreetMap's have no ids to rely on."""
    bare = Answer("Kafr Upper", 33.28, 35.56, address="Kafr Upper, Lebanon")
    cache.put(asked(replace(FOUND, answers=(bare,)), provider="mapbox"))

    (place,) = cache.overlay().places.values()

    assert place.id == "mapbox:8340d1daaf58"
    assert (place.kind, place.source) == (Kind.CITY, "mapbox")


@pytest.mark.parametrize(
    ("provider", "words", "kind"),
    [
        ("nominatim", ("boundary", "administrative", "state"), Kind.ADMIN1),
        ("nominatim", ("boundary", "administrative", "city"), Kind.CITY),
        ("nominatim", ("boundary", "administrative", "county"), Kind.ADMIN2),
        ("nominatim", ("boundary", "administrative", ""), Kind.REGION),
        ("nominatim", ("place", "hamlet", "hamlet"), Kind.CITY),
        ("nominatim", ("military", "base", "military"), Kind.FACILITY),
        ("nominatim", ("aeroway", "aerodrome", "aeroway"), Kind.AIRPORT),
        ("nominatim", ("natural", "bay", "bay"), Kind.SEA),
        ("nominatim", ("highway", "residential", "road"), None),
        ("nominatim", ("shop", "florist", "shop"), None),
        ("photon", ("place", "island", "other"), Kind.ISLAND),
        ("geonames", ("P", "PPLX", ""), Kind.NEIGHBOURHOOD),
        ("geonames", ("R", "RD", ""), None),
        ("mapbox", ("", "", ""), Kind.CITY),
    ],
)
def test_what_a_service_calls_a_place_is_read_from_a_table(provider, words, kind):
    """The first row that fits decides; roads and shops are no places of a map of news."""
    category, type_, level = words

    assert kind_of(provider, Answer("x", 1, 1, category=category, type=type_, level=level)) == kind


def test_an_export_loses_nothing(cache, tmp_path):
    """Lines of one cache make an equal one elsewhere, and again change nothing."""
    box = replace(VILLAGE, bbox=BBox(179.0, -1.0, -179.0, 1.0))
    rows = [replace(FOUND, answers=(box, VILLAGE)), asked(NOT_FOUND, name="=Ÿ"), asked(FAILED, name="B\u0627")]
    cache.merge(rows)
    file = tmp_path / "answers.jsonl"
    file.write_text("".join(export_lines(cache)), encoding="utf-8")

    with Cache.open(tmp_path / "other.sqlite") as other:
        first = import_lines(other, file)
        second = import_lines(other, file)

        assert list(other.rows()) == list(cache.rows())
        assert (first.taken, first.kept, first.problems) == (3, 0, ())
        assert (second.taken, second.kept) == (0, 3)


LINE = {
    "format": 1, "name": "A", "country": "", "language": "en", "provider": "p", "endpoint": "e", "outcome": "found",
    "answers": [{"name": "A", "lat": 1, "lon": 2}], "raw": "", "licence": "", "detail": "", "latency_ms": 1,
    "asked_at": "2026-03-01T12:00:00Z",
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"no json", "Expecting value"),
        (b'"text"', 'it does not say "format": 1'),
        (b"\xff", "utf-8"),
        (b"[" * 100_000, "recursion"),
        (LINE | {"format": 2}, 'it does not say "format": 1'),
        (LINE | {"extra": 1}, "fields missing or unknown: extra"),
        (LINE | {"raw": None}, "raw=None is no text"),
        (LINE | {"name": "\ud800"}, "is no text"),
        (LINE | {"raw": "\ud800"}, "surrogates"),
        (LINE | {"licence": "\x1b[2J"}, "is no text"),
        (LINE | {"answers": [{"name": "A", "lat": 1, "lon": 2, "id": "own:b"}]}, "is no id"),
        (LINE | {"answers": [{"name": "A\nB", "lat": 1, "lon": 2}]}, "control characters"),
        (LINE | {"outcome": "perhaps"}, "perhaps"),
        (LINE | {"outcome": "failed"}, "outcome=failed does not go with 1 answers"),
        (LINE | {"answers": []}, "outcome=found does not go with 0 answers"),
        (LINE | {"answers": [{"name": "A", "lat": 91, "lon": 2}]}, "lat=91.0, lon=2.0 is outside"),
        (LINE | {"answers": [{"name": "A", "lat": float("nan"), "lon": 2}]}, "is no point"),
        (LINE | {"answers": [{"name": "A", "lat": 1}]}, "lacks name, lat or lon"),
        (LINE | {"answers": [{"name": "A", "lat": 1, "lon": 2, "bbox": [1, 2]}]}, "four sides"),
        (LINE | {"answers": [{"name": "A", "lat": 1, "lon": 2, "__init__": "x"}]}, "does not know"),
        (LINE | {"answers": [{"name": ["A"], "lat": 1, "lon": 2}]}, "of the wrong type"),
        (LINE | {"answers": [{"name": "A", "lat": 1, "lon": 2, "country": 7}]}, "of the wrong type"),
        (LINE | {"answers": [7]}, "does not know"),
        (LINE | {"asked_at": "yesterday"}, "yesterday"),
        (LINE | {"asked_at": "2026-03-01T12:00:00"}, "no time zone"),
        (LINE | {"latency_ms": "fast"}, "latency_ms"),
        (LINE | {"latency_ms": 10**30}, "latency_ms"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_taken(cache, tmp_path, line, complaint):
    """Path and line number, what is wrong, what to do; the rest of the file is not lost."""
    file = tmp_path / "answers.jsonl"
    bad = line if isinstance(line, bytes) else json.dumps(line).encode()
    file.write_bytes(bad + b"\n\n" + json.dumps(LINE).encode() + b"\n")

    merged = import_lines(cache, file)

    (problem,) = merged.problems
    assert merged.taken == 1
    assert str(problem).startswith(f"{file}:1: this is no row of a cache (")
    assert complaint in str(problem)
    assert "\n" not in str(problem)


def test_a_person_clears_what_they_choose(cache):
    """By outcome, by service, by age; the filters add up, and none means all."""
    cache.merge([FOUND, asked(NOT_FOUND, name="B"), asked(later(FAILED), name="C"), asked(FAILED, provider="photon")])

    assert cache.clear(outcome=AskOutcome.FAILED, provider="photon") == {AskOutcome.FAILED: 1}
    assert cache.clear(before=LATER) == {AskOutcome.FOUND: 1, AskOutcome.NOT_FOUND: 1}
    assert cache.clear() == {AskOutcome.FAILED: 1}
    assert list(cache.rows()) == []


def test_what_was_cleared_is_not_left_in_the_file(path):
    """What someone asked for may be nobody else's business."""
    with Cache.open(path) as cache:
        cache.merge(asked(FOUND, name=f"Secret Valley {number}") for number in range(200))
    full = path.stat().st_size
    with Cache.open(path) as cache:
        cache.clear()

    assert path.stat().st_size < full
    assert [file.name for file in path.parent.glob("cache.sqlite*") if b"Secret" in file.read_bytes()] == []


def test_a_closed_cache_is_one_file(path):
    """It can be copied, shipped and kept without knowing SQLite."""
    with Cache.open(path) as cache:
        cache.put(FOUND)

    assert sorted(file.name for file in path.parent.iterdir() if file.suffix != ".lock") == ["cache.sqlite"]


def test_a_cache_nobody_may_write_can_be_read(path, monkeypatch):
    """On a stick, in a shared folder."""
    with Cache.open(path) as cache:
        cache.put(FOUND)
    monkeypatch.setattr(cache_file.os, "access", lambda *_: False)

    with Cache.open(path) as cache:
        assert cache.get(QUESTION) == FOUND
        with pytest.raises(GazetteerError, match="cannot be used now"):
            cache.put(later(FOUND))


def damage_header(path):
    path.write_bytes(b"\0" * 5000)


def damage_pages(path):
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def cut_short(path):
    path.write_bytes(path.read_bytes()[:5000])


def damage_row(path):
    with sqlite3.connect(path) as db:
        db.execute("UPDATE answers SET answers = '[{'")
    db.close()


def empty(path):
    path.write_bytes(b"")


def of_another_program(path):
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE photos (name)")
    db.close()


def of_the_future(path):
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


@pytest.mark.parametrize(
    ("harm", "complaint"),
    [
        (damage_header, "damaged"),
        (damage_pages, "damaged"),
        (cut_short, "damaged"),
        (damage_row, "the row of 'Kafr Upper' is damaged"),
        (empty, "damaged \\(the file is empty\\)"),
        (of_another_program, "not a cache of geomap"),
        (of_the_future, "has format 99, this geomap reads format 1"),
    ],
)
def test_a_bad_file_is_told_in_one_line(path, harm, complaint):
    """Which file, what is wrong, what to do; never a traceback of SQLite's."""
    with Cache.open(path) as cache:
        cache.merge([FOUND, *(asked(FOUND, name=f"Name {number}") for number in range(200))])
    harm(path)

    with pytest.raises(GazetteerError, match=complaint) as raised, Cache.open(path) as cache:
        list(cache.rows())

    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)


def test_a_cache_in_a_place_that_is_no_folder_is_told(tmp_path):
    """The folder of the cache may be a file."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(GazetteerError, match="a cache cannot be made here"):
        Cache.open(tmp_path / "file" / "cache.sqlite")
