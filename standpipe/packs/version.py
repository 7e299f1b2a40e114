"""Versions of packs: three numbers (semver.org); the higher one is the newer."""

from __future__ import annotations


def is_newer(version: str, *, than: str) -> bool:
    """Tell whether a version is higher than another."""
    return _numbers(version) > _numbers(than)


def next_minor(version: str) -> str:
    """Return the version that follows when a rule has changed and nothing else broke."""
    major, minor, _ = _numbers(version)
    return f"{major}.{minor + 1}.0"


def _numbers(version: str) -> tuple[int, int, int]:
    # What follows a hyphen marks a trial; only the three numbers order our own versions.
    major, minor, patch = version.partition("-")[0].split(".")
    return int(major), int(minor), int(patch)
