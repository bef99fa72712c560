"""The names of the world's places, from several layers: `opening.open_gazetteer` lays them over each other.

`layered` answers look-ups; below it lie `store` (one read-only index on disk: `folder`, `layout`, `table`) and
`overlay` (a person's entries).  The rooms: `building` makes an index from packages and reviewed tables, `imports`
from other gazetteers; `layers` reads, edits and checks people's own files; `online` asks services and remembers.
`spelling`, `shortening`, `suggest` and `english` know how names are written.
"""

from __future__ import annotations

from geomap.gazetteer.store import Store

__all__ = ["Store"]
