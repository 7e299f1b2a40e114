"""Reads and checks service packs."""
