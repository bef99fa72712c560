"""Bring gazetteers of other people's formats in: GeoNames dumps, tables, GeoJSON, Linked Places."""
