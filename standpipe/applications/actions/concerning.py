"""Which entry of a register an application is about, or would take the place of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from standpipe.consent.permission import Permission
from standpipe.entitlements.actions.matching import Matched
from standpipe.entitlements.queries import EntitlementView, entry_by_id
from standpipe.kernel.errors import Refused
from standpipe.packs.pack import ServicePack


class NotAboutThat(Refused):
    """It is about nothing yet, or about what stands where it cannot be asked about."""


class NoSuchEntry(NotAboutThat):
    """It is about what is not there, or is not the person's."""


@dataclass(frozen=True, slots=True)
class Concerns:
    """The entries that an application concerns; `organisation` is who looks after them."""

    about: UUID | None = None
    renews: UUID | None = None
    organisation: UUID | None = None


def concerned(
    pack: ServicePack,
    *,
    about: UUID | None,
    matched: Matched | None,
    renews: UUID | None,
    permission: Permission,
) -> Concerns:
    """
    Return what an application concerns, in the caller's transaction.

    An entry is one that the permission shows, or `matched` by whoever knows what stands on it.

    :raises NoSuchEntry: if it is neither
    :raises NotAboutThat: if it cannot be asked about from where it stands
    """
    if renews is not None:
        renewable(pack, renews, permission)
        return Concerns(renews=renews)
    if pack.about is None:
        return Concerns()
    if matched is not None:
        return concerned_by(matched, pack)
    if about is None:
        raise NotAboutThat("Choose first what it is about.")
    entry = entry_by_id(about, permission)
    if entry is None or entry.kind != pack.about.kind:
        raise NoSuchEntry("You have none that this can be asked about.")
    if entry.status not in pack.about.statuses or entry.left_to:
        raise NotAboutThat("You have none that this can be asked about.")
    return Concerns(about=entry.id, organisation=entry.organisation)


def concerned_by(matched: Matched, pack: ServicePack) -> Concerns:
    """
    Return what an application concerns that is about a matched entry.

    :raises NotAboutThat: if it cannot be asked about from where it stands
    """
    if pack.about is None or matched.status not in pack.about.statuses:
        raise NotAboutThat("It has ended: nothing can be done about it here.")
    return Concerns(about=matched.entitlement, organisation=matched.organisation)


def renewable(pack: ServicePack, renews: UUID, permission: Permission) -> EntitlementView:
    """
    Return the entry that an application would take the place of; the look is recorded.

    :raises NoSuchEntry: if there is none of theirs
    :raises NotAboutThat: if it cannot be renewed now
    """
    definition = pack.entitlement
    entry = entry_by_id(renews, permission)
    if definition is None or entry is None or entry.kind != definition.kind or entry.left_to:
        raise NoSuchEntry("You have none that can be renewed here.")
    if not definition.may_renew(entry.expires_on, status=entry.status, on=permission.at.date()):
        raise NotAboutThat("It is too early to renew it, or it was replaced or cancelled.")
    return entry
