"""geomap turns news text into a map you can trust."""

__version__ = "0.1.0"
