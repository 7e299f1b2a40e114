"""Decision tables for tests, written as lists of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from standpipe import dmn

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def table_xml(
    *,
    inputs: Mapping[str, str],
    outputs: Mapping[str, str],
    rows: Sequence[Sequence[str]],
    hit_policy: str = "FIRST",
    aggregation: str | None = None,
    laws: Sequence[str | None] | None = None,
    input_values: Mapping[str, str] | None = None,
    output_values: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
    items: str = "",
    name: str = "Eligibility",
) -> bytes:
    """Return a model of one table; a row is its input cells and then its output cells."""

    def text(element: str, said: str, attributes: str = "") -> str:
        return f"<{element}{attributes}><text>{escape(said)}</text></{element}>"

    columns = "".join(
        "<input>"
        + text("inputExpression", column, f" typeRef={quoteattr(kind)}")
        + (
            text("inputValues", input_values[column])
            if input_values and column in input_values
            else ""
        )
        + "</input>"
        for column, kind in inputs.items()
    )
    results = "".join(
        f"<output name={quoteattr(column)} typeRef={quoteattr(kind)}>"
        + (
            text("outputValues", output_values[column])
            if output_values and column in output_values
            else ""
        )
        + (text("defaultOutputEntry", defaults[column]) if defaults and column in defaults else "")
        + "</output>"
        for column, kind in outputs.items()
    )
    rules = ""
    for number, row in enumerate(rows, start=1):
        law = laws[number - 1] if laws else f"Act {number}"
        rules += f'<rule id="row-{number}">'
        rules += "".join(text("inputEntry", cell) for cell in row[: len(inputs)])
        rules += "".join(text("outputEntry", cell) for cell in row[len(inputs) :])
        rules += text("annotationEntry", law) if law else ""
        rules += "</rule>"
    policy = f'hitPolicy="{hit_policy}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    return (
        f'<definitions xmlns="{NAMESPACE}" name="test" namespace="test">{items}'
        f'<decision id="d1" name={quoteattr(name)}><decisionTable {policy}>'
        f'{columns}{results}<annotation name="Legislation"/>{rules}'
        "</decisionTable></decision></definitions>"
    ).encode()


def decision(**table: object) -> dmn.Decision:
    """Return the one decision of `table_xml`."""
    return dmn.load(table_xml(**table), "test.dmn").decisions[0]  # type: ignore[arg-type]


def fault(**table: object) -> dmn.Fault:
    """Return the first fault of a model that must not load."""
    try:
        dmn.load(table_xml(**table), "test.dmn")  # type: ignore[arg-type]
    except dmn.FaultyModel as error:
        return error.faults[0]
    raise AssertionError("the model loaded")


BLUE_BADGE = {
    "inputs": {
        "age": "number",
        "dla mobility": "string",
        "pip moving around": "number",
        "pip planning descriptor": "string",
        "war pension mobility supplement": "boolean",
        "afrfcs tariff": "number",
        "afrfcs certified": "boolean",
        "severely sight impaired": "boolean",
    },
    "outputs": {"eligibility": "string", "ground": "string"},
    "rows": [
        ("<= 2", "-", "-", "-", "-", "-", "-", "-", '"assess"', '"under 3"'),
        ("-", '"higher"', "-", "-", "-", "-", "-", "-", '"eligible"', '"DLA"'),
        ("-", "-", ">= 8", "-", "-", "-", "-", "-", '"eligible"', '"PIP-MA"'),
        ("-", "-", "-", '"E"', "-", "-", "-", "-", '"eligible"', '"PIP-PFJ-E"'),
        ("-", "-", "-", "-", "true", "-", "-", "-", '"eligible"', '"WPMS"'),
        ("-", "-", "-", "-", "-", "[1..8]", "true", "-", '"eligible"', '"AFRFCS"'),
        ("-", "-", "-", "-", "-", "-", "-", "true", '"eligible"', '"BLIND"'),
        ("-", "-", "-", "-", "-", "-", "-", "-", '"assess"', '"none"'),
    ],
    "input_values": {
        "dla mobility": '"none","lower","higher"',
        "pip planning descriptor": '"A","B","C","D","E","F"',
    },
}

ADA = {
    "age": 80,
    "dla mobility": "none",
    "pip moving around": 12,
    "pip planning descriptor": "A",
    "war pension mobility supplement": False,
    "afrfcs tariff": None,
    "afrfcs certified": False,
    "severely sight impaired": False,
}
