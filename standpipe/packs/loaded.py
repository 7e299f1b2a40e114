"""The place, its words and its services, read once in each process; and what staff published."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from time import monotonic
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db import connection

from standpipe.kernel.errors import FaultyFiles, Refused
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.library import PackLibrary, load_packs, read_pack_files
from standpipe.packs.models import PackSnapshot
from standpipe.packs.pack import ServicePack
from standpipe.packs.version import is_newer
from standpipe.places.place import Organisation, Place
from standpipe.places.reading import load_place
from standpipe.vocabulary.attribute import Vocabulary
from standpipe.vocabulary.reading import load_vocabulary

_log = structlog.get_logger("packs")

# How long a process may go on with what it last saw: "within seconds", and no query a call.
LOOKS_AGAIN_AFTER_SECONDS = 2.0

# The day is the database's, so that every process turns the page at the same moment.
_IN_FORCE = """
    SELECT DISTINCT ON (name) name, version, snapshot_id FROM packs_publication
    WHERE valid_from <= (now() AT TIME ZONE 'Europe/London')::date
    ORDER BY name, id DESC
"""


class NoSuchKind(Refused):
    """No service of the place grants entitlements of this kind."""


class _Seen(NamedTuple):
    at: float
    in_force: tuple[tuple[str, str, str], ...]


_seen: _Seen | None = None


@cache
def place() -> Place:
    """Return the place that this installation serves."""
    return load_place(settings.ENV.places_dir / settings.ENV.place)


@cache
def vocabulary() -> Vocabulary:
    """Return the attributes that may be asked or held."""
    return load_vocabulary(settings.ENV.vocabulary_dir, also_accept=place().also_accept)


@cache
def packs_in_folder() -> PackLibrary:
    """Return the services of the place as their folders say, with its own figures."""
    return load_packs(settings.ENV.packs_dir, vocabulary=vocabulary(), place=place())


def packs() -> PackLibrary:
    """
    Return the services of the place as they are in force now.

    What staff published stands above the folder, unless the folder holds a higher version. A
    version that this release cannot read any more takes its own service out, and no other: an older
    rule must not decide in its stead (`unreadable` tells before a release is put to use).
    """
    global _seen
    now = monotonic()
    if _seen is None or now - _seen.at > LOOKS_AGAIN_AFTER_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(_IN_FORCE)
            _seen = _Seen(now, tuple(cursor.fetchall()))
    return _library(_seen.in_force)


def entitlement_of_kind(kind: str) -> EntitlementDefinition:
    """
    Return what the services of the place say of a kind of entitlement today.

    :raises NoSuchKind: if none of them grants it
    """
    for pack in packs().values():
        if pack.entitlement is not None and pack.entitlement.kind == kind:
            return pack.entitlement
    raise NoSuchKind("No service of this place grants this.")


def issuers_of_kind(kind: str) -> tuple[Organisation, ...]:
    """Return the organisations of the place that may keep entitlements of a kind, in its order."""
    slugs = {
        slug
        for pack in packs().values()
        if pack.entitlement is not None and pack.entitlement.kind == kind
        for slug in pack.issuers
    }
    return tuple(one for one in place().organisations if one.slug in slugs)


def look_again() -> None:
    """Forget what was last seen, so that this process sees at once what it has published."""
    global _seen
    _seen = None


def read_again() -> None:
    """Forget everything that was read, because the folders are other ones now."""
    for cached in (place, vocabulary, packs_in_folder, kept, _library):
        cached.cache_clear()
    look_again()


@lru_cache(maxsize=64)
def kept(sha256: str) -> ServicePack:
    """Return a version that was kept whole."""
    snapshot = PackSnapshot.objects.get(sha256=sha256)
    return read_pack_files(snapshot.name, snapshot.files, vocabulary=vocabulary(), place=place())


def unreadable() -> Iterator[str]:
    """Yield a line for each version ever used that this release cannot read, oldest first."""
    for snapshot in PackSnapshot.objects.order_by("first_used_at", "sha256"):
        try:
            read_pack_files(snapshot.name, snapshot.files, vocabulary=vocabulary(), place=place())
        except FaultyFiles as faulty:
            yield f"{snapshot.name} {snapshot.version}: {faulty.faults[0]}"


@lru_cache(maxsize=4)
def _library(in_force: tuple[tuple[str, str, str], ...]) -> PackLibrary:
    found = dict(packs_in_folder())
    for name, version, sha256 in in_force:
        if name in found and not is_newer(found[name].version, than=version):
            try:
                found[name] = kept(sha256)
            except FaultyFiles as faulty:
                del found[name]
                _log.error("service_left_out", pack=name, version=version, faults=str(faulty))
    return PackLibrary(found)
