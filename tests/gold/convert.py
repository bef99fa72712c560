"""Make the gold that comes with geomap from its source: python tests/gold/convert.py.

`news.txt` marks every toponym as `[text|place]` or `[text|place|role]`; a place is a row of `places.tsv`.  Offsets
are counted here, so none can be wrong.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from geomap.evaluate.gold import SHIPPED
from geomap.model import Kind, Role

HERE = Path(__file__).parent
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)(?:\|([^\[\]|]+))?\]")

Row = Mapping[str, str]


def places() -> dict[str, Row]:
    """Return the places by their keys."""
    with (HERE / "places.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len({row["key"] for row in rows}) == len(rows), "a key is there twice"
    return {row["key"]: row for row in rows}


def articles(source: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield the id, the header and the marked-up text of each article."""
    for block in source.split("=== ")[1:]:
        id_, *lines = block.split("\n")
        header: dict[str, str] = {}
        while lines and (match := re.match(r"(title|date|source): (.*)", lines[0])):
            header[match[1]] = match[2]
            lines.pop(0)
        yield id_, header, "\n".join(lines).strip()


def record(id_: str, header: Mapping[str, str], marked: str, known: Mapping[str, Row]) -> dict[str, object]:
    """Return the line of gold of one article."""
    text, toponyms, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        place = known[match[2]]
        toponyms.append(
            {
                "start": len(text),
                "end": len(text) + len(match[1]),
                "text": match[1],
                "lat": float(place["lat"]),
                "lon": float(place["lon"]),
                "geonameid": int(place["geonameid"]) if place["geonameid"] else None,
                "type": Kind(place["kind"]),
                "role": Role(match[3] or Role.LITERAL),
                "country": place["country"],
                "name": place["name"],
            }
        )
        text += match[1]
        last = match.end()
    text += marked[last:]
    assert not set("[]|") & set(text), f"{id_}: a mark is not closed"
    return {"id": id_, **header, "text": text, "toponyms": toponyms}


def gold() -> str:
    """Return the whole gold file."""
    known = places()
    source = (HERE / "news.txt").read_text(encoding="utf-8")
    records = [record(id_, header, marked, known) for id_, header, marked in articles(source)]
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)


if __name__ == "__main__":
    SHIPPED.write_text(gold(), encoding="utf-8")
