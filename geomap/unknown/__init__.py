"""Names that look like places and are in no gazetteer: a list to fill in, to import and to run again."""

from geomap.unknown.names import MAX_SUGGESTED, Snippet, UnknownName, unknown_names
from geomap.unknown.region import Region
from geomap.unknown.table import COLUMNS, as_csv, filled_in

__all__ = ["COLUMNS", "MAX_SUGGESTED", "Region", "Snippet", "UnknownName", "as_csv", "filled_in", "unknown_names"]
