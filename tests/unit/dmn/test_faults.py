"""Every fault, word for word: where it is, what it is, how to mend it; in English and in Welsh."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from standpipe import dmn
from standpipe.dmn import sayings
from standpipe.dmn.document import MAX_BYTES
from standpipe.dmn.sayings import Saying
from standpipe.kernel.data_files import read_yaml
from tests.unit.dmn import dmn_tables as make

FEEL = f'<definitions xmlns="{make.NAMESPACE}" xmlns:standpipe="urn:standpipe:dmn" name="m">'
TABLE = {
    "inputs": {"points": "number", "rate": "string", "born": "date", "blind": "boolean"},
    "outputs": {"outcome": "string", "fee": "number"},
    "input_values": {"rate": '"lower","higher"'},
    "output_values": {"outcome": '"yes","no"'},
}
GOOD = {"points": "-", "rate": "-", "born": "-", "blind": "-", "outcome": '"no"', "fee": "1"}
ONE = {"inputs": {"a": "number"}, "outputs": {"b": "number"}, "rows": [("-", "1")]}
HOW = {
    "number": "Write a plain number, such as 8 or 12.50.",
    "string": 'Write text in straight quotes, such as "higher".',
    "boolean": "Write true or false.",
    "date": 'Write a date as date("2026-04-01").',
}


def told(xml):
    """Return every fault of a model as its file's reader is told it."""
    with pytest.raises(dmn.FaultyModel) as refused:
        dmn.load(xml, "test.dmn")
    lines = [str(fault) for fault in refused.value.faults]
    assert str(refused.value) == "\n".join(lines)
    return lines


CELLS = [
    ("points", "", "The cell is empty.", "Write - where any value will do."),
    ("fee", "", "The cell is empty.", "Write null where there is nothing to say."),
    (
        "points",
        ">= ",
        ">= is not a test: Expected a value, found the end at character 3.",
        HOW["number"],
    ),
    (
        "rate",
        "8 8",
        "8 8 is not a test: The expression should end, found '8' at character 3.",
        HOW["string"],
    ),
    (
        "fee",
        "1 2",
        "1 2 is not a value: The expression should end, found '2' at character 3.",
        HOW["number"],
    ),
    ("points", "eight", "'eight' is not a value that this table knows.", HOW["number"]),
    ("points", '"8"', '"8" is a string, but the column takes number.', HOW["number"]),
    ("points", "true", "true is a boolean, but the column takes number.", HOW["number"]),
    ("rate", "8", "8 is a number, but the column takes string.", HOW["string"]),
    (
        "blind",
        'date("2013-04-08")',
        'date("2013-04-08") is a date, but the column takes boolean.',
        HOW["boolean"],
    ),
    ("born", '@"2013-4-8"', "'2013-4-8' is not a date.", HOW["date"]),
    ("born", '>= date("2013-02-30")', "'2013-02-30' is not a date.", HOW["date"]),
    ("points", "1 + 1", "This is not a single number.", HOW["number"]),
    ("blind", "1 + 1", "This is not a single boolean.", HOW["boolean"]),
    ("points", "1" * 19, "The number is too large or too small for a table.", HOW["number"]),
    ("fee", "0." + "0" * 18 + "1", "The number is too large or too small for a table.", None),
    ("points", ">= null", "Nothing is more or less than null.", HOW["number"]),
    ("born", "< null", "Nothing is more or less than null.", HOW["date"]),
    ("rate", '>= "lower"', "A string has no order in a table.", "List the values that are meant."),
    ("blind", "< true", "A boolean has no order in a table.", "List the values that are meant."),
    (
        "points",
        "[8..4]",
        "The range from 8 to 4 is empty.",
        "Put the lower bound first, and square brackets where a bound belongs to it.",
    ),
    *(
        (
            "points",
            cell,
            "The range from 8 to 8 is empty.",
            "Put the lower bound first, and square brackets where a bound belongs to it.",
        )
        for cell in ("(8..8]", "[8..8)", "(8..8)")
    ),
    (
        "rate",
        '"middle"',
        '"middle" is not one of the allowed values.',
        'Use one of: "lower", "higher".',
    ),
    (
        "outcome",
        '"maybe"',
        '"maybe" is not one of the allowed values.',
        'Use one of: "yes", "no".',
    ),
    (
        "rate",
        "“lower”",
        "“lower” is not a test: The character '“' means nothing here.",
        HOW["string"],
    ),
    ("rate", '"lower', '"lower is not a test: The text is not closed.', HOW["string"]),
]


@pytest.mark.parametrize(("column", "cell", "message", "mend"), CELLS)
def test_a_cell_is_told_what_it_says_wrong_and_how_to_say_it(column, cell, message, mend):
    rows = [tuple(GOOD.values()), tuple((GOOD | {column: cell}).values())]
    mend = mend or HOW[TABLE["inputs"].get(column) or TABLE["outputs"][column]]

    assert told(make.table_xml(**TABLE, rows=rows)) == [
        f"test.dmn, table 'Eligibility', row 2, cell '{column}': {message} Mend: {mend}"
    ]


TABLES = [
    ({"rows": []}, None, "The table has no rows. Mend: Add a row."),
    (
        {"hit_policy": "LAST"},
        None,
        "The hit policy 'LAST' is unknown. Mend: Use UNIQUE, FIRST or COLLECT.",
    ),
    (
        {"hit_policy": "COLLECT", "aggregation": "MEAN"},
        None,
        "The aggregation 'MEAN' cannot be used. Mend: Use it with COLLECT.",
    ),
    (
        {"hit_policy": "FIRST", "aggregation": "SUM"},
        None,
        "The aggregation 'SUM' cannot be used. Mend: Use it with COLLECT.",
    ),
    *(
        (
            {"hit_policy": policy},
            "b",
            f"{policy} needs to know which value comes first. "
            "Mend: List the output's values in order of priority.",
        )
        for policy in ("PRIORITY", "OUTPUT ORDER")
    ),
    *(
        (
            {
                "outputs": {"b": "string"},
                "rows": [("-", '"x"')],
                "hit_policy": "COLLECT",
                "aggregation": aggregation,
            },
            None,
            f"{aggregation} needs numbers. Mend: Use an output of type number.",
        )
        for aggregation in ("SUM", "MIN", "MAX")
    ),
    *(
        (
            {
                "outputs": {"b": "number", "c": "number"},
                "rows": [("-", "1", "2")],
                "hit_policy": "COLLECT",
                "aggregation": aggregation,
            },
            None,
            f"{aggregation} needs one output. Mend: Make a table for each output.",
        )
        for aggregation in ("SUM", "COUNT")
    ),
    ({"inputs": {}, "rows": [("1",)]}, None, "The table has no inputs. Mend: Add an input."),
    ({"outputs": {}, "rows": [("-",)]}, None, "The table has no outputs. Mend: Add an output."),
    (
        {"inputs": {"": "number"}},
        "input 1",
        "The input asks nothing. Mend: Name a fact.",
    ),
    (
        {"inputs": {"a": "number", " a": "number"}, "rows": [("-", "-", "1")]},
        "a",
        "The input stands twice. Mend: Remove one of the columns.",
    ),
    (
        {"outputs": {"b": "number", "b ": "number"}, "rows": [("-", "1", "1")]},
        "b",
        "The output stands twice. Mend: Remove one of the columns.",
    ),
    (
        {"outputs": {"b": "number", " ": "number"}, "rows": [("-", "1", "1")]},
        None,
        "An output has no name. Mend: Name every output.",
    ),
    (
        {"inputs": {"a": ""}},
        "a",
        "The column has no type. Mend: Give it a typeRef, such as number.",
    ),
    (
        {"inputs": {"a": "tAge"}},
        "a",
        "The type 'tAge' is not known. Mend: Use one of: string, number, boolean, date.",
    ),
    (
        {
            "inputs": {"a": "tAges"},
            "items": '<itemDefinition name="tAges" isCollection="true">'
            "<typeRef>number</typeRef></itemDefinition>",
        },
        "a",
        "'tAges' holds several values; a column takes one. Mend: Use the type of one of its parts.",
    ),
    (
        {
            "outputs": {"b": "tPair"},
            "items": '<itemDefinition name="tPair"><itemComponent name="x"/></itemDefinition>',
        },
        "b",
        "'tPair' holds several values; a column takes one. Mend: Use the type of one of its parts.",
    ),
    (
        {"input_values": {"a": '"x"'}},
        "a (allowed values)",
        f'"x" is a string, but the column takes number. Mend: {HOW["number"]}',
    ),
    (
        {"defaults": {"b": "no"}},
        "b (default)",
        f"'no' is not a value that this table knows. Mend: {HOW['number']}",
    ),
]


@pytest.mark.parametrize(("table", "cell", "words"), TABLES)
def test_a_table_is_told_what_it_lacks(table, cell, words):
    place = "test.dmn, table 'Eligibility'" + (f", cell '{cell}'" if cell else "")

    assert told(make.table_xml(**{**ONE, **table})) == [f"{place}: {words}"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("1",), "The row has 0 output cells for 1 columns."),
        ((), "The row has 0 input cells for 1 columns."),
        (("1", "1", "1"), "The row has 2 output cells for 1 columns."),
    ],
)
def test_a_row_has_a_cell_for_each_column(row, words):
    assert told(make.table_xml(**{**ONE, "rows": [("1", "1"), row]})) == [
        f"test.dmn, table 'Eligibility', row 2: {words} Mend: Give the row one cell a column."
    ]


def test_rows_do_not_share_an_id():
    xml = make.table_xml(**{**ONE, "rows": [("1", "1"), ("2", "2"), ("3", "3")]})

    assert told(xml.replace(b"row-2", b"row-1")) == [
        "test.dmn, table 'Eligibility': Two rows bear the id 'row-1'. "
        "Mend: Give each row its own id."
    ]


def test_a_column_without_a_type_is_told_once_however_many_cells_it_has():
    xml = make.table_xml(**{**ONE, "rows": [("x", "1"), ("y", "2")]})
    words = "The column has no type. Mend: Give it a typeRef, such as number."

    assert told(xml.replace(b'<inputExpression typeRef="number">', b"<inputExpression>")) == [
        f"test.dmn, table 'Eligibility', cell 'a': {words}"
    ]


MODELS = [
    (
        "<decision name='d'/>",
        "test.dmn, table 'd': The decision is in the bulk dialect, but is not a table. "
        'Mend: Write it as a table, or declare standpipe:dialect="full".',
    ),
    (
        "<decision name='d' standpipe:dialect='half'/>",
        "test.dmn, table 'd': The dialect 'half' is unknown. Mend: Declare bulk or full.",
    ),
    ("", "test.dmn: There is no decision. Mend: Add one."),
    (
        "<decision name='d' standpipe:dialect='full'><literalExpression><text>1 +</text>"
        "</literalExpression></decision>",
        "test.dmn, table 'd': 1 + is not FEEL: Expected a value, found the end at character 4. "
        "Mend: Write it as FEEL 1.5.",
    ),
]


@pytest.mark.parametrize(("inside", "words"), MODELS)
def test_a_model_is_told_what_is_wrong_with_it(inside, words):
    assert told(f"{FEEL}{inside}</definitions>".encode()) == [words]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (
            b" " * (MAX_BYTES + 1),
            f"The file is larger than {MAX_BYTES} bytes. Mend: Split the model.",
        ),
        (b"<a/>", "The file is not DMN. Mend: Export it again as DMN 1.5 XML."),
        (
            b'<!DOCTYPE d [<!ENTITY e "x">]><definitions/>',
            "The file declares a document type or entities. Mend: Remove the DOCTYPE.",
        ),
        (
            FEEL.encode() + b"<context>" * 200 + b"</context>" * 200 + b"</definitions>",
            "The file is nested too deeply. Mend: Split its expressions.",
        ),
        (
            b"not xml",
            "The file is not XML: syntax error: line 1, column 0. "
            "Mend: Export it again as DMN 1.5 XML.",
        ),
    ],
)
def test_a_file_is_told_why_it_is_not_read(xml, words):
    assert told(xml) == [f"test.dmn: {words}"]


def test_a_fault_is_told_in_welsh_as_well():
    fault = make.fault(
        **TABLE, rows=[("-", '"middle"', "-", "-", '"yes"', "1"), tuple(GOOD.values())]
    )
    typed = make.fault(**TABLE, rows=[("true", "-", "-", "-", '"yes"', "1")])
    spoilt = make.fault(**TABLE, rows=[("[1..", "-", "-", "-", '"yes"', "1")])

    assert fault.message.cy == 'Nid yw "middle" yn un o\'r gwerthoedd a ganiateir.'
    assert fault.mend.cy == 'Defnyddiwch un o: "lower", "higher".'
    assert typed.message.cy == "Math true yw gwir neu gau, ond mae'r golofn yn derbyn rhif."
    assert (
        spoilt.message.cy == "Nid prawf yw [1..: Disgwylid gwerth, ond cafwyd y diwedd wrth nod 5."
    )


def _leaves(data, path=""):
    if "en" in data or "cy" in data:
        return {path: data}
    return {
        key: value
        for name, part in data.items()
        for key, value in _leaves(part, f"{path}.{name}" if path else name).items()
    }


WORDS = _leaves(read_yaml(Path(sayings.__file__).with_name("sayings.yaml")))


@pytest.mark.parametrize("code", WORDS)
def test_every_saying_has_two_languages_that_are_filled_in_alike(code):
    words = WORDS[code]

    assert set(words) == {"en", "cy"}
    assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in words.values()}) == 1


def test_every_fault_that_the_engine_can_find_has_its_words():
    room = Path(sayings.__file__).parent
    code = "".join(path.read_text("utf-8") for path in room.rglob("*.py"))
    told = {one.removesuffix(".message") for one in WORDS if one.endswith(".message")}

    assert {one for one in told if f'"{one.removeprefix("feel.")}"' not in code} == set()
    assert {one for one in told if f"{one}.mend" not in WORDS} == set()


def test_what_has_no_words_is_noticed():
    with pytest.raises(KeyError):
        _ = Saying("nobody.said.this").text
    with pytest.raises(KeyError):
        _ = Saying("not_a_test.message", {"text": "x"}).text
