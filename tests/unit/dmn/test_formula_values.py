"""What each function of the bulk dialect gives, by hand: of values, and of null."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from standpipe.dmn.table.formulas import compile_formula, facts_of, is_whole, kind_of, read_formula

KINDS = {
    "n": "number",
    "m": "number",
    "day": "date",
    "end": "date",
    "text": "string",
    "yes": "boolean",
    "no": "boolean",
}
KNOWN = {
    "n": 7,
    "m": Decimal("2.5"),
    "day": date(2000, 2, 29),
    "end": date(2003, 2, 28),
    "text": "it's",
    "yes": True,
    "no": False,
}
# formula: what it gives, and what it gives where every fact is null
VALUES = [
    ("n + 2 * n", 21, None),
    ("n + m", Decimal("9.5"), None),
    ("n - m", Decimal("4.5"), None),
    ("m * 3", Decimal("7.5"), None),
    ("-n", -7, None),
    ("n + -2", 5, None),
    ("n * -1.0", -7, None),
    ('day = date("2000-02-29")', True, False),
    ('if yes then date("2026-04-01") else end', date(2026, 4, 1), None),
    ("yes = true", True, False),
    ("n = null", False, True),
    ("abs(n - 9)", 2, None),
    ("sum(n, m, 1)", Decimal("10.5"), None),
    ("min(n, m)", Decimal("2.5"), None),
    ("max(n, m)", 7, None),
    ("min(day, end)", date(2000, 2, 29), None),
    ("max(day, end)", date(2003, 2, 28), None),
    ("if yes then n else m", 7, None),
    ("if no then n else m", Decimal("2.5"), None),
    ("if n > 8 and yes then 1 else 0", 0, 0),
    ("n between 7 and 9", True, None),
    ("n between 8 and 9", False, None),
    ("n between 3 and 7", True, None),
    ("n = 7", True, False),
    ("n != 7", False, True),
    ("n = null", False, True),
    ("n < 7", False, None),
    ("n <= 7", True, None),
    ("n > 7", False, None),
    ("n >= 7", True, None),
    ("day < end", True, None),
    ("day >= end", False, None),
    ("yes and no", False, None),
    ("yes and yes", True, None),
    ("no or yes", True, None),
    ("no or no", False, None),
    ("not(yes)", False, None),
    ("all(yes, n > 3)", True, None),
    ("all(yes, n > 8)", False, None),
    ("any(no, n > 3)", True, None),
    ("any(no, n > 8)", False, None),
    ('text = "it\'s"', True, False),
    ("day.year", 2000, None),
    ("day.month", 2, None),
    ("day.day", 29, None),
    ("day.weekday", 2, None),
    ("day of year(day)", 60, None),
    ("week of year(day)", 9, None),
    ("years and months duration(day, end).years", 2, None),
    ("years and months duration(end, day).years", -2, None),
    ("(end - day).days", 1095, None),
    ("string length(text)", 4, None),
    ('starts with(text, "it")', True, None),
    ('starts with(text, "s")', False, None),
    ('ends with(text, "s")', True, None),
    ('ends with(text, "it")', False, None),
    ('contains(text, "t\'")', True, None),
    ('contains(text, "x")', False, None),
]


@pytest.mark.parametrize(("text", "known", "unknown"), VALUES)
def test_a_formula_gives_what_it_says(text, known, unknown):
    formula = compile_formula(read_formula(text, kinds=KINDS))

    assert formula(KNOWN) == known
    assert type(formula(KNOWN)) is type(known)
    assert formula(dict.fromkeys(KNOWN)) == unknown


def test_half_known_is_decided_where_it_can_be():
    def of(text, **known):
        return compile_formula(read_formula(text, kinds=KINDS))({**dict.fromkeys(KNOWN), **known})

    assert of("yes and no", no=False) is False
    assert of("yes and no", yes=True) is None
    assert of("yes or no", yes=True) is True
    assert of("yes or no", no=False) is None
    assert of("sum(n, m)", n=1) is None


def test_a_formula_knows_its_facts_its_type_and_whether_it_is_whole():
    formula = read_formula("if yes then n + m else n", kinds=KINDS)

    assert [fact.name for fact in facts_of(formula)] == ["yes", "n", "m", "n"]
    assert kind_of(formula) == "number"
    assert is_whole(formula, lambda name: True)
    assert not is_whole(formula, lambda name: name != "m")


@pytest.mark.parametrize(
    ("formula", "whole"),
    [("n", True), ("n + 2", True), ("n + 2.5", False), ("m", False), ("n * 2 - m", False)],
)
def test_a_formula_is_whole_where_all_in_it_is(formula, whole):
    assert is_whole(read_formula(formula, kinds=KINDS), lambda fact: fact == "n") is whole
