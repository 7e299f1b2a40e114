"""Paying back what could not be paid back at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from standpipe.identity.actor import system
from standpipe.identity.tenancy import acting
from standpipe.jobs.clock import now
from standpipe.kernel.errors import Refused, Unavailable
from standpipe.payments.actions import pay_out
from standpipe.payments.models import Refund
from standpipe.places.queries import organisation_ids

# Whoever asked for it may still be at it.
OVERDUE_AFTER = timedelta(minutes=2)
MOST_AT_ONCE = 100

log = structlog.get_logger("payments")


@app.periodic(cron="*/5 * * * *")
@app.task(name="payments.pay_back", queue="housekeeping", queueing_lock="payments.pay_back")
def pay_back(timestamp: int) -> None:
    """Pay back what was asked for and not done, in every organisation."""
    for organisation in organisation_ids():
        pay_back_overdue(organisation, at=now())


def pay_back_overdue(organisation: UUID, *, at: datetime) -> None:
    """Pay back what was asked for and not done, as far as the provider lets us."""
    actor = system(organisation, task="payments.pay_back")
    with acting(actor):
        overdue = list(
            Refund.objects.filter(
                organisation_id=organisation,
                done_at=None,
                payment__till_receipt="",
                asked_at__lt=at - OVERDUE_AFTER,
            )
            .order_by("asked_at", "number")
            .values_list("payment_id", flat=True)[:MOST_AT_ONCE]
        )
    # Of one payment once: all of it is paid in order.
    for payment in dict.fromkeys(overdue):
        try:
            pay_out(payment, actor=actor, at=at)
        except (Unavailable, Refused) as trouble:
            log.warning("payment.not_paid_back", payment=str(payment), reason=str(trouble))
