"""Asking for payments, following them and paying them back."""

from standpipe.payments.actions.cancelling import StillBeingTaken, cancel
from standpipe.payments.actions.ledger import NoSuchPayment
from standpipe.payments.actions.paying import refresh, start
from standpipe.payments.actions.refunding import (
    MoreThanIsLeft,
    NotPaid,
    ask_refund,
    pay_out,
    refund,
)
from standpipe.payments.actions.replacing import give_place
from standpipe.payments.actions.requesting import NothingToPay, request
from standpipe.payments.actions.taking import PaidAlready, take

__all__ = [
    "MoreThanIsLeft",
    "NoSuchPayment",
    "NotPaid",
    "NothingToPay",
    "PaidAlready",
    "StillBeingTaken",
    "ask_refund",
    "cancel",
    "give_place",
    "pay_out",
    "refresh",
    "refund",
    "request",
    "start",
    "take",
]
