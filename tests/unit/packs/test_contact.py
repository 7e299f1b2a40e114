"""By which way somebody is reached: as they chose, or else by what they left."""

from typing import Any

import pytest

from standpipe.packs.contact import Contact, Reached, reach, read_contact

CONTACT = read_contact(
    {
        "email": ["representative/contact.email", "applicant/contact.email"],
        "phone": ["applicant/contact.mobile", "applicant/contact.phone"],
        "post": ["representative/address.full", "applicant/address.full"],
        "way": "applicant/contact.without_email",
    }
)
EMAIL = {"applicant/contact.email": "ada@example.org"}
MOBILE = {"applicant/contact.mobile": "07700 900 982"}
LANDLINE = {"applicant/contact.phone": "01632 960 001"}
HOME = {"applicant/address.full": {"line1": "1 Fell Lane"}}


def chose(way: str) -> dict[str, str]:
    return {"applicant/contact.without_email": way}


@pytest.mark.parametrize(
    ("answers", "way", "need"),
    [
        (EMAIL | MOBILE | HOME, "email", "applicant/contact.email"),
        (chose("letter") | EMAIL | HOME, "letter", "applicant/address.full"),
        (chose("sms") | MOBILE | HOME, "sms", "applicant/contact.mobile"),
        (chose("phone") | LANDLINE | HOME, "phone", "applicant/contact.phone"),
        (MOBILE | HOME, "sms", "applicant/contact.mobile"),
        # A text to a landline would be lost.
        (LANDLINE | HOME, "letter", "applicant/address.full"),
        (chose("sms") | LANDLINE, "phone", "applicant/contact.phone"),
        (HOME, "letter", "applicant/address.full"),
        ({"applicant/contact.email": None} | LANDLINE, "phone", "applicant/contact.phone"),
    ],
)
def test_everybody_is_reached_by_what_they_left(
    answers: dict[str, Any], way: str, need: str
) -> None:
    assert reach(CONTACT, answers) == Reached(way, need)  # type: ignore[arg-type]


def test_who_left_nothing_is_not_reached() -> None:
    assert reach(CONTACT, {"applicant/contact.email": None}) is None


def test_past_a_representative_only_the_person_is_reached() -> None:
    answers = {"representative/contact.email": "mair@example.org"} | HOME

    assert reach(CONTACT, answers) == Reached("email", "representative/contact.email")
    assert reach(CONTACT.without_representative(), answers) == Reached(
        "letter", "applicant/address.full"
    )


def test_a_contact_names_every_need() -> None:
    assert Contact(("a",), ("b",), ("c",), ("d",)).needs == ("a", "b", "c", "d")
