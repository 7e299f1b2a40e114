"""Asking for payments, following them and paying them back."""

from standpipe.payments.actions.ledger import NoSuchPayment
from standpipe.payments.actions.paying import refresh, start
from standpipe.payments.actions.refunding import NotPaid, refund
from standpipe.payments.actions.requesting import NothingToPay, request
from standpipe.payments.actions.taking import PaidAlready, take

__all__ = [
    "NoSuchPayment",
    "NotPaid",
    "NothingToPay",
    "PaidAlready",
    "refresh",
    "refund",
    "request",
    "start",
    "take",
]
