"""Which badge an application would take the place of, and for whom it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from interfaces.dft_blue_badge import mapping
from standpipe.applications.actions.concerning import NoSuchEntry, NotAboutThat, renewable
from standpipe.consent.actions import permit_task
from standpipe.entitlements.queries import EntitlementView, entry
from standpipe.identity.actor import Actor
from standpipe.packs.pack import ServicePack

RENEW = "RENEW"
_OTHER_HOLDER = "It has the number {number}, of a badge whose holder was born on another day."
_UNKNOWN = "It renews a badge of the number {number}, which is not in your register."
_NOT_NOW = "It renews the badge {number}. {why}"


@dataclass(frozen=True, slots=True)
class Renewal:
    """The entry that is renewed, or what whoever works the case should know instead."""

    entry: UUID | None = None
    why_not: str = ""


def is_of_organisation(body: Mapping[str, Any]) -> bool:
    """Say whether an organisation applies."""
    return bool(mapping.at(body, "party.typeCode") == mapping.ORGANISATION)


def renewal_of(
    body: Mapping[str, Any], *, pack: ServicePack, actor: Actor, at: datetime
) -> Renewal:
    """
    Return what a body that says so would renew, in the caller's transaction.

    A number alone could be anybody's: it counts with the birth date of the badge's holder. What
    cannot be linked refuses nothing.
    """
    number = str(body.get("existingBadgeNumber", "")).upper()
    if body.get("applicationTypeCode") != RENEW or not number or pack.entitlement is None:
        return Renewal()
    assert actor.organisation is not None
    permission = permit_task(actor, organisation=actor.organisation, purpose=pack.purpose.id, at=at)
    found = entry(pack.entitlement.kind, number, permission)
    if found is None:
        return Renewal(why_not=_UNKNOWN.format(number=number))
    if not _is_of(found, body):
        return Renewal(why_not=_OTHER_HOLDER.format(number=number))
    try:
        renewable(pack, found.id, permission)
    except (NoSuchEntry, NotAboutThat) as why:
        return Renewal(why_not=_NOT_NOW.format(number=number, why=why))
    return Renewal(entry=found.id)


def _is_of(found: EntitlementView, body: Mapping[str, Any]) -> bool:
    if is_of_organisation(body):
        name = str(mapping.at(body, "party.organisation.badgeHolderName") or "")
        return found.holder_name.casefold() == name.casefold()
    born = found.holder_birth_date
    return born is not None and born.isoformat() == mapping.at(body, "party.person.dob")
