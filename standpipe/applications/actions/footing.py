"""On what footing somebody acts for another, and whether it reaches as far as agreeing for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from standpipe.applications.actions.loading import Loaded, load_for_work
from standpipe.applications.application import NoSuchPage
from standpipe.applications.representing import FOOTING, NAME, RELATIONSHIP, basis_of
from standpipe.consent.actions import NotPermitted, revoke_mandate, state_mandate
from standpipe.consent.queries import mandate_of
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import vocabulary
from standpipe.vocabulary.need import Need
from standpipe.vocabulary.showing import show_answer


def state_footing(loaded: Loaded, changed: Collection[str]) -> None:
    """Keep with the mandate what a representative has just told of themselves."""
    if loaded.for_whom == "self" or not set(FOOTING) & set(changed):
        return
    loaded.refresh()
    state_mandate(
        loaded.row.id,
        basis=basis_of(loaded.for_whom, loaded.answers),
        relationship=str(loaded.answers.get(RELATIONSHIP) or ""),
        name=_name(loaded),
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


def end_mandate(case_reference: str, *, actor: Actor, at: datetime) -> None:
    """
    End the leave of whoever applied for somebody else; they see nothing of it any more.

    :raises NoSuchApplication: if it is not the actor's organisation's
    :raises NotPermitted: if nobody acts for anybody in it
    :raises AlreadyRevoked: if it was ended before
    """
    with acting(actor):
        loaded = load_for_work(case_reference, actor=actor, at=at)
        mandate = mandate_of(loaded.row.id, loaded.permission)
        if mandate is None:
            raise NotPermitted("Nobody acts for anybody in this application.")
        revoke_mandate(mandate.id, actor=actor, at=at)


def _name(loaded: Loaded) -> str:
    value = loaded.answers.get(NAME)
    if value is None:
        return ""
    attribute = vocabulary()[Need.parse(NAME).attribute]
    return str(show_answer(attribute, value, language=loaded.row.language))
