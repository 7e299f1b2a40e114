"""Background work on applications; every task may run twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from standpipe.applications.actions import (
    closing,
    concluding,
    expiring,
    giving_back,
    granting,
    making,
    referring,
    reminding,
)
from standpipe.applications.actions.calling_off import call_off_left_behind
from standpipe.applications.actions.submitting import settle
from standpipe.applications.models import Application
from standpipe.entitlements.actions.orders import order_overdue
from standpipe.identity.actor import system
from standpipe.identity.tenancy import acting
from standpipe.jobs.clock import now
from standpipe.kernel.errors import Unavailable
from standpipe.packs.loaded import place
from standpipe.places.actions import organisation_id

log = structlog.get_logger("applications")

# A person who paid and did not come back is not left hanging longer than this.
SETTLE_AFTER = timedelta(minutes=3)
MOST_AT_ONCE = 500


@app.task(name="applications.follow_decision", queue="papers", retry=10)
def follow_decision(reference: str, organisation: str) -> None:
    """Write the letter of a decision, and give the fee back where the pack says so."""
    actor = system(UUID(organisation), task="follow_decision")
    concluding.write_letter(reference, actor=actor, at=now())
    giving_back.give_back_fee(reference, actor=actor, at=now())


@app.task(name="applications.follow_referral", queue="papers", retry=10)
def follow_referral(referral: str, organisation: str) -> None:
    """Take over what became of a referral: the report, and the case that waited for it."""
    actor = system(UUID(organisation), task="follow_referral")
    referring.follow_referral(referral, actor=actor, at=now())


@app.task(name="applications.tell_maker", queue="orders", retry=10)
def tell_maker(entitlement: str, organisation: str) -> None:
    """Have made what was granted, or say that it was replaced or cancelled."""
    actor = system(UUID(organisation), task="tell_maker")
    making.tell_maker(UUID(entitlement), actor=actor, at=now())


@app.task(name="applications.decide_by_rules", queue="orders", retry=10)
def decide_by_rules(reference: str, organisation: str) -> None:
    """Decide for the organisation what its person could not be shown the entry of."""
    actor = system(UUID(organisation), task="rules")
    granting.decide_by_rules(reference, actor=actor, at=now())


@app.task(name="applications.close_for_death", queue="housekeeping", retry=10)
def close_for_death(person: str, organisation: str) -> None:
    """Close what somebody who died had asked an organisation for."""
    actor = system(UUID(organisation), task="close_for_death")
    closing.close_for_death(UUID(person), actor=actor, at=now())


@app.periodic(cron="11 7 * * *")
@app.task(name="applications.remind", queue="housekeeping", queueing_lock="applications.remind")
def remind(timestamp: int) -> None:
    """Remind holders of what ends soon, in the morning."""
    for one in place().organisations:
        actor = system(organisation_id(one.slug), task="remind")
        reminding.remind(actor=actor, at=now())


@app.periodic(cron="* * * * *")
@app.task(
    name="applications.sweep_orders",
    queue="housekeeping",
    queueing_lock="applications.sweep_orders",
)
def sweep_orders(timestamp: int) -> None:
    """Order anew what should long have been told to its maker: a lost job loses no badge."""
    for one in place().organisations:
        actor = system(organisation_id(one.slug), task="sweep_orders")
        with acting(actor):
            order_overdue(
                organisation=actor.organisation, before=now() - SETTLE_AFTER, most=MOST_AT_ONCE
            )


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


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="applications.call_off_payments",
    queue="housekeeping",
    queueing_lock="applications.call_off_payments",
)
def call_off_payments(timestamp: int) -> None:
    """End payments that were left open when somebody went back from paying."""
    at = now()
    for one in place().organisations:
        actor = system(organisation_id(one.slug), task="call_off_payments")
        call_off_left_behind(before=at - SETTLE_AFTER, actor=actor, at=at)


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
