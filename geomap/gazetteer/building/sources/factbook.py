"""The names of peoples, from the CIA World Factbook: "Iraqi(s)" is the demonym of Iraq."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from geomap.gazetteer.building.draft import Drafts
from geomap.gazetteer.building.sources.packages import Package
from geomap.model import NameKind

__all__ = ["demonyms", "read_peoples"]

_QUERY = """
SELECT country.alpha2, country_demonym.noun, country_demonym.adjective
FROM country_demonym JOIN country ON country.id = country_demonym.country_id ORDER BY country.alpha2
"""
# What follows a semicolon or a dash is a remark, or the name of the people of another country.
_REMARK = re.compile(r";.*|\bnote\b.*|\([^)]*\s[^)]*\)|\((?:singular|plural|colloquial)\)")
_SEPARATOR = re.compile(r",|/|\bor\b")
_PLURAL = re.compile(r"\s?\((s|men|women)\)$")
# Words of the list that name nobody.
_NOBODY = frozenset({"NA"})


def read_peoples(package: Package, drafts: Drafts) -> None:
    """Add the demonyms of countries."""
    database = sqlite3.connect(":memory:")
    database.deserialize(package.read("pyworldatlas/data/atlas.sqlite3"))
    for code, *forms in database.execute(_QUERY):
        country = drafts.country(code)
        if country is None:
            continue
        own_names = set(country.names)
        for form in forms:
            for demonym in demonyms(form or ""):
                # "Gibraltar" is listed as an adjective of itself.
                if demonym not in own_names:
                    country.call(demonym, NameKind.DEMONYM, trusted=True)


def demonyms(form: str) -> Iterator[str]:
    """Yield every demonym written in a form like "Briton(s), British (collective plural)"."""
    for part in _SEPARATOR.split(_REMARK.sub("", form)):
        name = part.strip()
        ending = _PLURAL.search(name)
        if ending:
            name = name[: ending.start()]
            # "Frenchman(men), Frenchwoman(women)": both end in "men".
            yield name + "s" if ending[1] == "s" else name.removesuffix("man") + "men"
        if name[:1].isupper() and name not in _NOBODY:
            yield name
