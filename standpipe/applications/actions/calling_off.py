"""Payments that were begun, and that the application does not wait for any more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog

from standpipe.applications.models import Application
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Refused, Unavailable
from standpipe.payments.actions import cancel, refund
from standpipe.payments.queries import open_payments
from standpipe.payments.settling import PAID

MOST_AT_ONCE = 200

log = structlog.get_logger("applications")


def call_off(payment: UUID, *, is_sent: bool, actor: Actor, at: datetime) -> None:
    """
    End a payment that an application does not wait for; nobody is stopped if that fails now.

    What was paid meanwhile is paid back if the application was sent without it (`is_sent`); else
    it counts when the application is sent.
    """
    try:
        ended = cancel(payment, actor=actor, at=at)
        if is_sent and ended.state == PAID:
            refund(payment, actor=actor, at=at)
    except (Unavailable, Refused) as trouble:
        log.warning("payment.not_called_off", payment=str(payment), reason=str(trouble))


def call_off_left_behind(*, before: datetime, actor: Actor, at: datetime) -> None:
    """End an organisation's payments that were begun before a moment and are not waited for."""
    with acting(actor):
        assert actor.organisation is not None
        begun = open_payments(actor.organisation, before=before, most=MOST_AT_ONCE)
        rows = Application.objects.filter(id__in=begun).exclude(status="paying")
        left = list(rows.values_list("id", "status"))
    for application, status in left:
        call_off(begun[application], is_sent=status != "draft", actor=actor, at=at)
