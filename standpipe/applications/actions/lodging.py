"""A whole application at once, as a system of the organisation lodges it for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from standpipe.applications.actions.answering import attribute_of, told
from standpipe.applications.actions.beginning import enter, offered
from standpipe.applications.actions.loading import Loaded
from standpipe.applications.actions.submitting import check_finished, finish
from standpipe.applications.application import Submitted
from standpipe.consent.actions import permit_task
from standpipe.facts.actions import Answer, keep
from standpipe.identity.actions import new_person
from standpipe.identity.actor import Actor
from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text
from standpipe.packs.pack import ServicePack
from standpipe.places.actions import organisation_id
from standpipe.vocabulary.answers import FieldFault, read_value

NOT_ASKED = Text(
    "This service does not ask for this. Leave it out.",
    "Nid yw'r gwasanaeth hwn yn gofyn am hyn. Gadewch ef allan.",
)


class NotTaken(Refused):
    """Some answers cannot be taken; `faults` tells which, by need, and how to mend each."""

    def __init__(self, faults: Mapping[str, list[FieldFault]]) -> None:
        super().__init__(f"{len(faults)} answers cannot be taken as they are.")
        self.faults = faults


def lodge(
    service: str,
    *,
    answers: Mapping[str, Any],
    declared: bool,
    language: str,
    channel: str,
    actor: Actor,
    at: datetime,
) -> tuple[str, Submitted]:
    """
    Enter a complete application and send it, in the caller's transaction.

    `answers` maps needs to values in plain JSON. A fee is taken by the system that lodges.
    Returns the reference and what came of it.

    :raises NoSuchService: if the place does not offer it, or another organisation does
    :raises NotTaken: if an answer is wrong or not asked for
    :raises Unfinished: if one is missing
    """
    pack = offered(service)
    permission = permit_task(
        actor, organisation=organisation_id(pack.organisation), purpose=pack.purpose.id, at=at
    )
    kept = _read(pack, answers, at)
    person = new_person(at=at)
    row = enter(pack, person=person, actor=actor, language=language, channel=channel, at=at)
    loaded = Loaded(row, pack, permission)
    keep(
        permission,
        kept,
        application=row.id,
        person=person,
        organisation=row.organisation_id,
        source="told",
        assurance="claimed",
        form=loaded.form,
        page="",
    )
    check_finished(loaded, declared=declared)
    return row.reference, finish(loaded)


def _read(pack: ServicePack, answers: Mapping[str, Any], at: datetime) -> list[Answer]:
    asks = {ask.need: ask for page in pack.form.pages for ask in page.ask}
    faults: dict[str, list[FieldFault]] = {}
    kept = []
    for need, value in answers.items():
        ask = asks.get(need)
        if ask is None:
            faults[need] = [FieldFault(need, NOT_ASKED)]
            continue
        read = read_value(attribute_of(ask), value, on=at.date(), required=ask.required)
        if isinstance(read, list):
            faults[need] = read
        else:
            kept.append(told(need, read.value, at=at))
    if faults:
        raise NotTaken(faults)
    return kept
