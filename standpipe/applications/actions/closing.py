"""Closing what a person who died had asked for."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.giving_back import give_back_unsent
from standpipe.applications.models import Application
from standpipe.audit.actions import record
from standpipe.cases import actions as cases
from standpipe.cases.lifecycle import NotAllowedNow
from standpipe.identity.actor import Actor
from standpipe.identity.queries import has_died
from standpipe.identity.tenancy import acting
from standpipe.jobs.ordering import order
from standpipe.packs.actions import recall
from standpipe.places.queries import organisation_ids

WHY = "The person died."


def order_closing(person: UUID) -> None:
    """Order that what somebody who died had asked for is closed, at every organisation."""
    for organisation in organisation_ids():
        order(
            "applications.close_for_death",
            queue="housekeeping",
            person=str(person),
            organisation=str(organisation),
        )


def close_for_death(person: UUID, *, actor: Actor, at: datetime) -> None:
    """Close the open applications of somebody who died, at one organisation, and say why."""
    with acting(actor):
        if not has_died(person):
            return
        rows = Application.objects.select_for_update().filter(
            person_id=person,
            organisation_id=actor.organisation,
            status__in=["draft", "paying", "submitted"],
        )
        for row in rows:
            if row.status == "submitted":
                # A case that cannot be withdrawn from where it stands is left to its officer.
                with suppress(NotAllowedNow):
                    _close_case(row, actor=actor, at=at)
                    _close(row, actor=actor, at=at)
            else:
                give_back_unsent(row.id, actor=actor, at=at)
                _close(row, actor=actor, at=at)


def _close_case(row: Application, *, actor: Actor, at: datetime) -> None:
    cases.move(
        row.reference,
        recall(row.pack_id, name=row.service).case,
        verb="withdraw",
        role="applicant",
        why=WHY,
        actor=actor,
        at=at,
    )


def _close(row: Application, *, actor: Actor, at: datetime) -> None:
    row.status = "withdrawn"
    row.save(update_fields=["status"])
    record(
        "application.withdrawn",
        actor=actor,
        at=at,
        organisation=row.organisation_id,
        subjects=[row.person_id],
        what=f"application:{row.reference}",
        detail={"why": "person_died"},
    )
