"""The table of known actors: what it holds, and what counts as a name in a text."""

import csv
from pathlib import Path

import pytest

from geomap.errors import GazetteerError
from geomap.link.actors import ACTORS_PATH, ActorTable
from geomap.link.grammar import load_grammar
from geomap.model import ActorType
from geomap.words import name_key, words


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return ActorTable.load()


def first_name(table: ActorTable, text: str) -> tuple[str, str] | None:
    """Return the first known name in a text as it stands there, and whose it is."""
    tokens = words(text)
    for i, token in enumerate(tokens):
        if found := table.longest(tokens, i):
            return text[token.start : tokens[i + found[0] - 1].end], found[1]
    return None


def test_the_table_is_large_and_every_id_is_once_there(table: ActorTable) -> None:
    """Each line is one actor."""
    with ACTORS_PATH.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    assert len(rows) == len(table) >= 150
    assert [row["id"] for row in rows] == sorted({row["id"] for row in rows})
    assert all(row["source"] for row in rows)


def test_types_and_countries_are_those_we_know(table: ActorTable) -> None:
    """A base or sponsor is an ISO code, and nobody is typed by who lists them as what."""
    states = load_grammar().states

    for entry in table.entries():
        assert entry.type in ActorType
        assert all(code in states for code in (entry.base, *entry.sponsor) if code), entry.id


def test_no_name_belongs_to_two_actors(table: ActorTable) -> None:
    """A name that two share would make the order of lines decide."""
    owners: dict[str, str] = {}
    for entry in table.entries():
        for name in (entry.name, *entry.aliases):
            assert owners.setdefault(name_key(name), entry.id) == entry.id, name


def test_no_country_is_in_the_table(table: ActorTable) -> None:
    """States act through the places that stand for them."""
    names = {name_key(name) for entry in table.entries() for name in (entry.name, *entry.aliases)}

    assert not names & {name_key(name) for name in load_grammar().states.values()}


def test_every_name_is_found_where_it_is_written(table: ActorTable) -> None:
    """What the table holds, a text can name."""
    for entry in table.entries():
        for name in (entry.name, *entry.aliases):
            assert first_name(table, f"we saw {name} there") == (name, entry.id)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "the Islamic Resistance in Iraq said", "Islamic Resistance in Iraq", id="a long name, place included"
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
    ],
)
def test_a_wrong_table_is_refused_with_its_line(lines: str, problem: str, tmp_path: Path) -> None:
    """Whoever extends the table is told what is wrong where."""
    path = tmp_path / "actors.tsv"
    header = "id\tname\ttype\tbase\tsponsor\tnames\tcase\tplace\tnote\tsource"
    path.write_text(lines.format(header=header), encoding="utf-8")

    with pytest.raises(GazetteerError, match=problem):
        ActorTable.load(path)
