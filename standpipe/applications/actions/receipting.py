"""Sending a receipt of what was sent to us, to where the person says."""

from __future__ import annotations

from datetime import datetime

from standpipe.applications.actions.loading import load
from standpipe.applications.actions.telling import Address, tell
from standpipe.applications.application import Answered
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.answers import FieldFault, read_answer


def send_receipt(reference: str, *, email: str, actor: Actor, at: datetime) -> Answered:
    """E-mail again that an application was received; a draft has no receipt."""
    attribute = vocabulary()["contact.email"]
    read = read_answer(attribute, {attribute.field_name: email}, on=at.date())
    if isinstance(read, list):
        return Answered(tuple(FieldFault(fault.field, fault.message) for fault in read))
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        if loaded.row.submitted_at is not None:
            once = f"receipt:{at.isoformat()}"
            to = Address("email", str(read.value))
            tell(loaded, "received", to=to, values={}, at=at, once=once)
    return Answered()
