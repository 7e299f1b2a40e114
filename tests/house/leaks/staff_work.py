"""Times that assessors offer, and samples that managers draw, in the place of the leak tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from standpipe.assessments.actions import publish_slots
from standpipe.identity.actor import Actor
from standpipe.quality.actions import draw_sample
from standpipe.quality.sample import Terms
from tests.house.leaks.place import ASSESSED_BY, ASSESSORS, service_of


def offer_times(assessors: Mapping[str, Actor], stranger: Actor) -> None:
    """Offer times where somebody will choose one, and where nobody is referred."""
    offering = {
        **{letter: (assessors[letter], 4) for letter in ASSESSORS},
        "b": (stranger, 1),
    }
    now = datetime.now(UTC)
    for letter, (actor, count) in offering.items():
        for service in {service_of(one) for one, by in ASSESSED_BY.items() if by == letter} or {
            "x"
        }:
            publish_slots(
                service,
                starts=[now + timedelta(days=number + 1) for number in range(count)],
                minutes=30,
                kind="in_person",
                place=f"Room {letter}",
                actor=actor,
                at=now,
            )


def draw_samples(managers: Mapping[str, Actor]) -> dict[str, UUID]:
    """Draw two samples of each organisation's decided cases, so that there is some to lose."""
    now, drawn = datetime.now(UTC), {}
    for letter, manager in managers.items():
        service, day = service_of(letter), now.date()
        for seed in ("one", "two"):
            drawn[letter] = draw_sample(
                Terms(service, day - timedelta(days=1), day + timedelta(days=1), "", 100, seed),
                actor=manager,
                at=now,
            )
    return drawn
