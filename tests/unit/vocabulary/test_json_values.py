import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standpipe.vocabulary.answers import (
    Answer,
    check_value,
    read_answer,
    read_value,
)
from standpipe.vocabulary.inputs import inputs_of
from standpipe.vocabulary.reading import load_vocabulary

ON = date(2026, 11, 22)
REAL = load_vocabulary(Path("vocabulary"))
LETTER = {
    "document": "0190",
    "name": "letter.pdf",
    "media_type": "application/pdf",
    "size": 2048,
    "sha256": "a" * 64,
}


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
