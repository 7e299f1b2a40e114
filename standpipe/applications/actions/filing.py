"""Files of an application, kept under its name, its person and its organisation."""

from __future__ import annotations

from datetime import datetime

from standpipe.applications.actions.loading import Loaded
from standpipe.documents.actions import FileValue, keep
from standpipe.documents.cleaning import Cleaned
from standpipe.identity.actor import Actor


def keep_file(loaded: Loaded, cleaned: Cleaned, *, actor: Actor, at: datetime) -> FileValue:
    """Keep a clean file with an application, in the caller's transaction."""
    return keep(
        cleaned,
        what=loaded.what,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        actor=actor,
        at=at,
    )
