"""Keeping what people thought of a service."""

from __future__ import annotations

from datetime import datetime

from standpipe.applications.queries import open_application
from standpipe.figures.models import Feedback
from standpipe.identity.actor import Actor, system
from standpipe.identity.tenancy import acting
from standpipe.places.actions import organisation_id


def give_feedback(reference: str, *, rating: int, actor: Actor, at: datetime) -> None:
    """
    Keep an answer from 1 to 5 with the service and the day, and not with whose it is.

    :raises NoSuchApplication: if the application is not the actor's
    """
    view = open_application(reference, actor=actor, at=at)
    organisation = organisation_id(view.organisation_slug)
    # As the organisation's own, and with no audit entry: nothing is to say who thought what.
    with acting(system(organisation, task="feedback")):
        Feedback.objects.create(
            organisation_id=organisation,
            service=view.service,
            rating=rating,
            language=view.language,
            on=at.date(),
        )
