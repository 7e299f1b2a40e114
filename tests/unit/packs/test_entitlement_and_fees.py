from dataclasses import replace
from datetime import date

import pytest
from pack_folders import pack

from standpipe.packs.condition import Circumstances
from standpipe.packs.entitlement import DeliveryRule, EndedBeforeItBegan, OrderDefinition
from standpipe.packs.fees import (
    Charge,
    Fee,
    NoFeeInForce,
    charge,
    fee_in_force,
    fees_for_some,
    read_fees,
)

BADGE = pack("blue_badge").entitlement
assert BADGE is not None
BORN = "applicant/person.birth_date"
END = "applicant/benefit.award_end_date"
ON = date(2026, 11, 22)
ADULT = {BORN: "1980-03-31"}


@pytest.mark.parametrize(
    ("values", "ground", "last"),
    [
        (ADULT, None, date(2029, 11, 21)),
        ({**ADULT, END: "2027-06-30"}, "PIP-MA", date(2027, 6, 30)),
        ({**ADULT, END: "2027-06-30"}, None, date(2027, 6, 30)),
        ({**ADULT, END: "2027-06-30"}, "BLIND", date(2029, 11, 21)),
        ({**ADULT, END: "2031-06-30"}, "DLA", date(2029, 11, 21)),
        ({**ADULT, END: None}, "DLA", date(2029, 11, 21)),
        ({**ADULT, END: {"does_not_know": True}}, "DLA", date(2029, 11, 21)),
        ({BORN: "2024-12-25"}, "CHILDBULK", date(2027, 12, 26)),
        ({BORN: "2023-11-22"}, "CHILDBULK", date(2029, 11, 21)),
        ({BORN: "2024-02-29"}, "CHILDBULK", date(2027, 3, 1)),
    ],
)
def test_a_badge_ends_after_three_years_with_its_award_or_when_a_child_is_three(
    values: dict[str, object], ground: str | None, last: date
) -> None:
    assert BADGE is not None
    assert BADGE.validity(values, on=ON, ground=ground) == (ON, last)


def test_a_badge_of_the_last_of_february_ends_on_a_day_that_exists() -> None:
    assert BADGE is not None
    assert BADGE.validity({}, on=date(2028, 2, 29))[1] == date(2031, 2, 27)


def test_nothing_is_granted_that_has_ended() -> None:
    assert BADGE is not None
    with pytest.raises(EndedBeforeItBegan):
        BADGE.validity({END: "2026-11-21"}, on=ON)
    assert BADGE.validity({END: "2026-11-22"}, on=ON) == (ON, ON)


def test_a_number_has_six_of_twenty_signs() -> None:
    assert BADGE is not None
    assert (len(BADGE.alphabet), BADGE.length) == (20, 6)
    assert "I" not in BADGE.alphabet


FEES = read_fees(
    {
        "amounts": [
            {"from": "2027-01-01", "amount_pence": 1200, "law": "later", "refundable": True},
            {"from": "2020-04-01", "amount_pence": 1000, "law": "sooner"},
        ]
    }
)


def test_the_fee_of_a_day_is_the_latest_that_has_begun() -> None:
    assert fee_in_force(FEES, on=date(2026, 12, 31)).amount_pence == 1000
    assert fee_in_force(FEES, on=date(2027, 1, 1)).law == "later"


def test_before_the_first_fee_there_is_none() -> None:
    with pytest.raises(NoFeeInForce):
        fee_in_force(FEES, on=date(2020, 3, 31))


def test_a_service_without_fees_is_free() -> None:
    assert pack("report_a_fallen_tree").fee(ON) == Fee(0, None, refundable=False, since=None)


def test_a_validity_may_follow_nothing_but_months() -> None:
    assert BADGE is not None
    plain = replace(BADGE, ends_with=None, birthday=None, months=1)
    assert plain.validity({END: "2026-11-25"}, on=ON) == (ON, date(2026, 12, 21))


ORDER = OrderDefinition(
    "maker",
    "told",
    None,
    (
        DeliveryRule(fast=True, priorities=frozenset({"urgent"})),
        DeliveryRule(to="organisation", for_whom=frozenset({"organisation"})),
    ),
)


@pytest.mark.parametrize(
    ("priority", "for_whom", "expected"),
    [
        ("", "self", ("holder", False)),
        ("urgent", "self", ("holder", True)),
        ("other", "self", ("holder", False)),
        ("", "organisation", ("organisation", False)),
        ("urgent", "organisation", ("holder", True)),
    ],
)
def test_the_first_rule_that_fits_says_how_it_is_delivered(
    priority: str, for_whom: str, expected: tuple[str, bool]
) -> None:
    rule = ORDER.delivery(priority=priority, for_whom=for_whom)

    assert (rule.to, rule.fast) == expected


def test_who_may_not_have_long_to_live_has_their_badge_by_the_fast_track() -> None:
    assert BADGE is not None
    assert BADGE.order is not None
    assert BADGE.order.delivery(priority="terminal_illness", for_whom="self").fast
    assert not BADGE.order.delivery(priority="", for_whom="self").fast


FOR_SOME = read_fees(
    {
        "amounts": [
            {"from": "2020-04-01", "amount_pence": 1000, "law": "everybody"},
            {
                "from": "2021-04-01",
                "amount_pence": 500,
                "law": "groups",
                "when": {"need": "applicant/group.size", "gte": 2},
                "per": "applicant/group.size",
                "label": {"en": "for each of a group", "cy": "am bob un o grŵp"},
            },
            {
                "from": "2022-04-01",
                "amount_pence": 600,
                "law": "groups, later",
                "when": {"need": "applicant/group.size", "gte": 2},
                "per": "applicant/group.size",
                "label": {"en": "for each of a group", "cy": "am bob un o grŵp"},
            },
        ]
    }
)


@pytest.mark.parametrize(
    ("on", "known", "pence"),
    [
        (date(2020, 12, 1), {"applicant/group.size": 3}, 1000),
        (date(2021, 12, 1), {"applicant/group.size": 3}, 1500),
        (date(2022, 12, 1), {"applicant/group.size": 3}, 1800),
        (date(2022, 12, 1), {"applicant/group.size": 1}, 1000),
        (date(2022, 12, 1), {}, 1000),
    ],
)
def test_a_fee_for_some_counts_from_its_day_for_them_alone(
    on: date, known: dict[str, int], pence: int
) -> None:
    at = Circumstances(known.__getitem__, frozenset(), {})

    assert charge(FOR_SOME, on=on, at=at).amount_pence == pence


def test_what_is_not_counted_yet_costs_at_least_one() -> None:
    (fee,) = fees_for_some(FOR_SOME, on=ON)

    assert Charge(fee, None).amount_pence == 600
    assert Charge(fee, 0).amount_pence == 0
