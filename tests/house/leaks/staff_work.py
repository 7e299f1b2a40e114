"""What staff and assessors do to cases, in the place of the leak tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from standpipe.applications import actions
from standpipe.assessments.actions import declare, publish_slots, report
from standpipe.assessments.findings import Findings
from standpipe.consent.queries import standing_in
from standpipe.identity.actor import Actor
from standpipe.packs.loaded import packs
from standpipe.quality.actions import draw_sample
from standpipe.quality.sample import Terms
from tests import make
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


def refer(reference: str, officer: Actor, assessor: Actor, now: datetime) -> str:
    """Refer a case to an assessor, who takes it; return the referral."""
    referral = actions.refer(reference, actor=officer, at=now)
    declare(
        referral,
        independent=True,
        words="",
        treated_by=("applicant/health.professionals",),
        actor=assessor,
        at=now,
    )
    return referral


def assess(referral: str, service: str, mark: str, assessor: Actor, now: datetime) -> None:
    """Report on a referral, with a mark in every text."""
    definition = packs()[service].case.assessment
    assert definition is not None
    found = Findings(
        tuple(
            {"criterion": one.id, "value": mark, "evidence": f"Seen, {mark}"}
            for one in definition.criteria
            if one.kind == "text"
        ),
        "meets",
        f"Because, {mark}",
    )
    report(referral, found, language="en", actor=assessor, at=now)


def look_again(
    resident: Actor, service: str, officer: Actor, known: Mapping[str, Any], now: datetime
) -> str:
    """Refuse an application and have its applicant ask for a review; return its reference."""
    mark = known["mark"]
    reference, _ = make.sent(resident, service, **known)
    reason = f"It is not so, {mark}."
    as_officer = {"actor": officer, "at": now}
    actions.decide(reference, outcome="not_eligible", ground="NONE", reason=reason, **as_officer)
    in_stead = standing_in(reference, actor=resident)
    actions.ask_review(reference, words=f"Look again, {mark}", actor=in_stead, at=now)
    return reference
