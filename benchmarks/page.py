"""Measure the page: time to build, size, and time to idle in Chromium, beside plain folium with one marker a mention.

    python benchmarks/page.py [--folium-max 10000]

Synthetic atlases: places scattered round 400 hubs, 90 to 140 characters of varied text a sentence.
Idle is from navigation to the first idle callback after two frames, the median of three runs.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from geomap.model import (
    Actor,
    ActorType,
    Atlas,
    Evidence,
    Kind,
    LinkCount,
    Place,
    PlaceCount,
    Relation,
    Role,
    Span,
    Status,
    Tier,
)
from geomap.output.page import render
from tests.atlases import document
from tests.browser import Browser

# Places, mentions: one article, the two budgets.
SIZES = ((12, 60), (1_000, 10_000), (3_200, 100_000))
WORDS = [
    f"{a}{b}{c}"
    for a in ("mar", "tel", "cor", "ban", "sil")
    for b in ("o", "a", "i", "en")
    for c in ("ta", "ven", "s", "rick", "d")
]
COUNTRIES = ("IQ", "SY", "UA", "FR", "US", "IN", "BR", "EG", "NG", "KE", "TR", "CN", "DE", "MX", "AU", "")
# Runs in the page: from navigation until everything is drawn, two frames have passed and the browser is idle.
STOPWATCH = """
window.idle = new Promise(done => addEventListener('load', function settled() {
  const maps = [...document.querySelectorAll('.geomap')];
  if (!maps.every(root => root.dataset.ready === 'yes')) return setTimeout(settled, 5);
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => done(performance.now()))));
}));
"""


def atlas(places: int, mentions: int) -> Atlas:
    """Return a made-up atlas; the same for the same numbers."""
    chance = random.Random(places)
    hubs = [(chance.uniform(-50, 60), chance.uniform(-170, 170)) for _ in range(min(400, places))]
    weights = [1 / (rank + 3) for rank in range(places)]
    per_place = [1 + round((mentions - places) * weight / sum(weights)) for weight in weights]
    documents = max(1, mentions // 25)
    counts = tuple(_count(chance, number, n, hubs, documents) for number, n in enumerate(per_place))
    actors = tuple(
        Actor(f"a{i}", f"Actor {i}", ActorType.ARMED_GROUP, chance.choice(COUNTRIES), (Span(0, 1),))
        for i in range(max(3, places // 20))
    )
    links = tuple(
        LinkCount(
            chance.choice(actors).id, relation, status, Tier.STATED, counts[i].place.id, 2, 1, counts[i].evidence[:2]
        )
        for i in range(0, places, 4)
        for relation, status in [(chance.choice(list(Relation)), chance.choice(list(Status)))]
    )
    return Atlas(
        "Benchmark", tuple(document(i) for i in range(documents)), counts, actors, links, (), (), (), (), ("made up",)
    )  # fmt: skip


def _count(chance: random.Random, number: int, n: int, hubs: list[tuple[float, float]], documents: int) -> PlaceCount:
    lat, lon = chance.choice(hubs)
    kind = Kind.COUNTRY if number % 40 == 0 else Kind.CITY
    place = Place(
        f"geonames:{number}",
        f"Place {number}",
        kind,
        lat + chance.gauss(0, 1),
        lon + chance.gauss(0, 1),
        chance.choice(COUNTRIES),
    )
    said = tuple(_evidence(chance, place.name, documents) for _ in range(n))
    return PlaceCount(place, ((Role.LITERAL, n),), min(n, documents), said)


def _evidence(chance: random.Random, name: str, documents: int) -> Evidence:
    words = chance.choices(WORDS, k=chance.randint(14, 22))
    quote = f"{' '.join(words)} {name}."
    start = len(quote) - len(name) - 1
    why = chance.choice(("the only place of this name", "best known", "named beside its country"))
    return Evidence(
        str(chance.randrange(documents)), quote, ((start, start + len(name), "place"),), Role.LITERAL, 0.9, why
    )


def folium_page(given: Atlas) -> str:
    """Return what one would write without geomap: a circle with a popup for every mention."""
    import folium

    page = folium.Map(tiles=None, zoom_start=2, max_zoom=12)
    for count in given.places:
        for evidence in count.evidence:
            popup = folium.Popup(folium.Html(evidence.quote).render())
            folium.CircleMarker([count.place.lat, count.place.lon], popup=popup, tooltip=count.place.name).add_to(page)
    return page.get_root().render()


def offline(page: str) -> str:
    """Give folium's page the Leaflet it would fetch, so that its browser time can be measured here."""
    assets = Path(__file__).parent.parent / "geomap" / "output" / "assets"
    leaflet = (assets / "leaflet.js").read_text(encoding="utf-8")
    return page.replace("<head>", f"<head><script>{leaflet}</script>", 1)


def measure(name: str, build: Callable[[], str], browser: Browser, adapt: Callable[[str], str] = str) -> None:
    """Build a page, open it three times and print what both took."""
    start = time.perf_counter()
    page = build()
    build_s = time.perf_counter() - start
    idle = []
    for _ in range(3):
        tab = browser.open(adapt(page), before=STOPWATCH)
        idle.append(tab.run("idle") / 1000)
    size_mb, idle_s = len(page.encode()) / 1e6, statistics.median(idle)
    print(f"{name:34} build {build_s:7.2f} s   size {size_mb:7.2f} MB   idle {idle_s:6.2f} s")


def main() -> None:
    """Measure every size, geomap first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--folium-max", type=int, default=10_000, help="largest number of mentions to try with plain folium"
    )
    most = parser.parse_args().folium_max
    render(atlas(1, 1))  # the first call imports folium
    with Browser() as browser:
        for places, mentions in SIZES:
            given = atlas(places, mentions)
            size = f"{places:,} places, {mentions:,} mentions"
            print(size)
            measure("  geomap", lambda given=given: render(given), browser)
            if mentions <= most:
                measure("  folium, a CircleMarker each", lambda given=given: folium_page(given), browser, offline)


if __name__ == "__main__":
    main()
