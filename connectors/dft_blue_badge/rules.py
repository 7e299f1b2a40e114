"""What the badge management service refuses of a request, under its published keys. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

POSTCODE = re.compile(r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]?\s?[0-9][A-Za-z]{2}")
NINO = re.compile(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:\s*\d\s*){6}([A-D]|\s)"
)
AUTOMATIC = ("PIP", "DLA", "AFRFCS", "WPMS", "BLIND")
GROUNDS = (*AUTOMATIC, "WALKD", "ARMS", "CHILDBULK", "CHILDVEHIC", "COGNITIVE", "TRAF_RISK")
# The grounds that hold in one nation alone.
NATION_OF = {"COGNITIVE": "WLS", "TRAF_RISK": "SCO"}
CANCEL = ("REVOKE", "DECEASE", "NOLONG", "UNDELIVER", "LOST", "STOLE", "DAMAGED")
REPLACE = ("STOLE", "LOST", "DAMAGED", "UNDELIVER")
CODES = {
    "applicationChannelCode": ("ONLINE", "PAPER", "PHONE", "INPERSON"),
    "deliverToCode": ("HOME", "COUNCIL"),
    "deliveryOptionCode": ("STAND", "FAST"),
}
# field of the contact: how long it may be, and whether it must be there
_CONTACT = {
    "fullName": (100, False),
    "buildingStreet": (50, True),
    "line2": (40, False),
    "townCity": (40, True),
    "postCode": (8, True),
    "primaryPhoneNumber": (20, True),
    "secondaryPhoneNumber": (20, False),
    "emailAddress": (100, False),
}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")
_LARGEST_PICTURE = 10_000_000


class Fault(NamedTuple):
    """One thing that is wrong: the field, the key of the rule, and why."""

    field: str
    key: str
    reason: str


def order_faults(order: Mapping[str, Any], *, nation: str, on: date) -> list[Fault]:
    """Return everything for which an order is refused on a day, in the nation of its authority."""
    party = order.get("party")
    if not isinstance(party, dict):
        return [_missing("party")]
    faults = [
        *_contact_faults(party.get("contact")),
        *_code_faults(order),
        *_date_faults(order, on=on),
        *_picture_faults(order.get("imageFile")),
    ]
    if not re.fullmatch(r"[A-Z]+", str(order.get("localAuthorityShortCode", ""))):
        faults.append(_fault("localAuthorityShortCode", "Pattern"))
    match party.get("typeCode"):
        case "PERSON":
            faults += _person_faults(order, party, nation=nation, on=on)
        case "ORG":
            faults += _organisation_faults(order, party)
        case _:
            faults.append(_fault("party.typeCode", "Invalid"))
    if order.get("deliverToCode") == "COUNCIL" and order.get("deliveryOptionCode") == "FAST":
        faults.append(_fault("deliveryOptionCode", "Invalid"))
    return faults


def cancel_faults(body: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a cancellation."""
    return [] if body.get("cancelReasonCode") in CANCEL else [_fault("cancelReasonCode", "Invalid")]


def replace_faults(body: Mapping[str, Any]) -> list[Fault]:
    """Return what is wrong with a replacement."""
    faults = [
        _fault(name, "Invalid")
        for name in ("deliverToCode", "deliveryOptionCode")
        if body.get(name) not in CODES[name]
    ]
    if body.get("replaceReasonCode") not in REPLACE:
        faults.append(_fault("replaceReasonCode", "Invalid"))
    if body.get("deliverToCode") == "COUNCIL" and body.get("deliveryOptionCode") == "FAST":
        faults.append(_fault("deliveryOptionCode", "Invalid"))
    return faults


def fingerprint(order: Mapping[str, Any]) -> str:
    """Return what two orders of one badge have in common (SHA-256)."""
    party = order["party"]
    holder = party.get("person") or party.get("organisation") or {}
    parts = [
        holder.get("badgeHolderName", ""),
        holder.get("dob", ""),
        order["localAuthorityShortCode"],
        holder.get("nino", ""),
        party["contact"]["postCode"],
        order["startDate"],
        order["expiryDate"],
    ]
    return hashlib.sha256("|".join(parts).upper().encode()).hexdigest()


def last_day(starts: date) -> date:
    """Return the last day to which a badge may run: three years after its first, inclusive."""
    try:
        return starts.replace(year=starts.year + 3)
    except ValueError:
        return date(starts.year + 3, 2, 28)


def _person_faults(
    order: Mapping[str, Any], party: Mapping[str, Any], *, nation: str, on: date
) -> Iterator[Fault]:
    person = party.get("person")
    if not isinstance(person, dict):
        yield _missing("person")
        return
    if not 0 < len(str(person.get("badgeHolderName") or "")) <= 100:
        yield _fault("party.person.badgeHolderName", "Size")
    born = _day(person.get("dob"))
    if born is None:
        yield _missing("party.person.dob")
    elif born > on:
        yield _fault("party.person.dob", "DateInPast")
    if person.get("nino") and not NINO.fullmatch(str(person["nino"])):
        yield _fault("party.person.nino", "Pattern")
    ground = order.get("eligibilityCode")
    if ground not in GROUNDS:
        yield _missing("eligibilityCode")
    elif NATION_OF.get(ground, nation) != nation:
        yield _fault("eligibilityCode", "InvalidNation")
    if order.get("numberOfBadges", 1) != 1:
        yield _fault("numberOfBadges", "Invalid")
    if order.get("notForReassessment") is not None and ground in AUTOMATIC:
        yield _fault("notForReassessment", "Invalid")


def _organisation_faults(order: Mapping[str, Any], party: Mapping[str, Any]) -> Iterator[Fault]:
    organisation = party.get("organisation")
    if not isinstance(organisation, dict):
        yield _missing("organisation")
    elif not 0 < len(str(organisation.get("badgeHolderName") or "")) <= 100:
        yield _fault("party.organisation.badgeHolderName", "Size")
    contact = party.get("contact")
    if isinstance(contact, dict) and not contact.get("fullName"):
        yield _missing("party.contact.fullName")
    count = order.get("numberOfBadges", 1)
    if not isinstance(count, int) or not 1 <= count <= 999:
        yield _fault("numberOfBadges", "Invalid")
    if order.get("notForReassessment") is not None:
        yield _fault("notForReassessment", "Invalid")


def _contact_faults(contact: Any) -> Iterator[Fault]:
    if not isinstance(contact, dict):
        yield _missing("party.contact")
        return
    for name, (most, needed) in _CONTACT.items():
        value = contact.get(name)
        if not value:
            if needed:
                yield _missing(f"party.contact.{name}")
        elif not isinstance(value, str) or len(value) > most:
            yield _fault(f"party.contact.{name}", "Size")
    if contact.get("postCode") and not POSTCODE.fullmatch(str(contact["postCode"])):
        yield _fault("party.contact.postCode", "Pattern")


def _code_faults(order: Mapping[str, Any]) -> Iterator[Fault]:
    for name, codes in CODES.items():
        if order.get(name) is None:
            yield _missing(name)
        elif order[name] not in codes:
            yield _fault(name, "Invalid")


def _date_faults(order: Mapping[str, Any], *, on: date) -> Iterator[Fault]:
    applied, starts, ends = (
        _day(order.get(name)) for name in ("applicationDate", "startDate", "expiryDate")
    )
    if applied is None:
        yield _missing("applicationDate")
    elif applied > on:
        yield _fault("applicationDate", "DateInPast")
    if starts is None:
        yield _missing("startDate")
    elif starts < on:
        yield _fault("startDate", "DateInPast")
    if ends is None:
        yield _missing("expiryDate")
    elif starts is not None and not max(starts, on) <= ends <= last_day(starts):
        yield _fault("expiryDate", "DateRange")


def _picture_faults(text: Any) -> Iterator[Fault]:
    if text is None:
        return
    try:
        content = base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content.startswith(_PICTURES) or len(content) >= _LARGEST_PICTURE:
        yield _fault("imageFile", "Invalid")


def _missing(field: str) -> Fault:
    return _fault(field, "NotNull")


def _fault(field: str, rule: str) -> Fault:
    return Fault(field, f"{rule}.badge.{field.rsplit('.', 1)[-1]}", f"{field} is not valid.")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
