"""Unfinished applications, deleted when their time is up."""

from __future__ import annotations

from datetime import datetime

from standpipe.applications.actions.giving_back import give_back_unsent
from standpipe.applications.models import Application, ReturnCode
from standpipe.audit.actions import record
from standpipe.documents.actions import purge as purge_documents
from standpipe.facts.actions import purge as purge_facts
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting


def expire_drafts(*, actor: Actor, at: datetime) -> int:
    """Delete the answers and files of an organisation's drafts past their day; return how many."""
    count = 0
    while True:
        with acting(actor):
            row = (
                Application.objects.select_for_update(skip_locked=True)
                .filter(
                    organisation_id=actor.organisation, status="draft", expires_on__lt=at.date()
                )
                .first()
            )
            if row is None:
                return count
            purge_facts(row.id)
            purge_documents(f"application:{row.reference}")
            ReturnCode.objects.filter(application=row).delete()
            give_back_unsent(row.id, actor=actor, at=at)
            row.status, row.named = "expired", ""
            row.save(update_fields=["status", "named"])
            record(
                "application.expired",
                actor=actor,
                at=at,
                organisation=row.organisation_id,
                subjects=[row.person_id],
                what=f"application:{row.reference}",
            )
        count += 1
