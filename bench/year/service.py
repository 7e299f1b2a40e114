"""The service that the year is about, as this place has it."""

from __future__ import annotations

from functools import cache

from launcher.places import ROOT
from standpipe.packs.library import load_packs
from standpipe.packs.pack import ServicePack
from standpipe.places.reading import load_place
from standpipe.vocabulary.reading import load_vocabulary

SERVICE = "blue_badge"


@cache
def blue_badge() -> ServicePack:
    """Return the pack with the place's own figures."""
    place = load_place(ROOT / "places" / "borrowdale")
    vocabulary = load_vocabulary(ROOT / "vocabulary", also_accept=place.also_accept)
    return load_packs(ROOT / "service_packs", vocabulary=vocabulary, place=place)[SERVICE]
