"""What the API takes and gives of assessments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from standpipe.api.schemas import Strict, Words

ReferralId = Annotated[str, StringConstraints(pattern=r"^AS-[0-9A-Z]{4}-[0-9A-Z]{4}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class ReferralLineOut(Schema):
    """One referral of the assessor's queue; `title` says whom it is about while it is open."""

    reference: str
    service: str
    title: Any
    state: str
    referred_at: datetime
    due_on: date
    taken_by: str


class DisclosedOut(Schema):
    """One thing that was disclosed; `document` only of a file."""

    need: str
    value: Any
    document: str | None


class CriterionOut(Schema):
    """One thing to find."""

    id: str
    kind: Literal["choice", "number", "text", "yes_no"]
    label: dict[str, str]
    options: list[str]
    law: str


class ReferralOut(Schema):
    """One referral: what was disclosed, and what is asked."""

    reference: str
    service: str
    state: str
    why: dict[str, str]
    referred_at: datetime
    due_on: date
    taken_by: str
    disclosed: list[DisclosedOut]
    criteria: list[CriterionOut]
    recommendations: list[str]


class DeclareIn(Strict):
    """Whether the named assessor is independent of the person; if not, how they know them."""

    assessor: Name
    independent: bool
    words: str = Field("", max_length=5000)


class FindingIn(Strict):
    """What was found; of a yes-or-no question `yes` or `no`, of a number its digits."""

    criterion: str = Field(max_length=60)
    value: str = Field(max_length=5000)
    evidence: str = Field("", max_length=5000)


class ReportIn(Strict):
    """A whole report, of the assessor who declared."""

    assessor: Name
    language: Literal["en", "cy"] = "en"
    findings: list[FindingIn] = Field(max_length=100)
    recommendation: str = Field(max_length=60)
    words: Words


class SlotsIn(Strict):
    """Times to offer: each by the moment at which it begins, with its offset from UTC."""

    service: str = Field(max_length=60)
    kind: Literal["in_person", "phone"]
    place: str = Field(min_length=1, max_length=300)
    starts: list[AwareDatetime] = Field(min_length=1, max_length=400)


class SlotOut(Schema):
    """One time that is offered, and whether somebody has chosen it."""

    id: UUID
    service: str
    starts_at: datetime
    minutes: int
    kind: str
    place: str
    is_taken: bool


class ReturnIn(Strict):
    """Why nobody of the organisation can assess this."""

    words: Words
