"""What one may choose of one's own, or type, comes to the same kind of answer."""

from datetime import date
from pathlib import Path

import pytest

from standpipe.applications.choosing import OwnThing, read_choice
from standpipe.kernel.text import Text
from standpipe.vocabulary.answers import Answer, Submitted
from standpipe.vocabulary.reading import load_vocabulary
from standpipe.web.presenters.fields import Asked, components, sent_from_value

REFERENCE = load_vocabulary(Path("vocabulary"))["complaint.case_reference"]
NAME, CHOSEN = REFERENCE.field_name, f"{REFERENCE.field_name}Chosen"
ON = date(2026, 11, 22)
OWN = (
    OwnThing("application", "SP-7K2M-9QXD", Text("Apply for a badge", "Gwneud cais"), ON),
    OwnThing("entry", "0A1B2C", Text("Badge", "Bathodyn"), date(2029, 11, 21)),
)


@pytest.mark.parametrize(
    ("sent", "required", "value"),
    [
        ({CHOSEN: "SP-7K2M-9QXD", NAME: "left over"}, False, "SP-7K2M-9QXD"),
        ({CHOSEN: "0A1B2C", NAME: ""}, True, "0A1B2C"),
        ({CHOSEN: "none", NAME: "left over"}, False, None),
        ({CHOSEN: "other", NAME: " SP-1111-2222"}, False, "SP-1111-2222"),
        ({NAME: "SP-1111-2222"}, False, "SP-1111-2222"),
        ({NAME: ""}, False, None),
    ],
)
def test_what_is_chosen_counts_and_else_what_is_typed(
    sent: Submitted, required: bool, value: str | None
) -> None:
    assert read_choice(REFERENCE, sent, OWN, on=ON, required=required) == Answer(value)


@pytest.mark.parametrize(
    ("sent", "required", "field"),
    [
        ({CHOSEN: "other", NAME: " "}, False, REFERENCE.field_id),
        ({CHOSEN: "SP-0000-0000"}, False, f"{REFERENCE.field_id}-chosen"),
        ({CHOSEN: "none"}, True, f"{REFERENCE.field_id}-chosen"),
        ({NAME: ""}, True, REFERENCE.field_id),
    ],
)
def test_nobody_else_s_and_nothing_where_something_is_wanted_are_refused(
    sent: Submitted, required: bool, field: str
) -> None:
    read = read_choice(REFERENCE, sent, OWN, on=ON, required=required)

    assert isinstance(read, list)
    assert [fault.field for fault in read] == [field]


def test_who_has_none_types_it_whatever_is_sent() -> None:
    sent = {CHOSEN: "SP-7K2M-9QXD", NAME: "SP-1111-2222"}
    assert read_choice(REFERENCE, sent, (), on=ON, required=True) == Answer("SP-1111-2222")


@pytest.mark.parametrize(
    ("kept", "checked", "typed"),
    [
        (None, [], ""),
        ("SP-7K2M-9QXD", ["SP-7K2M-9QXD"], ""),
        ("SP-1111-2222", ["other"], "SP-1111-2222"),
    ],
)
def test_what_was_answered_is_shown_again_where_it_stands(
    kept: str | None, checked: list[str], typed: str
) -> None:
    asked = Asked(
        REFERENCE, "Which?", None, required=False, is_heading=True, is_own=True, things=OWN
    )

    (drawn,) = components(asked, sent_from_value(REFERENCE, kept), (), language="cy")

    items = [*drawn.params["items"], *drawn.params["last"]]
    assert [one["value"] for one in items if one.get("checked")] == checked
    assert drawn.params["typed"]["value"] == typed
    assert [one.get("text") for one in items] == [
        "Gwneud cais",
        "Bathodyn",
        None,
        "Un arall",
        "Dim un o'r rhain",
    ]
    assert items[0]["hint"]["text"] == "Cyfeirnod SP-7K2M-9QXD, anfonwyd ar 22 Tachwedd 2026"
