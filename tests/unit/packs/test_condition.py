from typing import Any

import pytest

from standpipe.packs.condition import Circumstances, read_condition
from standpipe.vocabulary.unknown import DOES_NOT_KNOW

AGE = "applicant/person.age"
GOT = "applicant/benefit.received"
VALUES: dict[str, Any] = {
    AGE: 16,
    GOT: ["pip", "dla"],
    "applicant/contact.phone": None,
    "applicant/person.nhs_number": DOES_NOT_KNOW,
}
NOW = Circumstances(VALUES.__getitem__, frozenset({"eligible"}), {"dwp": "met"})


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ({"need": AGE, "eq": 16}, True),
        ({"need": AGE, "gte": 16}, True),
        ({"need": AGE, "gte": 17}, False),
        ({"need": AGE, "lte": 15}, False),
        ({"need": AGE, "lte": 16}, True),
        ({"need": AGE, "in": [15, 16]}, True),
        ({"need": GOT, "any_in": ["pip"]}, True),
        ({"need": GOT, "any_in": ["wpms"]}, False),
        ({"need": AGE, "answered": True}, True),
        ({"need": "applicant/person.name", "answered": False}, True),
        ({"need": "applicant/person.name", "answered": True}, False),
        ({"need": "applicant/person.name", "eq": "x"}, False),
        ({"need": "applicant/contact.phone", "eq": "x"}, False),
        ({"need": "applicant/contact.phone", "left_empty": True}, True),
        ({"need": "applicant/person.name", "left_empty": True}, False),
        ({"need": AGE, "left_empty": True}, False),
        ({"need": "applicant/person.nhs_number", "eq": "x"}, False),
        ({"not": {"need": AGE, "eq": 16}}, False),
        ({"all": [{"need": AGE, "eq": 16}, {"need": GOT, "any_in": ["dla"]}]}, True),
        ({"all": [{"need": AGE, "eq": 16}, {"need": AGE, "eq": 17}]}, False),
        ({"any": [{"need": AGE, "eq": 16}, {"need": AGE, "eq": 17}]}, True),
        ({"possible": ["eligible", "assessment"]}, True),
        ({"possible": ["assessment"]}, False),
        ({"decided": "eligible"}, True),
        ({"decided": "not_eligible"}, False),
        ({"consulted": "dwp", "in": ["met"]}, True),
        ({"consulted": "hmrc", "in": ["met"]}, False),
    ],
)
def test_a_condition_holds_of_what_is_known(words: dict[str, Any], holds: bool) -> None:
    assert read_condition(words).holds(NOW) is holds


def test_a_condition_names_everything_it_looks_at() -> None:
    condition = read_condition(
        {
            "any": [
                {"not": {"need": AGE, "eq": 16}},
                {"consulted": "dwp", "in": ["met"]},
                {"possible": ["eligible"]},
                {"decided": "assessment"},
            ]
        }
    )

    assert list(condition.needs()) == [AGE]
    assert list(condition.pages()) == ["dwp"]
    assert list(condition.outcomes()) == ["eligible", "assessment"]
