"""What people decided by hand about names: read from a file, applied to every later run."""

from geomap.decisions.apply import Applied, Decisions, Ruling
from geomap.decisions.table import NOT_A_PLACE, Decision, Scope, read_table

__all__ = ["NOT_A_PLACE", "Applied", "Decision", "Decisions", "Ruling", "Scope", "read_table"]
