"""Render an atlas as one HTML file that opens anywhere and asks nobody for anything.

The page is folium's, with Leaflet, the base map, our drawing and the data inside.  Its security
policy is computed from its own scripts: nothing else can run, and nothing can be loaded.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from geomap.model import Atlas, PlaceCount
from geomap.output.data import page_data
from geomap.output.escape import binary_block, html_text, json_block

__all__ = ["render"]

ASSETS = Path(__file__).parent / "assets"
# In the order in which they build on each other.
_SCRIPTS = (
    "core.js", "areas.js", "atlas.js", "base.js", "flows.js", "labels.js", "marks.js", "legend.js", "evidence.js",
    "panel.js", "header.js", "view.js", "page.js",
)  # fmt: skip
_ROOT_ID = "geomap-1"
# The table for browsers without scripts is a fallback, not the atlas: the tables of the page hold all rows.
NOSCRIPT_ROWS = 200
# One flat style rule, and the parts of Leaflet that stand nowhere here.
_RULE = re.compile(r"([^{}@]+)\{[^{}]*\}")
_UNUSED = re.compile(r"\.(?:leaflet-(?:popup|tooltip|control-layers|div-icon|oldie|marker-icon|marker-shadow)|lvml)")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def render(atlas: Atlas) -> str:
    """Return the page of an atlas: complete, self-contained, the same bytes for the same atlas."""
    from geomap.output.host import AtlasMap, Raw

    host = AtlasMap(
        name="1",
        root_id=_ROOT_ID,
        attribution_control=True,
        zoom_snap=0.25,
        track_resize=False,
        min_zoom=0.5,
        max_zoom=11,
    )
    body = _body(atlas, map_id=host.get_name())
    for name, text in _head(atlas.title):
        host.add_part("header", Raw(text, name=name))
    host.add_part("html", Raw(body, name="atlas"))
    return _with_policy(host.page())


def _head(title: str) -> list[tuple[str, str]]:
    leaflet_css, leaflet_js, css, js = _assets()
    return [
        ("charset", '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">'),
        ("referrer", '<meta name="referrer" content="no-referrer">'),
        ("title", f"<title>{html_text(title) or 'Map'}</title>"),
        ("leaflet_css", f"<style>{leaflet_css}</style>"),
        ("css", f"<style>{css}</style>"),
        ("leaflet_js", f"<script>{leaflet_js}</script>"),
        ("js", f"<script>{js}</script>"),
    ]


def _body(atlas: Atlas, *, map_id: str) -> str:
    data = json_block(f"{_ROOT_ID}-atlas", page_data(atlas)).replace("<script ", '<script data-part="atlas" ', 1)
    world = binary_block(f"{_ROOT_ID}-world", _world()).replace("<script ", '<script data-part="world" ', 1)
    return (
        f'<main class="geomap" id="{_ROOT_ID}">\n'
        f'<header class="gm-header"><h1 dir="auto">{html_text(atlas.title) or "Map"}</h1></header>\n'
        f'<div class="gm-stage"><div class="folium-map" id="{map_id}" aria-label="Map"></div></div>\n'
        '<aside class="gm-panel" aria-label="Places, actors, links and their evidence"></aside>\n'
        f"{_noscript(atlas)}\n{data}\n{world}\n</main>"
    )


def _noscript(atlas: Atlas) -> str:
    """Return the places as a plain table, for mail previews and locked browsers."""
    counted = [count for count in atlas.places if count.count]
    rows = "".join(map(_noscript_row, counted[:NOSCRIPT_ROWS]))
    rest = len(counted) - NOSCRIPT_ROWS
    more = f"<p>and {rest:,} more places.</p>" if rest > 0 else ""
    return (
        "<noscript><p>This map needs scripts. Its places, by number of mentions "
        f"({atlas.mentions:,} in all):</p>"
        "<table><tr><th>Place<th>Kind<th>Country<th>Mentions<th>Latitude<th>Longitude</tr>"
        f"{rows}</table>{more}<p>{html_text('; '.join(atlas.credits))}</p></noscript>"
    )


def _noscript_row(count: PlaceCount) -> str:
    place = count.place
    return (
        f"<tr><td>{html_text(place.name)}<td>{place.kind}<td>{html_text(place.country)}"
        f"<td>{count.count}<td>{place.lat:.3f}<td>{place.lon:.3f}</tr>"
    )


def _with_policy(page: str) -> str:
    """Put the security policy first in the head: only the scripts of this very page may run."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in _SCRIPT.findall(page))
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src 'unsafe-inline'; script-src {hashes}"
    )
    return page.replace("<head>", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


@cache
def _world() -> bytes:
    return (ASSETS / "world.bin.gz").read_bytes()


@cache
def _assets() -> tuple[str, str, str, str]:
    """Return Leaflet's style and script, then ours, ready to stand in the page."""
    # Leaflet's pictures are for controls and markers that this page does not have.
    leaflet_css = re.sub(r"url\([^)]*\)", "none", _read("leaflet.css"))
    leaflet_js = re.sub(r"//# sourceMappingURL=.*", "", _read("leaflet.js"))
    ours = "".join(_lean(_read(name)) for name in _SCRIPTS)
    return _lean(_used(_without_comments(leaflet_css))), leaflet_js, _lean(_without_comments(_read("page.css"))), ours


def _read(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _used(css: str) -> str:
    """Drop the rules for what this page does not have."""
    return _RULE.sub(lambda rule: "" if all(map(_UNUSED.search, rule[1].split(","))) else rule[0], css)


def _without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def _lean(source: str) -> str:
    """Drop indents and lines that are only comment; our sources have no text that spans lines."""
    lines = (line.strip() for line in source.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
