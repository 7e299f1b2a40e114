"""Entering what is granted, and what was granted elsewhere before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from standpipe.entitlements.actions.entries import happened_to, next_number
from standpipe.entitlements.actions.orders import NumberTaken, order_telling
from standpipe.entitlements.holder import Holder
from standpipe.entitlements.models import Entitlement
from standpipe.entitlements.status import Kept
from standpipe.identity.actor import Actor
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.loaded import entitlement_of_kind


@dataclass(frozen=True, slots=True)
class Granted:
    """What was just entered; the number is empty until an order returns it."""

    id: UUID
    number: str


def grant(
    definition: EntitlementDefinition,
    *,
    person: UUID,
    organisation: UUID,
    case: UUID,
    starts_on: date,
    expires_on: date,
    actor: Actor,
    at: datetime,
    holder: Holder | None = None,
    renews: UUID | None = None,
    ground: str = "",
    reference: str = "",
    of_case: int = 1,
) -> Granted:
    """
    Enter a grant, under a number that was never given before, or to be ordered elsewhere.

    With `renews` it takes the place of an earlier entry, which ends when this one begins;
    `reference` is the application that led to it, and `of_case` which of several of one case.
    """
    return enter(
        Entitlement(
            kind=definition.kind,
            person_id=person,
            organisation_id=organisation,
            case=case,
            of_case=of_case,
            starts_on=starts_on,
            expires_on=expires_on,
            renews=renews,
            ground=ground,
            reference=reference,
        ),
        definition,
        holder=holder or Holder(),
        verb="entitlement.renewed" if renews else "entitlement.granted",
        actor=actor,
        at=at,
    )


def enter_existing(
    kind: str,
    number: str,
    *,
    person: UUID,
    organisation: UUID,
    starts_on: date,
    expires_on: date,
    status: Kept,
    attributes: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    holder: Holder | None = None,
) -> Granted:
    """
    Enter what was granted elsewhere; with no number, under a new one of ours.

    `attributes` is kept as it comes and is shown to the entry's organisation alone.

    :raises NumberTaken: if the register of the place holds that number
    """
    definition = entitlement_of_kind(kind)
    entry = Entitlement(
        kind=kind,
        number=number.strip().upper() or next_number(definition),
        person_id=person,
        organisation_id=organisation,
        starts_on=starts_on,
        expires_on=expires_on,
        status=status,
        attributes=dict(attributes),
    )
    try:
        with transaction.atomic():
            return enter(
                entry,
                definition,
                holder=holder or Holder(),
                verb="entitlement.entered",
                actor=actor,
                at=at,
            )
    except IntegrityError as clash:
        if "entitlements_one_of_a_number" not in str(clash):
            raise
        raise NumberTaken("This number is in the register already.") from clash


def enter(
    entry: Entitlement,
    definition: EntitlementDefinition,
    *,
    holder: Holder,
    verb: str,
    actor: Actor,
    at: datetime,
    may_order: bool = True,
) -> Granted:
    """Enter a row that was put together; it is numbered unless its numbers are given elsewhere."""
    if not entry.status:
        is_ordered = definition.order is not None and may_order
        entry.status = "ordered" if is_ordered else "issued"
        entry.number = None if is_ordered else next_number(definition)
        entry.order_due_at = at if is_ordered else None
    entry.granted_at = at
    entry.holder_name = holder.name[:200]
    entry.holder_birth_date = holder.birth_date
    entry.holder_postcode = holder.plain_postcode[:8]
    entry.holder_sha256 = holder.sha256
    entry.save(force_insert=True)
    happened_to(
        entry,
        verb=verb,
        actor=actor,
        at=at,
        detail={"starts_on": entry.starts_on, "expires_on": entry.expires_on},
    )
    if entry.order_due_at is not None:
        order_telling(entry)
    return Granted(id=entry.id, number=entry.number or "")
