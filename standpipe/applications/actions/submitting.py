"""Sending an application: the fee, the decision in the same sitting, or the way to staff."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.calling_off import call_off
from standpipe.applications.actions.giving_back import (
    give_back_for_another,
    give_back_surplus,
    pay_out_soon,
)
from standpipe.applications.actions.granting import decide_now
from standpipe.applications.actions.loading import Loaded, load
from standpipe.applications.actions.telling import addressed, tell
from standpipe.applications.application import (
    AlreadySent,
    NotDeclared,
    Submitted,
    Unfinished,
)
from standpipe.audit.actions import record
from standpipe.cases.actions import open_case
from standpipe.facts.actions import Answer, forget, keep, purge_superseded
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.payments.actions import cancel, refresh, request, start
from standpipe.payments.queries import PaymentView, payment_of
from standpipe.payments.settling import PAID, is_finished
from standpipe.rows.actions import change


def submit(
    reference: str, *, declared: bool, return_url: str, actor: Actor, at: datetime
) -> Submitted:
    """
    Send an application; where the service has a fee, on to paying it first.

    What was paid already counts. If the answers have changed since, so that it is too much, the
    rest is given back; if it is too little, all of it is, and the whole fee is asked for anew.

    Safe to call again: what was sent is not sent twice.

    :raises NotDeclared: if the declaration was not accepted
    :raises Unfinished: if something is still to be answered, with the page
    :raises Unavailable: if the payment provider cannot be reached; nothing is lost
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        if loaded.row.status in ("submitted", "decided"):
            return Submitted("decided" if loaded.row.status == "decided" else "received")
        if loaded.row.status not in ("draft", "paying"):
            raise AlreadySent("This application is closed.")
        check_finished(loaded, declared=declared)
        owed = loaded.charge.amount_pence
        old = payment_of(loaded.row.id)
        is_paid = old is not None and old.state == PAID
        if is_paid and old.left_pence >= owed:
            sent = _finish_paid(loaded, old)
        elif owed == 0:
            return finish(loaded)
        elif old is not None and _asks_for_another(old, owed):
            sent = None
        else:
            if is_paid:
                give_back_for_another(loaded, old, owed_pence=owed)
            loaded.row.status = "paying"
            loaded.row.save(update_fields=["status"])
            payment, sent = _request(loaded, owed, return_url=return_url), Submitted("pay")
    if sent is None:
        # Two that can both be made there never are: the old one ends before the new one begins.
        # Should it turn out to be paid, that counts.
        cancel(old.id, actor=actor, at=at)
        return submit(reference, declared=declared, return_url=return_url, actor=actor, at=at)
    if is_paid:
        pay_out_soon(old.id, actor=actor, at=at)
    if sent.state == "pay":
        return Submitted("pay", pay_url=start(payment, actor=actor, at=at))
    return sent


def settle(reference: str, *, actor: Actor, at: datetime) -> Submitted:
    """
    Go on after the payment page: send the application if it was paid.

    Safe to call again, and called by the worker for people who did not come back. Not paid
    leads back to paying.

    :raises Unavailable: if the payment provider cannot be reached; nothing is lost
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        if loaded.row.status != "paying":
            return Submitted("decided" if loaded.row.status == "decided" else "received")
        payment = payment_of(loaded.row.id)
    if payment is None:
        return Submitted("pay")
    payment = refresh(payment.id, actor=actor, at=at)
    if payment.state != "success":
        return Submitted("pay", pay_url=payment.next_url or None)
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        if loaded.row.status != "paying":
            return Submitted("decided" if loaded.row.status == "decided" else "received")
        counts = payment_of(loaded.row.id)
        if counts is None or counts.left_pence < loaded.charge.amount_pence:
            return Submitted("pay")
        sent = _finish_paid(loaded, counts)
    pay_out_soon(counts.id, actor=actor, at=at)
    return sent


def change_after_all(reference: str, *, actor: Actor, at: datetime) -> None:
    """
    Take an application that waits for payment back to a draft, to change an answer.

    Its payment ends; if the provider cannot be reached, the worker sees to that.
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        payment = payment_of(loaded.row.id)
        goes_back = loaded.row.status == "paying" and (payment is None or payment.state != PAID)
        if goes_back:
            loaded.row.status = "draft"
            loaded.row.save(update_fields=["status"])
    if goes_back and payment is not None:
        call_off(payment.id, is_sent=False, actor=actor, at=at)


def check_finished(loaded: Loaded, *, declared: bool) -> None:
    """
    Refuse what is not ready to be sent.

    :raises Unfinished: with the first page that is not answered
    :raises NotDeclared: if the declaration was not accepted
    """
    if loaded.standing.next_page is not None:
        raise Unfinished(loaded.standing.next_page.id)
    if not declared:
        raise NotDeclared("Confirm that what you have told us is true.")


def finish(loaded: Loaded) -> Submitted:
    """Send a finished application in the caller's transaction, and decide it if that can be."""
    at = loaded.permission.at
    actor = loaded.permission.actor
    if loaded.standing.unused:
        forget(loaded.permission, sorted(loaded.standing.unused), application=loaded.row.id)
        loaded.refresh()
    if loaded.has_history:
        purge_superseded(loaded.row.id, before=at)
    keep(
        loaded.permission,
        [Answer(need, value) for need, value in loaded.standing.derived().items()],
        application=loaded.row.id,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        source="derived",
        assurance="claimed",
        form=loaded.form,
        page="",
        known=loaded.facts,
    )
    change(loaded.row, status="submitted", submitted_at=at)
    record(
        "application.submitted",
        actor=actor,
        at=at,
        organisation=loaded.row.organisation_id,
        subjects=[loaded.row.person_id],
        what=loaded.what,
        purpose=loaded.pack.purpose.id,
        detail={"service": loaded.pack.name, "version": loaded.pack.version},
    )
    case = open_case(
        loaded.pack.case,
        reference=loaded.row.reference,
        title=addressed(loaded) or loaded.pack.label.en,
        tasks=loaded.standing.tasks(loaded.pack.case),
        priority=loaded.standing.priority(loaded.pack.case),
        application=loaded.row.id,
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        service=loaded.pack.name,
        pack_sha256=loaded.pack.sha256,
        actor=actor,
        at=at,
    )
    if decide_now(loaded, case=case):
        return Submitted("decided")
    tell(loaded, "received", values={}, at=at)
    return Submitted("received")


def _finish_paid(loaded: Loaded, payment: PaymentView) -> Submitted:
    owed = loaded.charge.amount_pence
    sent = finish(loaded)
    give_back_surplus(loaded, payment, owed_pence=owed)
    return sent


def _request(loaded: Loaded, amount_pence: int, *, return_url: str) -> UUID:
    return request(
        application=loaded.row.id,
        reference=loaded.row.reference,
        amount_pence=amount_pence,
        description=loaded.pack.label.in_(loaded.row.language),
        return_url=return_url,
        language=loaded.row.language,
        email=_email(loaded),
        person=loaded.row.person_id,
        organisation=loaded.row.organisation_id,
        actor=loaded.permission.actor,
        at=loaded.permission.at,
    )


def _asks_for_another(payment: PaymentView, amount_pence: int) -> bool:
    return not is_finished(payment.state) and payment.amount_pence != amount_pence


def _email(loaded: Loaded) -> str | None:
    for need in loaded.pack.contact.email:
        value = loaded.answers.get(need)
        if isinstance(value, str) and value:
            return value
    return None
