"""What crosses the border of this room: plain types, and the errors a person can mend. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from standpipe.applications.channels import Channel
from standpipe.applications.timeline import TimelineItem
from standpipe.assessments.referral import Disclosed, ReferralView
from standpipe.cases.queries import CaseRow, CaseView, DecisionView
from standpipe.consent.mandate import ForWhom, Mandate
from standpipe.eligibility.rules import Known
from standpipe.entitlements.queries import EntitlementView
from standpipe.facts.fact import Fact
from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text
from standpipe.packs.assessment import AssessmentDefinition
from standpipe.packs.fees import Charge
from standpipe.packs.form import Page
from standpipe.packs.pack import ServicePack
from standpipe.payments.queries import PaymentView
from standpipe.vocabulary.answers import FieldFault

Status = Literal["draft", "paying", "submitted", "decided", "withdrawn", "expired"]
ConsultationStatus = Literal["asking", "met", "not_met", "unknown", "declined", "not_asked", "seen"]

STATUS_WORDS: Mapping[Status, Text] = {
    "draft": Text("Not sent yet", "Heb ei anfon eto"),
    "paying": Text("Waiting for payment", "Yn aros am daliad"),
    "submitted": Text("We are looking at it", "Rydym yn edrych arno"),
    "decided": Text("Decided", "Penderfynwyd"),
    "withdrawn": Text("Withdrawn", "Tynnwyd yn ôl"),
    "expired": Text("Deleted because it was not sent", "Dilëwyd gan na chafodd ei anfon"),
}


class NoSuchApplication(Refused):
    """There is none with this reference, or it is somebody else's."""


class NoSuchService(Refused):
    """This place offers no service of this name."""


class NotForThem(Refused):
    """The service cannot be applied for on behalf of those."""


class NoSuchPage(Refused):
    """The form has no such page, or it is not asked in this application."""


class AlreadySent(Refused):
    """What was sent cannot be changed here."""


class Unfinished(Refused):
    """Something is still to be answered; `page` is the first place where."""

    def __init__(self, page: str) -> None:
        super().__init__(f"There is still something to answer on the page “{page}”.")
        self.page = page


class NotDeclared(Refused):
    """The declaration was not accepted."""


class WrongCode(Refused):
    """The code is wrong or too old."""


class NotDecided(Refused):
    """No rules decided this application, so there is nothing to replay."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An application that was just begun, and whose it is."""

    reference: str
    person: UUID


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer; with faults nothing was kept, and the person's words go back."""

    faults: tuple[FieldFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Consulted:
    """What came of asking a registry; `trouble` is why it gave no answer, for our own eyes."""

    status: ConsultationStatus
    receipt: str
    trouble: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """Where sending an application led; `pay_url` None unless it waits for payment."""

    state: Literal["pay", "decided", "received"]
    pay_url: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An earlier answer to keep or change: what, from whom, when, from which service."""

    fact: UUID
    value: Any
    source: str
    service: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """One asking of a registry; `grant` None where nobody was asked to agree."""

    status: ConsultationStatus
    trouble: str
    receipt: str
    grant: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """
    One application whole, as its person and its organisation see it.

    `called` is how texts call whom it is about; None where they themselves are spoken to. `entry`
    is the one of a register that it is about, or would take the place of; None for neither.
    """

    id: UUID
    reference: str
    person: UUID
    organisation: UUID
    organisation_slug: str
    service: str
    pack: ServicePack
    status: Status
    language: str
    channel: Channel
    for_whom: ForWhom
    called: Text | None
    mandate: Mandate | None
    entry: UUID | None
    begun_at: datetime
    submitted_at: datetime | None
    decided_at: datetime | None
    outcome: str
    expires_on: date
    facts: Mapping[str, Fact]
    answers: Mapping[str, Any]
    offered: Mapping[str, Offer]
    consultations: Mapping[str, ConsultationView]
    visible: tuple[Page, ...]
    next_page: Page | None
    possible: frozenset[str]
    charge: Charge
    payment: PaymentView | None
    timeline: tuple[TimelineItem, ...]
    case: CaseView | None
    decision: DecisionView | None
    entitlements: tuple[EntitlementView, ...]
    letter: UUID | None
    referrals: tuple[ReferralView, ...] = ()

    @property
    def entitlement(self) -> EntitlementView | None:
        """The first of what was granted; None where nothing was."""
        return next(iter(self.entitlements), None)


@dataclass(frozen=True, slots=True)
class WouldBeTold:
    """What an assessor would be told of an application, and who that is."""

    service: Text
    assessor: Text
    definition: AssessmentDefinition
    disclosed: tuple[Disclosed, ...]


@dataclass(frozen=True, slots=True)
class ApplicationSummary:
    """
    One line of “your applications”; `called` is for whom, None for oneself.

    One that is not readable began with a version that this release cannot read.
    """

    reference: str
    service: str
    label: Text
    status: Status
    status_words: Text
    begun_at: datetime
    outcome: str
    called: Text | None = None
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision as it was kept, and as the same rules make it again, in plain JSON."""

    kept: Mapping[str, Any]
    again: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PastDecision:
    """What one decision rested on; of whom is not said. `known` holds its facts by need."""

    began_on: date
    outcome: str
    known: Mapping[str, Known]


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What to look for among sent applications of one service; what is empty or None is not asked.

    A name is contained, a postcode begins; moments are inclusive. `also_named` and `also_there`
    are applications that fit by what is kept elsewhere; `besides` are never shown, and of `only`
    no others. Pages count from 1.
    """

    pack: ServicePack
    name: str = ""
    postcode: str = ""
    since: datetime | None = None
    until: datetime | None = None
    also_named: Collection[UUID] = ()
    also_there: Collection[UUID] = ()
    besides: Collection[UUID] = ()
    only: Collection[UUID] | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class FoundApplication:
    """One application that was found: its answers by need, and its case in one line."""

    id: UUID
    submitted_at: datetime
    answers: Mapping[str, Any]
    case: CaseRow | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and how many there are in all."""

    total: int
    rows: tuple[FoundApplication, ...]
