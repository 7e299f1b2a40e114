"""The rules for badges beyond the shape of each field, with the published keys. Pure."""

from __future__ import annotations

import base64
import binascii
import calendar
import hashlib
from collections.abc import Collection
from datetime import date
from typing import Any

from interfaces.dft_blue_badge import codes
from interfaces.dft_blue_badge.badge_shapes import BATCH, CANCEL, ORDER, REPLACE
from interfaces.dft_blue_badge.shapes import Fault, check

Body = dict[str, Any]
LONGEST_YEARS = 3
LARGEST_PICTURE = 10 * 1024 * 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")

NO_FIND_WORDS = Fault("name", "NotNull.params.badge.find", "Search by a name or by a postcode.")
TOO_MANY_FIND_WORDS = Fault(
    "name", "TooMany.params.badge.find", "Search by a name or by a postcode, not by both."
)
OTHER_NUMBER = Fault(
    "badgeNumber", "Invalid.badgeNumber", "The number of the body is not that of the address."
)
ALREADY_ORDERED = Fault("", "AlreadyExists.badge", "This badge has been ordered before.")


def read_order(
    body: object, *, authorities: Collection[str], nation: str, on: date
) -> tuple[Body, list[Fault]]:
    """Return an order without what is empty, and everything that is wrong with it."""
    order, faults = check(ORDER, body, root="badgeOrderRequest")

    def fault(field: str, key: str, reason: str) -> None:
        faults.append(Fault(field, key, reason))

    authority = order.get("localAuthorityShortCode")
    if authority is not None and authority not in authorities:
        fault(
            "localAuthorityShortCode",
            "Invalid.badge.localAuthority",
            "This service knows no such authority.",
        )
    match order.get("party", {}).get("typeCode"):
        case "PERSON":
            faults += _person_faults(order, nation=nation, on=on)
        case "ORG":
            faults += _organisation_faults(order)
    faults += _date_faults(order, on=on)
    faults += _delivery_faults(order)
    if "imageFile" in order and not _is_picture(order["imageFile"]):
        fault(
            "imageFile",
            "Invalid.badge.imageFile",
            "Send a JPG, PNG or GIF of less than 10 MB in Base64.",
        )
    return order, faults


def read_cancellation(body: object, *, number: str) -> tuple[Body, list[Fault]]:
    """Return a cancellation of the badge that the address names, and what is wrong with it."""
    cancellation, faults = check(CANCEL, body, root="badgeCancelRequest")
    return cancellation, faults + _number_faults(cancellation, number)


def read_replacement(body: object, *, number: str) -> tuple[Body, list[Fault]]:
    """Return a replacement of the badge that the address names, and what is wrong with it."""
    replacement, faults = check(REPLACE, body, root="badgeReplaceRequest")
    return replacement, faults + _number_faults(replacement, number) + _delivery_faults(replacement)


def read_batch(body: object) -> tuple[Body, list[Fault]]:
    """Return an order to print, and what is wrong with it."""
    return check(BATCH, body, root="printBatchRequest")


def cannot_cancel(status: str, *, expires_on: date, on: date) -> Fault | None:
    """Return why a badge cannot be cancelled; None if it can."""
    if status not in ("ordered", "processed", "issued"):
        why = "A badge of this status cannot be cancelled."
        return Fault("badgeStatus", "Invalid.badge.cancel.status", why)
    if expires_on < on:
        why = "A badge that has expired cannot be cancelled."
        return Fault("expiryDate", "Invalid.badge.cancel.expiryDate", why)
    return None


def cannot_replace(status: str, *, expires_on: date, on: date) -> Fault | None:
    """Return why a badge cannot be replaced; None if it can."""
    if status != "issued":
        why = "Only a badge that was issued can be replaced."
        return Fault("badgeStatus", "Invalid.badge.replace.badgeStatus", why)
    if expires_on < on:
        why = "A badge that has expired cannot be replaced."
        return Fault("expiryDate", "Invalid.badge.replace.expiryDate", why)
    return None


def fingerprint(order: Body, *, authority: str) -> str:
    """Return what two orders of the same badge have in common."""
    party = order["party"]
    holder = party.get("person") or party.get("organisation") or {}
    parts = (
        holder.get("badgeHolderName", ""),
        holder.get("dob", ""),
        authority,
        "".join(holder.get("nino", "").split()),
        "".join(party["contact"]["postCode"].split()).upper(),
        order["startDate"],
        order["expiryDate"],
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _person_faults(order: Body, *, nation: str, on: date) -> list[Fault]:
    faults = []
    person = order["party"].get("person")
    if person is None:
        faults.append(Fault("party", "NotNull.badge.person", "Send the person it is for."))
    elif "dob" not in person:
        faults.append(Fault("dob", "NotNull.badge.party.person.dob", "Send the date of birth."))
    elif date.fromisoformat(person["dob"]) > on:
        faults.append(Fault("dob", "DateInPast.badge.dob", "It must be in the past."))
    ground = order.get("eligibilityCode")
    if ground is None:
        key = "NotNull.badge.eligibilityCode"
        faults.append(Fault("eligibilityCode", key, "A badge of a person needs its ground."))
    elif codes.IN_ONE_NATION.get(ground, nation) != nation:
        key = "InvalidNation.badge.eligibilityCode"
        faults.append(Fault("eligibilityCode", key, "It is no ground in this nation."))
    if order.get("numberOfBadges", 1) > 1:
        key = "Invalid.badge.numberOfBadges"
        faults.append(Fault("numberOfBadges", key, "A person has one badge."))
    if "notForReassessment" in order and ground in codes.AUTOMATIC:
        key = "Person.invalid.badge.notForReassessment"
        why = "It is said only where the authority decided at its discretion."
        faults.append(Fault("notForReassessment", key, why))
    return faults


def _organisation_faults(order: Body) -> list[Fault]:
    faults = []
    if "organisation" not in order["party"]:
        key = "NotNull.badge.organisation"
        faults.append(Fault("organisation", key, "Send the organisation it is for."))
    contact = order["party"].get("contact")
    if contact is not None and "fullName" not in contact:
        key = "NotNull.badge.party.contact.fullName"
        faults.append(Fault("fullName", key, "Say whom to speak to."))
    if "notForReassessment" in order:
        key = "Organisation.invalid.badge.notForReassessment"
        faults.append(Fault("notForReassessment", key, "An organisation is not assessed."))
    return faults


def _date_faults(order: Body, *, on: date) -> list[Fault]:
    faults = []
    applied, starts, ends = (
        date.fromisoformat(order[name]) if name in order else None
        for name in ("applicationDate", "startDate", "expiryDate")
    )
    if applied is not None and applied > on:
        key = "DateInPast.badge.applicationDate"
        faults.append(Fault("applicationDate", key, "It cannot be in the future."))
    if starts is not None and starts < on:
        key = "DateInPast.badge.startDate"
        faults.append(Fault("startDate", key, "It cannot be in the past."))
    if ends is not None and ends < on:
        key = "Invalid.badge.expiryDate"
        faults.append(Fault("expiryDate", key, "It cannot be in the past."))
    if starts and ends and not starts <= ends <= last_day(starts):
        key = "DateRange.badge.expiryDate"
        why = f"It must be within {LONGEST_YEARS} years of the start."
        faults.append(Fault("expiryDate", key, why))
    return faults


def last_day(starts: date) -> date:
    """Return the last day on which a badge that starts on a day may end."""
    if starts.year + LONGEST_YEARS > date.max.year:
        return date.max
    year = starts.year + LONGEST_YEARS
    if (starts.month, starts.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return starts.replace(year=year)


def _delivery_faults(body: Body) -> list[Fault]:
    if body.get("deliverToCode") == "COUNCIL" and body.get("deliveryOptionCode") == "FAST":
        why = "What goes to the council goes the standard way."
        return [Fault("deliverToCode", "Invalid.badge.deliverOptionCode", why)]
    return []


def _number_faults(body: Body, number: str) -> list[Fault]:
    said = body.get("badgeNumber")
    return [] if said is None or said.upper() == number.upper() else [OTHER_NUMBER]


def _is_picture(text: str) -> bool:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(content) < LARGEST_PICTURE and content.startswith(_PICTURES)
