"""Say where what the gazetteer knows of a place comes from, under which licence and of which day.

A place names its source; the packages of its index that carry data of that source say what it allows, and
how old they are: of which of them a single row was taken is not kept.
"""

from __future__ import annotations

from geomap.gazetteer.layered import Layered
from geomap.model import Place

__all__ = ["provenance"]


def provenance(place: Place, gazetteer: Layered) -> str:
    """Return source and licence of a place, and the dates of its source's packages, not of its row.

    "GeoNames (CC-BY-4.0, in packages of 2023-03-05 to 2026-10)".
    """
    for overlay in gazetteer.overlays:
        if place.id in overlay.places:
            told = place.source if place.source and place.source != overlay.title else ""
            layer = f"the layer {overlay.title}" if overlay.decisive else overlay.title
            return ", from ".join(filter(None, (layer, told)))
    index = next((index for index in gazetteer.indexes if index.place(place.id)), None)
    packages = index.info()["packages"] if index else []
    # An index that was built before packages named their source tells the source alone.
    used = [each for each in packages if place.source and each.get("source") == place.source]
    licences = dict.fromkeys(each["licence"] for each in used if each["licence"])
    dates = sorted(each["date"] for each in used if each.get("date"))
    when = f"in packages of {' to '.join(dict.fromkeys((dates[0], dates[-1])))}" if dates else ""
    about = ", ".join(filter(None, (" and ".join(licences), when)))
    return f"{place.source}{f' ({about})' if about else ''}"
