"""Actors and places become links."""
