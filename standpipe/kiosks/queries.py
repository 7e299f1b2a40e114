"""Which public computer it is."""

from __future__ import annotations

from uuid import UUID

from standpipe.kernel.canonical import digest
from standpipe.kiosks.kiosk import Kiosk
from standpipe.kiosks.models import Kiosk as KioskRow


def kiosk_of_key(key: str) -> Kiosk | None:
    """Return the computer that has a key; None if none has it (any more)."""
    return _seen(KioskRow.objects.filter(key_sha256=digest(key)).first())


def kiosk_of_hash(kiosk: UUID, key_sha256: str) -> Kiosk | None:
    """Return a computer by what it remembers of itself; None if its key has changed since."""
    return _seen(KioskRow.objects.filter(id=kiosk, key_sha256=key_sha256).first())


def _seen(row: KioskRow | None) -> Kiosk | None:
    if row is None:
        return None
    return Kiosk(row.id, row.organisation_id, row.name, row.key_sha256)
