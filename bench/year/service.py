"""The services that the year is about, as this place has them."""

from __future__ import annotations

from functools import cache

from launcher.places import ROOT
from standpipe.packs.library import load_packs
from standpipe.packs.pack import ServicePack
from standpipe.places.reading import load_place
from standpipe.vocabulary.reading import load_vocabulary

SERVICE = "blue_badge"
REPLACEMENT, CHANGE = "blue_badge_replacement", "blue_badge_change"


@cache
def service(name: str = SERVICE) -> ServicePack:
    """Return a pack with the place's own figures."""
    place = load_place(ROOT / "places" / "borrowdale")
    vocabulary = load_vocabulary(ROOT / "vocabulary", also_accept=place.also_accept)
    return load_packs(ROOT / "service_packs", vocabulary=vocabulary, place=place)[name]
