"""Ask online for the names that a first reading leaves without a place, then open the gazetteer anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.cli.online_options import look_up_online
from geomap.cli.shared import open_layers
from geomap.model import Document

if TYPE_CHECKING:
    from geomap.gazetteer.online.settings import OnlineSettings
    from geomap.pipeline import Tools

__all__ = ["asked_online"]


def asked_online(
    documents: Iterable[Document], tools: Tools, online: OnlineSettings | None, layer: Path | None
) -> Tools:
    """Return the tools with the remembered answers among them; without --online, as they are."""
    if online is None:
        return tools
    from geomap.gazetteer.online.ask import UnknownQuery
    from geomap.pipeline import annotate_all
    from geomap.unknown import unknown_names

    first = replace(tools, links=False, parser=None)
    names = unknown_names(annotate_all(documents, first), tools.gazetteer)
    likely = [name for name in names if not name.doubt]
    look_up_online([UnknownQuery(name.name, name.region.country if name.region else "") for name in likely], online)
    return replace(tools, gazetteer=open_layers(layer))
