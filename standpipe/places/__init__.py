"""Organisations and areas of this place."""
