"""Giving a fee back, all or a part: after a decision that says so, or as an officer finds right."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

import structlog

from standpipe.applications.actions.loading import Loaded, load, load_for_work
from standpipe.applications.actions.telling import tell_in
from standpipe.cases import actions as cases
from standpipe.cases.queries import case_of
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.errors import Refused, Unavailable
from standpipe.kernel.money import show_pounds
from standpipe.kernel.text import Text
from standpipe.packs.messages import MessageTemplate
from standpipe.payments.actions import ask_refund, give_place, pay_out, refund
from standpipe.payments.queries import PaymentView, payment_of

log = structlog.get_logger("applications")

SOME_REFUSED = Text(
    "We granted {granted} of the {wanted} that you asked for.",
    "Rhoesom {granted} o’r {wanted} y gofynnoch amdanynt.",
)
COSTS_LESS = Text(
    "What you asked for costs {owed}, and you had paid {paid}.",
    "Mae’r hyn y gofynnoch amdano yn costio {owed}, ac roeddech wedi talu {paid}.",
)
COSTS_MORE = Text(
    "You changed an answer after you had paid {paid}. What you ask for now costs {owed}: we ask "
    "you to pay that instead.",
    "Newidioch ateb ar ôl talu {paid}. Mae’r hyn rydych yn gofyn amdano nawr yn costio {owed}: "
    "gofynnwn i chi dalu hynny yn ei le.",
)
NEVER_SENT = "The application was never sent."
_RETURNED = MessageTemplate(
    name="fee_returned",
    subject=Text(
        "We return ((number)) to you, ((reference))", "Dychwelwn ((number)) i chi, ((reference))"
    ),
    body=Text(
        "We return ((number)) of what you paid for your application ((reference)).\n\n"
        "Why: ((reason))\n\n"
        "((when))\n\n"
        "((organisation))\nPhone: ((phone))",
        "Dychwelwn ((number)) o’r hyn a daloch am eich cais ((reference)).\n\n"
        "Pam: ((reason))\n\n"
        "((when))\n\n"
        "((organisation))\nFfôn: ((phone))",
    ),
    placeholders=frozenset({"number", "reference", "reason", "when", "organisation", "phone"}),
)
_TO_THE_CARD = Text(
    "It goes to the card with which you paid, usually within 6 working days.",
    "Mae’n mynd i’r cerdyn y gwnaethoch dalu ag ef, fel arfer o fewn 6 diwrnod gwaith.",
)
_AT_THE_COUNTER = Text(
    "You paid at our counter: come there with your receipt ((till)) to have it returned.",
    "Talasoch wrth ein cownter: dewch yno gyda’ch derbynneb ((till)) i’w gael yn ôl.",
)


class NothingPaid(Refused):
    """Nothing was paid for this application."""


def give_back_part(
    reference: str, *, pence: int, reason: str, key: UUID, actor: Actor, at: datetime
) -> None:
    """
    Give a part of a fee back as staff, once for each key, and tell who paid why.

    :raises NothingPaid: if nothing was paid
    :raises MoreThanIsLeft: if it is nothing, or more than is left of what was paid
    :raises Unavailable: if the provider cannot be reached; it is given back all the same
    """
    with acting(actor):
        loaded = load_for_work(reference, actor=actor, at=at)
        payment = payment_of(loaded.row.id)
        if payment is None:
            raise NothingPaid("Nothing was paid for this application.")
        _ask(loaded, payment, pence=pence, reason=Text(reason, reason), key=key, actor=actor)
    pay_out(payment.id, actor=actor, at=at)


def give_back_fee(reference: str, *, actor: Actor, at: datetime) -> None:
    """Give the fee back as the pack has it for a decision: all, or for what was refused; once."""
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        payment = payment_of(loaded.row.id)
        if payment is None or payment.state != "success":
            return
        is_refused = loaded.row.outcome in loaded.pack.refund_on
        if not is_refused and not _ask_for_refused(loaded, payment, actor=actor):
            return
    if not is_refused:
        pay_out(payment.id, actor=actor, at=at)
        return
    if payment.refunded_pence == payment.amount_pence:
        return
    first = payment.left_pence > 0
    refund(payment.id, actor=actor, at=at)
    if payment.till_receipt and first:
        with acting(actor):
            _note_for_the_counter(loaded, payment, pence=payment.left_pence, actor=actor)


def give_back_surplus(loaded: Loaded, payment: PaymentView, *, owed_pence: int) -> None:
    """Ask in the caller's transaction, once, for what was paid beyond the fee to be given back."""
    surplus = payment.left_pence - owed_pence
    if surplus > 0:
        reason = _compared(COSTS_LESS, payment, owed_pence=owed_pence)
        key, actor = uuid5(payment.id, "surplus"), loaded.permission.actor
        _ask(loaded, payment, pence=surplus, reason=reason, key=key, actor=actor)


def give_back_for_another(loaded: Loaded, payment: PaymentView, *, owed_pence: int) -> None:
    """Ask in the caller's transaction for all to be given back of what was paid too little."""
    reason = _compared(COSTS_MORE, payment, owed_pence=owed_pence)
    key, actor, at = uuid5(payment.id, "too_little"), loaded.permission.actor, loaded.permission.at
    _ask(loaded, payment, pence=payment.left_pence, reason=reason, key=key, actor=actor)
    give_place(payment.id, actor=actor, at=at)


def give_back_unsent(application: UUID, *, actor: Actor, at: datetime) -> None:
    """Ask in the caller's transaction for what was paid for what is never sent to be given back."""
    payment = payment_of(application)
    if payment is not None and payment.left_pence > 0:
        pence, key = payment.left_pence, uuid5(payment.id, "never_sent")
        ask_refund(payment.id, pence=pence, reason=NEVER_SENT, key=key, actor=actor, at=at)


def pay_out_soon(payment_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Give back what was asked for, now or by the worker; nobody is stopped if it fails now."""
    try:
        pay_out(payment_id, actor=actor, at=at)
    except (Unavailable, Refused) as trouble:
        log.warning("payment.not_paid_back", payment=str(payment_id), reason=str(trouble))


def _compared(words: Text, payment: PaymentView, *, owed_pence: int) -> Text:
    sums = {"owed": show_pounds(owed_pence), "paid": show_pounds(payment.amount_pence)}
    return Text(words.en.format(**sums), words.cy.format(**sums))


def _ask_for_refused(loaded: Loaded, payment: PaymentView, *, actor: Actor) -> bool:
    """
    Ask for what was paid for those of several that are refused; False where that is nothing.

    The decision that stands counts, the first or that of a review, and what an earlier one gave
    back for the same reason is taken off.
    """
    case = case_of(loaded.row.id, loaded.permission)
    decisions = case.decisions if case else ()
    kept = decisions[-1].explanation if decisions else {}
    fee = loaded.charge.fee
    refused = kept.get("wanted", 0) - kept.get("granted", 0)
    if not (refused > 0 and loaded.pack.refund_on and fee.refundable and fee.per):
        return False
    words = {"granted": str(kept["granted"]), "wanted": str(kept["wanted"])}
    reason = Text(SOME_REFUSED.en.format(**words), SOME_REFUSED.cy.format(**words))
    keys = [_key_of(payment, nth) for nth in range(len(decisions))]
    before = sum(one.pence for one in payment.refunds if one.key in keys)
    pence = min(fee.amount_pence * refused - before, payment.left_pence)
    if pence > 0:
        _ask(loaded, payment, pence=pence, reason=reason, key=keys[-1], actor=actor)
    return True


def _key_of(payment: PaymentView, nth: int) -> UUID:
    """Return the key of what the nth decision on a case gives back for those it refuses."""
    return uuid5(payment.id, f"refused:{nth}" if nth else "refused")


def _ask(
    loaded: Loaded, payment: PaymentView, *, pence: int, reason: Text, key: UUID, actor: Actor
) -> None:
    at, language = loaded.permission.at, loaded.row.language
    why = reason.in_(language)
    if not ask_refund(payment.id, pence=pence, reason=why, key=key, actor=actor, at=at):
        return
    where = _AT_THE_COUNTER if payment.till_receipt else _TO_THE_CARD
    values = {
        "number": show_pounds(pence),
        "reason": why,
        "when": where.in_(language).replace("((till))", payment.till_receipt),
    }
    tell_in(loaded, _RETURNED, values=values, at=at, once=f"refund:{key}")
    if payment.till_receipt and loaded.row.status not in ("draft", "paying"):
        _note_for_the_counter(loaded, payment, pence=pence, actor=actor)


def _note_for_the_counter(
    loaded: Loaded, payment: PaymentView, *, pence: int, actor: Actor
) -> None:
    text = f"Give {show_pounds(pence)} back at the counter: till receipt {payment.till_receipt}."
    cases.note(loaded.row.reference, text=text, actor=actor, at=loaded.permission.at)
