"""Each published rule of the badge management service, with what breaks it and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connectors.dft_blue_badge import rules
from connectors.dft_blue_badge.connector import _order
from connectors.dft_blue_badge.test_connector import (
    ADA,
    CENTRE,
    ON,
    asked_first,
    changed,
    signed_in,
)

ORGANISATION = {
    **{"party.typeCode": "ORG", "party.organisation": {"badgeHolderName": "Dale Care"}},
    **{"eligibilityCode": None, "numberOfBadges": 5},
}


# rule: what breaks it, and its nearest neighbour that does not
RULES = {
    "DateInPast.badge.applicationDate": (
        {"applicationDate": "2026-11-23"},
        {"applicationDate": "2026-11-22"},
    ),
    "DateInPast.badge.startDate": ({"startDate": "2026-11-21"}, {"startDate": "2026-11-22"}),
    "DateRange.badge.expiryDate": ({"expiryDate": "2029-11-23"}, {"expiryDate": "2029-11-22"}),
    "NotNull.badge.expiryDate": ({"expiryDate": None}, {"expiryDate": "2026-11-22"}),
    "NotNull.badge.dob": ({"party.person.dob": None}, {"party.person.dob": "2026-11-22"}),
    "DateInPast.badge.dob": (
        {"party.person.dob": "2026-11-23"},
        {"party.person.dob": "2026-11-22"},
    ),
    "Pattern.badge.nino": ({"party.person.nino": "QQ123456C"}, {"party.person.nino": "NY188796B"}),
    "NotNull.badge.eligibilityCode": ({"eligibilityCode": None}, {"eligibilityCode": "BLIND"}),
    "InvalidNation.badge.eligibilityCode": (
        {"eligibilityCode": "COGNITIVE"},
        {"eligibilityCode": "WALKD"},
    ),
    "Invalid.badge.numberOfBadges": ({"numberOfBadges": 2}, {"numberOfBadges": 1}),
    "Invalid.badge.notForReassessment": (
        {"notForReassessment": True},
        {"notForReassessment": True, "eligibilityCode": "WALKD"},
    ),
    "Invalid.badge.deliveryOptionCode": (
        {"deliveryOptionCode": "FAST", "deliverToCode": "COUNCIL"},
        {"deliveryOptionCode": "FAST", "deliverToCode": "HOME"},
    ),
    "Invalid.badge.imageFile": ({"imageFile": "R0lGV"}, {"imageFile": "R0lGODlhAQ=="}),
    "Pattern.badge.postCode": (
        {"party.contact.postCode": "NOWHERE"},
        {"party.contact.postCode": "bo1 1ab"},
    ),
    "NotNull.badge.primaryPhoneNumber": (
        {"party.contact.primaryPhoneNumber": None},
        {"party.contact.primaryPhoneNumber": "1"},
    ),
    "Size.badge.buildingStreet": (
        {"party.contact.buildingStreet": "x" * 51},
        {"party.contact.buildingStreet": "x" * 50},
    ),
    "NotNull.badge.fullName": (
        {**ORGANISATION, "party.contact.fullName": None},
        ORGANISATION,
    ),
    "NotNull.badge.organisation": (
        {**ORGANISATION, "party.organisation": "Dale Care"},
        ORGANISATION,
    ),
    "Size.badge.badgeHolderName": (
        {**ORGANISATION, "party.organisation": {"badgeHolderName": ""}},
        {**ORGANISATION, "party.organisation": {"badgeHolderName": "x" * 100}},
    ),
    "Invalid.badge.typeCode": ({"party.typeCode": "CAT"}, {}),
}


@pytest.mark.parametrize("key", RULES)
def test_each_rule_declines_what_breaks_it_and_nothing_beside(key):
    wrong, right = RULES[key]
    for changes, status in ((wrong, 400), (right, 200)):
        body = asked_first()
        for path, value in changes.items():
            body = changed(body, path, value)
        given, answer = signed_in()("POST", "/badges", body)
        keys = [one["message"] for one in answer.get("error", {}).get("errors", ())]
        assert (given, key in keys) == (status, status == 400), answer


def test_a_ground_of_one_nation_holds_in_that_nation():
    body = changed(asked_first(), "eligibilityCode", "COGNITIVE")
    assert signed_in(nation="WLS")("POST", "/badges", body)[0] == 200


def test_an_organisation_has_as_many_badges_as_it_orders():
    body = asked_first()
    for path, value in ORGANISATION.items():
        body = changed(body, path, value)

    _, answer = signed_in()("POST", "/badges", body)

    assert answer["data"] == ["KKKKKK", "KKKKKJ", "KKKKKH", "KKKKKG", "KKKKKF"]


# What an organisation must not be ordered as, and what a person must not be: the wrong party.
WRONG_PARTIES = {
    "NotNull.badge.organisation": replace(ADA, holder="person"),
    "NotNull.badge.person": CENTRE,
}


@pytest.mark.parametrize("key", WRONG_PARTIES)
def test_the_wrong_party_is_refused_and_the_right_one_is_taken(key):
    right = _order(WRONG_PARTIES[key], authority="BORRO")
    other = {"PERSON": "ORG", "ORG": "PERSON"}[right["party"]["typeCode"]]
    wrong = changed(right, "party.typeCode", other)

    def keys(body):
        return {fault.key for fault in rules.order_faults(body, nation="ENG", on=ON)}

    assert keys(right) == set()
    assert key in keys(wrong)


def test_an_organisation_as_a_person_with_no_name_is_refused():
    """So it was once ordered; the department takes neither the name nor the missing birth date."""
    as_person = _order(replace(CENTRE, holder="person", name=""), authority="BORRO")
    keys = {fault.key for fault in rules.order_faults(as_person, nation="ENG", on=ON)}
    assert keys >= {
        "Size.badge.badgeHolderName",
        "NotNull.badge.dob",
        "Invalid.badge.numberOfBadges",
    }
