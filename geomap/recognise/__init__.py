"""Texts become mentions."""
