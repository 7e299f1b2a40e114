"""A badge of the register as the published schemas describe one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interfaces.dft_blue_badge import mapping
from interfaces.dft_blue_badge.badge_shapes import POSTCODE
from interfaces.dft_blue_badge.published import moment
from standpipe.entitlements.queries import EntitlementView
from standpipe.kernel.csv_text import csv_text

# Under this name an entry keeps the order that it was entered by.
ORDER = "dft_order"
_COLUMNS = (
    "badgeNumber",
    "partyTypeCode",
    "name",
    "postCode",
    "localAuthorityShortCode",
    "startDate",
    "expiryDate",
    "statusCode",
)


@dataclass(frozen=True, slots=True)
class Printing:
    """How far the printing of a badge is; None where it has not come so far."""

    sent_at: datetime | None
    printed_at: datetime | None


def status(entry: EntitlementView, printing: Printing | None) -> str:
    """Return the published status; one that has only expired is still called issued there."""
    if entry.status in ("replaced", "cancelled"):
        return entry.status.upper()
    if printing is not None and printing.printed_at is None:
        return "ORDERED" if printing.sent_at is None else "PROCESSED"
    return "ORDERED" if entry.status == "ordered" else "ISSUED"


def party(entry: EntitlementView) -> dict[str, Any] | None:
    """Return the holder as ordered, or as far as the register knows them; None if too little."""
    order = entry.attributes.get(ORDER)
    if order is not None:
        return dict(order["party"])
    known = mapping.to_application(entry.attributes).get("party", {})
    contact = {
        "buildingStreet": "",
        "townCity": "",
        "postCode": entry.holder_postcode,
        "primaryPhoneNumber": "",
        **known.get("contact", {}),
    }
    if not POSTCODE.search(contact["postCode"]) or not entry.holder_name:
        return None
    person: dict[str, Any] = {"badgeHolderName": entry.holder_name[:100]}
    if entry.holder_birth_date is not None:
        person["dob"] = entry.holder_birth_date.isoformat()
        return {"typeCode": "PERSON", "contact": contact, "person": person}
    return {"typeCode": "ORG", "contact": contact, "organisation": person}


def badge(entry: EntitlementView, *, authority: str, printing: Printing | None) -> dict[str, Any]:
    """Return one badge whole."""
    order = entry.attributes.get(ORDER, {})
    shown = {
        "badgeNumber": entry.number,
        "party": party(entry),
        "localAuthorityShortCode": authority,
        "localAuthorityRef": order.get("localAuthorityRef"),
        "applicationDate": order.get("applicationDate"),
        "applicationChannelCode": order.get("applicationChannelCode"),
        "orderDate": entry.granted_at.date().isoformat(),
        "startDate": entry.starts_on.isoformat(),
        "expiryDate": entry.expires_on.isoformat(),
        "eligibilityCode": order.get("eligibilityCode"),
        "cancelReasonCode": _reason(entry, "cancelled"),
        "replaceReasonCode": _reason(entry, "replaced"),
        "statusCode": status(entry, printing),
    }
    if shown["statusCode"] == "ISSUED":
        at = printing.printed_at if printing and printing.printed_at else entry.granted_at
        shown["issuedDate"] = moment(at)
    if printing is not None and printing.sent_at is not None:
        shown["printRequestDateTime"] = moment(printing.sent_at)
    return {name: value for name, value in shown.items() if value is not None}


def summary(entry: EntitlementView, *, authority: str, printing: Printing | None) -> dict[str, Any]:
    """Return one line of a search."""
    holder = party(entry) or {}
    person = holder.get("person", {})
    nino = person.get("nino")
    shown = {
        "badgeNumber": entry.number,
        "partyTypeCode": holder.get("typeCode"),
        "name": entry.holder_name[:100],
        # Without its last letter the schema takes a number only with a space in its place.
        "nino": nino if nino is None or nino[-1:] in "ABCD " else f"{nino} ",
        "localAuthorityShortCode": authority,
        "postCode": holder.get("contact", {}).get("postCode"),
        "expiryDate": entry.expires_on.isoformat(),
        "statusCode": status(entry, printing),
    }
    return {name: value for name, value in shown.items() if value is not None}


def as_csv(lines: Iterable[Mapping[str, Any]]) -> str:
    """Return badges as CSV that a spreadsheet opens and runs nothing of."""
    return csv_text([_COLUMNS, *([line.get(name, "") for name in _COLUMNS] for line in lines)])


def _reason(entry: EntitlementView, what: str) -> str | None:
    for one in reversed(entry.history):
        if one.what == what and one.reason:
            return one.reason[:10]
    return None
