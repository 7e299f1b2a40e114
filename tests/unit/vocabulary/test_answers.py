from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standpipe.kernel.text import Text
from standpipe.vocabulary.answers import (
    Answer,
    FieldFault,
    Submitted,
    check_value,
    read_answer,
    read_value,
)
from standpipe.vocabulary.inputs import unknown_input_name
from standpipe.vocabulary.reading import load_vocabulary
from standpipe.vocabulary.unknown import DOES_NOT_KNOW

ON = date(2026, 11, 22)
REAL = load_vocabulary(Path("vocabulary"))
MADE_UP = load_vocabulary(
    Path("vocabulary"),
    also_accept={"national_insurance_number": ("QQ",), "phone": ("+447700900",)},
)


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
        ("contact.mobile", {"mobileNumber": "07700 900 123"}, "07700 900 123"),
        ("contact.mobile", {"mobileNumber": "+33 6 12 34 56 78"}, "+33 6 12 34 56 78"),
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
