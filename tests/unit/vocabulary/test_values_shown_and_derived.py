from datetime import date
from pathlib import Path

import pytest

from standpipe.vocabulary.derivation import age_on, derive
from standpipe.vocabulary.inputs import inputs_of
from standpipe.vocabulary.need import Need, NotANeed
from standpipe.vocabulary.reading import load_vocabulary
from standpipe.vocabulary.showing import show_answer
from standpipe.vocabulary.unknown import DOES_NOT_KNOW

VOCABULARY = load_vocabulary(Path("vocabulary"))
ON = date(2026, 11, 22)
HOME = {"uprn": "1", "line1": "1 Mill Lane", "line2": "", "town": "Kendal", "postcode": "LA9 4UQ"}


@pytest.mark.parametrize(
    ("attribute", "value", "english", "welsh"),
    [
        ("person.birth_date", "1980-03-31", "31 March 1980", "31 Mawrth 1980"),
        ("person.name", {"given": "Ada", "family": "Tyson"}, "Ada Tyson", "Ada Tyson"),
        ("mobility.drives_regularly", True, "Yes", "Ydy"),
        ("mobility.drives_regularly", False, "No", "Nac ydy"),
        ("person.sex", "female", "Female", "Benyw"),
        ("person.national_insurance_number", "QQ123456C", "QQ 12 34 56 C", "QQ 12 34 56 C"),
        ("money.income", "1234.50", "£1,234.50", "£1,234.50"),
        ("money.income", "25.00", "£25", "£25"),
        ("contact.phone", None, "Not provided", "Heb ei ddarparu"),
        ("person.name", DOES_NOT_KNOW, "I do not know", "Nid wyf yn gwybod"),
        ("badge.number", DOES_NOT_KNOW, "I do not know the number", "Nid wyf yn gwybod y rhif"),
        ("declaration.true_and_complete", True, "Agreed", "Cytunwyd"),
        ("household.adults", 2, "2", "2"),
        ("evidence.identity", {"name": "letter.pdf"}, "letter.pdf", "letter.pdf"),
    ],
)
def test_answers_are_shown_as_people_write_them(
    attribute: str, value: object, english: str, welsh: str
) -> None:
    assert show_answer(VOCABULARY[attribute], value, language="en") == english
    assert show_answer(VOCABULARY[attribute], value, language="cy") == welsh


def test_answers_of_several_lines_are_lists() -> None:
    assert show_answer(VOCABULARY["address.full"], HOME, language="en") == [
        "1 Mill Lane",
        "Kendal",
        "LA9 4UQ",
    ]
    assert show_answer(VOCABULARY["benefit.received"], ["none"], language="cy") == [
        "Dim un o’r rhain"
    ]
    assert show_answer(VOCABULARY["health.conditions"], "a\nb", language="en") == ["a", "b"]


@pytest.mark.parametrize(
    ("born", "age"),
    [("2024-11-22", 2), ("2024-11-23", 1), ("2004-02-29", 22), ("2026-11-22", 0)],
)
def test_age_is_in_whole_years(born: str, age: int) -> None:
    assert derive(VOCABULARY["person.age"], {"person.birth_date": born}, on=ON) == age


def test_someone_born_on_29_february_grows_older_on_1_march() -> None:
    assert age_on(date(2004, 2, 29), on=date(2025, 2, 28)) == 20
    assert age_on(date(2004, 2, 29), on=date(2025, 3, 1)) == 21


@pytest.mark.parametrize(
    ("attribute", "known", "value"),
    [
        ("benefit.receives_pip", {"benefit.received": ["pip"]}, True),
        ("benefit.receives_pip", {"benefit.received": ["none"]}, False),
        ("benefit.receives_pip", {}, None),
        ("benefit.receives_pip", {"benefit.received": DOES_NOT_KNOW}, DOES_NOT_KNOW),
        ("address.postcode", {"address.full": HOME}, "LA9 4UQ"),
        ("person.full_name", {"person.name": {"given": "A", "family": "T"}}, "A T"),
        ("person.name", {}, None),
    ],
)
def test_values_follow_from_what_is_known(
    attribute: str, known: dict[str, object], value: object
) -> None:
    assert derive(VOCABULARY[attribute], known, on=ON) == value


def test_a_need_names_an_attribute_of_somebody() -> None:
    need = Need.parse("applicant/address.full@previous")

    assert need == Need("applicant", "address.full", "previous")
    assert str(need) == "applicant/address.full@previous"
    assert str(need.beside("address.uprn")) == "applicant/address.uprn@previous"


@pytest.mark.parametrize(
    "key", ["person.name", "king/person.name", "applicant/name", "", "a/b.c@d"]
)
def test_other_texts_are_no_needs(key: str) -> None:
    with pytest.raises(NotANeed):
        Need.parse(key)


def test_inputs_are_those_of_the_govuk_design_system() -> None:
    address = {each.id: each for each in inputs_of(VOCABULARY["address.full"])}

    assert [each.name for each in address.values()] == [
        "addressLine1",
        "addressLine2",
        "addressTown",
        "addressCounty",
        "addressPostcode",
    ]
    assert address["address-county"].autocomplete is None
    assert address["address-postcode"].width == 10
    [day, month, year] = inputs_of(VOCABULARY["person.birth_date"])
    assert (day.id, day.name, day.keyboard) == ("dob-day", "dob-day", "numeric")
    assert (month.autocomplete, year.autocomplete) == ("bday-month", "bday-year")
    [email] = inputs_of(VOCABULARY["contact.email"], prefix="gp")
    assert (email.id, email.html_type, email.spellcheck) == ("gp-email", "email", False)
    assert inputs_of(VOCABULARY["benefit.award_end_date"])[0].autocomplete is None


def test_what_has_to_be_asked_is_not_derived() -> None:
    assert derive(VOCABULARY["person.birth_date"], {"person.age": 46}, on=ON) is None


def test_an_unknown_choice_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        VOCABULARY["person.sex"].choice("other")
