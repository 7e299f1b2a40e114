"""`standpipe demo cases`: a queue for staff to look at, lodged as the county's own system would."""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.utils import timezone
from PIL import Image, ImageDraw

from config.demo import NotADemo
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
from standpipe.vocabulary.attribute import Attribute
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
                content=_picture(chance),
                actor=actor,
                at=at,
            )
        else:
            submitted |= _said(attribute, resident, chance)
    answered = actions.answer(reference, page=page.id, submitted=submitted, actor=actor, at=at)
    if answered.faults:
        raise RuntimeError(f"{page.id}: {answered.faults}")


def _said(
    attribute: Attribute, resident: Resident, chance: random.Random
) -> dict[str, str | list[str]]:
    """Return what this resident's paper form says, as the fields of a page."""
    born = resident.birth_date
    name = attribute.field_name
    match attribute.type:
        case "name":
            return {"firstName": resident.given, "lastName": resident.family}
        case "date" if attribute.id == "person.birth_date":
            return _date(name, born.day, born.month, born.year)
        case "date":
            return _date(name, 1, 1, 2029)
        case "address":
            return {
                "addressLine1": resident.address.line1,
                "addressTown": resident.address.town,
                "addressPostcode": resident.postcode,
                "uprn": resident.uprn,
            }
        case "national_insurance_number":
            return {name: resident.nino or ""}
        case "email":
            return {name: resident.email}
        case "phone":
            return {name: resident.phone}
        case "boolean" | "declaration":
            return {name: chance.choice(("yes", "no")) if attribute.type == "boolean" else "yes"}
        case "whole_number" | "money":
            return {name: str(chance.randint(attribute.limits.smallest, 8))}
        case "choice":
            return {name: chance.choice(attribute.choices).code}
        case "choices":
            return {name: [chance.choice(attribute.choices).code]}
        case _:
            return {name: "Arthritis in both knees since 2019; I stop every few metres."}


def _date(name: str, day: int, month: int, year: int) -> dict[str, str | list[str]]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def _picture(chance: random.Random) -> bytes:
    """Return a picture that is somebody's in no way: a plain ground and a round shape."""
    picture = Image.new("RGB", (720, 960), (225, 228, 232))
    shade = tuple(chance.randrange(60, 200) for _ in range(3))
    ImageDraw.Draw(picture).ellipse((210, 220, 510, 640), fill=shade)
    written = io.BytesIO()
    picture.save(written, "JPEG")
    return written.getvalue()
