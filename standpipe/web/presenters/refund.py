"""What was returned of a fee, as staff see it. Pure."""

from __future__ import annotations

from typing import Any

from standpipe.kernel.money import show_pounds
from standpipe.payments.queries import PaymentView
from standpipe.vocabulary.dates import date_in_words
from standpipe.web.wording import say


def refund_rows(payment: PaymentView, *, language: str) -> list[dict[str, Any]]:
    """Return each part that was returned or is to be, in order, and how far it is."""

    def state(is_done: bool) -> str:
        if payment.till_receipt:
            return say("refund.at_counter", language=language, till=payment.till_receipt)
        return say("refund.is_done" if is_done else "refund.is_waiting", language=language)

    return [
        {
            "amount": show_pounds(one.pence),
            "reason": one.reason,
            "by": one.by,
            "on": date_in_words(one.asked_at.date(), language=language),
            "state": state(one.done_at is not None),
        }
        for one in payment.refunds
    ]
