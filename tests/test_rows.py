"""Tables written by hand: those of a person tell every fault, those of geomap must have none."""

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer import rows
from geomap.gazetteer.rows import own_rows, read_rows


def test_a_wrong_row_is_told_and_the_others_are_read(tmp_path):
    """Whoever edits a table sees all that is wrong with it at once."""
    (tmp_path / "x.tsv").write_text("# about\nname\tkind\nA\tcity\nB\tcity\tmore\n\tcity\nC\n", "utf-8")
    problems = []

    found = [(row["name"], row["kind"], row.line) for row in read_rows(tmp_path / "x.tsv", problems)]

    assert found == [("A", "city", 3), ("C", "", 6)]
    assert [problem.line for problem in problems] == [4, 5]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "x.tsv: this table is missing or empty. Install geomap again$"),
        ("# about\nname\tkind\n", "missing or empty"),
        ("name\tkind\nA\tcity\nB\tcity\tmore\n", "x.tsv:3: 3 cells where the header has 2"),
    ],
)
def test_a_table_of_geomaps_own_is_whole_or_an_error(tmp_path, monkeypatch, content, says):
    """A row that vanishes in silence would change what every text means."""
    monkeypatch.setattr(rows, "_TABLES", tmp_path)
    if content is not None:
        (tmp_path / "x.tsv").write_text(content, "utf-8")

    with pytest.raises(GazetteerError, match=says):
        own_rows("x.tsv")


@pytest.mark.parametrize("file", sorted(rows._TABLES.glob("*.tsv")), ids=lambda file: file.name)
def test_every_table_that_comes_with_geomap_is_whole(file):
    """No row has more cells than the header, and none begins with an empty one."""
    assert own_rows(file.name)
