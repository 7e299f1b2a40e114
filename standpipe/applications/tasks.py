"""Background work on applications; every task may run twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from standpipe.applications.actions import concluding, expiring, referring
from standpipe.applications.actions.submitting import settle
from standpipe.applications.models import Application
from standpipe.identity.actor import system
from standpipe.identity.tenancy import acting
from standpipe.jobs.clock import now
from standpipe.kernel.errors import Unavailable
from standpipe.packs.loaded import place
from standpipe.places.actions import organisation_id

log = structlog.get_logger("applications")

# A person who paid and did not come back is not left hanging longer than this.
SETTLE_AFTER = timedelta(minutes=3)


@app.task(name="applications.follow_decision", queue="papers", retry=10)
def follow_decision(reference: str, organisation: str) -> None:
    """Write the letter of a decision, and give the fee back where the pack says so."""
    actor = system(UUID(organisation), task="follow_decision")
    concluding.write_letter(reference, actor=actor, at=now())
    concluding.give_back_fee(reference, actor=actor, at=now())


@app.task(name="applications.follow_referral", queue="papers", retry=10)
def follow_referral(referral: str, organisation: str) -> None:
    """Take over what became of a referral: the report, and the case that waited for it."""
    actor = system(UUID(organisation), task="follow_referral")
    referring.follow_referral(referral, actor=actor, at=now())


@app.periodic(cron="* * * * *")
@app.task(
    name="applications.settle_payments",
    queue="housekeeping",
    queueing_lock="applications.settle_payments",
)
def settle_payments(timestamp: int) -> None:
    """Send the applications of people who paid and closed the page."""
    started = now()
    for one in place().organisations:
        actor = system(organisation_id(one.slug), task="settle_payments")
        with acting(actor):
            waiting = list(
                Application.objects.filter(
                    organisation_id=actor.organisation,
                    status="paying",
                    begun_at__lt=started - SETTLE_AFTER,
                ).values_list("reference", flat=True)[:200]
            )
        for reference in waiting:
            try:
                settle(reference, actor=actor, at=now())
            except Unavailable as trouble:
                log.warning("payment.not_settled", reference=reference, reason=str(trouble))


@app.periodic(cron="23 2 * * *")
@app.task(
    name="applications.expire_drafts",
    queue="housekeeping",
    queueing_lock="applications.expire_drafts",
)
def expire_drafts(timestamp: int) -> None:
    """Delete what was told in applications that were never sent."""
    for one in place().organisations:
        actor = system(organisation_id(one.slug), task="expire_drafts")
        expiring.expire_drafts(actor=actor, at=now())
