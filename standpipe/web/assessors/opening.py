"""What every page for assessors begins with."""

from __future__ import annotations

from datetime import datetime

from standpipe.assessments.actions import PURPOSE
from standpipe.assessments.queries import open_referral
from standpipe.assessments.referral import NoSuchReferral, ReferralView
from standpipe.consent.actions import NotPermitted, permit_task
from standpipe.consent.permission import Permission
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.actions import recall
from standpipe.packs.assessment import AssessmentDefinition
from standpipe.packs.loaded import packs
from standpipe.packs.pack import ServicePack


def permission_of(actor: Actor, at: datetime) -> Permission:
    """
    Permit what the assessing organisation's own task needs.

    :raises NotPermitted: if the actor works for nobody
    """
    if actor.organisation is None:
        raise NotPermitted("Only an organisation is asked to assess.")
    return permit_task(actor, organisation=actor.organisation, purpose=PURPOSE, at=at)


def title_needs() -> list[str]:
    """Return the needs that say, in any service of the place, whom a referral is about."""
    return sorted({need for name in packs() for need in packs()[name].title_needs})


def before_declaring(pack: ServicePack, definition: AssessmentDefinition) -> list[str]:
    """Return what an assessor sees before they say whether they know the person."""
    return [*pack.title_needs, *definition.treated_by]


def opened_referral(
    reference: str, *, actor: Actor, at: datetime
) -> tuple[ReferralView, ServicePack, AssessmentDefinition]:
    """
    Return a referral as the actor may see it, with its service and what is asked.

    :raises NoSuchReferral: if the actor's organisation was not asked
    """
    with acting(actor):
        permission = permission_of(actor, at)
        # Which service it is about says which needs may be seen; nothing is shown before that.
        bare = open_referral(reference, permission, before_declaring=())
        pack = recall(bare.pack_sha256, name=bare.service)
        definition = pack.case.assessment
        if definition is None:
            raise NoSuchReferral("There is no referral with this reference.")
        may_see = before_declaring(pack, definition)
        return open_referral(reference, permission, before_declaring=may_see), pack, definition
