"""The names of the world's places, in one read-only index; built by `geomap gazetteer build`."""

from __future__ import annotations

from geomap.gazetteer.store import Store

__all__ = ["Store"]
