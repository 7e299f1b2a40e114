"""`standpipe demo cases`: a queue for staff to look at, lodged as the county's own system would."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.utils import timezone

from config.demo import NotADemo
from config.demo_answers import picture, said
from standpipe.applications import actions
from standpipe.applications.actions.loading import load_draft
from standpipe.cases.queries import QueueFilters, queue
from standpipe.consent.actions import permit_task
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.form import Page
from standpipe.packs.loaded import packs, place, vocabulary
from standpipe.places.actions import organisation_id
from standpipe.places.residents import Resident, generate
from standpipe.vocabulary.need import Need

_BEGUN_WITHIN_DAYS = 40


def main(words: Sequence[str]) -> int:
    """
    Lodge applications of made-up residents that staff have to look at; once.

    :raises NotADemo: in production
    """
    parser = argparse.ArgumentParser(prog="standpipe demo cases")
    parser.add_argument("--count", type=int, default=12)
    parser.add_argument("--service", default="blue_badge")
    arguments = parser.parse_args(words)
    if settings.ENV.environment == "production":
        raise NotADemo("Made-up cases are not lodged in production.")
    pack = packs()[arguments.service]
    actor = Actor(
        kind="client",
        id=f"{pack.organisation}-system",
        name=f"{pack.organisation}-system",
        organisation=organisation_id(pack.organisation),
    )
    if _has_cases(actor):
        print("There are cases already.")
        return 0
    chance = random.Random(1)  # noqa: S311 - the same cases each time, and no secret
    for number, resident in enumerate(_adults(arguments.count), start=1):
        days = chance.randrange(_BEGUN_WITHIN_DAYS)
        at = timezone.now() - timedelta(days=days, hours=chance.randrange(9))
        _lodge(pack.name, resident, actor=actor, at=at, chance=chance)
        print(f"\r{number} of {arguments.count} cases", end="", flush=True)
    print()
    return 0


def _has_cases(actor: Actor) -> bool:
    if actor.organisation is None:
        raise RuntimeError("a client without an organisation")
    with acting(actor):
        permission = permit_task(
            actor, organisation=actor.organisation, purpose="demo", at=timezone.now()
        )
        return bool(queue(permission, filters=QueueFilters(), size=1).rows)


def _adults(count: int) -> Iterator[Resident]:
    """Give residents with a National Insurance number who are no personas of the tutorials."""
    people = generate(place(), seed=1, count=40 * count + 100)
    others = (one for one in people if one.nino and one.key.startswith("resident"))
    return islice(others, count)


def _lodge(
    service: str, resident: Resident, *, actor: Actor, at: datetime, chance: random.Random
) -> None:
    with acting(actor):
        draft = actions.lodge(
            service, answers={}, language="en", channel="paper", actor=actor, at=at
        )
        reference = draft.row.reference
    while True:
        with acting(actor):
            loaded = load_draft(reference, actor=actor, at=at)
            page = loaded.standing.next_page
            if page is None:
                actions.send_lodged(loaded, declared=True)
                return
        _answer(reference, page, resident, actor=actor, at=at, chance=chance)


def _answer(
    reference: str,
    page: Page,
    resident: Resident,
    *,
    actor: Actor,
    at: datetime,
    chance: random.Random,
) -> None:
    submitted: dict[str, str | list[str]] = {}
    for ask in page.ask:
        attribute = vocabulary()[Need.parse(ask.need).attribute]
        if attribute.type in ("file", "photo"):
            actions.attach(
                reference,
                page=page.id,
                need=ask.need,
                name=f"{attribute.field_id}.jpg",
                content=picture(chance),
                actor=actor,
                at=at,
            )
        else:
            submitted |= said(attribute, resident, chance)
    answered = actions.answer(reference, page=page.id, submitted=submitted, actor=actor, at=at)
    if answered.faults:
        raise RuntimeError(f"{page.id}: {answered.faults}")
