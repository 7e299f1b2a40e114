"""What a service grants: its number, and from when to when it is good."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text
from standpipe.packs.entitlement_acts import ActDefinition, read_acts
from standpipe.packs.for_whom import as_needs
from standpipe.vocabulary.unknown import is_unknown


class EndedBeforeItBegan(Refused):
    """What it would end with has ended already: there is nothing to grant."""


@dataclass(frozen=True, slots=True)
class HolderNeeds:
    """
    The needs that a register is searched by; None for what the service does not ask.

    Of several needs of a name the first that is known counts: a person has one, an organisation
    another.
    """

    names: tuple[str, ...]
    birth_date: str | None
    postcode: str | None
    identifier: str | None


@dataclass(frozen=True, slots=True)
class DeliveryRule:
    """
    How it is delivered for some cases: to whom, and whether before others.

    `priorities` and `for_whom` say for which cases; empty ones say for all.
    """

    to: Literal["holder", "organisation"] = "holder"
    fast: bool = False
    priorities: frozenset[str] = frozenset()
    for_whom: frozenset[str] = frozenset()

    def fits(self, *, priority: str, for_whom: str) -> bool:
        """Say whether it is about a case of this priority, empty for none."""
        return (not self.priorities or priority in self.priorities) and (
            not self.for_whom or for_whom in self.for_whom
        )


@dataclass(frozen=True, slots=True)
class OrderDefinition:
    """
    That it is ordered from another body, by its connector, which gives the number.

    `told` is the message that tells the person their number, `photo` the need of a photo to send.
    """

    connector: str
    told: str
    photo: str | None
    deliver: tuple[DeliveryRule, ...] = ()

    def delivery(self, *, priority: str, for_whom: str) -> DeliveryRule:
        """Return how one is delivered: by the first rule that fits, or to the holder as usual."""
        fitting = (one for one in self.deliver if one.fits(priority=priority, for_whom=for_whom))
        return next(fitting, DeliveryRule())


@dataclass(frozen=True, slots=True)
class Reminders:
    """On which days before its end the holder is reminded, and by which message."""

    days_before: tuple[int, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementDefinition:
    """
    The kind of thing granted, the shape of its number, and the rules of its validity.

    `months` is the longest, `shorter` what some grounds have instead; `ends_with` a need whose day
    ends it sooner, for these grounds only (none named: for all); `birthday` a need and an age, the
    day after which it ends. `several` is the need of how many one application asks for, None where
    nobody holds more than one. `one_each` is that the rules grant none to whoever seems to be a
    person who holds one, whatever account asked.
    """

    kind: str
    label: Text
    alphabet: str
    length: int
    highest: str
    granted_for: frozenset[str]
    months: int
    shorter: Mapping[str, int]
    ends_with: str | None
    ends_with_grounds: frozenset[str]
    birthday: tuple[str, int] | None
    law: str
    one_each: bool
    acts: Mapping[str, ActDefinition]
    holder: HolderNeeds
    several: str | None
    order: OrderDefinition | None
    renewal_opens_days: int | None
    reminders: Reminders | None

    def validity(
        self, values: Mapping[str, Any], *, on: date, ground: str | None = None
    ) -> tuple[date, date]:
        """
        Return the first and the last day, both good, of one granted on a day.

        A whole number of years ends on the eve of the anniversary. Without a `ground` the named
        grounds are not looked at, and `ends_with` holds for whoever has such a day.

        :raises EndedBeforeItBegan: if its last day has passed
        """
        last = _months_later(on, self.shorter.get(ground or "", self.months)) - timedelta(days=1)
        if self.ends_with and self._follows_award(ground):
            end = _day(values.get(self.ends_with))
            last = min(last, end) if end else last
        if self.birthday:
            need, age = self.birthday
            born = _day(values.get(need))
            if born and on < _months_later(born, age * 12):
                last = min(last, _months_later(born, age * 12) + timedelta(days=1))
        if last < on:
            raise EndedBeforeItBegan(f"It would have ended on {last}, before {on}.")
        return on, last

    def wanted(self, values: Mapping[str, Any]) -> int | None:
        """Return how many were asked for; None of whoever can have no more than one."""
        value = values.get(self.several) if self.several else None
        return None if value is None or is_unknown(value) else int(value)

    def may_renew(self, expires_on: date, *, status: str, on: date) -> bool:
        """Say whether one that ends on a day can be renewed on another: near its end, or after."""
        if self.renewal_opens_days is None or status not in ("issued", "expired"):
            return False
        return on >= expires_on - timedelta(days=self.renewal_opens_days)

    def _follows_award(self, ground: str | None) -> bool:
        return not self.ends_with_grounds or ground is None or ground in self.ends_with_grounds


def read_entitlement(words: Mapping[str, Any]) -> EntitlementDefinition:
    """Read an entitlement that the schema has found well formed."""
    validity = words["validity"]
    ends_with = validity.get("ends_with", {})
    birthday = validity.get("ends_day_after_birthday")
    return EntitlementDefinition(
        kind=words["kind"],
        label=Text.read(words["label"]),
        alphabet=words["number"]["alphabet"],
        length=words["number"]["length"],
        highest=words["number"].get("highest", ""),
        granted_for=frozenset(words["granted_for"]),
        months=validity["months"],
        shorter={
            ground: one["months"]
            for one in validity.get("shorter", ())
            for ground in one["grounds"]
        },
        ends_with=ends_with.get("need"),
        ends_with_grounds=frozenset(ends_with.get("grounds", ())),
        birthday=(birthday["need"], birthday["age"]) if birthday else None,
        law=words["law"],
        one_each="one_each" in words,
        acts=read_acts(words.get("acts", {})),
        holder=_holder(words.get("holder", {})),
        several=words.get("several"),
        order=_order(words.get("order")),
        renewal_opens_days=words.get("renewal", {}).get("opens_days_before"),
        reminders=_reminders(words.get("reminders")),
    )


def _holder(words: Mapping[str, Any]) -> HolderNeeds:
    return HolderNeeds(
        names=as_needs(words.get("name", ())),
        **{one: words.get(one) for one in ("birth_date", "postcode", "identifier")},
    )


def _order(words: Mapping[str, Any] | None) -> OrderDefinition | None:
    if not words:
        return None
    deliver = tuple(
        DeliveryRule(
            to=one.get("to", "holder"),
            fast=one.get("fast", False),
            priorities=frozenset(one.get("priorities", ())),
            for_whom=frozenset(one.get("for_whom", ())),
        )
        for one in words.get("deliver", ())
    )
    return OrderDefinition(words["from"], words["told"], words.get("photo"), deliver)


def _reminders(words: Mapping[str, Any] | None) -> Reminders | None:
    return Reminders(tuple(words["days_before"]), words["message"]) if words else None


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value and not is_unknown(value) else None


def _months_later(day: date, months: int) -> date:
    """The same day of a later month; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
