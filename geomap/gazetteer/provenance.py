"""Say where what the gazetteer knows of a place comes from, under which licence and of which day.

A place names its source; the packages of its index say what each source allows, and how old it is.
"""

from __future__ import annotations

from geomap.gazetteer.layered import Layered
from geomap.model import Place

__all__ = ["provenance"]


def provenance(place: Place, gazetteer: Layered) -> str:
    """Return source, licence and date of a place: "GeoNames (CC-BY-4.0, 2023-03-05 to 2026-10)"."""
    for overlay in gazetteer.overlays:
        if place.id in overlay.places:
            told = place.source if place.source and place.source != overlay.title else ""
            layer = f"the layer {overlay.title}" if overlay.decisive else overlay.title
            return ", from ".join(filter(None, (layer, told)))
    index = next((index for index in gazetteer.indexes if index.place(place.id)), None)
    packages = index.info()["packages"] if index else []
    named = place.source.casefold()
    used = [each for each in packages if named and named in f"{each['name']} {each['credit']}".casefold()]
    licences = dict.fromkeys(each["licence"] for each in used if each["licence"])
    dates = sorted(each["date"] for each in used if each.get("date"))
    when = " to ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else ""
    about = ", ".join(filter(None, (" and ".join(licences), when)))
    return f"{place.source}{f' ({about})' if about else ''}"
