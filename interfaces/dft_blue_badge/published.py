"""An application or badge of ours as the published schemas describe one. Pure."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from interfaces.dft_blue_badge.application_shapes import APPLICATION
from interfaces.dft_blue_badge.shapes import check

# What a client may set is shown as it was set, until the case itself says more.
_WHEN_CLOSED = "COMPLETED"
# Parts that the schema takes only with this field in them: an application to renew may lack it,
# and the case keeps in plain words what then cannot be shown here.
_ONLY_WITH = (
    ("eligibility.benefit", "isIndefinite"),
    ("eligibility.disabilityArms", "isAdaptedVehicle"),
    ("eligibility.walkingDifficulty", "walkingLengthOfTimeCode"),
)
_CONTACT = ("buildingStreet", "townCity", "postCode", "primaryPhoneNumber")


def fitting(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what we know without what their schema does not take, such as made-up numbers."""
    shown, faults = check(APPLICATION, body, root="application")
    for fault in faults:
        *way, last = fault.field.split(".")
        part: Any = shown
        for name in way:
            part = part.get(name, {}) if isinstance(part, dict) else {}
        if isinstance(part, dict):
            part.pop(last, None)
    return shown


def application_status(*, is_closed: bool, is_begun: bool, told: str) -> str:
    """Return the status: that of the case once it is closed, else what a client set, if any."""
    if is_closed:
        return _WHEN_CLOSED
    return told or ("INPROGRESS" if is_begun else "TODO")


def moment(at: datetime) -> str:
    """Return a moment as the services write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def application(
    body: Mapping[str, Any],
    *,
    identifier: str,
    authority: str,
    type_code: str,
    status: str,
    submitted_at: datetime,
    transferred: tuple[str, datetime] | None = None,
) -> dict[str, Any]:
    """Return an application as its schema has it, from what was sent or what we know."""
    shown = copy.deepcopy(dict(body))
    shown |= {
        "applicationId": identifier,
        "applicationTypeCode": type_code,
        "localAuthorityCode": authority,
        "paymentTaken": bool(body.get("paymentTaken", False)),
        "submissionDate": moment(submitted_at),
        "applicationStatus": status,
    }
    for name in ("transferredLaFromCode", "transferredFromLaDate"):
        shown.pop(name, None)
    if transferred is not None:
        shown["transferredLaFromCode"] = transferred[0]
        shown["transferredFromLaDate"] = moment(transferred[1])
    _complete_party(shown)
    _complete_eligibility(shown)
    return shown


def summary(
    body: Mapping[str, Any], *, identifier: str, type_code: str, status: str, submitted_at: datetime
) -> dict[str, Any]:
    """Return one line of a search."""
    party = body.get("party", {})
    person = party.get("person", {})
    holder = person or party.get("organisation", {})
    line = {
        "applicationId": identifier,
        "partyTypeCode": party.get("typeCode", "PERSON"),
        "applicationTypeCode": type_code,
        "nino": _with_suffix(person.get("nino")),
        "dob": person.get("dob"),
        "name": holder.get("badgeHolderName"),
        "submissionDate": moment(submitted_at),
        "eligibilityCode": body.get("eligibility", {}).get("typeCode"),
        "applicationStatus": status,
    }
    return {name: value for name, value in line.items() if value is not None}


def _with_suffix(nino: str | None) -> str | None:
    """Return a number that ends in a letter or a space, as lists of both services must show it."""
    if nino is None or nino[-1:] in ("A", "B", "C", "D", " "):
        return nino
    return f"{nino} "


def _complete_party(shown: dict[str, Any]) -> None:
    party = shown.setdefault("party", {})
    party.setdefault("typeCode", "PERSON")
    contact = party.setdefault("contact", {})
    for name in _CONTACT:
        contact.setdefault(name, "")
    if party["typeCode"] == "PERSON" and "person" in party:
        party["person"].setdefault("genderCode", "UNSPECIFIE")


def _complete_eligibility(shown: dict[str, Any]) -> None:
    eligibility = shown.get("eligibility")
    if eligibility is None:
        return
    if "typeCode" not in eligibility:
        del shown["eligibility"]
        return
    for path, field in _ONLY_WITH:
        part = path.partition(".")[2]
        if part in eligibility and field not in eligibility[part]:
            del eligibility[part]
    child = eligibility.get("childUnder3")
    if child is not None and "bulkyMedicalEquipmentTypeCodes" not in child:
        one = child.get("bulkyMedicalEquipmentTypeCode")
        child["bulkyMedicalEquipmentTypeCodes"] = [one] if one else []
    breath = eligibility.get("walkingDifficulty", {}).get("breathlessness")
    # The schema names the list and requires its singular; both are there for whoever reads either.
    if breath is not None:
        breath["typeCode"] = next(iter(breath.get("typeCodes", [])), "")
