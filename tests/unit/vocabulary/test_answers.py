import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standpipe.kernel.text import Text
from standpipe.vocabulary.answers import (
    Answer,
    FieldFault,
    Submitted,
    check_value,
    read_answer,
    read_value,
)
from standpipe.vocabulary.inputs import inputs_of, unknown_input_name
from standpipe.vocabulary.reading import load_vocabulary
from standpipe.vocabulary.unknown import DOES_NOT_KNOW

ON = date(2026, 11, 22)
REAL = load_vocabulary(Path("vocabulary"))
MADE_UP = load_vocabulary(
    Path("vocabulary"),
    also_accept={"national_insurance_number": ("QQ",), "phone": ("+447700900",)},
)
LETTER = {
    "document": "0190",
    "name": "letter.pdf",
    "media_type": "application/pdf",
    "size": 2048,
    "sha256": "a" * 64,
}


def value_of(attribute: str, submitted: Submitted, **how: Any) -> Any:
    read = read_answer(MADE_UP[attribute], submitted, on=ON, **how)
    assert isinstance(read, Answer), read
    return read.value


def faults_of(attribute: str, submitted: Submitted, **how: Any) -> list[tuple[str, str]]:
    read = read_answer(REAL[attribute], submitted, on=ON, **how)
    assert isinstance(read, list), read
    assert all(fault.message.cy and fault.message.cy != fault.message.en for fault in read)
    return [(fault.field, fault.message.en) for fault in read]


@pytest.mark.parametrize(
    ("attribute", "submitted", "value"),
    [
        ("person.preferred_name", {"preferredName": "  Ada   May "}, "Ada May"),
        (
            "person.name",
            {"firstName": " Siân ", "lastName": "O'Neill"},
            {"given": "Siân", "family": "O'Neill"},
        ),
        (
            "person.birth_date",
            {"dob-day": " 31", "dob-month": "3", "dob-year": "1980"},
            "1980-03-31",
        ),
        (
            "person.birth_date",
            {"dob-day": "31", "dob-month": "mar", "dob-year": "1980"},
            "1980-03-31",
        ),
        (
            "person.birth_date",
            {"dob-day": "1", "dob-month": "Mawrth", "dob-year": "1980"},
            "1980-03-01",
        ),
        (
            "person.national_insurance_number",
            {"nationalInsuranceNumber": "qq 12-34 56 c"},
            "QQ123456C",
        ),
        (
            "person.national_insurance_number",
            {"nationalInsuranceNumber": "AB 12 34 56 C"},
            "AB123456C",
        ),
        ("person.nhs_number", {"nhsNumber": "999 123-4567"}, "9991234567"),
        ("contact.email", {"email": " ada@example.com "}, "ada@example.com"),
        ("contact.phone", {"phoneNumber": "07700 900 123"}, "07700 900 123"),
        ("contact.phone", {"phoneNumber": "+44 808 157 0192"}, "+44 808 157 0192"),
        ("address.postcode", {"postcode": "la94uq."}, "LA9 4UQ"),
        ("household.adults", {"householdAdults": " 2 "}, 2),
        ("money.income", {"income": "£1,234.5"}, "1234.50"),
        ("money.bank.sort_code", {"sortCode": "30-94-30"}, "309430"),
        ("mobility.drives_regularly", {"mobilityDrivesRegularly": "yes"}, True),
        ("mobility.drives_regularly", {"mobilityDrivesRegularly": "no"}, False),
        ("mobility.main_reason", {"mobilityMainReason": "arms"}, "arms"),
        ("benefit.received", {"benefitReceived": ["wpms", "pip", "pip"]}, ["pip", "wpms"]),
        ("benefit.received", {"benefitReceived": "none"}, ["none"]),
        ("health.conditions", {"healthConditions": "one\r\ntwo "}, "one\ntwo"),
        (
            "declaration.true_and_complete",
            {"declarationTrueAndComplete": "yes"},
            True,
        ),
        (
            "address.full",
            {
                "addressLine1": "1 Mill Lane",
                "addressTown": "Kendal",
                "addressPostcode": "la9 4uq",
            },
            {
                "uprn": "",
                "line1": "1 Mill Lane",
                "line2": "",
                "town": "Kendal",
                "county": "",
                "postcode": "LA9 4UQ",
            },
        ),
    ],
)
def test_good_answers_are_read_and_brought_into_one_form(
    attribute: str, submitted: Submitted, value: object
) -> None:
    assert value_of(attribute, submitted) == value
    assert check_value(MADE_UP[attribute], value, on=ON) == []


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


def test_not_knowing_is_an_answer_where_the_vocabulary_offers_it() -> None:
    number = REAL["person.national_insurance_number"]
    ticked = {unknown_input_name(number): "yes"}
    chosen = {"benefitPipMovingAround": "does_not_know"}

    assert value_of("person.national_insurance_number", ticked) == DOES_NOT_KNOW
    assert value_of("benefit.pip.moving_around", chosen) == DOES_NOT_KNOW
    assert read_value(number, DOES_NOT_KNOW, on=ON) == Answer(DOES_NOT_KNOW)
    assert check_value(REAL["person.name"], DOES_NOT_KNOW, on=ON) != []
    assert unknown_input_name(number, prefix="partner") == "partner-nationalInsuranceNumberUnknown"


def test_an_optional_answer_may_be_left_blank() -> None:
    assert value_of("contact.phone", {"phoneNumber": "  "}, required=False) is None
    assert read_value(REAL["contact.phone"], None, on=ON, required=False) == Answer(None)
    assert read_value(REAL["contact.phone"], None, on=ON) == [
        FieldFault("contact.phone", Text("Enter a phone number", "Rhowch rif ffôn"))
    ]


def test_a_prefix_tells_two_people_on_one_page_apart() -> None:
    submitted = {"partner-dob-day": "1", "partner-dob-month": "2", "partner-dob-year": "1990"}

    assert value_of("person.birth_date", submitted, prefix="partner") == "1990-02-01"
    assert faults_of("person.birth_date", {}, prefix="partner")[0][0] == "partner-dob-day"


@pytest.mark.parametrize(
    ("attribute", "value", "field"),
    [
        ("person.name", {"given": "Ada", "family": "Tyson", "middle": "May"}, "person.name"),
        ("person.name", "Ada", "person.name"),
        ("person.name", {"given": 1, "family": "Tyson"}, "person.name.given"),
        ("address.full", {"line1": "1", "town": "K"}, "address.full.postcode"),
        (
            "address.full",
            {"uprn": "1" * 13, "line1": "1", "town": "K", "postcode": "LA9 4UQ"},
            "address.full.uprn",
        ),
        ("person.birth_date", "31/03/1980", "person.birth_date"),
        ("person.birth_date", 19800331, "person.birth_date"),
        ("person.birth_date", "1980-02-31", "person.birth_date"),
        ("household.adults", True, "household.adults"),
        ("household.adults", "9" * 5000, "household.adults"),
        ("money.income", 10**40, "money.income"),
        ("money.income", 1.5, "money.income"),
        ("benefit.received", "pip", "benefit.received"),
        ("benefit.received", [["pip"]], "benefit.received"),
        ("benefit.received", [], "benefit.received"),
        ("contact.email", "", "contact.email"),
        ("person.preferred_name", " ", "person.preferred_name"),
        ("contact.email", "ada..may@example.com", "contact.email"),
        ("contact.phone", "", "contact.phone"),
        ("address.postcode", "", "address.postcode"),
        ("person.sex", "", "person.sex"),
        ("person.preferred_name", "\ud800", "person.preferred_name"),
        ("evidence.identity", "", "evidence.identity"),
        ("evidence.identity", {"name": "x"}, "evidence.identity"),
        ("evidence.identity", {**LETTER, "size": 0}, "evidence.identity"),
        ("evidence.identity", {**LETTER, "media_type": "text/html"}, "evidence.identity"),
        ("evidence.identity", {**LETTER, "sha256": "short"}, "evidence.identity"),
    ],
)
def test_wrong_json_is_refused_with_the_name_of_its_field(
    attribute: str, value: object, field: str
) -> None:
    assert [fault.field for fault in check_value(REAL[attribute], value, on=ON)] == [field]


def test_json_values_are_brought_into_one_form_too() -> None:
    assert read_value(REAL["address.postcode"], "la94uq", on=ON) == Answer("LA9 4UQ")
    assert read_value(REAL["money.income"], 25, on=ON) == Answer("25.00")
    assert read_value(REAL["household.adults"], 2, on=ON) == Answer(2)
    assert read_value(REAL["evidence.identity"], LETTER, on=ON) == Answer(LETTER)


ANYTHING = st.text(alphabet=st.characters(), max_size=300)


@settings(max_examples=300, deadline=None)
@given(attribute=st.sampled_from(sorted(REAL)), data=st.data())
def test_no_form_input_breaks_the_reader_and_none_is_cut(
    attribute: str, data: st.DataObject
) -> None:
    asked = REAL[attribute]
    inputs = inputs_of(asked)
    submitted = {each.name: data.draw(ANYTHING) for each in inputs}

    read = read_answer(asked, submitted, on=ON)

    if isinstance(read, list):
        assert read
        assert {fault.field for fault in read} <= {each.id for each in inputs}
    elif asked.type in ("text", "long_text"):
        kept = "".join(str(read.value).split())
        sent = unicodedata.normalize("NFC", submitted[inputs[0].name])
        assert kept == "".join(sent.split())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANYTHING, inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(attribute=st.sampled_from(sorted(REAL)), value=JSON)
def test_no_json_breaks_the_reader(attribute: str, value: object) -> None:
    read = read_value(REAL[attribute], value, on=ON)

    if isinstance(read, Answer):
        assert read_value(REAL[attribute], read.value, on=ON) == read
