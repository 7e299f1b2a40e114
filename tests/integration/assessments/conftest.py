"""A case that an assessor is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from standpipe.applications import actions
from standpipe.applications.actions.loading import load
from standpipe.applications.actions.submitting import finish
from standpipe.assessments.actions import declare
from standpipe.assessments.referral import ReferralView
from standpipe.identity.actor import Actor
from standpipe.identity.tenancy import acting
from standpipe.packs.loaded import packs
from standpipe.web.assessors.opening import opened_referral
from tests import make

COUNTY, TRUST = "borrowdale_county", "borrowdale_nhs"
LETTER = "applicant/evidence.medical_letter"
TREATED_BY = ("applicant/health.professionals",)
FINDINGS = {
    "enduring": "yes",
    "evidence_enduring": "Arthritis since 2019.",
    "effect": "very_difficult",
    "evidence_effect": "Stopped after 40 metres, in pain.",
    "distance": "40",
    "evidence_distance": "Walked with me in the corridor.",
    "manner": "limp",
    "evidence_manner": "Seen.",
    "pain_or_breath": "yes",
    "evidence_pain_or_breath": "Said so and winced.",
    "summary": "Came with a stick.",
    "recommendation": "meets",
    "words": "Walking is very considerably difficult.",
}


@dataclass(frozen=True)
class Referred:
    """Who is concerned, the case by its reference, and the referral by its own."""

    applicant: Actor
    officer: Actor
    case: str
    referral: str


def referred(
    *, mark: str = "Roe", told: dict[str, Any] | None = None, with_letter: bool = False
) -> Referred:
    """A case of the county that was referred to the trust."""
    applicant, officer = make.person(), make.staff(COUNTY, "caseworker", name="Cass Officer")
    case = make.application(
        applicant, until="medical_letter" if with_letter else None, mark=mark, told=told
    )
    if with_letter:
        page = make.view(case, applicant).next_page
        assert page is not None
        make.upload(case, page, LETTER, applicant, mark=mark)
        make.go_on(case, applicant, mark=mark, told=told)
    with acting(applicant):
        finish(load(case, actor=applicant, at=make.AT, lock=True))
    referral = actions.refer(case, actor=officer, at=make.AT)
    return Referred(applicant, officer, case, referral)


def assessor(name: str = "Asha Rees") -> Actor:
    """An assessor of the trust."""
    return make.staff(TRUST, "assessor", name=name)


def take(referral: str, actor: Actor, *, at: datetime = make.AT) -> None:
    """Declare that one is independent."""
    declare(referral, independent=True, words="", treated_by=TREATED_BY, actor=actor, at=at)


def seen(referral: str, actor: Actor, *, at: datetime = make.AT) -> ReferralView:
    """The referral as somebody of the assessing organisation sees it."""
    with acting(actor):
        return opened_referral(referral, actor=actor, at=at)[0]


@pytest.fixture
def definition(database):
    return packs()["blue_badge"].case.assessment
