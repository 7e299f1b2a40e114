"""Decision tables: DMN and FEEL, pure Python, liftable."""

from standpipe.dmn.decision import Decision
from standpipe.dmn.difference import Change, difference
from standpipe.dmn.drafting import with_cell
from standpipe.dmn.facts import (
    DOES_NOT_KNOW,
    MissingFacts,
    RowsDisagree,
    Unknown,
    Value,
    WrongFact,
)
from standpipe.dmn.faults import Fault, FaultyModel
from standpipe.dmn.lint import lint
from standpipe.dmn.model import Model, load
from standpipe.dmn.table.definition import Input, Output, Row
from standpipe.dmn.table.outcome import Explanation, FailedRow, Outcome, StillMatters, Test

__all__ = [
    "DOES_NOT_KNOW",
    "Change",
    "Decision",
    "Explanation",
    "FailedRow",
    "Fault",
    "FaultyModel",
    "Input",
    "MissingFacts",
    "Model",
    "Outcome",
    "Output",
    "Row",
    "RowsDisagree",
    "StillMatters",
    "Test",
    "Unknown",
    "Value",
    "WrongFact",
    "difference",
    "lint",
    "load",
    "with_cell",
]
