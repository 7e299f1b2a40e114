"""On what footing somebody acts for another, and whether it reaches as far as agreeing for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.closing import order_closing
from standpipe.applications.actions.loading import Loaded, load_for_work
from standpipe.applications.actions.telling import address_of, told_as, words_for
from standpipe.applications.application import NoSuchPage
from standpipe.applications.representing import FOOTING, NAME, RELATIONSHIP, basis_of
from standpipe.consent.actions import NotPermitted, revoke_mandate, state_mandate
from standpipe.consent.mandate import ENDED_WORDS, EndedBecause, Mandate
from standpipe.consent.queries import mandate_of
from standpipe.entitlements.actions import cancel_for_death
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.kernel.text import Text
from standpipe.notifications.actions import queue
from standpipe.packs.messages import MessageTemplate

_ENDED = MessageTemplate(
    name="mandate_ended",
    subject=Text(
        "You can no longer act for ((name)) in ((reference))",
        "Ni allwch weithredu dros ((name)) mwyach yn ((reference))",
    ),
    body=Text(
        "You applied for ((name)): ((service)), ((reference)).\n\n"
        "You can no longer act in this application, because ((reason)). You cannot see it any "
        "more, and we will write about it to ((name)) and not to you.\n\n"
        "If you think that this is wrong, ring ((organisation)) on ((phone)).",
        "Gwnaethoch gais dros ((name)): ((service)), ((reference)).\n\n"
        "Ni allwch weithredu yn y cais hwn mwyach, oherwydd ((reason)). Ni allwch ei weld mwyach, "
        "a byddwn yn ysgrifennu amdano at ((name)) ac nid atoch chi.\n\n"
        "Os credwch fod hyn yn anghywir, ffoniwch ((organisation)) ar ((phone)).",
    ),
    placeholders=frozenset({"name", "service", "reference", "reason", "organisation", "phone"}),
)
_DIED = MessageTemplate(
    name="mandate_ended",
    subject=Text("The application ((reference)) is closed", "Mae’r cais ((reference)) wedi’i gau"),
    body=Text(
        "We were told that ((name)) has died. We are sorry for your loss.\n\n"
        "We have closed the application ((reference)). You need do nothing else, and we will not "
        "write about it again.\n\n"
        "If this is wrong, ring ((organisation)) on ((phone)).",
        "Dywedwyd wrthym fod ((name)) wedi marw. Mae’n ddrwg gennym am eich colled.\n\n"
        "Rydym wedi cau’r cais ((reference)). Nid oes angen i chi wneud dim arall, ac ni fyddwn yn "
        "ysgrifennu amdano eto.\n\n"
        "Os yw hyn yn anghywir, ffoniwch ((organisation)) ar ((phone)).",
    ),
    placeholders=frozenset({"name", "reference", "organisation", "phone"}),
)


def state_footing(loaded: Loaded, changed: Collection[str]) -> None:
    """Keep with the mandate what a representative has just told of themselves."""
    if loaded.for_whom == "self" or not set(FOOTING) & set(changed):
        return
    loaded.refresh()
    state_mandate(
        loaded.row.id,
        basis=basis_of(loaded.for_whom, loaded.answers),
        relationship=str(loaded.answers.get(RELATIONSHIP) or ""),
        name=told_as(loaded, NAME),
        actor=loaded.permission.actor,
        at=loaded.permission.at,
    )


def agreeing_mandate(loaded: Loaded) -> UUID | None:
    """
    Return the mandate by which an agreement is given; None where people agree for themselves.

    :raises NoSuchPage: if the representative has no power to agree in their stead
    """
    if loaded.for_whom == "self":
        return None
    mandate = mandate_of(loaded.row.id, loaded.permission)
    if mandate is None or not mandate.may_agree:
        raise NoSuchPage("Only somebody with the power to agree for them is asked this.")
    return mandate.id


def end_mandate(case_reference: str, *, because: EndedBecause, actor: Actor, at: datetime) -> None:
    """
    End the leave of whoever applied for somebody else: they see nothing of it any more.

    They are told so and why, once, where they were told everything before. That somebody died
    is kept: it ends what they held of the organisation, and closes what they had asked for.

    :raises NoSuchApplication: if it is not the actor's organisation's
    :raises NotPermitted: if nobody acts for anybody in it
    :raises AlreadyRevoked: if it was ended before
    """
    with acting(actor):
        loaded = load_for_work(case_reference, actor=actor, at=at)
        mandate = mandate_of(loaded.row.id, loaded.permission)
        if mandate is None:
            raise NotPermitted("Nobody acts for anybody in this application.")
        if mandate.revoked_at is None:
            _tell_ended(loaded, mandate, because, at=at)
        revoke_mandate(mandate.id, because=because, actor=actor, at=at)
        if because == "person_died":
            cancel_for_death(mandate.person, why=loaded.row.reference, actor=actor, at=at)
            order_closing(mandate.person)


def _tell_ended(loaded: Loaded, mandate: Mandate, because: EndedBecause, *, at: datetime) -> None:
    to, language = address_of(loaded), loaded.row.language
    if to is None:
        return
    template = _DIED if because == "person_died" else _ENDED
    values = {**words_for(loaded), "reason": ENDED_WORDS[because].in_(language)}
    subject, body = template.render(language, values)
    queue(
        name=template.name,
        channel=to.way,
        to=to.where,
        language=language,
        subject=subject,
        body=body,
        what=loaded.what,
        # It is theirs, and none of whom they acted for.
        person=mandate.representative,
        organisation=loaded.row.organisation_id,
        actor=loaded.permission.actor,
        at=at,
    )
