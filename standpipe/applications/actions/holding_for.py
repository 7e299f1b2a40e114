"""What was granted to those for whom somebody acts, and asking about it in their stead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from standpipe.applications.actions.beginning import check_for_whom, enter, offered
from standpipe.applications.actions.concerning import NoSuchEntry, concerned
from standpipe.applications.actions.loading import Loaded
from standpipe.applications.actions.renewing import carry_over
from standpipe.applications.application import Begun
from standpipe.applications.channels import Channel
from standpipe.applications.models import Application
from standpipe.consent.actions import NotPermitted, permit_holdings, permit_on_behalf
from standpipe.consent.mandate import ForWhom
from standpipe.consent.permission import Permission
from standpipe.consent.queries import mandate_held, represented, standing_in
from standpipe.entitlements.queries import EntitlementView, entries_of
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.pack import ServicePack
from standpipe.rows.queries import find


@dataclass(frozen=True, slots=True)
class HeldFor:
    """An entry of somebody for whom one acts, and oneself as who acts there."""

    entry: EntitlementView
    actor: Actor


def held_for_others(actor: Actor, *, at: datetime) -> list[HeldFor]:
    """Return what those hold for whom somebody acts by a power in law; each look is recorded."""
    if actor.kind != "person" or actor.person is None:
        return []
    with acting(actor):
        stands = represented(actor)
    found: dict[UUID, HeldFor] = {}
    for _, in_stead in stands:
        for entry in _held(in_stead, at=at):
            # By two mandates one acts for one person, once a second application was made.
            found.setdefault(entry.id, HeldFor(entry, in_stead))
    return list(found.values())


def begin_about_held(
    service: str,
    *,
    entry: UUID,
    renew: bool,
    actor: Actor,
    language: str,
    channel: Channel,
    at: datetime,
) -> Begun:
    """
    Begin an application about what somebody holds for whom one acts, or to renew it.

    It is theirs, and one acts in it by a mandate of its own, on the footing of the one by which
    it was granted.

    :raises NoSuchService: if this place does not offer it
    :raises NoSuchEntry: if nobody holds it for whom one acts so
    :raises NotAboutThat: if it cannot be asked about from where it stands
    :raises NotForThem: if the service cannot be applied for so
    """
    pack = offered(service)
    held = next((one for one in held_for_others(actor, at=at) if one.entry.id == entry), None)
    if held is None:
        raise NoSuchEntry("Nobody for whom you act has this.")
    in_stead = held.actor
    with acting(in_stead):
        permission = permit_holdings(in_stead, purpose=pack.purpose.id, at=at)
        mandate = mandate_held(in_stead)
        if mandate is None:
            raise NoSuchEntry("Nobody for whom you act has this.")
        (earlier,) = find(Application, id=mandate.application)
        for_whom = cast(ForWhom, earlier.for_whom)
        check_for_whom(pack, for_whom)
        concerns = concerned(
            pack,
            about=None if renew else entry,
            matched=None,
            renews=entry if renew else None,
            permission=permission,
        )
        row = enter(
            pack,
            person=mandate.person,
            actor=in_stead,
            language=language,
            channel=channel,
            at=at,
            for_whom=for_whom,
            representative=mandate.representative,
            concerns=concerns,
            like=mandate,
            named=held.entry.holder_name,
        )
        if renew:
            here = standing_in(row.reference, actor=actor)
            carry_over(Loaded.entered(row, pack, _permission(here, row, pack, at=at)))
    return Begun(reference=row.reference, person=actor.person or mandate.person)


def _permission(here: Actor, row: Application, pack: ServicePack, *, at: datetime) -> Permission:
    what = f"application:{row.reference}"
    purpose = pack.purpose.id
    return permit_on_behalf(here, application=row.id, what=what, purpose=purpose, at=at)


def _held(in_stead: Actor, *, at: datetime) -> list[EntitlementView]:
    with acting(in_stead):
        try:
            permission = permit_holdings(in_stead, purpose="your_entitlements", at=at)
        except NotPermitted:
            return []
        mandate = mandate_held(in_stead)
        if mandate is None:
            return []
        return [
            one
            for one in entries_of(mandate.person, permission)
            if mandate.reaches_what_is_held(born=one.holder_birth_date, on=at.date())
        ]
