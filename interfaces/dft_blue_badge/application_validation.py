"""
The rules for an application beyond the shape of each field, with the published keys. Pure.

An application to renew may leave out what the authority holds already: the parts of eligibility
are then not required, but what is sent must still fit.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from interfaces.dft_blue_badge import codes
from interfaces.dft_blue_badge.application_shapes import APPLICATION, TRANSFER, UPDATE
from interfaces.dft_blue_badge.shapes import Fault, check

Body = dict[str, Any]
ROOT = "application"

# The part that belongs to each ground; it is forbidden with any other.
_PARTS: Mapping[str, frozenset[str]] = {
    "benefit": codes.BENEFITS,
    "disabilityArms": frozenset({"ARMS"}),
    "walkingDifficulty": frozenset({"WALKD"}),
    "childUnder3": frozenset({"CHILDBULK"}),
    "blind": frozenset({"BLIND"}),
}
# Nothing that must be said about being blind: only where it is registered, if that is known.
_NEVER_REQUIRED = frozenset({"blind"})


def read_application(
    body: object, *, authorities: Collection[str], on: date
) -> tuple[Body, list[Fault]]:
    """Return an application without what is empty, and everything that is wrong with it."""
    application, faults = check(APPLICATION, body, root=ROOT)
    rules = _Rules(application, faults, on=on)
    rules.authority(authorities)
    match application.get("party", {}).get("typeCode"):
        case "PERSON":
            rules.person()
        case "ORG":
            rules.organisation()
    return application, faults


def read_update(body: object) -> tuple[Body, list[Fault]]:
    """Return a change of status, and what is wrong with it."""
    return check(UPDATE, body, root="applicationUpdate")


def read_transfer(
    body: object, *, authorities: Collection[str], own: str
) -> tuple[Body, list[Fault]]:
    """Return a transfer, and what is wrong with it; to oneself nothing is transferred."""
    transfer, faults = check(TRANSFER, body, root="applicationTransfer")
    to = transfer.get("transferToLaShortCode")
    if to is not None and not faults and (to not in authorities or to == own):
        where = "transferToLaShortCode"
        mend = "Name another authority that this service knows."
        faults.append(Fault(where, f"NotValid.applicationTransfer.{where}", mend))
    return transfer, faults


class _Rules:
    """The rules for one application; each adds what it finds to the faults."""

    def __init__(self, application: Body, faults: list[Fault], *, on: date) -> None:
        self._application = application
        self._faults = faults
        self._on = on
        self._renews = application.get("applicationTypeCode") == "RENEW"

    def authority(self, authorities: Collection[str]) -> None:
        code = self._application.get("localAuthorityCode")
        if code is not None and code not in authorities:
            self._fault("localAuthorityCode", "NotValid", "This service knows no such authority.")

    def person(self) -> None:
        party = self._application["party"]
        self._require(party, "party", "person", "Send the person that the badge is for.")
        self._forbid(party, "party", "organisation", "A person has no organisation.")
        born = party.get("person", {}).get("dob")
        if born is not None and date.fromisoformat(born) > self._on:
            self._fault("party.person.dob", "NotValid", "It cannot be in the future.")
        self._require(self._application, "", "eligibility", "Say why the person needs a badge.")
        eligibility = self._application.get("eligibility")
        if eligibility is not None and "typeCode" in eligibility:
            self._eligibility(eligibility, eligibility["typeCode"])

    def organisation(self) -> None:
        party = self._application["party"]
        self._require(party, "party", "organisation", "Send the organisation.")
        self._forbid(party, "party", "person", "An organisation is no person.")
        self._forbid(self._application, "", "eligibility", "It is for people alone.")
        self._forbid(self._application, "", "artifacts", "They are for people alone.")
        self._require(
            party.get("contact", {}), "party.contact", "fullName", "Say whom to speak to."
        )
        organisation = party.get("organisation", {})
        if "charityNumber" in organisation and organisation.get("isCharity") is not True:
            where = "party.organisation.charityNumber"
            self._fault(where, "NotValid", "Only a charity has one.")

    def _eligibility(self, eligibility: Body, ground: str) -> None:
        for part, grounds in _PARTS.items():
            if ground not in grounds:
                self._forbid(eligibility, "eligibility", part, f"It does not go with {ground}.")
            elif not self._renews and part not in _NEVER_REQUIRED:
                self._require(eligibility, "eligibility", part, f"{ground} needs it.")
        if ground not in codes.DISCRETIONARY:
            mend = f"It is not asked with {ground}."
            self._forbid(eligibility, "eligibility", "descriptionOfConditions", mend)
        if ground not in codes.WITH_PROFESSIONALS and eligibility.get("healthcareProfessionals"):
            where = "eligibility.healthcareProfessionals"
            self._fault(where, "NotValid", f"They are not asked with {ground}.")
        if ground in codes.BENEFITS and "benefit" in eligibility:
            self._benefit(eligibility["benefit"])
        if ground == "ARMS" and "disabilityArms" in eligibility:
            self._arms(eligibility["disabilityArms"])
        if ground == "WALKD" and "walkingDifficulty" in eligibility:
            self._walking(eligibility["walkingDifficulty"])
        if ground == "CHILDBULK" and "childUnder3" in eligibility:
            self._child(eligibility["childUnder3"])

    def _benefit(self, benefit: Body) -> None:
        where = "eligibility.benefit"
        self._need(benefit, where, "isIndefinite", "Say whether the award has no end.")
        ends = benefit.get("expiryDate")
        if ends is not None and date.fromisoformat(ends) < self._on:
            self._fault(f"{where}.expiryDate", "NotValid", "It cannot be in the past.")
        elif ends is not None and benefit.get("isIndefinite") is True:
            self._fault(f"{where}.expiryDate", "NotValid", "An award without end has none.")

    def _arms(self, arms: Body) -> None:
        where = "eligibility.disabilityArms"
        self._need(arms, where, "isAdaptedVehicle", "Say whether the vehicle is adapted.")
        self._need(arms, where, "drivingFrequency", "Say how often the person drives.")
        self._only_with(
            arms, where, "adaptedVehicleDescription", arms.get("isAdaptedVehicle") is True
        )

    def _walking(self, walking: Body) -> None:
        where = "eligibility.walkingDifficulty"
        chosen = walking.get("typeCodes") or []
        if not chosen and not self._renews:
            self._fault(f"{where}.typeCodes", "NotValid", "Choose one at least.")
        self._need(walking, where, "walkingLengthOfTimeCode", "Say how long the person can walk.")
        for code, names in (
            ("SOMELSE", ("otherDescription",)),
            ("PAIN", ("painDescription",)),
            ("BALANCE", ("balanceDescription", "healthProfessionsForFalls")),
            ("DANGER", ("dangerousDescription", "chestLungHeartEpilepsy")),
            ("BREATH", ("breathlessness",)),
        ):
            for name in names:
                self._only_with(walking, where, name, code in chosen)
        self._speed(walking, where)
        if "breathlessness" in walking and "BREATH" in chosen:
            self._breath(walking["breathlessness"], f"{where}.breathlessness")

    def _speed(self, walking: Body, where: str) -> None:
        time = walking.get("walkingLengthOfTimeCode")
        if time == "CANTWALK":
            self._forbid(walking, where, "walkingSpeedCode", "Who cannot walk has no speed.")
        elif time is not None:
            self._need(walking, where, "walkingSpeedCode", "Say how fast the person walks.")

    def _breath(self, breath: Body, where: str) -> None:
        chosen = breath.get("typeCodes") or []
        if not chosen and not self._renews:
            self._fault(f"{where}.typeCodes", "NotNull", "Choose one at least.")
        self._only_with(breath, where, "otherDescription", "OTHER" in chosen)

    def _child(self, child: Body) -> None:
        where = "eligibility.childUnder3"
        one = child.get("bulkyMedicalEquipmentTypeCode")
        chosen = child.get("bulkyMedicalEquipmentTypeCodes") or ([one] if one else [])
        if not chosen and not self._renews:
            mend = "Choose one at least."
            self._fault(f"{where}.bulkyMedicalEquipmentTypeCodes", "NotNull", mend)
        self._only_with(child, where, "otherMedicalEquipment", "OTHER" in chosen)

    def _need(self, part: Body, where: str, name: str, mend: str) -> None:
        """Require what an application to renew may leave out."""
        if not self._renews:
            self._require(part, where, name, mend)

    def _only_with(self, part: Body, where: str, name: str, chosen: bool) -> None:
        """Require a field where what it explains was chosen, and forbid it where it was not."""
        if chosen:
            self._need(part, where, name, "What was chosen needs it.")
        else:
            self._forbid(part, where, name, "What it explains was not chosen.")

    def _require(self, part: Body, where: str, name: str, mend: str) -> None:
        path = f"{where}.{name}" if where else name
        if name not in part and not self._is_faulty(path):
            self._fault(path, "NotNull", mend)

    def _forbid(self, part: Body, where: str, name: str, mend: str) -> None:
        if name in part and part[name] != []:
            self._fault(f"{where}.{name}" if where else name, "NotValid", mend)

    def _is_faulty(self, path: str) -> bool:
        return any(one.field == path or one.field.startswith(f"{path}.") for one in self._faults)

    def _fault(self, path: str, what: str, mend: str) -> None:
        self._faults.append(Fault(path, f"{what}.{ROOT}.{path}", mend))
