"""Keeping the version of a pack that an application begins with."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.db import transaction

from standpipe.packs.library import read_pack_files
from standpipe.packs.loaded import packs, place, vocabulary
from standpipe.packs.models import PackSnapshot
from standpipe.packs.pack import ServicePack

# The hashes that this process knows to be kept; none is ever removed.
_KEPT: set[str] = set()


def keep_version(pack: ServicePack, *, at: datetime) -> None:
    """Keep a pack whole, once; applications that begin now go on with it whatever comes."""
    if pack.sha256 in _KEPT:
        return
    PackSnapshot.objects.bulk_create(
        [
            PackSnapshot(
                sha256=pack.sha256,
                name=pack.name,
                version=pack.version,
                files=dict(pack.files),
                first_used_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    transaction.on_commit(lambda: _KEPT.add(pack.sha256))


def recall(sha256: str, *, name: str) -> ServicePack:
    """Return the version that an application began with: today's, or one kept since."""
    today = packs().get(name)
    if today is not None and today.sha256 == sha256:
        return today
    return _recalled(sha256)


@lru_cache(maxsize=64)
def _recalled(sha256: str) -> ServicePack:
    snapshot = PackSnapshot.objects.get(sha256=sha256)
    return read_pack_files(snapshot.name, snapshot.files, vocabulary=vocabulary(), place=place())
