"""What becomes of an entry: replaced, made anew, handed to another authority, noted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from standpipe.entitlements.actions.ending import end
from standpipe.entitlements.actions.entries import (
    NoSuchReason,
    NotForThem,
    NotLive,
    by_number,
    entry_for,
    happened,
    happened_to,
)
from standpipe.entitlements.actions.granting import Granted, enter
from standpipe.entitlements.holder import Holder
from standpipe.entitlements.models import Entitlement
from standpipe.entitlements.queries import receivers
from standpipe.identity.actor import Actor
from standpipe.packs.loaded import entitlement_of_kind
from standpipe.places.queries import organisation_slug


def replace(
    kind: str,
    number: str,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    why: str = "",
    case: UUID | None = None,
    reference: str = "",
) -> Granted:
    """
    End an entry and enter another for what is left of its time; return the new one.

    `reason` is a code of the pack; `case` and `reference` are what led to it.

    :raises NotLive: if it stands where this cannot be done, or is none of the actor's
    :raises NotForThem: if the pack gives this to others
    :raises NoSuchReason: if the pack has no reason of this code
    """
    old, _ = entry_for("replace", kind, number, reason=reason, actor=actor, at=at)
    end(old, "replaced", verb="entitlement.replaced", reason=reason, why=why, actor=actor, at=at)
    new = Entitlement(
        kind=kind,
        person_id=old.person_id,
        organisation_id=old.organisation_id,
        case=case,
        starts_on=max(old.starts_on, at.date()),
        expires_on=old.expires_on,
        replaces=old.id,
        attributes=old.attributes,
        ground=old.ground,
        reference=reference or old.reference,
    )
    granted = enter(
        new,
        entitlement_of_kind(kind),
        holder=Holder(old.holder_name, old.holder_birth_date, old.holder_postcode),
        verb="entitlement.granted",
        actor=actor,
        at=at,
        # What was numbered here before is numbered here again.
        may_order=bool(old.made_by),
    )
    # The identifier itself was not kept: its hash goes on.
    Entitlement.objects.filter(id=new.id).update(holder_sha256=old.holder_sha256)
    return granted


def reissue(
    kind: str,
    number: str,
    *,
    reason: str,
    holder: Holder,
    actor: Actor,
    at: datetime,
    case: UUID,
    reference: str,
    why: str = "",
) -> Granted:
    """
    End an entry and have one made anew for what is left of its time, with what changed.

    `holder` tells what changed; what it leaves empty stays. `reason` is a code of the pack for
    ending one; see `replace` for what it raises.
    """
    old, _ = entry_for("cancel", kind, number, reason=reason, actor=actor, at=at)
    end(
        old,
        "cancelled",
        verb="entitlement.cancelled",
        reason=reason,
        why=why,
        actor=actor,
        at=at,
    )
    new = Entitlement(
        kind=kind,
        person_id=old.person_id,
        organisation_id=old.organisation_id,
        case=case,
        starts_on=max(old.starts_on, at.date()),
        expires_on=old.expires_on,
        replaces=old.id,
        attributes=old.attributes,
        ground=old.ground,
        reference=reference,
    )
    granted = enter(
        new,
        entitlement_of_kind(kind),
        holder=Holder(
            holder.name or old.holder_name,
            old.holder_birth_date,
            holder.postcode or old.holder_postcode,
        ),
        verb="entitlement.granted",
        actor=actor,
        at=at,
        may_order=bool(old.made_by),
    )
    Entitlement.objects.filter(id=new.id).update(holder_sha256=old.holder_sha256)
    return granted


def transfer(
    kind: str,
    number: str,
    *,
    to: UUID | None,
    actor: Actor,
    at: datetime,
    why: str = "",
    reason: str = "",
) -> None:
    """
    Hand an entry with its history to another organisation of the place, which alone sees it then.

    With `to` None it leaves the place for the authority that `why` names; its record stays, and
    nothing more is done to it here. See `replace` for what else it raises.

    :raises CannotReceive: if they do not issue what it is, or have it already
    """
    entry, _ = entry_for("transfer", kind, number, reason=reason, actor=actor, at=at)
    if to is not None:
        receivers(kind, held_by=entry.organisation_id).chosen(organisation_slug(to))
    happened_to(
        entry,
        verb="entitlement.transferred",
        actor=actor,
        at=at,
        reason=reason,
        words=why,
        detail={"to": str(to) if to else None},
    )
    if to is None:
        entry.left_to = why[:200] or "?"
        entry.save(update_fields=["left_to"])
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT hand_over_entitlement(%s, %s)", [entry.id, to])


def amend(kind: str, number: str, *, holder: Holder, actor: Actor, at: datetime) -> None:
    """
    Change what stands in the register about a holder: name and postcode, where they are given.

    See `replace` for what it raises.
    """
    entry, _ = entry_for("amend", kind, number, reason="", actor=actor, at=at)
    if holder.name:
        entry.holder_name = holder.name[:200]
    if holder.postcode:
        entry.holder_postcode = holder.plain_postcode[:8]
    entry.save(update_fields=["holder_name", "holder_postcode"])
    changed = [name for name in ("name", "postcode") if getattr(holder, name)]
    happened_to(entry, verb="entitlement.amended", actor=actor, at=at, detail={"changed": changed})


def note(kind: str, number: str, *, what: str, words: str, actor: Actor, at: datetime) -> None:
    """
    Note something about a number, whoever's it is; the organisation that granted it sees it.

    `what` is a reason of the pack's act `note`.

    :raises NotLive: if nobody in this place has such a number
    :raises NotForThem: if the pack gives this to others
    :raises NoSuchReason: if the pack has no reason of this code
    """
    definition = entitlement_of_kind(kind).acts.get("note")
    if definition is None or not (definition.by & (actor.roles | {actor.kind})):
        raise NotForThem("You may not do this.")
    if definition.reasons and what not in definition.reasons:
        raise NoSuchReason(f"Give one of these reasons: {', '.join(definition.reasons)}.")
    found = by_number(kind, number, on=at.date())
    if found is None:
        raise NotLive("No organisation of this place has granted this number.")
    happened(
        found.id,
        verb="entitlement.noted",
        person=found.person,
        kind=kind,
        number=number.strip().upper(),
        organisation=found.organisation,
        actor=actor,
        at=at,
        reason=what,
        words=words,
    )
