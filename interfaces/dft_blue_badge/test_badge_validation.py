"""Every rule for badges: a case that passes and one that fails, with its field and key."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

import pytest

from interfaces.dft_blue_badge import codes
from interfaces.dft_blue_badge.badge_validation import (
    cannot_cancel,
    cannot_replace,
    fingerprint,
    read_batch,
    read_cancellation,
    read_order,
    read_replacement,
)
from interfaces.dft_blue_badge.samples import order, organisation_order

ON = date(2026, 11, 22)
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n...").decode()


def faults(body: Any, *, nation: str = "england") -> set[tuple[str, str]]:
    _, found = read_order(body, authorities=["BORRO"], nation=nation, on=ON)
    return {(one.field, one.key) for one in found}


def person(**changes: Any) -> dict[str, Any]:
    return order("2026-12-01", "2029-11-30", **changes)


def organisation(**changes: Any) -> dict[str, Any]:
    return organisation_order("2026-12-01", "2029-11-30", **changes)


# rule, a body that passes, a body that fails, the field, the key
RULES: list[tuple[str, Any, Any, str, str]] = [
    (
        "an application is not of the future",
        person(applicationDate="2026-11-22"),
        person(applicationDate="2026-11-23"),
        "applicationDate",
        "DateInPast.badge.applicationDate",
    ),
    (
        "a badge starts today at the earliest",
        person(startDate="2026-11-22", expiryDate="2029-11-22"),
        person(startDate="2026-11-21", expiryDate="2029-11-21"),
        "startDate",
        "DateInPast.badge.startDate",
    ),
    (
        "a badge ends three years after its start at the latest",
        person(expiryDate="2029-12-01"),
        person(expiryDate="2029-12-02"),
        "expiryDate",
        "DateRange.badge.expiryDate",
    ),
    (
        "a badge does not end before its start",
        person(expiryDate="2026-12-01"),
        person(expiryDate="2026-11-30"),
        "expiryDate",
        "DateRange.badge.expiryDate",
    ),
    (
        "a person has one badge",
        person(numberOfBadges=None),
        person(numberOfBadges=2),
        "numberOfBadges",
        "Invalid.badge.numberOfBadges",
    ),
    (
        "an organisation has 999 badges at most",
        organisation(numberOfBadges=999),
        organisation(numberOfBadges=1000),
        "numberOfBadges",
        "Max.badgeOrderRequest.numberOfBadges",
    ),
    (
        "an organisation has one badge at least",
        organisation(numberOfBadges=1),
        organisation(numberOfBadges=0),
        "numberOfBadges",
        "Min.badgeOrderRequest.numberOfBadges",
    ),
    (
        "a badge of a person has its ground",
        person(),
        person(eligibilityCode=None),
        "eligibilityCode",
        "NotNull.badge.eligibilityCode",
    ),
    (
        "the date of birth is needed",
        person(),
        person(party__person__dob=None),
        "dob",
        "NotNull.badge.party.person.dob",
    ),
    (
        "the date of birth is in the past",
        person(party__person__dob="2026-11-22"),
        person(party__person__dob="2026-11-23"),
        "dob",
        "DateInPast.badge.dob",
    ),
    (
        "a person needs the person",
        person(),
        person(party__person=None),
        "party",
        "NotNull.badge.person",
    ),
    (
        "an organisation needs the organisation",
        organisation(),
        organisation(party__organisation=None),
        "organisation",
        "NotNull.badge.organisation",
    ),
    (
        "an organisation names whom to speak to",
        organisation(),
        organisation(party__contact__fullName=None),
        "fullName",
        "NotNull.badge.party.contact.fullName",
    ),
    (
        "no reassessment is said only at discretion",
        person(notForReassessment=True),
        person(eligibilityCode="PIP", notForReassessment=True),
        "notForReassessment",
        "Person.invalid.badge.notForReassessment",
    ),
    (
        "an organisation is not assessed",
        organisation(),
        organisation(notForReassessment=False),
        "notForReassessment",
        "Organisation.invalid.badge.notForReassessment",
    ),
    (
        "what goes to the council goes the standard way",
        person(deliverToCode="COUNCIL"),
        person(deliverToCode="COUNCIL", deliveryOptionCode="FAST"),
        "deliverToCode",
        "Invalid.badge.deliverOptionCode",
    ),
    (
        "fast delivery goes home",
        person(deliveryOptionCode="FAST"),
        person(deliveryOptionCode=None),
        "deliveryOptionCode",
        "NotNull.badgeOrderRequest.deliveryOptionCode",
    ),
    (
        "the authority is one that is known",
        person(localAuthorityShortCode=None),
        person(localAuthorityShortCode="KENT"),
        "localAuthorityShortCode",
        "Invalid.badge.localAuthority",
    ),
    (
        "a reference has 100 characters at most",
        person(localAuthorityRef="x" * 100),
        person(localAuthorityRef="x" * 101),
        "localAuthorityRef",
        "Size.badgeOrderRequest.localAuthorityRef",
    ),
    (
        "an address line has 50 characters at most",
        person(party__contact__buildingStreet="x" * 50),
        person(party__contact__buildingStreet="x" * 51),
        "party.contact.buildingStreet",
        "Size.badgeOrderRequest.party.contact.buildingStreet",
    ),
    (
        "a town has 40 characters at most",
        person(party__contact__townCity="x" * 40),
        person(party__contact__townCity="x" * 41),
        "party.contact.townCity",
        "Size.badgeOrderRequest.party.contact.townCity",
    ),
    (
        "a postcode has its form",
        person(party__contact__postCode="WV164AW"),
        person(party__contact__postCode="S"),
        "party.contact.postCode",
        "Pattern.badgeOrderRequest.party.contact.postCode",
    ),
    (
        "a picture is one",
        person(imageFile=PNG),
        person(imageFile="YWZpbGU="),
        "imageFile",
        "Invalid.badge.imageFile",
    ),
    (
        "a picture has less than 10 MB",
        person(imageFile=base64.b64encode(b"GIF89a" + b"x" * 999).decode()),
        person(imageFile=base64.b64encode(b"\xff\xd8\xff" + b"x" * 10485757).decode()),
        "imageFile",
        "Invalid.badge.imageFile",
    ),
    (
        "the channel is one of the list",
        person(applicationChannelCode="INPERSON"),
        person(applicationChannelCode="POST"),
        "applicationChannelCode",
        "InvalidFormat.applicationChannelCode",
    ),
]


@pytest.mark.parametrize(
    ("passes", "fails", "field", "key"),
    [rule[1:] for rule in RULES],
    ids=[rule[0] for rule in RULES],
)
def test_a_rule_lets_one_order_pass_and_names_the_fault_of_another(passes, fails, field, key):
    assert faults(passes) == set()
    assert faults(fails) == {(field, key)}


def test_a_badge_does_not_end_in_the_past():
    ended = person(startDate="2026-11-22", expiryDate="2026-11-21")

    assert ("expiryDate", "Invalid.badge.expiryDate") in faults(ended)
    assert faults(person(startDate="2026-11-22", expiryDate="2026-11-22")) == set()


@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern_ireland"])
@pytest.mark.parametrize("ground", codes.BADGE_ELIGIBILITY)
def test_a_ground_of_one_nation_is_none_in_another(ground, nation):
    wrong = codes.IN_ONE_NATION.get(ground, nation) != nation
    key = ("eligibilityCode", "InvalidNation.badge.eligibilityCode")

    assert faults(person(eligibilityCode=ground), nation=nation) == ({key} if wrong else set())


def test_a_badge_that_starts_on_a_leap_day_ends_on_the_eve_of_march():
    starts = "2028-02-29"
    assert faults(person(startDate=starts, expiryDate="2031-02-28")) == set()
    assert faults(person(startDate=starts, expiryDate="2031-03-01"))


@pytest.mark.parametrize("reason", codes.CANCEL_REASONS)
def test_a_badge_is_cancelled_for_a_reason_of_the_list(reason):
    body = {"badgeNumber": "72b9ha", "cancelReasonCode": reason}
    assert read_cancellation(body, number="72B9HA")[1] == []


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"badgeNumber": "72B9HA", "cancelReasonCode": "X"}, "InvalidFormat.cancelReasonCode"),
        ({"badgeNumber": "72B9HA"}, "NotNull.badgeCancelRequest.cancelReasonCode"),
        ({"cancelReasonCode": "LOST"}, "NotNull.badgeCancelRequest.badgeNumber"),
        ({"badgeNumber": "BBBBBB", "cancelReasonCode": "LOST"}, "Invalid.badgeNumber"),
    ],
)
def test_a_cancellation_that_is_wrong_says_why(body, key):
    assert [one.key for one in read_cancellation(body, number="72B9HA")[1]] == [key]


def replacement(**changes: Any) -> dict[str, Any]:
    return {
        "badgeNumber": "72B9HA",
        "replaceReasonCode": "STOLE",
        "deliverToCode": "HOME",
        "deliveryOptionCode": "FAST",
        **changes,
    }


@pytest.mark.parametrize("reason", codes.REPLACE_REASONS)
def test_a_badge_is_replaced_for_a_reason_of_the_list(reason):
    assert read_replacement(replacement(replaceReasonCode=reason), number="72B9HA")[1] == []


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"replaceReasonCode": "REVOKE"}, "InvalidFormat.replaceReasonCode"),
        ({"replaceReasonCode": None}, "NotNull.badgeReplaceRequest.replaceReasonCode"),
        ({"deliverToCode": "INVALID"}, "InvalidFormat.deliverToCode"),
        ({"deliverToCode": None}, "NotNull.badgeReplaceRequest.deliverToCode"),
        ({"deliveryOptionCode": "ARIBA"}, "InvalidFormat.deliveryOptionCode"),
        ({"deliverToCode": "COUNCIL"}, "Invalid.badge.deliverOptionCode"),
        ({"badgeNumber": "DDDDDD"}, "Invalid.badgeNumber"),
        ({"badgeNumber": ""}, "NotNull.badgeReplaceRequest.badgeNumber"),
    ],
)
def test_a_replacement_that_is_wrong_says_why(changes, key):
    assert [one.key for one in read_replacement(replacement(**changes), number="72B9HA")[1]] == [
        key
    ]


@pytest.mark.parametrize(
    ("status", "expires", "cancel", "replace"),
    [
        ("issued", ON, None, None),
        ("ordered", ON, None, "Invalid.badge.replace.badgeStatus"),
        ("processed", ON, None, "Invalid.badge.replace.badgeStatus"),
        ("replaced", ON, "Invalid.badge.cancel.status", "Invalid.badge.replace.badgeStatus"),
        ("cancelled", ON, "Invalid.badge.cancel.status", "Invalid.badge.replace.badgeStatus"),
        (
            "issued",
            date(2026, 11, 21),
            "Invalid.badge.cancel.expiryDate",
            "Invalid.badge.replace.expiryDate",
        ),
    ],
)
def test_what_can_be_cancelled_or_replaced_hangs_on_status_and_day(
    status, expires, cancel, replace
):
    found = [one(status, expires_on=expires, on=ON) for one in (cannot_cancel, cannot_replace)]

    assert [one and one.key for one in found] == [cancel, replace]


def test_the_same_badge_has_the_same_fingerprint_and_no_other():
    same = person(party__contact__postCode="bo11aa", party__person__nino="NS 12 34 56 A")
    others = [
        person(party__person__badgeHolderName="Jo"),
        person(party__person__dob="1970-05-30"),
        person(startDate="2026-12-02"),
        person(expiryDate="2029-11-29"),
        person(party__contact__postCode="BO1 1AB"),
    ]
    one = fingerprint(person(), authority="BORRO")

    assert fingerprint(same, authority="BORRO") == one
    assert one not in {fingerprint(other, authority="BORRO") for other in others}
    assert fingerprint(person(), authority="NORTH") != one


@pytest.mark.parametrize(
    ("batch", "key"),
    [
        *((one, None) for one in codes.BATCHES),
        ("ALL", "InvalidFormat.batchType"),
        (None, "NotNull.printBatchRequest.batchType"),
    ],
)
def test_a_printing_is_of_a_kind_of_the_list(batch, key):
    assert [one.key for one in read_batch({"batchType": batch})[1]] == ([key] if key else [])
