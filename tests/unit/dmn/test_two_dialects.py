"""The two dialects mean the same: a bulk table, compiled, and the same XML as any FEEL."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from standpipe import dmn
from standpipe.dmn.document import read_definitions
from standpipe.dmn.feel.names import Names
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.token_reader import BUILTIN_SCOPE
from standpipe.dmn.feel.values import from_python, to_python
from standpipe.dmn.full.boxed import Boxes
from standpipe.dmn.full.item_types import ItemTypes
from tests.unit.dmn import dmn_tables as make

CELLS = {
    "number": ["-", ">= 3", "[1..4]", "(1..4)", "2, 5", "not(2)", "not(< 2, 4)", "null", "!= 3"],
    "boolean": ["-", "true", "false", "null", "not(true)", "not(null)"],
    "string": ["-", '"a"', '"b","c"', 'not("a","b")', "null"],
    "date": ["-", '< @"2026-04-01"', '[@"2026-04-01"..@"2026-05-01"]', 'not(@"2026-04-01")'],
}
VALUES = {
    "number": [None, 0, 1, 2, Decimal("2.5"), 3, 4, 5],
    "boolean": [None, True, False],
    "string": [None, "a", "b", "c"],
    "date": [None, date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 2)],
}


@pytest.mark.parametrize("seed", range(80))
def test_a_table_means_the_same_in_both_dialects(seed):
    chance = random.Random(seed)
    kinds = {f"fact {number}": chance.choice(list(CELLS)) for number in range(3)}
    table = {
        "inputs": kinds,
        "outputs": {"out": "number"},
        "rows": [
            (*(chance.choice(CELLS[kind]) for kind in kinds.values()), chance.choice("123"))
            for _ in range(5)
        ],
        "hit_policy": chance.choice(["FIRST", "UNIQUE", "ANY", "PRIORITY", "COLLECT"]),
        "output_values": {"out": "2,1,3"},
    }
    if table["hit_policy"] == "COLLECT":
        table["aggregation"] = chance.choice([None, "SUM", "MIN", "MAX"])
    bulk = make.decision(**table)
    root = read_definitions(make.table_xml(**table), file="test.dmn")
    full = Boxes(ItemTypes(root, {}), file="test.dmn", strict=True).boxed(
        root.find("decision/decisionTable"), Names(kinds, outer=BUILTIN_SCOPE)
    )

    for _ in range(60):
        facts = {name: chance.choice(VALUES[kind]) for name, kind in kinds.items()}
        scope = Scope({name: from_python(value) for name, value in facts.items()})
        try:
            # Nothing collected is an empty tuple to the one, and null to the other.
            expected = bulk.decide(facts).values["out"] or None
        except dmn.RowsDisagree:
            expected = None
        assert to_python(full(scope)) == expected
