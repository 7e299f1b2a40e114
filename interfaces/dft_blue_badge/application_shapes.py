"""The bodies of the applications service (Swagger 2.0, version 1.1.0). Pure."""

from __future__ import annotations

import re

from interfaces.dft_blue_badge import codes
from interfaces.dft_blue_badge.shapes import Code, Day, Flag, Many, Moment, Whole, Words, thing

NINO = re.compile(
    r"^(?!BG)(?!GB)(?!NK)(?!KN)(?!TN)(?!NT)(?!ZZ)"
    r"(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])(?:\s*\d\s*){6}([A-D]?\s*)$"
)
POSTCODE = re.compile(
    r"^(?:[Gg][Ii][Rr]\s*0[Aa]{2}|(?:[A-Za-z][0-9]{1,2}|[A-Za-z][A-Ha-hJ-Yj-y][0-9]{1,2}"
    r"|[A-Za-z][0-9][A-Za-z]|[A-Za-z][A-Ha-hJ-Yj-y][0-9]?[A-Za-z])\s*[0-9][A-Za-z]{2})$"
)
EMAIL = re.compile(r"^\S+@\S+$")
BADGE_NUMBER = re.compile(r"^[0-9A-HJKa-hjk]{6}$")

_NUMBER = "is no National Insurance number"
_CODE = "is no postcode"
_ADDRESS = "is no e-mail address"

CONTACT = thing(
    "buildingStreet",
    "townCity",
    "postCode",
    "primaryPhoneNumber",
    fullName=Words(100),
    buildingStreet=Words(100),
    line2=Words(100),
    townCity=Words(100),
    postCode=Words(pattern=POSTCODE, mend=_CODE),
    primaryPhoneNumber=Words(20),
    secondaryPhoneNumber=Words(20),
    emailAddress=Words(100, EMAIL, _ADDRESS),
)
PERSON = thing(
    "badgeHolderName",
    "dob",
    "genderCode",
    badgeHolderName=Words(100),
    nino=Words(pattern=NINO, mend=_NUMBER),
    dob=Day(),
    nameAtBirth=Words(100),
    genderCode=Code(codes.GENDERS),
)
ORGANISATION = thing(
    "badgeHolderName",
    "isCharity",
    "numberOfBadges",
    badgeHolderName=Words(100),
    isCharity=Flag(),
    charityNumber=Words(100),
    vehicles=Many(
        thing(
            registrationNumber=Words(7),
            typeCode=Code(codes.VEHICLES),
            usageFrequency=Words(100),
        )
    ),
    numberOfBadges=Whole(1),
)
WALKING = thing(
    typeCodes=Many(Code(codes.WALKING_DIFFICULTIES)),
    otherDescription=Words(255),
    painDescription=Words(2000),
    balanceDescription=Words(2000),
    healthProfessionsForFalls=Flag(),
    dangerousDescription=Words(2000),
    chestLungHeartEpilepsy=Flag(),
    walkingAids=Many(
        thing(
            "howProvidedCode",
            description=Words(100),
            usage=Words(100),
            howProvidedCode=Code(codes.PROVIDERS),
        )
    ),
    walkingLengthOfTimeCode=Code(codes.WALKING_TIMES),
    walkingSpeedCode=Code(codes.WALKING_SPEEDS),
    treatments=Many(thing(description=Words(100), time=Words(100))),
    medications=Many(
        thing(name=Words(100), isPrescribed=Flag(), frequency=Words(100), quantity=Words(100))
    ),
    breathlessness=thing(typeCodes=Many(Code(codes.BREATHLESSNESS)), otherDescription=Words(255)),
)
ELIGIBILITY = thing(
    "typeCode",
    typeCode=Code(codes.ELIGIBILITY),
    descriptionOfConditions=Words(10000),
    benefit=thing(isIndefinite=Flag(), expiryDate=Day()),
    walkingDifficulty=WALKING,
    disabilityArms=thing(
        drivingFrequency=Words(100),
        isAdaptedVehicle=Flag(),
        adaptedVehicleDescription=Words(255),
    ),
    healthcareProfessionals=Many(thing(name=Words(100), location=Words(100))),
    blind=thing(registeredAtLaId=Words(20)),
    childUnder3=thing(
        bulkyMedicalEquipmentTypeCode=Code(codes.EQUIPMENT),
        bulkyMedicalEquipmentTypeCodes=Many(Code(codes.EQUIPMENT)),
        otherMedicalEquipment=Words(100),
    ),
)
APPLICATION = thing(
    "applicationTypeCode",
    "localAuthorityCode",
    "paymentTaken",
    "party",
    applicationId=Words(36),
    applicationTypeCode=Code(codes.APPLICATION_TYPES),
    localAuthorityCode=Words(20),
    transferredLaFromCode=Words(20),
    transferredFromLaDate=Moment(),
    paymentTaken=Flag(),
    paymentReference=Words(100),
    submissionDate=Moment(),
    existingBadgeNumber=Words(pattern=BADGE_NUMBER, mend="is no badge number"),
    party=thing(
        "typeCode",
        "contact",
        typeCode=Code(codes.PARTIES),
        contact=CONTACT,
        person=PERSON,
        organisation=ORGANISATION,
    ),
    eligibility=ELIGIBILITY,
    artifacts=Many(thing("type", "link", type=Code(codes.ARTIFACTS), link=Words(2000))),
    applicationStatus=Code(codes.APPLICATION_STATUSES),
)
UPDATE = thing("applicationStatus", applicationStatus=Code(codes.APPLICATION_STATUSES))
TRANSFER = thing("transferToLaShortCode", transferToLaShortCode=Words(20))
