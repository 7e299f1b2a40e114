"""A hundred mistyped cells: each is refused at load, none "just does not match"."""

from __future__ import annotations

import pytest

from tests.unit.dmn import dmn_tables as make

TABLE = {
    "inputs": {
        "points": "number",
        "rate": "string",
        "born": "date",
        "blind": "boolean",
        "free text": "string",
        "tariff": "number",
    },
    "outputs": {"outcome": "string", "fee": "number", "from": "date", "badge": "boolean"},
    "input_values": {"rate": '"none","lower","higher"', "tariff": "[1..15]"},
    "output_values": {"outcome": '"eligible","assess"'},
}
GOOD = {
    "points": "-",
    "rate": "-",
    "born": "-",
    "blind": "-",
    "free text": "-",
    "tariff": "-",
    "outcome": '"assess"',
    "fee": "10",
    "from": 'date("2026-04-01")',
    "badge": "true",
}
MISTAKES = {
    "points": [
        *(
            ">=== 8",
            "=> 8",
            "=< 8",
            ">> 8",
            "<> 8",
            "! 8",
            ">= eight",
            "eight",
            ">= 8 years",
            "8 points",
        ),
        *('"8"', '>= "8"', "'8'", "8,5,", ">=", ">", "8 or more", "8+", "8-", "8..12", "[8..12"),
        *(
            "[8-12]",
            "[8,12]",
            "[12..8]",
            "(8..8]",
            "8 to 12",
            "between 8 and 12",
            "≥ 8",
            "8.",
            "1 000",
        ),
        *("1,000,", "0x10", "8%", "£8", "true", 'date("2013-04-08")', "null..8", "not 8", "not()"),
        *("not(8", "not(eight)", "", "--", "?", "?? > 8", "PIP moving around", "points >= 8 and"),
        *("1e30", "1e99999999"),
        *(
            ">= 8 >= 9",
            "> 8 and < 12",
            "NaN",
            "1e30",
            "1e99999999",
            "Infinity",
            '[1.."9"]',
            ">= null",
        ),
    ],
    "rate": [
        *(
            "higher",
            "'higher'",
            "“higher”",
            '"Higher"',
            '"highest"',
            '"higher',
            'higher"',
            '"higher" "lower"',
        ),
        *(
            '"higher" or "lower"',
            '"higher"; "lower"',
            '"higher",',
            ',"higher"',
            "8",
            "true",
            'not("highest")',
        ),
        *("= higher", '"high" + "er"', 'not "higher"', '["higher"', '""'),
    ],
    "born": [
        *(
            "2013-04-08",
            '"2013-04-08"',
            "08/04/2013",
            ">= 2013-04-08",
            '>= "2013-04-08"',
            "date(2013-04-08)",
        ),
        *(
            'date("2013-02-30")',
            'date("08/04/2013")',
            'date("2013-4-8")',
            '@"2013-13-01"',
            "8 April 2013",
        ),
        *('@"10:30:00"', '@"P1Y"', "today()", 'date("2013-04-08"', "1980"),
    ],
    "blind": [
        "yes",
        "no",
        '"true"',
        "TRUE",
        "True",
        "1",
        "0",
        "> true",
        "[false..true]",
        "true or",
    ],
    "free text": ['> "b"', '["a".."c"]', "free", "8", 'contains("x")', "*", '"a" "b"'],
    "tariff": ["16", ">= 16", "0", "[1..16]", "[0..8]", "1.8.2"],
    "outcome": [
        "eligible",
        '"elligible"',
        '"Eligible"',
        "true",
        "-",
        "",
        '"eligible","assess"',
        "not known",
    ],
    "fee": ['"10"', "ten", "10 pounds", "£10", "10,00", "> 10", "10.00.00"],
    "from": ["2026-04-01", '"2026-04-01"', "01/04/2026", 'date("2026-04-31")'],
    "badge": ["yes", '"true"', "1", "FALSE"],
}
CASES = [(column, cell) for column, cells in MISTAKES.items() for cell in cells]


def test_there_are_at_least_a_hundred():
    assert len(set(CASES)) >= 100


@pytest.mark.parametrize(("column", "cell"), CASES)
def test_a_mistake_is_refused_with_its_place_and_its_mend(column, cell):
    fault = make.fault(
        **TABLE, rows=[tuple(GOOD.values()), tuple((GOOD | {column: cell}).values())]
    )

    assert (fault.file, fault.table) == ("test.dmn", "Eligibility")
    assert (fault.row, fault.cell) == (2, column)
    assert len(fault.message.en) > 10
    assert len(fault.mend.en) > 10


def test_what_is_meant_well_is_written_well():
    right = {
        "points": ">= 8",
        "rate": 'not("higher","lower")',
        "born": '>= date("2013-04-08")',
        "tariff": "[1..8]",
    }

    make.decision(**TABLE, rows=[tuple((GOOD | right).values())])
