"""What exists where, under which names."""
