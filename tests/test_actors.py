"""The table of known actors: what it holds, and what counts as a name in a text."""

import csv
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.link.actors import ACTORS_PATH, ActorTable
from geomap.link.grammar import load_grammar
from geomap.words import name_key, words


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return ActorTable.load()


def rows() -> list[dict[str, str]]:
    """Return the lines of the table, columns that no rule reads included."""
    with ACTORS_PATH.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def first_name(table: ActorTable, text: str) -> tuple[str, str] | None:
    """Return the first known name in a text as it stands there, and whose it is."""
    tokens = words(text)
    for i, token in enumerate(tokens):
        if found := table.longest([word.text for word in tokens], i):
            return text[token.start : tokens[i + found[0] - 1].end], found[1]
    return None


def test_the_table_is_large_and_every_id_is_once_there(table: ActorTable) -> None:
    """Each line is one actor."""
    ids = [row["id"] for row in rows()]

    assert len(ids) == len(table) >= 150
    assert ids == sorted(set(ids))
    assert all(row["source"] for row in rows())


def test_every_base_and_sponsor_is_a_state_we_know() -> None:
    """They are ISO codes, so that a page can name the country."""
    codes = [code for row in rows() for code in (row["base"], *row["sponsor"].split("|")) if code]

    assert len(codes) >= 150
    assert set(codes) <= set(load_grammar().states)


def test_the_other_tables_say_where_they_come_from() -> None:
    """Every table of data names its source, above its columns where all lines have the same."""
    for file in ("agents.tsv", "states.tsv"):
        head = (ACTORS_PATH.parent / file).read_text(encoding="utf-8").split("\n")[:2]
        assert all(line.startswith("# ") for line in head), file
        assert head[1].startswith("# Source: "), file


def test_no_name_belongs_to_two_actors(table: ActorTable) -> None:
    """A name that two share would make the order of lines decide."""
    owners: dict[str, str] = {}
    for entry in table.entries():
        for name in (entry.name, *entry.aliases):
            assert owners.setdefault(name_key(name), entry.id) == entry.id, name


def test_no_country_is_in_the_table(table: ActorTable) -> None:
    """States act through the places that stand for them."""
    names = {name_key(name) for entry in table.entries() for name in (entry.name, *entry.aliases)}
    states = {name_key(name) for name in load_grammar().states.values()}

    assert len(states) >= 190
    assert not names & states


def test_every_name_is_found_where_it_is_written(table: ActorTable) -> None:
    """What the table holds, a text can name."""
    for entry in table.entries():
        for name in (entry.name, *entry.aliases):
            assert first_name(table, f"we saw {name} there") == (name, entry.id)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "we saw the Islamic Resistance in Iraq", "Islamic Resistance in Iraq", id="a long name, place included"
        ),
        pytest.param("Kata\u2019ib Hezbollah said", "Kata\u2019ib Hezbollah", id="apostrophes are silent"),
        pytest.param("al Shabaab fighters", "al Shabaab", id="hyphens are silent"),
        pytest.param("the U.N. said", "U.N.", id="dots are silent"),
        pytest.param("fighters of IS left", "IS", id="capitals"),
        pytest.param("this is it", None, id="small letters are a word"),
        pytest.param("WHAT IS NEXT", None, id="in a shouted line capitals tell nothing"),
        pytest.param("the united nations of the world", None, id="no capitals, no name"),
        pytest.param("the quad bike", None, id="part of no name"),
    ],
)
def test_a_name_needs_its_capitals(text: str, name: str | None, table: ActorTable) -> None:
    """The longest name wins, and only if it is written as one."""
    found = first_name(table, text)

    assert (found[0] if found else None) == name


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("id\tname\n", "columns"),
        ("{header}\nx\tX\tmonster\t\t\t\t0\t\t\tme\n", "type='monster'"),
        ("{header}\nx\tX\tngo\n", "wrong number of columns"),
        ("{header}\n\tX\tngo\t\t\t\t0\t\t\tme\n", "id and a name"),
        ("{header}\nx\tX\tngo\t\t\tXs|-\t0\t\t\tme\n", "'-' is no name"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(lines: str, problem: str, tmp_path: Path) -> None:
    """Whoever extends the table is told what is wrong where."""
    path = tmp_path / "actors.tsv"
    header = "id\tname\ttype\tbase\tsponsor\tnames\tcase\tplace\tnote\tsource"
    path.write_text(lines.format(header=header), encoding="utf-8")

    with pytest.raises(GazetteerError, match=problem):
        ActorTable.load(path)
