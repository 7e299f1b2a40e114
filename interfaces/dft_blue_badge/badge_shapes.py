"""The bodies of the badge management service (Swagger 2.0, version 1.1.0). Pure."""

from __future__ import annotations

import re

from interfaces.dft_blue_badge import codes
from interfaces.dft_blue_badge.application_shapes import EMAIL, NINO
from interfaces.dft_blue_badge.shapes import Code, Day, Flag, Whole, Words, thing

POSTCODE = re.compile(r"^[A-Za-z]{1,2}[0-9][0-9A-Za-z]?\s?[0-9][A-Za-z]{2}$")
AUTHORITY = re.compile(r"^[A-Z]+$")

# Badges are printed: their address lines are shorter than those of applications.
CONTACT = thing(
    "buildingStreet",
    "townCity",
    "postCode",
    "primaryPhoneNumber",
    fullName=Words(100),
    buildingStreet=Words(50),
    line2=Words(40),
    townCity=Words(40),
    postCode=Words(pattern=POSTCODE, mend="is no postcode"),
    primaryPhoneNumber=Words(20),
    secondaryPhoneNumber=Words(20),
    emailAddress=Words(100, EMAIL, "is no e-mail address"),
)
ORDER = thing(
    "party",
    "applicationDate",
    "applicationChannelCode",
    "startDate",
    "expiryDate",
    "deliverToCode",
    "deliveryOptionCode",
    party=thing(
        "typeCode",
        "contact",
        typeCode=Code(codes.PARTIES),
        contact=CONTACT,
        person=thing(
            "badgeHolderName",
            badgeHolderName=Words(100),
            nino=Words(pattern=NINO, mend="is no National Insurance number"),
            dob=Day(),
            genderCode=Code(codes.GENDERS),
        ),
        organisation=thing("badgeHolderName", badgeHolderName=Words(100)),
    ),
    localAuthorityShortCode=Words(20, AUTHORITY, "is no code of an authority"),
    localAuthorityRef=Words(100),
    applicationDate=Day(),
    applicationChannelCode=Code(codes.CHANNELS),
    startDate=Day(),
    expiryDate=Day(),
    eligibilityCode=Code(codes.BADGE_ELIGIBILITY),
    notForReassessment=Flag(),
    imageFile=Words(),
    deliverToCode=Code(codes.DELIVER_TO),
    deliveryOptionCode=Code(codes.DELIVERY_OPTIONS),
    numberOfBadges=Whole(1, 999),
)
CANCEL = thing(
    "badgeNumber",
    "cancelReasonCode",
    badgeNumber=Words(40),
    cancelReasonCode=Code(codes.CANCEL_REASONS),
)
REPLACE = thing(
    "badgeNumber",
    "replaceReasonCode",
    "deliverToCode",
    "deliveryOptionCode",
    badgeNumber=Words(40),
    replaceReasonCode=Code(codes.REPLACE_REASONS),
    deliverToCode=Code(codes.DELIVER_TO),
    deliveryOptionCode=Code(codes.DELIVERY_OPTIONS),
)
BATCH = thing("batchType", batchType=Code(codes.BATCHES))
