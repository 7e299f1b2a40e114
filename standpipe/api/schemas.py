"""What the API takes and gives, as its OpenAPI document says it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from standpipe.applications.channels import Channel
from standpipe.consent.mandate import ForWhom

Reference = Annotated[str, StringConstraints(pattern=r"^SP-[0-9A-Z]{4}-[0-9A-Z]{4}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=5000, strip_whitespace=True)]


class Strict(Schema):
    """Takes what is named and refuses everything else: nothing is dropped in silence."""

    model_config = ConfigDict(extra="forbid")


class ApplicationIn(Strict):
    """An application of one person: whole, or a draft."""

    service: str = Field(max_length=60, description="Name of the service, as /services lists it.")
    language: Literal["en", "cy"] = "en"
    channel: Channel = Field("api", description="The way in which the person asked.")
    for_whom: ForWhom = Field(
        "self",
        description="For whom it is; one of those that the service, in /services, applies for.",
    )
    declared: bool = Field(False, description="That the person confirmed that it is true.")
    draft: bool = Field(False, description="Keep it as a draft, to add files and send it later.")
    answers: dict[str, Any] = Field(
        description="Each answer by its need, such as applicant/person.birth_date."
    )


class SendIn(Strict):
    """Sending a draft."""

    declared: bool = Field(description="That the person confirmed that it is true.")


class FileOut(Schema):
    """A file as it was kept: made anew from what it shows, so its size and hash are new."""

    document: str
    name: str
    media_type: str
    size: int
    sha256: str


class ApplicationOut(Schema):
    """What became of an application."""

    reference: str
    status: str
    service: str | None = None
    channel: Channel | None = None
    for_whom: ForWhom | None = None
    begun_at: datetime | None = None
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    outcome: str | None = None


class ProblemOut(Schema):
    """A problem (RFC 9457): what it is and how to mend it."""

    status: int
    title: str
    detail: str
    errors: list[Any] = []


class CaseLine(Schema):
    """One case of the queue."""

    reference: str
    title: str
    service: str
    status: str
    waits_on: str
    due_on: date | None
    priority: str = Field(description="Why it stands before others, by the pack; or empty.")
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    assigned_to: str | None


class CaseList(Schema):
    """One page of the queue, the most urgent first."""

    cases: list[CaseLine]
    has_more: bool


class EventOut(Schema):
    """One change of a case."""

    at: datetime
    verb: str
    by: str
    by_kind: str
    why: str
    status: str
    waits_on: str
    due_on: date | None


class DecisionOut(Schema):
    """One decision with its reasons."""

    outcome: str
    reason: dict[str, str]
    explanation: dict[str, Any]
    by: str
    by_kind: str
    at: datetime


class ReviewOut(Schema):
    """That a decision is looked at again; `reviewed_at` is null while it is open."""

    asked_at: datetime
    asked_by: str
    words: str
    due_on: date
    reviewed_at: datetime | None
    reviewed_by: str
    is_changed: bool


class CaseOut(CaseLine):
    """One case whole."""

    events: list[EventOut]
    decisions: list[DecisionOut]
    review: ReviewOut | None = None


class DecideIn(Strict):
    """An officer's decision, made in another system of the organisation."""

    outcome: str = Field(max_length=40)
    ground: str = Field("", max_length=60)
    reason: Words
    granted: int | None = Field(
        None, ge=1, le=999, description="How many of several that were asked for; all if left out."
    )


class WordsIn(Strict):
    """Words for the applicant, or for colleagues."""

    words: Words


class AssignIn(Strict):
    """Who is to do the work; null gives the case back to the queue."""

    email: str | None = Field(max_length=254)


class CheckIn(Strict):
    """A number to check."""

    kind: str = Field(max_length=60)
    number: str = Field(min_length=1, max_length=40)


class CheckOut(Schema):
    """Whether the number is valid today; nothing else is told."""

    kind: str
    number: str
    answer: Literal["valid", "not_valid", "unknown"]


class NeedOut(Schema):
    """One thing that a service asks."""

    need: str
    type: str
    label: dict[str, str]
    required: bool
    choices: list[str]
    page: str


class ServiceOut(Schema):
    """One service of the place."""

    name: str
    version: str
    label: dict[str, str]
    organisation: str
    applies_for: list[ForWhom]


class ServiceDetail(ServiceOut):
    """One service with everything that it may ask."""

    needs: list[NeedOut]
