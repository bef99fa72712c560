"""Layers are edited by adding and cutting whole entries: every other byte stays, nobody's entry is lost."""

import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.errors import GazetteerError
from geomap.gazetteer.layers.edit import append, cut
from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, PlaceEntry, PreferEntry
from geomap.gazetteer.layers.file import read_layer
from geomap.gazetteer.layers.mojibake import mended
from geomap.gazetteer.layers.places import places_with_ids
from geomap.gazetteer.layers.texts import NAME_MAX_CHARS
from geomap.model import BBox
from geomap.words import name_key

KFAR_KILA = PlaceEntry("Kfar Kila", lat=33.28, lon=35.56, country="LB", kind="village")

TOML = """\
# Our places.
[[place]]   # the first
name = "Ain Dara"     # as in the reports
lat = 36.46
lon = 36.85
note = \"\"\"
[[place]] is how an entry begins
# and this is no remark\"\"\"

# Georgia is the country here.
[[prefer]]
name = "Georgia"
place = "geonames:614540"
"""
CSV = """\
# Our places.
name,lat,lon,kind,entry,place,note,names,id,country,population,bbox,disputed,source
Ain Dara,36.46,36.85,village,,,"as in
the reports",,,SY,,,,

# Georgia is the country here.
Georgia,,,,prefer,geonames:614540,,,,,,,,
"""

# Whatever a person may write: quotes, backslashes, formulas, emoji, letters of any script.
_hard = st.sampled_from(
    ["'", '"', "\\", "=", "+", "-", "@", "#", ",", ";", "[", "]", "'''", '"""', "😀", "كفر", "\u200f"]
)
_letters = st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="|\ufffd")
_texts = st.lists(st.one_of(_hard, st.text(_letters, max_size=6)), max_size=8).map("".join).map(str.strip)
_notes = st.lists(st.one_of(_texts, st.sampled_from(["\n", "\t", "\n\n"])), max_size=6).map("".join).map(str.strip)


def writable(text):
    """Say whether a text is one that `fields` lets through."""
    turns = any(0x202A <= ord(mark) <= 0x202E or 0x2066 <= ord(mark) <= 0x2069 for mark in text)
    return mended(text) == text and not turns


_names = _texts.filter(
    lambda text: name_key(text) and any(map(str.isalpha, text)) and len(text) < NAME_MAX_CHARS and writable(text)
)
_about = {"note": _notes.filter(writable), "source": _texts.filter(writable)}
_entries = st.one_of(
    st.builds(
        PlaceEntry,
        name=_names,
        lat=st.floats(1, 89),
        lon=st.floats(-180, 180),
        country=st.sampled_from(["", "LB", "PS"]),
        kind=st.sampled_from(["", "city", "village", "base"]),
        names=st.lists(_names, max_size=3).map(tuple),
        population=st.integers(0, 10**9),
        bbox=st.sampled_from([None, BBox(-180.0, 0.5, 180.0, 90.0)]),
        disputed=st.sampled_from([None, False, True]),
        **_about,
    ),
    st.builds(AliasEntry, name=_names, place=st.just("geonames:1"), **_about),
    st.builds(PreferEntry, name=_names, place=st.just("geomap:sahel"), **_about),
    st.builds(BlockEntry, name=_names, **_about),
)
_beginnings = st.sampled_from([TOML, CSV]).flatmap(
    lambda text: st.sampled_from([text, text.rstrip("\n"), text.replace("\n", "\r\n"), "\ufeff" + text])
)


def without_id(entry):
    """Return an entry as it was before a namesake's id was written down."""
    return replace(entry, id="") if isinstance(entry, PlaceEntry) else entry


@given(text=_beginnings, entries=st.lists(_entries, min_size=1, max_size=4), data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_added_is_read_and_taken_back_to_the_byte(text, entries, data, tmp_path):
    """Names may hold quotes, backslashes, formulas, emoji or any script; the file is as before when all are cut."""
    path = tmp_path / ("layer.toml" if "[[" in text else "layer.csv")
    path.write_bytes(text.encode())
    before = read_layer(path)

    line = append(path, entries)

    added = read_layer(path)[len(before) :]
    assert read_layer(path)[: len(before)] == before
    assert [without_id(entry) for entry in added] == entries
    assert added[0].line == line
    assert path.read_bytes().startswith(text.encode())
    if data.draw(st.booleans(), label="at once"):
        assert cut(path, *added) == line
    else:
        for entry in data.draw(st.permutations(added)):
            cut(path, entry)
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize("name", ["gazetteer.toml", "gazetteer.csv"])
def test_a_new_file_says_how_to_write_it(name, tmp_path):
    """Whoever finds the file in a project can go on in it by hand."""
    path = tmp_path / "deep" / name

    line = append(path, [KFAR_KILA])

    lines = path.read_text("utf-8").splitlines()
    assert lines[0].startswith("# Places and names of this project's own")
    assert [entry.line for entry in read_layer(path)] == [line]
    assert "Kfar Kila" in lines[line - 1 + (name == "gazetteer.toml")]


def test_a_namesake_keeps_its_id_when_the_first_is_cut(tmp_path):
    """The second village of a name is own:...-2, and stays so."""
    path = tmp_path / "gazetteer.toml"
    elsewhere = PlaceEntry("Kfar Kila", lat=34.3, lon=36.0, country="LB", kind="village")
    append(path, [KFAR_KILA])
    append(path, [elsewhere])

    cut(path, KFAR_KILA)

    assert [id_ for _, id_ in places_with_ids(read_layer(path))] == ["own:kfar-kila-2"]


def test_an_id_is_not_taken_from_a_place_that_has_it(tmp_path):
    """A decision or an alias that names the id must go on meaning the same place."""
    path = tmp_path / "gazetteer.toml"
    append(path, [KFAR_KILA])
    before = path.read_bytes()

    with pytest.raises(GazetteerError, match="'own:kfar-kila' is that of another place"):
        append(path, [PlaceEntry("Other", lat=1.0, lon=1.0, id="own:kfar-kila")])

    assert path.read_bytes() == before


def test_a_broken_file_is_not_made_worse(tmp_path):
    """What cannot be read is not written to; the error says the line."""
    path = tmp_path / "gazetteer.toml"
    path.write_text('[[place]]\nname = "Ain Dara\n')

    with pytest.raises(GazetteerError, match=r"gazetteer\.toml:2: no TOML"):
        append(path, [KFAR_KILA])

    assert path.read_text() == '[[place]]\nname = "Ain Dara\n'


def test_a_table_that_lacks_a_column_is_left_as_it_is(tmp_path):
    """Nothing is dropped in silence, and no column is put into a table that a person laid out."""
    path = tmp_path / "gazetteer.csv"
    path.write_text("name;lat;lon\nAin Dara;36.46;36.85\n")

    with pytest.raises(GazetteerError, match=r"no column 'country'\. Add country at the end of its header line"):
        append(path, [KFAR_KILA])
    append(path, [PlaceEntry("Kfar Kila", lat=33.28, lon=35.56)])

    assert path.read_text() == "name;lat;lon\nAin Dara;36.46;36.85\nKfar Kila;33.28;35.56\n"


def test_a_formula_is_not_run_by_a_spreadsheet(tmp_path):
    """A cell that begins like a formula is written with an apostrophe, which reading takes off; numbers stay."""
    path = tmp_path / "gazetteer.csv"
    append(path, [PlaceEntry("=HYPERLINK(A1)", lat=-33.28, lon=-5.5, note="'+1")])

    row = path.read_text("utf-8").splitlines()[-1]

    assert row.startswith(",'=HYPERLINK(A1),-33.28,-5.5,")
    assert "''+1" in row
    assert [(entry.name, entry.note) for entry in read_layer(path)] == [("=HYPERLINK(A1)", "'+1")]


@pytest.mark.skipif(os.name != "posix", reason="rights and links of POSIX")
def test_rights_and_links_stay(tmp_path):
    """A shared layer behind a link stays shared, and stays behind the link."""
    shared = tmp_path / "shared.toml"
    shared.write_text(TOML)
    shared.chmod(0o640)
    link = tmp_path / "gazetteer.toml"
    link.symlink_to(shared)

    append(link, [KFAR_KILA])

    assert link.is_symlink()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o640
    assert read_layer(shared)[-1] == KFAR_KILA


def test_a_file_of_no_layer_is_not_begun(tmp_path):
    """A name that ends otherwise than a layer's is told before anything is made."""
    with pytest.raises(GazetteerError, match=r"'\.txt' is no layer"):
        append(tmp_path / "new" / "gazetteer.txt", [KFAR_KILA])

    assert list(tmp_path.iterdir()) == []


def test_taking_back_what_is_not_there_says_so(tmp_path):
    """The file is not touched."""
    path = tmp_path / "gazetteer.toml"
    path.write_text(TOML)

    with pytest.raises(GazetteerError, match="no entry says 'Kfar Kila' so"):
        cut(path, KFAR_KILA)
    with pytest.raises(GazetteerError, match="no such file"):
        cut(tmp_path / "none.toml", KFAR_KILA)

    assert path.read_text() == TOML


# --- several processes ------------------------------------------------------------------------

ADDER = """
import sys
from pathlib import Path
from geomap.gazetteer.layers.entries import PlaceEntry
from geomap.gazetteer.layers.edit import append
path, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    append(path, [PlaceEntry(f"Village {who} {number}", lat=33.0, lon=35.0)])
    print(number, flush=True)
"""


def adder(path, who, count):
    """Start a process that adds villages one by one and says so."""
    command = [sys.executable, "-c", ADDER, str(path), who, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("name", ["gazetteer.toml", "gazetteer.csv"])
def test_two_processes_lose_nothing(name, tmp_path):
    """Each waits for the other; every village of both is there, once."""
    path = tmp_path / name
    count = 25

    writers = [adder(path, who, count) for who in ("north", "south")]
    for writer in writers:
        writer.communicate(timeout=120)

    names = sorted(entry.name for entry in read_layer(path))
    assert names == sorted(f"Village {who} {number}" for who in ("north", "south") for number in range(count))
    assert [writer.returncode for writer in writers] == [0, 0]


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
@pytest.mark.parametrize("wait_s", [0.0, 0.003, 0.011, 0.023])
def test_a_process_killed_while_it_writes_leaves_a_file_that_can_be_read(wait_s, tmp_path):
    """Everything it said it had added is there, and the next one can go on."""
    path = tmp_path / "gazetteer.toml"
    writer = adder(path, "north", 1_000_000)
    said = [writer.stdout.readline() for _ in range(3)]
    time.sleep(wait_s)

    writer.send_signal(signal.SIGKILL)
    said += writer.stdout.readlines()
    writer.stdout.close()
    writer.wait(timeout=60)

    kept = [entry.name for entry in read_layer(path)]
    whole = [line for line in said if line.endswith("\n")]
    assert kept[: len(whole)] == [f"Village north {number}" for number in range(len(whole))]
    append(path, [KFAR_KILA])
    assert read_layer(path)[-1] == KFAR_KILA


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file(step, tmp_path, monkeypatch):
    """A full disk is told in one line, and nothing is lost."""
    path = tmp_path / "gazetteer.toml"
    path.write_text(TOML)

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    match step:
        case "write":
            monkeypatch.setattr(Path, "open", fail)
        case "fsync":
            monkeypatch.setattr(os, "fsync", fail)
        case _:
            monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(GazetteerError, match="cannot be written \\(No space left on device\\)"):
        append(path, [KFAR_KILA])

    monkeypatch.undo()
    assert path.read_text() == TOML
