import re
from pathlib import Path

import pytest

from standpipe.kernel.errors import FaultyFiles
from standpipe.kernel.text import Text
from standpipe.vocabulary.reading import load_vocabulary

FOLDER = Path("vocabulary")

WORD = """\
id: extra
description: A file that a stranger adds.
slots:
  extra.thing:
    title: Thing
    title_cy: Peth
    range: {range}
    annotations:
      type: {type}
      {ask}
      missing: {{en: Enter the thing, cy: Rhowch y peth}}
      sensitivity: none
      volatility: year
      reuse: offer
"""
ASK = "ask: {label: {en: What thing?, cy: Pa beth?}}"


def added(folder: Path, text: str) -> Path:
    (folder / "extra.yaml").write_text(text, encoding="utf-8")
    return folder


def faults_of(folder: Path) -> str:
    with pytest.raises(FaultyFiles) as raised:
        load_vocabulary(folder)
    return str(raised.value)


def test_the_vocabulary_holds_what_the_journeys_and_the_govuk_patterns_need() -> None:
    vocabulary = load_vocabulary(FOLDER)

    assert len(vocabulary) >= 80
    assert next(iter(vocabulary)) in vocabulary
    assert vocabulary["person.age"].derives_from == ("person.birth_date",)
    assert vocabulary["benefit.pip.planning_descriptor_e"].registries[0].connector == "dwp_benefits"


def test_every_text_is_in_two_languages_that_differ_where_they_should() -> None:
    for attribute in load_vocabulary(FOLDER).values():
        texts = [attribute.label, attribute.ask, attribute.missing]
        texts += [text for text in (attribute.hint, attribute.unknown, attribute.ask_other) if text]
        texts += [choice.label for choice in attribute.choices]
        texts += [Text(text.en_other, text.cy_other) for text in texts if text.en_other]
        for text in texts:
            assert text.en.strip(), attribute.id
            assert text.cy.strip(), attribute.id
            same = {"Braille", "Car", "English"}
            assert text.en != text.cy or text.en in same, (attribute.id, text.en)


def test_a_hint_is_one_sentence_or_two_and_ends_without_a_full_stop() -> None:
    for attribute in load_vocabulary(FOLDER).values():
        if attribute.hint:
            assert not attribute.hint.en.endswith("."), attribute.id
            assert not attribute.hint.cy.endswith("."), attribute.id


@pytest.mark.parametrize(
    ("attribute", "field_id", "field_name", "autocomplete"),
    [
        ("person.full_name", "full-name", "fullName", ("name",)),
        ("person.birth_date", "dob", "dob", ("bday-day", "bday-month", "bday-year")),
        ("contact.email", "email", "email", ("email",)),
        ("contact.phone", "phone-number", "phoneNumber", ("tel",)),
        (
            "person.national_insurance_number",
            "national-insurance-number",
            "nationalInsuranceNumber",
            (),
        ),
        ("money.bank.account_name", "name-on-the-account", "nameOnTheAccount", ("name",)),
        ("money.bank.sort_code", "sort-code", "sortCode", ()),
        ("money.bank.account_number", "account-number", "accountNumber", ()),
        ("money.bank.roll_number", "roll-number", "rollNumber", ()),
        ("equality.marriage", "marriage-civil-partnership", "marriageCivilPartnership", ()),
    ],
)
def test_fields_are_those_of_the_govuk_design_system(
    attribute: str, field_id: str, field_name: str, autocomplete: tuple[str, ...]
) -> None:
    found = load_vocabulary(FOLDER)[attribute]

    assert (found.field_id, found.field_name) == (field_id, field_name)
    assert found.autocomplete == autocomplete


def test_every_attribute_has_its_own_field() -> None:
    attributes = load_vocabulary(FOLDER).values()

    assert len({a.field_id for a in attributes}) == len(attributes)
    assert len({a.field_name for a in attributes}) == len(attributes)
    assert all(re.fullmatch("[a-z][a-z0-9-]*", a.field_id) for a in attributes)
    assert all(re.fullmatch("[a-z][A-Za-z0-9]*", a.field_name) for a in attributes)


def test_a_stranger_adds_a_word_with_one_file(tmp_path: Path) -> None:
    folder = added(tmp_path, WORD.format(range="string", type="text", ask=ASK))

    thing = load_vocabulary(folder)["extra.thing"]

    assert thing.ask.cy == "Pa beth?"
    assert (thing.field_id, thing.field_name) == ("extra-thing", "extraThing")
    assert thing.max_age_days == 365


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WORD.format(range="integer", type="text", ask=ASK), "with the range integer"),
        (WORD.format(range="Colour", type="choice", ask=ASK), "has the range Colour, no enum"),
        (WORD.format(range="string", type="text", ask=""), "neither be asked nor derived"),
        (WORD.format(range="string", type="colour", ask=ASK), "is not one of"),
        (
            WORD.format(
                range="string",
                type="text",
                ask="derive: {function: part, from: [extra.other], argument: x}",
            ),
            "extra.other, which is no attribute",
        ),
        ("slots: [", "Not YAML"),
    ],
)
def test_a_faulty_word_is_refused_with_file_and_mend(tmp_path: Path, text: str, fault: str) -> None:
    faults = faults_of(added(tmp_path, text))

    assert "extra.yaml:" in faults
    assert fault in faults
    assert "Mend:" in faults


def test_the_same_word_in_two_files_is_refused(tmp_path: Path) -> None:
    text = WORD.format(range="string", type="text", ask=ASK)
    added(tmp_path, text)
    (tmp_path / "further.yaml").write_text(text, encoding="utf-8")

    assert "further.yaml:5: extra.thing is already in extra.yaml" in faults_of(tmp_path)
