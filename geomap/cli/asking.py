"""Ask online for the names that a first reading leaves without a place, then open the gazetteer anew.

What would keep the answers from being remembered is found out before the texts are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.cli.online_options import look_up_online
from geomap.cli.shared import tell
from geomap.model import Document
from geomap.words import is_acronym

if TYPE_CHECKING:
    from geomap.gazetteer.online.ask import UnknownQuery
    from geomap.gazetteer.online.settings import OnlineSettings
    from geomap.pipeline import Tools
    from geomap.unknown import UnknownName

__all__ = ["asked_online"]


def asked_online(
    documents: Iterable[Document], tools: Tools, online: OnlineSettings | None, layer: Path | None
) -> Tools:
    """Return the tools with the remembered answers among them; without --online, as they are."""
    if online is None:
        return tools
    from geomap.gazetteer.home import CACHE_FILE, home
    from geomap.gazetteer.online.service import OnlineService
    from geomap.gazetteer.opening import open_gazetteer
    from geomap.pipeline import annotate_all
    from geomap.unknown import unknown_names

    # A geocoder that does not exist, or lacks its key.
    OnlineService(online)
    _make_ready(home() / CACHE_FILE)
    first = replace(tools, links=False, parser=None)
    # Nobody reads the spellings that are near here, and they take long to find.
    names = unknown_names(annotate_all(documents, first), tools.gazetteer, near=lambda _: ())
    look_up_online([_query(name) for name in names if not name.doubt], online)
    # What is wrong with a layer was told when the layers were opened first.
    return replace(tools, gazetteer=open_gazetteer(project=layer or Path(), home=home()))


def _query(name: UnknownName) -> UnknownQuery:
    """Return what to ask for: with the country only where `geomap unknown` would fill it in."""
    from geomap.gazetteer.online.ask import UnknownQuery

    # A headline's capitals look like an acronym, and would be remembered as one.
    spelling = next((text for text in (name.name, *name.variants) if not is_acronym(text)), name.name)
    return UnknownQuery(spelling, name.region.country if name.region and name.region.is_strong else "")


def _make_ready(cache: Path) -> None:
    """Begin a new cache where the old one is damaged; an error where answers could not be remembered."""
    from geomap.gazetteer.online.cache_file import check_writable
    from geomap.gazetteer.online.repair import put_away_damaged

    if aside := put_away_damaged(cache):
        tell("note", f"the damaged cache lies in {aside} now, and a new one is begun")
    check_writable(cache)
