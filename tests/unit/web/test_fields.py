"""Attributes as GOV.UK components."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from standpipe.kernel.text import Text
from standpipe.places.reading import load_place
from standpipe.vocabulary.answers import FieldFault, read_answer
from standpipe.vocabulary.reading import load_vocabulary
from standpipe.vocabulary.unknown import DOES_NOT_KNOW
from standpipe.web.presenters.fields import Asked, Component, components, sent_from_value

ROOT = Path(__file__).resolve().parents[3]
PLACE = load_place(ROOT / "places" / "borrowdale")
VOCABULARY = load_vocabulary(ROOT / "vocabulary", also_accept=PLACE.also_accept)
ON = date(2026, 11, 22)

VALUES = {
    "person.name": {"given": "Ada", "family": "Tyson"},
    "person.birth_date": "1980-03-31",
    "person.national_insurance_number": "QQ123456C",
    "contact.email": "ada@example.com",
    "benefit.received": ["pip", "dla"],
    "person.is_severely_sight_impaired": True,
    "mobility.main_reason": "walking",
    "health.conditions": "Arthritis in both hips.",
    "declaration.true_and_complete": True,
    "address.full": {
        "uprn": "",
        "line1": "1 Acorn Road",
        "line2": "",
        "town": "Stonebridge",
        "county": "",
        "postcode": "BO3 4ZZ",
    },
}


def asked(attribute_id: str, *, required: bool = True, is_own: bool = True) -> Asked:
    attribute = VOCABULARY[attribute_id]
    return Asked(attribute, attribute.ask.en, None, required, is_heading=True, is_own=is_own)


def drawn(attribute_id: str, *faults: FieldFault, is_own: bool = True) -> Component:
    return components(asked(attribute_id, is_own=is_own), {}, faults, language="en")[0]


@pytest.mark.parametrize("attribute_id", VALUES)
def test_a_value_that_is_shown_again_is_read_as_the_same_value(attribute_id: str) -> None:
    attribute = VOCABULARY[attribute_id]

    sent = sent_from_value(attribute, VALUES[attribute_id])
    read = read_answer(attribute, sent, on=ON)

    assert not isinstance(read, list), read
    assert read.value == VALUES[attribute_id]


@pytest.mark.parametrize(
    "attribute_id",
    [one.id for one in VOCABULARY.values() if one.unknown and not one.derivation],
)
def test_i_do_not_know_is_read_as_itself(attribute_id: str) -> None:
    attribute = VOCABULARY[attribute_id]

    read = read_answer(attribute, sent_from_value(attribute, dict(DOES_NOT_KNOW)), on=ON)

    assert not isinstance(read, list)
    assert read.value == DOES_NOT_KNOW


@pytest.mark.parametrize("attribute_id", list(VOCABULARY))
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_attribute_can_be_drawn(attribute_id: str, language: str) -> None:
    made = components(asked(attribute_id), {}, (), language=language)

    assert made[0].params


def test_only_the_persons_own_browser_fills_in_their_name() -> None:
    own = drawn("person.name").params["inputs"]
    somebody_elses = drawn("person.name", is_own=False).params["inputs"]

    assert [one["autocomplete"] for one in own] == ["given-name", "family-name"]
    assert not any("autocomplete" in one for one in somebody_elses)


def test_a_fault_stands_at_the_part_that_is_wrong() -> None:
    fault = FieldFault("dob-month", Text("Date of birth must be real", "Rhaid iddo fod yn real"))

    params = drawn("person.birth_date", fault).params

    assert params["errorMessage"]["text"] == "Date of birth must be real"
    wrong = ["govuk-input--error" in item["classes"] for item in params["items"]]
    assert wrong == [False, True, False]


def test_what_may_be_left_out_says_so() -> None:
    one = components(asked("contact.phone", required=False), {}, (), language="en")[0]

    assert one.params["label"]["text"].endswith("(optional)")


def test_an_exclusive_choice_stands_apart() -> None:
    items = drawn("benefit.received").params["items"]

    exclusive = [at for at, item in enumerate(items) if item.get("behaviour") == "exclusive"]
    assert exclusive
    assert "divider" in items[exclusive[0] - 1]


def test_a_heading_is_the_pages_only_question() -> None:
    attribute = VOCABULARY["contact.email"]
    among_others = replace(asked("contact.email"), is_heading=False)

    label = components(among_others, {}, (), language="en")[0].params["label"]

    assert label["text"] == attribute.ask.en
    assert not label["isPageHeading"]
