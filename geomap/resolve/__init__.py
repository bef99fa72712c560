"""Mentions become places."""
