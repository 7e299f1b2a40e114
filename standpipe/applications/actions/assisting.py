"""Beginning an application for somebody who is helped, and going on with it in their name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.beginning import check_for_whom, enter, offered
from standpipe.applications.actions.concerning import concerned_by
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import settle
from standpipe.applications.actions.telling import tell_in
from standpipe.applications.application import Begun, NoSuchApplication, Submitted
from standpipe.applications.channels import Channel
from standpipe.assistance.actions import (
    Agreed,
    NoSuchHelp,
    begin_help,
    check_agreed,
    end_help,
)
from standpipe.assistance.assistance import Assistance
from standpipe.assistance.queries import help_by, help_of, help_to
from standpipe.consent.actions import NotPermitted
from standpipe.consent.mandate import ForWhom
from standpipe.consent.queries import represented
from standpipe.entitlements.actions.matching import Matched
from standpipe.identity.actions import new_person
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.text import Text
from standpipe.packs.messages import MessageTemplate
from standpipe.payments.actions import take
from standpipe.payments.queries import payment_of

_WAY_TO_PAY = MessageTemplate(
    name="way_to_pay",
    subject=Text("Pay for your application ((reference))", "Talu am eich cais ((reference))"),
    body=Text(
        "You can pay for your application ((reference)) here: ((link))\n\n"
        "When you have paid, we send the application on. You need do nothing else.\n\n"
        "If you did not ask us for this, ring ((organisation)) on ((phone)).",
        "Gallwch dalu am eich cais ((reference)) yma: ((link))\n\n"
        "Pan fyddwch wedi talu, byddwn yn anfon y cais ymlaen. Nid oes angen gwneud dim arall.\n\n"
        "Os na ofynnoch i ni am hyn, ffoniwch ((organisation)) ar ((phone)).",
    ),
    placeholders=frozenset({"reference", "link", "organisation", "phone"}),
)


def begin_helped(
    service: str,
    *,
    agreed: Agreed,
    channel: Channel,
    language: str,
    actor: Actor,
    at: datetime,
    for_whom: ForWhom = "self",
    matched: Matched | None = None,
) -> Begun:
    """
    Begin an application for a person who is helped, of whom nothing earlier is known or shown.

    Whoever helps sees and writes this application alone, in the person's name and under their
    own, until it is sent. Where the person asks for somebody else, it is about a third, for whom
    they act by a mandate as if they had applied themselves. `matched` is the entry that it is
    about, of which they told number, birth date and postcode; nothing of it is shown.

    :raises NoSuchService: if this place does not offer it
    :raises NotAboutThat: if it is about an entry that cannot be asked about, or not said which
    :raises NotForThem: if the service cannot be applied for so
    :raises EvidenceMissing: if a legal power is named without the paper that was seen
    """
    pack = offered(service)
    check_agreed(agreed)
    check_for_whom(pack, for_whom)
    concerns = concerned_by(matched, pack) if matched else None
    person = new_person(at=at)
    helper = replace(actor, person=person)
    with acting(helper):
        row = enter(
            pack,
            person=person,
            actor=helper,
            language=language,
            channel=channel,
            at=at,
            for_whom=for_whom,
            representative=None if for_whom == "self" else new_person(at=at),
            concerns=concerns,
        )
        begin_help(
            agreed,
            person=person,
            organisation=row.organisation_id,
            what=f"application:{row.reference}",
            actor=helper,
            at=at,
        )
    return Begun(reference=row.reference, person=person)


def in_their_name(reference: str, *, actor: Actor) -> Actor:
    """
    Return staff as they act in one application that they help with.

    :raises NoSuchApplication: if they help nobody with it
    """
    known = help_by(actor, what=f"application:{reference}")
    if known is None:
        raise NoSuchApplication("There is no application with this reference.")
    return replace(actor, person=known.person, helping=known.id)


def help_received(*, actor: Actor) -> list[Assistance]:
    """Return who helped somebody with what, also for those for whom they act; newest first."""
    found = {}
    for one in _as_whom(actor):
        with acting(one):
            helps = help_to(one.person) if one.person else ()
            found |= {each.id: each for each in helps}
    return sorted(found.values(), key=lambda each: each.at, reverse=True)


def end_help_received(assistance: UUID, *, actor: Actor, at: datetime) -> None:
    """
    Take back that somebody is helped, oneself or one for whom one acts.

    :raises NoSuchHelp: if it is neither's
    """
    for one in _as_whom(actor):
        with acting(one):
            known = help_of(assistance)
            if known is not None and known.person == one.person:
                end_help(assistance, actor=one, at=at)
                return
    raise NoSuchHelp("There is no such help to end.")


def _as_whom(actor: Actor) -> list[Actor]:
    if actor.person is None:
        return []
    with acting(actor):
        return [actor, *(one for _, one in represented(actor))]


def take_payment(reference: str, *, till_receipt: str, actor: Actor, at: datetime) -> Submitted:
    """
    Note that the fee was paid at the counter of the organisation that is asked, and send it.

    :raises NotPermitted: if another organisation's staff took it
    :raises PaidAlready: if the person paid through the provider meanwhile
    """
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        if not actor.acts_for(loaded.row.organisation_id):
            raise NotPermitted("Only the organisation that is asked takes its fee.")
        payment = payment_of(loaded.row.id)
    if payment is None:
        return Submitted("pay")
    take(payment.id, till_receipt=till_receipt, actor=actor, at=at)
    return settle(reference, actor=actor, at=at)


def send_way_to_pay(reference: str, *, actor: Actor, at: datetime) -> bool:
    """Send the person the address where they pay; False where nobody can be told."""
    with acting(actor):
        loaded = load(reference, actor=actor, at=at)
        payment = payment_of(loaded.row.id)
        if payment is None or not payment.next_url:
            return False
        return tell_in(
            loaded,
            _WAY_TO_PAY,
            values={"link": payment.next_url},
            at=at,
            once=f"pay:{at.isoformat()}",
        )
