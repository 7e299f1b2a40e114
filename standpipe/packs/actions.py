"""Keeping the versions that applications begin with, and publishing new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from standpipe.kernel.errors import Fault, FaultyFiles, Unavailable
from standpipe.kernel.text import Text
from standpipe.packs.loaded import kept, look_again, packs, packs_in_folder
from standpipe.packs.models import PackSnapshot, Publication
from standpipe.packs.pack import ServicePack
from standpipe.packs.version import is_newer

# The hashes that this process knows to be kept; none is ever removed.
_KEPT: set[str] = set()


class UnreadableVersion(Unavailable):
    """
    This release cannot read the version that an application began with; nothing of it is lost.

    `faults` says what does not load. A release that can read it mends it.
    """

    def __init__(self, name: str, version: str, faults: Sequence[Fault]) -> None:
        super().__init__(f"{name} {version}: {faults[0]}")
        self.name, self.version, self.faults = name, version, tuple(faults)


@dataclass(frozen=True, slots=True)
class Newest:
    """The version that was last published, and the day from which it is in force."""

    pack: ServicePack
    valid_from: date


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
    """
    Return the version that an application began with: today's, or one kept since.

    :raises UnreadableVersion: if this release cannot read it any more
    """
    today = packs().get(name)
    if today is not None and today.sha256 == sha256:
        return today
    try:
        return kept(sha256)
    except FaultyFiles as faulty:
        version = PackSnapshot.objects.get(sha256=sha256).version
        raise UnreadableVersion(name, version, faulty.faults) from faulty


def label_of(sha256: str, *, name: str) -> Text:
    """Return what an application's service is called, today's word where its own is unreadable."""
    try:
        return recall(sha256, name=name).label
    except UnreadableVersion:
        return label_today(name)


def label_today(name: str) -> Text:
    """Return what a service is called today; its plain name if the place offers it no more."""
    today = packs().get(name)
    return Text(name, name) if today is None else today.label


def newest(name: str) -> Newest | None:
    """Return the version that was last published, in force or not yet; None if none ever was."""
    row = Publication.objects.filter(name=name).order_by("-id").first()
    if row is None or is_newer(packs_in_folder()[name].version, than=row.version):
        return None
    return Newest(kept(row.snapshot_id), row.valid_from)


def publish(pack: ServicePack, *, valid_from: date, at: datetime) -> None:
    """
    Make a version what new applications begin with from a day on, in every process.

    :raises IntegrityError: if that version of it was published before
    """
    keep_version(pack, at=at)
    Publication.objects.create(
        name=pack.name,
        version=pack.version,
        snapshot_id=pack.sha256,
        valid_from=valid_from,
        at=at,
    )
    transaction.on_commit(look_again)
