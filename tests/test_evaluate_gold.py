"""The gold that comes with geomap: made from its source, sound, and held to its floors; wrong gold is refused."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pytest

from geomap.errors import InputError
from geomap.evaluate.gold import SHIPPED, read_gold
from geomap.evaluate.predicted import read_predictions
from geomap.model import Kind, Role
from tests.gold.convert import gold, places

LINE = {
    "id": "a",
    "text": "Lima is dry.",
    "toponyms": [{"start": 0, "end": 4, "text": "Lima", "lat": -12.0, "lon": -77.0}],
}


def line(**changes):
    """Return a line of gold with one thing changed in its toponym."""
    return json.dumps({**LINE, "toponyms": [{**LINE["toponyms"][0], **changes}]})


def without(name):
    toponym = {key: value for key, value in LINE["toponyms"][0].items() if key != name}
    return json.dumps({**LINE, "toponyms": [toponym]})


def test_the_gold_is_made_from_its_source():
    """Whoever edits the texts runs tests/gold/convert.py; nobody edits offsets."""
    assert SHIPPED.read_text(encoding="utf-8") == gold()


def test_the_gold_covers_what_news_is_made_of():
    """Many short articles, every role but the repeated headline, most kinds of places, names of several places."""
    documents = read_gold(SHIPPED).documents
    toponyms = [toponym for document in documents for toponym in document.toponyms]
    points = Counter(name for name, _ in {(toponym.text, toponym.geonameid) for toponym in toponyms})

    assert len(documents) >= 40
    assert len(toponyms) >= 1_000
    assert all(80 <= len(document.text.split()) <= 250 for document in documents)
    assert {toponym.labels["role"] for toponym in toponyms} == set(Role) - {Role.REPEATED}
    assert {toponym.labels["type"] for toponym in toponyms} >= set(Kind) - {Kind.ADMIN3}
    assert all(toponym.placed for toponym in toponyms)
    assert sum(count > 1 for count in points.values()) >= 15


def test_no_span_of_the_gold_crosses_another():
    """They can be given to geomap as they are."""
    for document in read_gold(SHIPPED).documents:
        ends = [(toponym.start, toponym.end) for toponym in document.toponyms]

        assert all(end <= start for (_, end), (start, _) in pairwise(ends)), document.id


def test_every_place_of_the_table_is_used():
    """A place that no text names is a slip."""
    source = (SHIPPED.parents[3] / "tests" / "gold" / "news.txt").read_text(encoding="utf-8")

    assert [key for key in places() if f"|{key}]" not in source and f"|{key}|" not in source] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (line(end=5), "the span [0, 5) of 'Lima' is 'Lima '"),
        (line(start=90, end=94), "the span [90, 94) of 'Lima' is not in the text"),
        (line(start=4, end=4), "the span [4, 4)"),
        (line(start="0"), '"start" is "0"'),
        (without("lat"), 'no "lat"'),
        (line(lon=None), "half a point"),
        (line(lat=91), '"lat" is 91'),
        (line(lon="east"), '"lon" is "east"'),
        ('{"id": "a", "text": "Lima"}', 'no "toponyms"'),
        ('{"id": "a", "toponyms": []}', 'no "text"'),
        ('{"text": "Lima", "toponyms": []}', 'no "id"'),
        ('{"id": "a", "text": "Lima", "toponyms": {}}', '"toponyms" is {}'),
        ('{"id": "a", "text": "Lima", "toponyms": [3]}', '"toponyms" is [3]'),
        (
            '{"id": "a", "text": "", "toponyms": [], "links": [{"actor": "x", "place": "Lima"}]}',
            "a link of 'x' to 'Lima'",
        ),
        ("[]", "not an object"),
        ("{", "not JSON"),
    ],
)
def test_wrong_gold_is_one_line(text, words, tmp_path):
    """Where, what is wrong, and what to do."""
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({**LINE, "id": "first"}) + "\n\n" + text + "\n", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        read_gold(path)

    assert str(caught.value).startswith(f"{path}:3: ")
    assert words in str(caught.value)


def test_an_id_may_stand_once(tmp_path):
    """The line that has it already is named."""
    path = tmp_path / "gold.jsonl"
    path.write_text(line() + "\n" + line() + "\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"gold\.jsonl:2: the id 'a' is that of line 1"):
        read_gold(path)


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_gold_without_documents_is_an_error(content, tmp_path):
    """There is nothing to measure."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)

    with pytest.raises(InputError, match="is empty"):
        read_gold(path)


def test_a_place_that_nobody_knows_is_null(tmp_path):
    """Such a toponym counts for recognition only."""
    path = tmp_path / "gold.jsonl"
    path.write_text(line(lat=None, lon=None) + "\n", encoding="utf-8")

    (document,) = read_gold(path).documents

    assert not document.toponyms[0].placed


@pytest.mark.parametrize(
    ("toponym", "words"),
    [
        ('{"start": 4, "end": 4, "lat": null, "lon": null}', "is empty"),
        ('{"start": 0, "end": 4}', 'no "lat"'),
        ('{"start": 0, "end": 4, "lat": 1, "lon": 1, "confidence": 3}', '"confidence" is 3'),
    ],
)
def test_wrong_predictions_are_one_line(toponym, words, tmp_path):
    """The same reader, the same errors."""
    path = tmp_path / "found.jsonl"
    path.write_text(f'{{"id": "a", "toponyms": [{toponym}]}}\n', encoding="utf-8")

    with pytest.raises(InputError, match=r"found\.jsonl:1: ") as caught:
        read_predictions(path)

    assert words in str(caught.value)
