"""What the platform asks of outside systems, in our words; each connector fulfils one contract."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol, runtime_checkable

from standpipe.kernel.errors import Refused, Unavailable

Trouble = Literal["silent", "slow", "refused", "malformed", "unavailable"]
"""
Why an outside system gave no usable answer.

`silent`: nothing came before the time was up; `slow`: an answer began but did not end in time;
`refused`: it will not deal with us or with this request; `malformed`: what came is not what was
agreed; `unavailable`: it says so itself, cannot be reached, or failed so often that we rest.
"""


class Unreached(Unavailable):
    """
    An outside system gave no usable answer; it is worth trying again later.

    `outcome_unknown` is true if the request may have taken effect all the same: look before
    sending it a second time.
    """

    def __init__(self, connector: str, trouble: Trouble, *, outcome_unknown: bool) -> None:
        super().__init__(f"{connector}: {trouble}")
        self.connector = connector
        self.trouble: Trouble = trouble
        self.outcome_unknown = outcome_unknown


class NotAccepted(Refused):
    """
    An outside system understood the request and declined it; the same request will fail again.

    `code` is the supplier's own word for the reason, `field` the part of our request at fault.
    """

    def __init__(self, connector: str, code: str, message: str, *, field: str | None) -> None:
        super().__init__(f"{connector}: {code}: {message}")
        self.connector = connector
        self.code = code
        self.field = field


# Registries ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RegistryQuestion:
    """
    One question to a register about one person, asked with that person's agreement.

    `subject` holds the attributes the register needs to find the person; `attributes` those it is
    asked about; `organisation` is the name of the authority that asks; `receipt` that of consent.
    """

    subject: Mapping[str, object]
    attributes: tuple[str, ...]
    purpose: str
    organisation: str
    receipt: str
    correlation_id: str


@dataclass(frozen=True, slots=True)
class AttributeAnswer:
    """Whether a condition is met, and until when; `until` None means it goes on, or is unsaid."""

    state: Literal["met", "not_met", "unknown"]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """
    What a register said; `answers` has one entry for each attribute asked, and never another.

    `as_of` is the register's own moment. With `trouble`, `match` and all the answers are unknown.
    """

    match: Literal["matched", "not_matched", "multiple", "unknown"]
    answers: Mapping[str, AttributeAnswer]
    as_of: datetime | None = None
    trouble: Trouble | None = None


@runtime_checkable
class AttributeRegistry(Protocol):
    """A register that answers yes, no or unknown about a person."""

    def ask(self, question: RegistryQuestion, *, deadline_seconds: float) -> RegistryAnswer:
        """Ask within a deadline; trouble is part of the answer and is never raised."""
        ...


# Messages --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """
    One message, already written in its language.

    `to` is an e-mail address, a phone number, or for a letter its three to seven address lines,
    the postcode last. `personalisation` holds `body` and, but for a text message, `subject`.
    `reference` is ours, one for each message: the sender finds the message again by it.
    """

    channel: Literal["email", "sms", "letter"]
    to: str | tuple[str, ...]
    template: str
    personalisation: Mapping[str, str]
    reference: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that a sender has taken over."""

    provider_id: str


MessageStatus = Literal["sending", "delivered", "failed"]


@runtime_checkable
class MessageSender(Protocol):
    """Somebody who carries messages to people."""

    def send(self, message: OutgoingMessage) -> Sent:
        """
        Hand over a message.

        :raises NotAccepted: if it can never be sent so, as to an impossible address
        :raises Unreached: if it was not, or may not have been, taken over
        """
        ...

    def find(self, reference: str) -> Sent | None:
        """
        Return the message taken over under our reference, if there is one.

        :raises Unreached: if nobody can say at the moment
        """
        ...

    def status(self, provider_id: str) -> MessageStatus:
        """
        Return how far a message has come.

        :raises NotAccepted: if the sender does not know it
        :raises Unreached: if nobody can say at the moment
        """
        ...


# Payments --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """One payment we ask for; asking twice with one `idempotency_key` asks once."""

    amount_pence: int
    reference: str
    description: str
    return_url: str
    email: str | None
    language: Literal["en", "cy"]
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class PaymentStarted:
    """A payment that waits for its payer at `next_url`; None if it is already past that."""

    provider_id: str
    next_url: str | None


@dataclass(frozen=True, slots=True)
class PaymentState:
    """
    How far a payment has come; `message` says for people why it failed.

    `refunded_pence` is how much of it the provider has already taken on to pay back.
    """

    status: Literal["created", "started", "submitted", "success", "failed", "cancelled", "error"]
    finished: bool
    message: str | None
    refunded_pence: int = 0


@dataclass(frozen=True, slots=True)
class Refunded:
    """A refund the provider has taken on."""

    provider_id: str
    status: Literal["submitted", "success", "error"]


@runtime_checkable
class PaymentProvider(Protocol):
    """Somebody who takes card payments for us."""

    def create(self, request: PaymentRequest) -> PaymentStarted:
        """
        Open a payment.

        :raises NotAccepted: if the request can never be accepted as it stands
        :raises Unreached: if it is not known to be open; ask again with the same key
        """
        ...

    def state(self, provider_id: str) -> PaymentState:
        """
        Return how far a payment has come.

        :raises NotAccepted: if the provider does not know it
        :raises Unreached: if nobody can say at the moment
        """
        ...

    def cancel(self, provider_id: str) -> None:
        """
        End a payment, so that it can no longer be made; one that has ended stays as it is.

        :raises NotAccepted: if the provider does not know it
        :raises Unreached: if it may still be made, or is being made at this moment; ask again
        """
        ...

    def refund(self, provider_id: str, *, amount_pence: int, available_pence: int) -> Refunded:
        """
        Pay back a part or all of a payment.

        `available_pence` is what we believe is left to refund; a provider that knows better
        declines, so that a refund sent twice is paid once.

        :raises NotAccepted: if the amounts do not agree, or nothing can be refunded
        :raises Unreached: if it is not known to be taken on; look at the payment before repeating
        """
        ...


# What is granted -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where what is made is sent, and whether it is made and sent before others."""

    to: Literal["holder", "organisation"] = "holder"
    is_fast: bool = False


_USUAL = Delivery()


@dataclass(frozen=True, slots=True)
class MakeOrder:
    """
    What was granted at once, to be made and numbered by another body: `count` of one kind.

    `reference` is ours, one for each order; `organisation` the slug of who grants it, `ground` and
    `channel` in the words of the platform, `address` by its parts. `identifier`, `email` and
    `photo` are empty where there is none, and `birth_date` None where `holder` is no person;
    `contact_name` is who speaks for such a holder.
    """

    reference: str
    organisation: str
    ground: str
    channel: str
    name: str
    birth_date: date | None
    identifier: str
    address: Mapping[str, str]
    phone: str
    email: str
    photo: bytes
    applied_on: date
    starts_on: date
    expires_on: date
    delivery: Delivery = _USUAL
    holder: Literal["person", "organisation"] = "person"
    contact_name: str = ""
    count: int = 1


@runtime_checkable
class EntitlementMaker(Protocol):
    """Somebody who makes and numbers what is granted. Asked twice, it does each thing once."""

    def order(self, order: MakeOrder, *, may_be_out: bool) -> tuple[str, ...]:
        """
        Order all of it; return their numbers. `may_be_out` says it may have been ordered before.

        :raises NotAccepted: if it can never be ordered so
        :raises Unreached: if it is not known to be ordered; ask again
        """
        ...

    def replace(
        self,
        number: str,
        *,
        reason: str,
        reference: str,
        delivery: Delivery = _USUAL,
        besides: Collection[str] = (),
    ) -> str:
        """
        Order one in place of another, for a reason by its code; return the new number.

        :raises NotAccepted: if that one cannot be replaced
        :raises Unreached: if it is not known to be done; ask again
        """
        ...

    def cancel(self, number: str, *, reason: str, reference: str) -> None:
        """
        Cancel one, for a reason by its code.

        :raises NotAccepted: if it cannot be cancelled
        :raises Unreached: if it is not known to be done; ask again
        """
        ...


# For operators ---------------------------------------------------------------------------------


@runtime_checkable
class SelfChecking(Protocol):
    """A connector that can look whether its supplier is set up as it needs."""

    def operator_faults(self) -> list[str]:
        """
        Return what an operator should mend at the supplier; nothing if all fits.

        :raises Unreached: if the supplier cannot be asked
        """
        ...
