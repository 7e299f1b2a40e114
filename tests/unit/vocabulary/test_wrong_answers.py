from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standpipe.vocabulary.answers import (
    Submitted,
    read_answer,
)
from standpipe.vocabulary.reading import load_vocabulary

ON = date(2026, 11, 22)
REAL = load_vocabulary(Path("vocabulary"))


def faults_of(attribute: str, submitted: Submitted, **how: Any) -> list[tuple[str, str]]:
    read = read_answer(REAL[attribute], submitted, on=ON, **how)
    assert isinstance(read, list), read
    assert all(fault.message.cy and fault.message.cy != fault.message.en for fault in read)
    return [(fault.field, fault.message.en) for fault in read]


LABEL = "Date of birth"


@pytest.mark.parametrize(
    ("attribute", "submitted", "faults"),
    [
        ("person.birth_date", {}, [("dob-day", "Enter your date of birth")]),
        (
            "person.birth_date",
            {"dob-day": "31", "dob-month": "3"},
            [("dob-year", f"{LABEL} must include a year")],
        ),
        (
            "person.birth_date",
            {"dob-year": "1980"},
            [("dob-day", f"{LABEL} must include a day and a month")],
        ),
        (
            "person.birth_date",
            {"dob-day": "31", "dob-month": "2", "dob-year": "1980"},
            [("dob-day", f"{LABEL} must be a real date")],
        ),
        (
            "person.birth_date",
            {"dob-day": "3", "dob-month": "13", "dob-year": "1980"},
            [("dob-month", f"{LABEL} must be a real date")],
        ),
        (
            "person.birth_date",
            {"dob-day": "3", "dob-month": "ma", "dob-year": "1980"},
            [("dob-month", f"{LABEL} must be a real date")],
        ),
        (
            "person.birth_date",
            {"dob-day": "3", "dob-month": "3", "dob-year": "80"},
            [("dob-year", "Year must include 4 numbers")],
        ),
        (
            "person.birth_date",
            {"dob-day": "23", "dob-month": "11", "dob-year": "2026"},
            [("dob-day", f"{LABEL} must be today or in the past")],
        ),
        (
            "person.birth_date",
            {"dob-day": "1", "dob-month": "1", "dob-year": "1899"},
            [("dob-day", f"{LABEL} must be on or after 1 January 1900")],
        ),
        (
            "benefit.award_end_date",
            {
                "benefitAwardEndDate-day": "1",
                "benefitAwardEndDate-month": "1",
                "benefitAwardEndDate-year": "2020",
            },
            [
                (
                    "benefit-award-end-date-day",
                    "Date your award ends must be today or in the future",
                )
            ],
        ),
        (
            "person.name",
            {"firstName": "Ada"},
            [("last-name", "Enter last name")],
        ),
        (
            "person.name",
            {"firstName": "A" * 101, "lastName": "B\x00"},
            [
                ("first-name", "Name must be 100 characters or less"),
                ("last-name", "Name must not include characters that cannot be printed"),
            ],
        ),
        (
            "person.national_insurance_number",
            {"nationalInsuranceNumber": "QQ 12 34 56 C"},
            [
                (
                    "national-insurance-number",
                    "Enter a National Insurance number in the correct format",
                )
            ],
        ),
        (
            "person.national_insurance_number",
            {"nationalInsuranceNumber": "--"},
            [("national-insurance-number", "Enter a National Insurance number")],
        ),
        (
            "person.nhs_number",
            {"nhsNumber": "123"},
            [("nhs-number", "NHS number must be 10 numbers")],
        ),
        (
            "money.bank.account_number",
            {"accountNumber": "12345"},
            [("account-number", "Account number must be between 6 and 8 numbers, like 12345678")],
        ),
        (
            "money.bank.account_number",
            {"accountNumber": "-"},
            [("account-number", "Enter an account number")],
        ),
        (
            "contact.email",
            {"email": "ada@example"},
            [("email", "Enter an email address in the correct format, like name@example.com")],
        ),
        (
            "contact.email",
            {"email": "a" * 250 + "@example.com"},
            [("email", "Email address must be 254 characters or less")],
        ),
        (
            "contact.phone",
            {"phoneNumber": "07700 900 123"},
            [
                (
                    "phone-number",
                    "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
                )
            ],
        ),
        (
            "contact.phone",
            {"phoneNumber": "call me"},
            [
                (
                    "phone-number",
                    "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192",
                )
            ],
        ),
        (
            "contact.mobile",
            {"mobileNumber": "01539 733 333"},
            [
                (
                    "mobile-number",
                    "Enter a mobile phone number, like 07700 900 982 or +44 7700 900 982",
                )
            ],
        ),
        (
            "contact.mobile",
            {"mobileNumber": "070 1234 5678"},
            [
                (
                    "mobile-number",
                    "Enter a mobile phone number, like 07700 900 982 or +44 7700 900 982",
                )
            ],
        ),
        (
            "contact.mobile",
            {"mobileNumber": "+33 1 42 68 53 00"},
            [
                (
                    "mobile-number",
                    "Enter a mobile phone number, like 07700 900 982 or +44 7700 900 982",
                )
            ],
        ),
        ("address.postcode", {"postcode": "LA9"}, [("postcode", "Enter a full UK postcode")]),
        (
            "address.full",
            {"addressLine2": "Flat 1", "addressPostcode": "LA9"},
            [
                ("address-line-1", "Enter address line 1, typically the building and street"),
                ("address-town", "Enter town or city"),
            ],
        ),
        (
            "address.full",
            {"addressLine1": "1", "addressTown": "Kendal", "addressPostcode": "LA9"},
            [("address-postcode", "Enter a full UK postcode")],
        ),
        (
            "household.adults",
            {"householdAdults": "1.5"},
            [("household-adults", "Adults in the household must be a whole number")],
        ),
        (
            "household.adults",
            {"householdAdults": "51"},
            [("household-adults", "Adults in the household must be between 0 and 50")],
        ),
        (
            "household.adults",
            {"householdAdults": ","},
            [("household-adults", "Enter how many adults live with you")],
        ),
        (
            "money.income",
            {"income": "lots"},
            [("income", "Income after tax must be an amount of money, like 25 or 25.50")],
        ),
        ("money.income", {"income": "£"}, [("income", "Enter how much you get each month")]),
        (
            "money.income",
            {"income": "-1"},
            [("income", "Income after tax must be between 0 and 1,000,000,000")],
        ),
        (
            "mobility.drives_regularly",
            {"mobilityDrivesRegularly": "perhaps"},
            [("mobility-drives-regularly", "Select yes if you drive regularly")],
        ),
        (
            "mobility.main_reason",
            {"mobilityMainReason": "bribe"},
            [("mobility-main-reason", "Main reason for a badge: select one of the options shown")],
        ),
        (
            "mobility.main_reason",
            {"mobilityMainReason": ["arms", "risk"]},
            [
                (
                    "mobility-main-reason",
                    "Main reason for a badge was not sent in the expected form",
                )
            ],
        ),
        (
            "benefit.received",
            {"benefitReceived": ["pip", "none"]},
            [
                (
                    "benefit-received",
                    "Benefits you get: select the options that apply, or “None of these”",
                )
            ],
        ),
        (
            "benefit.received",
            {},
            [("benefit-received", "Select the benefits you get, or select ‘None of these’")],
        ),
        (
            "declaration.true_and_complete",
            {"declarationTrueAndComplete": "no"},
            [
                (
                    "declaration-true-and-complete",
                    "Confirm that the information you have given is correct",
                )
            ],
        ),
        (
            "badge.number",
            {"badgeNumber": "12345"},
            [("badge-number", "Blue Badge number must be 6 characters or more")],
        ),
        (
            "health.conditions",
            {"healthConditions": "a" * 4001},
            [("health-conditions", "Your conditions must be 4000 characters or less")],
        ),
        (
            "health.conditions",
            {"healthConditions": "a\x00"},
            [
                (
                    "health-conditions",
                    "Your conditions must not include characters that cannot be printed",
                )
            ],
        ),
        ("badge.photo", {"badgePhoto": "me.png"}, [("badge-photo", "Select a photo")]),
    ],
)
def test_wrong_answers_are_told_in_the_words_of_govuk(
    attribute: str, submitted: Submitted, faults: list[tuple[str, str]]
) -> None:
    assert faults_of(attribute, submitted) == faults
