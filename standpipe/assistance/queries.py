"""Who helps whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from standpipe.assistance.assistance import Assistance, Basis
from standpipe.assistance.models import Assistance as Row
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting


def help_by(actor: Actor, *, what: str) -> Assistance | None:
    """Return the help that a member of staff gives with a thing, ended or not; None if none."""
    with acting(actor):
        row = Row.objects.filter(helper=actor.id, what=what).order_by("-at").first()
    return None if row is None else _seen(row)


def help_given(actor: Actor, *, limit: int = 50) -> Sequence[Assistance]:
    """Return the help that a member of staff gives and that has not ended, newest first."""
    with acting(actor):
        rows = Row.objects.filter(helper=actor.id, ended_at=None).order_by("-at")[:limit]
        return [_seen(row) for row in rows]


def help_to(person: UUID) -> Sequence[Assistance]:
    """Return who helped a person with what, newest first; the caller opens the transaction."""
    return [_seen(row) for row in Row.objects.filter(person_id=person).order_by("-at")]


def help_with(what: str) -> Sequence[Assistance]:
    """Return who helped with a thing, in order; the caller opens the transaction."""
    return [_seen(row) for row in Row.objects.filter(what=what).order_by("at")]


def help_of(assistance: UUID) -> Assistance | None:
    """Return one help; None if there is none that the actor of the transaction may see."""
    row = Row.objects.filter(id=assistance).first()
    return None if row is None else _seen(row)


def _seen(row: Row) -> Assistance:
    return Assistance(
        id=row.id,
        person=row.person_id,
        helper=row.helper,
        helper_name=row.helper_name,
        helper_organisation=row.helper_organisation_id,
        organisation=row.organisation_id,
        what=row.what,
        basis=cast(Basis, row.basis),
        evidence=row.evidence,
        undertaking=row.undertaking,
        wording=row.wording,
        receipt=row.receipt,
        may_follow=row.may_follow,
        at=row.at,
        ended_at=row.ended_at,
    )
