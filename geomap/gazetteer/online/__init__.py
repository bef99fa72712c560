"""Asking a geocoding service, only with --online, and remembering what came back."""
