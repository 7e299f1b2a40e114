"""Loading: what is unsafe, mistyped or unknown never gets as far as a decision."""

from __future__ import annotations

import pytest

from standpipe import dmn
from tests.unit.dmn import dmn_tables as make

TABLE = {
    "inputs": {"points": "number", "rate": "string", "born": "date", "blind": "boolean"},
    "outputs": {"outcome": "string"},
    "input_values": {"rate": '"lower","higher"'},
    "output_values": {"outcome": '"eligible","assess"'},
}


def faulty(**cells: str) -> dmn.Fault:
    row = {"points": "-", "rate": "-", "born": "-", "blind": "-", "outcome": '"assess"'} | cells
    good = ("-", "-", "-", "-", '"assess"')
    return make.fault(**TABLE, rows=[good, tuple(row.values())])


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("points", ">=== 8"),
        ("points", "=> 8"),
        ("points", ">= eight"),
        ("points", '>= "8"'),
        ("points", "true"),
        ("points", "[8..4]"),
        ("points", ""),
        ("rate", "higher"),
        ("rate", '"highest"'),
        ("rate", "“higher”"),
        ("born", "2013-04-08"),
        ("born", '"2013-04-08"'),
        ("born", '>= date("2013-02-30")'),
        ("blind", '"true"'),
        ("blind", "yes"),
        ("outcome", "eligible"),
        ("outcome", '"elligible"'),
        ("outcome", '"eligible", "assess"'),
    ],
)
def test_a_mistyped_cell_is_refused_with_its_place(column, cell):
    fault = faulty(**{column: cell})

    assert (fault.file, fault.table, fault.row, fault.cell) == (
        "test.dmn",
        "Eligibility",
        2,
        column,
    )
    assert fault.message.en
    assert fault.mend.en


def test_every_fault_is_told_at_once():
    with pytest.raises(dmn.FaultyModel) as refused:
        dmn.load(
            make.table_xml(
                inputs={"a": "number"},
                outputs={"b": "number"},
                rows=[("x", "1"), ("1", "y"), ("2", "3")],
            ),
            "test.dmn",
        )

    assert [(fault.row, fault.cell) for fault in refused.value.faults] == [(1, "a"), (2, "b")]


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE d [<!ENTITY e "x">]><definitions/>',
        b"<a>" * 300 + b"</a>" * 300,
        b"<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/'>"
        + b"<context>" * 200
        + b"</context>" * 200
        + b"</definitions>",
        b" " * 5_000_000,
    ],
)
def test_what_is_not_safe_dmn_is_refused(xml):
    with pytest.raises(dmn.FaultyModel):
        dmn.load(xml, "test.dmn")


def test_types_may_come_from_item_definitions():
    table = make.decision(
        inputs={"rate": "tRate"},
        outputs={"out": "number"},
        rows=[('"higher"', "1")],
        items='<itemDefinition name="tRate"><typeRef>string</typeRef><allowedValues>'
        '<text>"lower","higher"</text></allowedValues></itemDefinition>',
    )

    assert table.inputs[0].allowed_values == ("lower", "higher")
    with pytest.raises(dmn.WrongFact):
        table.decide({"rate": "middle"})


def test_a_row_without_law_is_found_by_lint():
    model = dmn.load(
        make.table_xml(
            inputs={"n": "number"},
            outputs={"out": "number"},
            rows=[("1", "1"), ("2", "2")],
            laws=["SI 2000/682, reg. 4", None],
        ),
        "test.dmn",
    )

    assert (2, "Legislation") in [(fault.row, fault.cell) for fault in dmn.lint(model)]
    assert (1, "Legislation") not in [(fault.row, fault.cell) for fault in dmn.lint(model)]
    assert model.decision("Eligibility").rows[0].law == "SI 2000/682, reg. 4"
