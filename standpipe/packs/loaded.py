"""The place, its words and its services, read once in each process."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from standpipe.packs.library import PackLibrary, load_packs
from standpipe.places.place import Place
from standpipe.places.reading import load_place
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.reading import load_vocabulary


@cache
def place() -> Place:
    """Return the place that this installation serves."""
    return load_place(settings.ENV.places_dir / settings.ENV.place)


@cache
def vocabulary() -> Vocabulary:
    """Return the attributes that may be asked or held."""
    return load_vocabulary(settings.ENV.vocabulary_dir, also_accept=place().also_accept)


@cache
def packs() -> PackLibrary:
    """Return the services of the place, with its own figures."""
    return load_packs(settings.ENV.packs_dir, vocabulary=vocabulary(), place=place())
