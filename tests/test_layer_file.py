"""Layers are read as people and spreadsheets write them; what is wrong with a file has a line."""

import hashlib

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, PlaceEntry, PreferEntry
from geomap.gazetteer.layers.file import read_layer, read_overlay, read_problems

TOML = """\
# Places of this project

[[place]]
name = "Kfar Kila"   # as reports write it
lat = 33.28
lon = 35.56
names = [
  "Kafr Kila",
  # [[place]] in a remark
  "[[place]]",
]
note = \"\"\"
Two lines, with
[[place]] in them\"\"\"

  [[ alias ]]
name = 'Mossul'
place = "geonames:99072"
[[block]]
name = "Reading"

[["prefer"]]
name = "Georgia"
place = "geonames:614540"
"""


# What the parser says where a value goes on too long.
EXPECTED_END = "expected newline or end of document after a statement"


def layer(tmp_path, name, content):
    """Return the path of a layer with this content."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def said_of(path):
    """Return what is said of a layer that cannot be read, from its name on."""
    with pytest.raises(GazetteerError) as caught:
        read_layer(path)
    return str(caught.value).removeprefix(f"{path.parent}/")


@pytest.mark.parametrize("change", [str, lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_tables_know_their_lines(change, tmp_path):
    """Neither brackets in texts and remarks, nor the line ends and marks of Windows, move them."""
    path = layer(tmp_path, "gazetteer.toml", change(TOML))

    entries = read_layer(path)

    assert [(type(entry), entry.name, entry.line) for entry in entries] == [
        (PlaceEntry, "Kfar Kila", 3),
        (AliasEntry, "Mossul", 16),
        (BlockEntry, "Reading", 19),
        (PreferEntry, "Georgia", 22),
    ]
    assert entries[0].names == ("Kafr Kila", "[[place]]")
    assert entries[0].note == "Two lines, with\n[[place]] in them"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_as_spreadsheets_write_it(separator, end, tmp_path):
    """Commas, semicolons or tabs; remarks and blank lines between; cells of several lines; short rows."""
    rows = [
        ["# a remark, with a comma; and a semicolon"],
        ["Name", "lat", "lon", "note", "entry", "place", "Names"],
        ["Kfar Kila", "33.28", "35.56", f'"two{end}lines ""here"""', "", "", "Kafr Kila|كفر كلا"],
        ["# Mossul, as Germans write it", "", ""],
        [""],
        ["Mossul", "", "", "", "Alias", "geonames:99072"],
        ["", "", "", "", "", "", ""],
        ["Reading", "", "", "'=1+1", "block"],
    ]
    path = layer(tmp_path, "gazetteer.csv", "\ufeff" + end.join(separator.join(row) for row in rows) + end)

    entries = read_layer(path)

    assert entries == [
        PlaceEntry("Kfar Kila", lat=33.28, lon=35.56, note='two\nlines "here"', names=("Kafr Kila", "كفر كلا")),
        AliasEntry("Mossul", "geonames:99072"),
        BlockEntry("Reading", note="=1+1"),
    ]
    assert [entry.line for entry in entries] == [3, 7, 9]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.toml", '[[place]]\nname = "Kfar Kila\n', "a.toml:2: no TOML: "),
        ("a.toml", "[[place]]\nname = ", "a.toml:2: no TOML: invalid value"),
        ("a.toml", '[[block]]\nname = "A"\nname = "B"\n', "a.toml:3: no TOML: "),
        ("a.toml", '\n[[plac]]\nname = "A"\n', "a.toml:2: unknown table 'plac'. Did you mean [[place]]?"),
        ("a.toml", '[block]\nname = "A"\n', "a.toml:1: 'block' is written as a value or a single table. Write"),
        ("a.toml", '#\nblock = [{name = "A"}]\n', "a.toml:2: 'block' is written as a value or a single table"),
        ("a.toml", 'name = "A"\n', "a.toml:1: unknown table 'name'"),
        ("a.toml", '[[block]]\nname = "A"\nnaem = 1\n', "a.toml:1: unknown key 'naem'. Did you mean 'name'?"),
        ("a.toml", '[[block]]\nname = "A"\n[block.more]\n', "a.toml:1: unknown key 'more'"),
        ("a.toml", b'[[block]]\nname = "Caf\xe9"\n', "a.toml:2: the byte E9 is no UTF-8. Save the file as UTF-8"),
        ("a.csv", "name\n".encode("utf-16"), "a.csv:1: the file is UTF-16. Save the file as UTF-8"),
        ("a.csv", "# x\nname,latt\n", "a.csv:2: unknown column 'latt'. Did you mean 'lat'?"),
        ("a.csv", "name,lat,lat\n", "a.csv:1: the column 'lat' comes twice. Keep one"),
        ("a.csv", "lat,lon\n", "a.csv:1: no column 'name'. The header is entry,name,lat,lon,"),
        ("a.csv", "entry,name\nblock,Hit, Iraq\n", "a.csv:2: 3 cells where the header has 2. A name with ','"),
        ("a.csv", 'entry,name\n\nblock,"Hit\n', "a.csv:3: no CSV: "),
        ("a.csv", 'entry,name\nblock,"Hit" x\n', "a.csv:2: no CSV: "),
        ("a.csv", "name,lat,lon\nDuma,33\xc3\x83,36\n", "a.csv:2: 'Duma' has lat="),
        ("a.csv", "name,lat,lon\nDÃ©bo,15.2,-4.1\n", "a.csv:2: name 'DÃ©bo' was saved as UTF-8 and read as"),
        ("a.toml", f"[[place]]\nname = 'A'\nlat = {'9' * 400}\nlon = 1\n", "a.toml:1: 'A' has lat="),
        ("a.toml", f"[[place]]\nname = 'A'\nlat = {'9' * 5000}\nlon = 1\n", "a.toml:4: no TOML: "),
        ("a.toml", "[[place]]\nname = 'A'\nlat = 1\nlon = 1\nnames = [\n[['place']]\n]\n", "a.toml:1: 'A' has names="),
        ("a.toml", f"x = {'[' * 5000}", "a.toml:1: no TOML: maximum recursion depth exceeded. Brackets stand within"),
        ("a.toml", "[[place]]\nlat = 33,28\n", f"a.toml:2: no TOML: {EXPECTED_END}. Write numbers with a point: lat"),
        ("a.toml", "[[block]]\nname = 'A'\nname = 'B'\n", "a.toml:3: no TOML: cannot overwrite a value. A key comes"),
        ("a.toml", "[[block]]\nname = \u201cA\u201d\n", "a.toml:2: no TOML: invalid value. Write straight quotes"),
        ("a.toml", "[[block]]\nname = A\n", "a.toml:2: no TOML: invalid value. Names stand in quotes"),
        ("a.xlsx", "", "a.xlsx: '.xlsx' is no layer. Name a .toml or .csv file"),
        (
            "a.csv",
            "name,lat,lon,id\nA,1,1,own:x\nB,2,2,own:x\n",
            "a.csv:3: the id 'own:x' stands already in line 2. Two places have two ids",
        ),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where_and_why(name, content, said, tmp_path):
    """File, line, what is wrong, and what to do: never a traceback."""
    assert said_of(layer(tmp_path, name, content)).startswith(said)


def test_a_file_that_is_not_there_is_told(tmp_path):
    """Also when it is a folder."""
    assert "cannot be read (No such file or directory)" in said_of(tmp_path / "none.toml")
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be read (" in said_of(tmp_path / "folder.csv")


def test_all_problems_of_a_file_are_found_at_once(tmp_path):
    """Whoever mends a table wants the whole list; the good rows are read."""
    rows = "name,lat,lon\nTokyo,139.69,35.68\nGood,1,2\nNowhere,0,0\n"

    entries, problems = read_problems(layer(tmp_path, "a.csv", rows))

    assert [entry.name for entry in entries] == ["Good"]
    assert [problem.line for problem in problems] == [2, 4]


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "\n\n"])
@pytest.mark.parametrize("name", ["a.toml", "a.csv"])
def test_an_empty_layer_is_a_layer(name, content, tmp_path):
    """A file that was made and not yet written to is no error."""
    assert read_layer(layer(tmp_path, name, content)) == []


def test_digest_and_entries_are_of_one_state_of_the_file(tmp_path, monkeypatch):
    """Another program may write between two readings, so there is but one."""
    path = layer(tmp_path, "gazetteer.toml", TOML)
    states = iter([TOML.encode(), b"# emptied\n"])
    monkeypatch.setattr(type(path), "read_bytes", lambda _: next(states))

    overlay = read_overlay(path)

    assert (set(overlay.places), overlay.digest) == ({"own:kfar-kila"}, hashlib.sha256(TOML.encode()).hexdigest())


def test_a_layer_that_changed_has_another_digest(tmp_path):
    """So that a map can say which layer it was drawn with."""
    path = layer(tmp_path, "gazetteer.toml", TOML)
    first = read_overlay(path)
    path.write_text(TOML + "# more\n", encoding="utf-8")

    assert (first.title, set(first.places)) == ("gazetteer.toml", {"own:kfar-kila"})
    assert read_overlay(path, title="mine").digest != first.digest
    assert read_overlay(path, title="mine").title == "mine"
