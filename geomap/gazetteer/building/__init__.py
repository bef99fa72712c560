"""Make the index: from pinned packages and reviewed tables, or from a dump of any size."""
