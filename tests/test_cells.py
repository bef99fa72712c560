"""Tables that people keep in spreadsheets: what a cell may do, and what is said of a file that is no table."""

import pytest

from geomap.errors import InputError
from geomap.gazetteer.cells import guarded, read_rows, unguarded


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "'=1", "''=1"])
def test_a_formula_is_guarded_and_comes_back(cell):
    """Also one that somebody has guarded before."""
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Kfar Kila", "'Ayn al-Arab", "1-2"])
def test_other_cells_are_left_alone(cell):
    """A name may begin with an apostrophe."""
    assert guarded(cell) == unguarded(cell) == cell


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_rows_know_the_lines_they_begin_on(separator, mark, tmp_path):
    """A cell may hold several lines, and empty rows stand between."""
    rows = ["name,note", 'A,"one', 'two"', ",", "", "B,x"]
    path = tmp_path / "a.csv"
    path.write_text(mark + "\r\n".join(rows).replace(",", separator), encoding="utf-8", newline="")

    assert list(read_rows(path)) == [(1, ["name", "note"]), (2, ["A", "one\r\ntwo"]), (6, ["B", "x"])]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'name\n"A" x\n', "a.csv:2: is no row of a CSV table ("),
        (b'name\nA\n"B\n', "a.csv:3: is no row of a CSV table ("),
        (b"Caf\xe9\n", 'a.csv: is not UTF-8 (byte 3). Save it as "CSV UTF-8"'),
    ],
)
def test_what_is_no_table_is_told(content, said, tmp_path):
    """With the line, and what to do: nothing is guessed."""
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(InputError) as caught:
        list(read_rows(path))

    assert said in str(caught.value)
