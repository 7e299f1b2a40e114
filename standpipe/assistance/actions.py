"""Keeping that a person agreed to be helped, and that they took it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from standpipe.assistance.assistance import LEGAL_POWERS, Basis
from standpipe.assistance.models import Assistance as Row
from standpipe.audit.actions import record
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import readable_code


class NoSuchHelp(Refused):
    """There is no such help, or it is not theirs to end."""


class EvidenceMissing(Refused):
    """Of a legal power it is not said which paper was seen."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """How a person agreed to be helped; see `assistance.Assistance` for the words."""

    basis: Basis
    evidence: str
    undertaking: str
    wording: str
    may_follow: bool


def check_agreed(agreed: Agreed) -> None:
    """
    Refuse what is short of an agreement.

    :raises EvidenceMissing: if a legal power is named without the paper that was seen
    """
    if agreed.basis in LEGAL_POWERS and not agreed.evidence.strip():
        raise EvidenceMissing("Say which paper you have seen.")


def begin_help(
    agreed: Agreed, *, person: UUID, organisation: UUID, what: str, actor: Actor, at: datetime
) -> str:
    """Keep that somebody is helped with a thing, in the caller's transaction; return a receipt."""
    check_agreed(agreed)
    row = Row.objects.create(
        receipt=f"H-{readable_code(8)}",
        person_id=person,
        helper=actor.id,
        helper_name=actor.name,
        helper_organisation_id=actor.organisation,
        organisation_id=organisation,
        what=what,
        basis=agreed.basis,
        evidence=agreed.evidence.strip(),
        undertaking=agreed.undertaking,
        wording=agreed.wording,
        may_follow=agreed.may_follow,
        at=at,
    )
    _record("assistance.agreed", row, actor=actor, at=at)
    return row.receipt


def end_help(assistance: UUID, *, actor: Actor, at: datetime) -> None:
    """
    End help: the person takes their agreement back, or the helper is done; once.

    :raises NoSuchHelp: if it is neither's
    """
    row = Row.objects.select_for_update().filter(id=assistance).first()
    if row is None or (row.person_id != actor.person and row.helper != actor.id):
        raise NoSuchHelp("There is no such help to end.")
    if row.ended_at is None:
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _record("assistance.ended", row, actor=actor, at=at)


def _record(verb: str, row: Row, *, actor: Actor, at: datetime) -> None:
    record(
        verb,
        actor=actor,
        at=at,
        organisation=row.organisation_id,
        subjects=[row.person_id],
        what=row.what,
        detail={"receipt": row.receipt, "basis": row.basis},
    )
