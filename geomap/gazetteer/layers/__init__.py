"""The plain files in which people say what the gazetteer lacks or has wrong: reading, editing, checking."""
