"""The rules for who applies: a case that passes and one that fails, with its field and key."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from interfaces.dft_blue_badge.application_validation import (
    read_application,
    read_transfer,
    read_update,
)
from interfaces.dft_blue_badge.samples import ELIGIBILITY, application, organisation_application

ON = date(2026, 11, 22)
AUTHORITIES = ("BORRO", "NORTH")


def faults(body: Any) -> set[tuple[str, str]]:
    _, found = read_application(body, authorities=AUTHORITIES, on=ON)
    return {(one.field, one.key) for one in found}


# rule, a body that passes, a body that fails, the field, the kind of the key
RULES: list[tuple[str, Any, Any, str, str]] = [
    (
        "the type of application is needed",
        application(),
        application(applicationTypeCode=None),
        "applicationTypeCode",
        "NotNull",
    ),
    (
        "the authority is needed",
        application(),
        application(localAuthorityCode=""),
        "localAuthorityCode",
        "NotNull",
    ),
    (
        "the authority is one that is known",
        application(localAuthorityCode="NORTH"),
        application(localAuthorityCode="KENT"),
        "localAuthorityCode",
        "NotValid",
    ),
    (
        "whether it was paid for is needed",
        application(paymentTaken=False),
        application(paymentTaken=None),
        "paymentTaken",
        "NotNull",
    ),
    ("a party is needed", application(), application(party=None), "party", "NotNull"),
    (
        "the type of party is needed",
        application(),
        application(party__typeCode=None),
        "party.typeCode",
        "NotNull",
    ),
    (
        "a contact is needed",
        application(),
        application(party__contact=None),
        "party.contact",
        "NotNull",
    ),
    (
        "a street is needed",
        application(),
        application(party__contact__buildingStreet=" "),
        "party.contact.buildingStreet",
        "NotNull",
    ),
    (
        "a town is needed",
        application(),
        application(party__contact__townCity=None),
        "party.contact.townCity",
        "NotNull",
    ),
    (
        "a postcode is needed",
        application(),
        application(party__contact__postCode=None),
        "party.contact.postCode",
        "NotNull",
    ),
    (
        "a postcode has its form",
        application(party__contact__postCode="sk6 8gh"),
        application(party__contact__postCode="S"),
        "party.contact.postCode",
        "Pattern",
    ),
    (
        "a phone number is needed",
        application(party__contact__primaryPhoneNumber=1632960123),
        application(party__contact__primaryPhoneNumber=None),
        "party.contact.primaryPhoneNumber",
        "NotNull",
    ),
    (
        "a phone number has 20 characters at most",
        application(party__contact__primaryPhoneNumber="0" * 20),
        application(party__contact__primaryPhoneNumber="0" * 21),
        "party.contact.primaryPhoneNumber",
        "Size",
    ),
    (
        "an e-mail address has its form",
        application(party__contact__emailAddress=None),
        application(party__contact__emailAddress="bob bob@example.org"),
        "party.contact.emailAddress",
        "Pattern",
    ),
    (
        "a name has 100 characters at most",
        application(party__person__badgeHolderName="x" * 100),
        application(party__person__badgeHolderName="x" * 101),
        "party.person.badgeHolderName",
        "Size",
    ),
    (
        "a National Insurance number has its form",
        application(party__person__nino="NS 12 34 56"),
        application(party__person__nino="BG123456A"),
        "party.person.nino",
        "Pattern",
    ),
    (
        "a date of birth is needed",
        application(),
        application(party__person__dob=None),
        "party.person.dob",
        "NotNull",
    ),
    (
        "a date of birth is not in the future",
        application(party__person__dob="2026-11-22"),
        application(party__person__dob="2026-11-23"),
        "party.person.dob",
        "NotValid",
    ),
    (
        "a gender is needed",
        application(party__person__genderCode="UNSPECIFIE"),
        application(party__person__genderCode=None),
        "party.person.genderCode",
        "NotNull",
    ),
    (
        "a badge number has its form",
        application(existingBadgeNumber="72B9HA"),
        application(existingBadgeNumber="I AM INVALID"),
        "existingBadgeNumber",
        "Pattern",
    ),
    (
        "a person needs the person",
        application(),
        application(party__person=None),
        "party.person",
        "NotNull",
    ),
    (
        "a person needs a ground",
        application(),
        application(eligibility=None),
        "eligibility",
        "NotNull",
    ),
    (
        "a person has no organisation",
        application(),
        application(party__organisation=organisation_application()["party"]["organisation"]),
        "party.organisation",
        "NotValid",
    ),
    (
        "an organisation needs the organisation",
        organisation_application(),
        organisation_application(party__organisation=None),
        "party.organisation",
        "NotNull",
    ),
    (
        "an organisation is no person",
        organisation_application(),
        organisation_application(party__person=application()["party"]["person"]),
        "party.person",
        "NotValid",
    ),
    (
        "an organisation has no ground",
        organisation_application(),
        organisation_application(eligibility=ELIGIBILITY["PIP"]),
        "eligibility",
        "NotValid",
    ),
    (
        "an organisation sends no artifacts",
        organisation_application(artifacts=[]),
        organisation_application(artifacts=application()["artifacts"]),
        "artifacts",
        "NotValid",
    ),
    (
        "an organisation names whom to speak to",
        organisation_application(),
        organisation_application(party__contact__fullName=None),
        "party.contact.fullName",
        "NotNull",
    ),
    (
        "only a charity has a charity number",
        organisation_application(),
        organisation_application(party__organisation__isCharity=False),
        "party.organisation.charityNumber",
        "NotValid",
    ),
    (
        "an organisation asks for one badge at least",
        organisation_application(party__organisation__numberOfBadges=1),
        organisation_application(party__organisation__numberOfBadges=0),
        "party.organisation.numberOfBadges",
        "Min",
    ),
    (
        "a registration number has 7 characters at most",
        organisation_application(),
        organisation_application(
            party__organisation__vehicles=[{"registrationNumber": "VK61VZZ1"}]
        ),
        "party.organisation.vehicles[0].registrationNumber",
        "Size",
    ),
]


@pytest.mark.parametrize(
    ("passes", "fails", "field", "kind"),
    [rule[1:] for rule in RULES],
    ids=[rule[0] for rule in RULES],
)
def test_a_rule_lets_one_body_pass_and_names_the_fault_of_another(passes, fails, field, kind):
    assert faults(passes) == set()
    assert faults(fails) == {(field, f"{kind}.application.{field}")}


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("applicationTypeCode", "NEWWRONG", "applicationTypeCode"),
        ("party__typeCode", "PEOPLE", "party.typeCode"),
        ("party__person__genderCode", "X", "party.person.genderCode"),
        ("party__person__dob", "29/05/1970", "party.person.dob"),
        ("party__person__badgeHolderName", ["x"], "party.person.badgeHolderName"),
        ("party__contact", "x", "party.contact"),
        ("paymentTaken", "yes", "paymentTaken"),
        ("submissionDate", "yesterday", "submissionDate"),
        ("artifacts", {}, "artifacts"),
        ("eligibility__typeCode", "TERMILL", "eligibility.typeCode"),
    ],
)
def test_what_is_of_another_form_is_named(path, value, field):
    assert (field, f"InvalidFormat.{field}") in faults(application(**{path: value}))


@pytest.mark.parametrize("body", [None, [], "x", 1, True])
def test_what_is_no_object_is_refused(body):
    assert faults(body) == {("", "InvalidFormat.application")}


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"applicationStatus": "COMPLETED"}, None),
        ({"applicationStatus": "IN_PROGRESS"}, "InvalidFormat.applicationStatus"),
        ({}, "NotNull.applicationUpdate.applicationStatus"),
    ],
)
def test_a_change_of_status_names_one(body, key):
    _, found = read_update(body)
    assert [one.key for one in found] == ([] if key is None else [key])


@pytest.mark.parametrize(
    ("to", "key"),
    [
        ("NORTH", None),
        ("BORRO", "NotValid.applicationTransfer.transferToLaShortCode"),
        ("KENT", "NotValid.applicationTransfer.transferToLaShortCode"),
        ("", "NotNull.applicationTransfer.transferToLaShortCode"),
    ],
)
def test_a_transfer_goes_to_another_authority_that_is_known(to, key):
    body = {"transferToLaShortCode": to}
    _, found = read_transfer(body, authorities=AUTHORITIES, own="BORRO")
    assert [one.key for one in found] == ([] if key is None else [key])
