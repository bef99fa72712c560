"""Areas that a text builds from places: "40 km north of Mosul", "southern Lebanon", "between Gao and Kidal".

No gazetteer has them.  They are derived, flagged as such, and added to a mention; the place that is named
stays as it is.
"""

from geomap.areas.deriving import with_areas
from geomap.areas.extent import radius_km
from geomap.areas.wording import describe

__all__ = ["describe", "radius_km", "with_areas"]
