"""Drills: something is broken on purpose, and what was lost or doubled is counted."""
