"""Taking another register in: a file is checked, looked at, and entered whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from standpipe.audit.actions import record
from standpipe.consent.actions import NotPermitted
from standpipe.entitlements.holding import holder_of
from standpipe.entitlements.intake.checking import (
    OTHER,
    Incoming,
    Report,
    check_sheet,
    numbers_in,
)
from standpipe.entitlements.intake.sheet import Sheet, read_sheet
from standpipe.entitlements.models import Entitlement, Happening, Intake
from standpipe.identity.actions import new_people
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Refused
from standpipe.kernel.identifiers import new_id
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.loaded import packs
from standpipe.packs.pack import ServicePack
from standpipe.packs.register_import import RegisterImport
from standpipe.places.actions import organisation_id

KEPT_FOR = timedelta(days=1)
_AT_ONCE = 1000


class NoImport(Refused):
    """This service reads no other register, or it is another organisation's."""


class NotWhole(Refused):
    """Some rows cannot be entered, and it was not said to leave them out."""


class NoSuchIntake(Refused):
    """There is no such file here, or it was dealt with before."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked and waits to be entered: its name, and what became of each row."""

    intake: UUID
    service: str
    name: str
    report: Report


def check_file(
    service: str,
    content: bytes,
    *,
    actor: Actor,
    at: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """
    Check every row of a file as it would be entered now; nothing is kept.

    :raises NoImport: if the service reads none, or is not the actor's to fill
    :raises Unreadable: if it is no table with the columns that are needed
    """
    pack, definition, entitlement = _service(service, actor)
    sheet = read_sheet(content)
    with acting(actor):
        known = _known(entitlement.kind, numbers_in(sheet, definition))
    return _checked(sheet, definition, entitlement, pack, known=known, at=at, progress=progress)


def keep_file(service: str, name: str, content: bytes, *, actor: Actor, at: datetime) -> UUID:
    """Keep a file that was found readable, for the actor's organisation to look at and enter."""
    _service(service, actor)
    with acting(actor):
        # What nobody entered is somebody's data for nothing.
        Intake.objects.filter(organisation_id=actor.organisation, at__lt=at - KEPT_FOR).delete()
        return Intake.objects.create(
            organisation_id=actor.organisation,
            service=service,
            name=name[:200],
            content=content,
            at=at,
        ).id


def kept_file(intake: UUID, *, actor: Actor, at: datetime) -> Checked:
    """
    Return a file that waits, checked against the register of this moment.

    :raises NoSuchIntake: if there is none
    """
    with acting(actor):
        row = _intake(intake, actor)
        name, service, content = row.name, row.service, bytes(row.content)
    report = check_file(service, content, actor=actor, at=at)
    return Checked(intake, service, name, report)


def enter_kept(intake: UUID, *, only_good: bool, actor: Actor, at: datetime) -> int:
    """
    Enter a file that waits, and forget it; return how many entries there are now.

    :raises NoSuchIntake: if there is none
    :raises NotWhole: if rows cannot be entered and `only_good` does not say to leave them out
    """
    with acting(actor):
        row = _intake(intake, actor)
        report = _enter(row.service, bytes(row.content), only_good=only_good, actor=actor, at=at)
        row.delete()
    return len(report.good)


def drop_kept(intake: UUID, *, actor: Actor) -> None:
    """Forget a file that waits."""
    with acting(actor):
        _intake(intake, actor).delete()


def enter_file(
    service: str,
    content: bytes,
    *,
    only_good: bool,
    actor: Actor,
    at: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    """
    Enter another register's file in one transaction: every row, or none.

    With `only_good`, the rows that are refused are left out. The same file again enters nothing:
    its numbers are known then.

    :raises NoImport: if the service reads none, or is not the actor's to fill
    :raises Unreadable: if it is no table with the columns that are needed
    :raises NotWhole: if rows cannot be entered and `only_good` does not say to leave them out
    """
    with acting(actor):
        return _enter(service, content, only_good=only_good, actor=actor, at=at, progress=progress)


def _enter(
    service: str,
    content: bytes,
    *,
    only_good: bool,
    actor: Actor,
    at: datetime,
    progress: Callable[[int], None] = lambda _: None,
) -> Report:
    pack, definition, entitlement = _service(service, actor)
    sheet = read_sheet(content)
    # One import at a time for each kind: what is known stays so until the commit.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s))", [f"register import {entitlement.kind}"]
        )
    known = _known(entitlement.kind, numbers_in(sheet, definition))
    report = _checked(
        sheet, definition, entitlement, pack, known=known, at=at, progress=lambda _: None
    )
    if report.refused and not only_good:
        count = len(report.refused)
        raise NotWhole(f"{count} rows cannot be entered. Mend them or leave them out.")
    for start in range(0, len(report.good), _AT_ONCE):
        _enter_some(report.good[start : start + _AT_ONCE], entitlement, actor=actor, at=at)
        progress(min(start + _AT_ONCE, len(report.good)))
    return report


def _enter_some(
    rows: Sequence[Incoming], entitlement: EntitlementDefinition, *, actor: Actor, at: datetime
) -> None:
    people = new_people(len(rows), at=at)
    entries = []
    for row, person in zip(rows, people, strict=True):
        holder = holder_of(entitlement.holder, row.answers)
        entries.append(
            Entitlement(
                id=new_id(),
                kind=entitlement.kind,
                number=row.number,
                person_id=person,
                organisation_id=actor.organisation,
                starts_on=row.starts_on,
                expires_on=row.expires_on,
                status=row.status,
                granted_at=at,
                holder_name=holder.name[:200],
                holder_birth_date=holder.birth_date,
                holder_postcode=holder.plain_postcode[:8],
                holder_sha256=holder.sha256,
                attributes={**row.answers, **({OTHER: dict(row.other)} if row.other else {})},
            )
        )
    Entitlement.objects.bulk_create(entries)
    Happening.objects.bulk_create(
        Happening(
            entitlement_id=one.id,
            organisation_id=actor.organisation,
            at=at,
            what="entered",
            by_kind=actor.kind,
            by=actor.name,
        )
        for one in entries
    )
    record(
        "entitlement.entered",
        actor=actor,
        at=at,
        organisation=actor.organisation,
        subjects=people,
        what=f"register:{entitlement.kind}",
        detail={"rows": len(rows), "first": rows[0].number, "last": rows[-1].number},
    )


def _checked(
    sheet: Sheet,
    definition: RegisterImport,
    entitlement: EntitlementDefinition,
    pack: ServicePack,
    *,
    known: Collection[str],
    at: datetime,
    progress: Callable[[int], None],
) -> Report:
    return check_sheet(
        sheet,
        definition,
        entitlement,
        pack.vocabulary,
        known=known,
        on=at.date(),
        progress=progress,
    )


def _known(kind: str, numbers: Sequence[str]) -> set[str]:
    """Return those of some numbers that any organisation of the place has given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM unnest(%s::text[]) AS asked (number)"
            " WHERE EXISTS (SELECT FROM entitlement_by_number(%s, asked.number, %s))",
            [list(numbers), kind, date.min],
        )
        return {number for (number,) in cursor.fetchall()}


def _intake(intake: UUID, actor: Actor) -> Intake:
    row = (
        Intake.objects.select_for_update()
        .filter(id=intake, organisation_id=actor.organisation)
        .first()
    )
    if row is None:
        raise NoSuchIntake("There is no such file here. It may have been entered already.")
    return row


def _service(
    service: str, actor: Actor
) -> tuple[ServicePack, RegisterImport, EntitlementDefinition]:
    pack = packs().get(service)
    if pack is None or pack.imports is None or pack.entitlement is None:
        raise NoImport("This service reads no other register.")
    if actor.organisation is None or organisation_id(pack.organisation) != actor.organisation:
        raise NotPermitted("Another organisation keeps this register.")
    return pack, pack.imports, pack.entitlement
