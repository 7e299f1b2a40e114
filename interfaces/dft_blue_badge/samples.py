"""Bodies such as an authority's system sends: for tests, and to try the doors by hand. Pure."""

from __future__ import annotations

import copy
from typing import Any

CONTACT = {
    "fullName": "Mabel Jones",
    "buildingStreet": "65 Basil Chambers",
    "line2": "Northern Quarter",
    "townCity": "Rosegill",
    "postCode": "BO1 1AA",
    "primaryPhoneNumber": "01632 960123",
    "secondaryPhoneNumber": "07700 900777",
    "emailAddress": "mabel@example.org",
}
PERSON = {
    "badgeHolderName": "John Peter Smith",
    "nino": "NS123456A",
    "dob": "1970-05-29",
    "nameAtBirth": "John Jones",
    "genderCode": "MALE",
}
ELIGIBILITY: dict[str, dict[str, Any]] = {
    "PIP": {"typeCode": "PIP", "benefit": {"isIndefinite": False, "expiryDate": "2031-03-30"}},
    "DLA": {"typeCode": "DLA", "benefit": {"isIndefinite": True}},
    "WPMS": {"typeCode": "WPMS", "benefit": {"isIndefinite": True}},
    "AFRFCS": {"typeCode": "AFRFCS"},
    "BLIND": {"typeCode": "BLIND", "blind": {"registeredAtLaId": "BORRO"}},
    "WALKD": {
        "typeCode": "WALKD",
        "descriptionOfConditions": "Arthritis in both hips\nand the spine",
        "walkingDifficulty": {
            "typeCodes": ["PAIN", "BREATH", "BALANCE", "DANGER", "SOMELSE", "LONGTIME", "STRUGGLE"],
            "painDescription": "Every step",
            "balanceDescription": "Falls twice a week",
            "healthProfessionsForFalls": True,
            "dangerousDescription": "May faint",
            "chestLungHeartEpilepsy": False,
            "otherDescription": "Numb feet",
            "walkingAids": [
                {"description": "Stick", "usage": "Always", "howProvidedCode": "PRESCRIBE"}
            ],
            "walkingLengthOfTimeCode": "LESSMIN",
            "walkingSpeedCode": "SLOW",
            "treatments": [{"description": "Physiotherapy", "time": "6 months"}],
            "medications": [
                {
                    "name": "Paracetamol",
                    "isPrescribed": True,
                    "frequency": "Twice daily",
                    "quantity": "20 mg",
                }
            ],
            "breathlessness": {"typeCodes": ["UPHILL", "OTHER"], "otherDescription": "At night"},
        },
        "healthcareProfessionals": [{"name": "Dr Roe", "location": "Fellside Hospital"}],
    },
    "ARMS": {
        "typeCode": "ARMS",
        "descriptionOfConditions": "Both arms",
        "disabilityArms": {
            "drivingFrequency": "Daily",
            "isAdaptedVehicle": True,
            "adaptedVehicleDescription": "Hand controls",
        },
    },
    "CHILDBULK": {
        "typeCode": "CHILDBULK",
        "descriptionOfConditions": "Needs oxygen",
        "childUnder3": {
            "bulkyMedicalEquipmentTypeCodes": ["OXYADMIN", "OTHER"],
            "otherMedicalEquipment": "A large case",
        },
        "healthcareProfessionals": [{"name": "Dr Roe", "location": "Fellside Hospital"}],
    },
    "CHILDVEHIC": {"typeCode": "CHILDVEHIC", "descriptionOfConditions": "Needs treatment at once"},
}


def application(ground: str = "WALKD", **changes: Any) -> dict[str, Any]:
    """Return an application of a person on a ground; `changes` are by path, `a__b` for a.b."""
    body: dict[str, Any] = {
        "applicationTypeCode": "NEW",
        "localAuthorityCode": "BORRO",
        "paymentTaken": True,
        "paymentReference": "PVAUETDW43CM",
        "existingBadgeNumber": "72B9HA",
        "party": {"typeCode": "PERSON", "contact": dict(CONTACT), "person": dict(PERSON)},
        "eligibility": copy.deepcopy(ELIGIBILITY[ground]),
        "artifacts": [{"type": "PHOTO", "link": "https://files.example.org/1"}],
    }
    return changed(body, **changes)


def organisation_application(**changes: Any) -> dict[str, Any]:
    """Return an application of an organisation."""
    body: dict[str, Any] = {
        "applicationTypeCode": "NEW",
        "localAuthorityCode": "BORRO",
        "paymentTaken": False,
        "party": {
            "typeCode": "ORG",
            "contact": dict(CONTACT),
            "organisation": {
                "badgeHolderName": "The Old Chapel Trust",
                "isCharity": True,
                "charityNumber": "1999901",
                "vehicles": [
                    {
                        "registrationNumber": "VK61VZZ",
                        "typeCode": "MINIBUS",
                        "usageFrequency": "Daily",
                    }
                ],
                "numberOfBadges": 2,
            },
        },
    }
    return changed(body, **changes)


def order(starts: str, expires: str, **changes: Any) -> dict[str, Any]:
    """Return an order of a badge for a person."""
    person = {name: value for name, value in PERSON.items() if name != "nameAtBirth"}
    body: dict[str, Any] = {
        "party": {"typeCode": "PERSON", "contact": dict(CONTACT), "person": person},
        "localAuthorityShortCode": "BORRO",
        "localAuthorityRef": "YOURREF",
        "applicationDate": "2026-01-05",
        "applicationChannelCode": "ONLINE",
        "startDate": starts,
        "expiryDate": expires,
        "eligibilityCode": "WALKD",
        "deliverToCode": "HOME",
        "deliveryOptionCode": "STAND",
        "numberOfBadges": 1,
    }
    return changed(body, **changes)


def organisation_order(starts: str, expires: str, **changes: Any) -> dict[str, Any]:
    """Return an order of badges for an organisation."""
    body = order(starts, expires)
    body["party"]["typeCode"] = "ORG"
    del body["party"]["person"], body["eligibilityCode"]
    body["party"]["organisation"] = {"badgeHolderName": "The Old Chapel Trust"}
    body["numberOfBadges"] = 2
    return changed(body, **changes)


def changed(body: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a body with values set, or taken out where they are None, by path."""
    body = copy.deepcopy(body)
    for path, value in changes.items():
        *way, last = path.split("__")
        inner = body
        for name in way:
            inner = inner.setdefault(name, {})
        if value is None:
            inner.pop(last, None)
        else:
            inner[last] = value
    return body
