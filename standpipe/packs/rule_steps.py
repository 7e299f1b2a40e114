"""The decision tables of a pack, tied to the needs that feed them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from standpipe import dmn
from standpipe.eligibility.rules import DecisionStep
from standpipe.kernel.canonical import digest
from standpipe.kernel.errors import Fault
from standpipe.kernel.text import Text
from standpipe.packs.source import Source
from standpipe.vocabulary.attribute import Attribute, Vocabulary
from standpipe.vocabulary.need import Need, NotANeed

STEPS = "rules/steps.yaml"
_RULE = re.compile(r"<(?:\w+:)?rule[\s>]")
_COLUMN_TYPES = {
    "boolean": "boolean",
    "declaration": "boolean",
    "date": "date",
    "whole_number": "number",
    "money": "number",
    "choice": "string",
    "text": "string",
    "postcode": "string",
}


def read_steps(source: Source, vocabulary: Vocabulary) -> tuple[DecisionStep, ...]:
    """Read the steps; what is wrong with them or their tables joins the source's faults."""
    models = _models(source)
    steps = []
    for at, words in enumerate(source[STEPS]["steps"]):
        path = f"rules/{words['file']}"
        model = models.get(path)
        if model is None:
            if path not in source.files:
                mend = f"Add {path}, or name a file that is there."
                source.fault(STEPS, ["steps", at, "file"], f"{path} is missing.", mend)
            continue
        try:
            decision = model.decision(words["decision"])
        except KeyError:
            names = ", ".join(decision.name for decision in model.decisions)
            message = f"{path} has no decision {words['decision']}."
            source.fault(STEPS, ["steps", at, "decision"], message, f"Name one of: {names}.")
            continue
        step = _step(words, decision, digest(source.files[path]))
        steps.append(step)
        _check_columns(source, at, step, vocabulary)
    return tuple(steps)


def _models(source: Source) -> dict[str, dmn.Model]:
    models = {}
    for path in sorted(source.files):
        if not path.endswith(".dmn"):
            continue
        try:
            models[path] = dmn.load(source.files[path].encode(), path)
        except dmn.FaultyModel as faulty:
            source.faults += [_fault(source, fault) for fault in faulty.faults]
            continue
        source.faults += [_fault(source, fault) for fault in dmn.lint(models[path])]
    return models


def _fault(source: Source, fault: dmn.Fault) -> Fault:
    """Name the line of the row in the file, and in words the table, the row and the cell."""
    where = [f"table {fault.table}" if fault.table else "", f"row {fault.row}" if fault.row else ""]
    words = ", ".join(word for word in [*where, f"cell {fault.cell}" if fault.cell else ""] if word)
    line = _line_of_row(source.files[fault.file], fault.table, fault.row)
    message = f"{words}: {fault.message.en}" if words else fault.message.en
    return Fault(source.root / fault.file, str(line), message, fault.mend.en)


def _line_of_row(text: str, table: str | None, row: int | None) -> int:
    start = max(text.find(f'name="{table}"'), 0) if table else 0
    rules = [found.start() for found in _RULE.finditer(text, start)]
    at = rules[row - 1] if row and row <= len(rules) else start
    return text.count("\n", 0, at) + 1


def _step(words: Mapping[str, Any], decision: dmn.Decision, sha256: str) -> DecisionStep:
    gives = words.get("gives", {})
    return DecisionStep(
        id=words["id"],
        title=Text.read(words["title"]),
        decision=decision,
        inputs=dict(words["inputs"]),
        gives={output.name: gives.get(output.name) for output in decision.outputs},
        valid_from=date.fromisoformat(words["valid_from"]),
        valid_to=date.fromisoformat(words["valid_to"]) if "valid_to" in words else None,
        sha256=sha256,
    )


def _check_columns(source: Source, at: int, step: DecisionStep, vocabulary: Vocabulary) -> None:
    """Every column has a need of its type, every need a column, and no code is unheard of."""
    columns = {column.name: column for column in step.decision.inputs}
    for name in sorted(set(columns) ^ set(step.inputs)):
        there = name in columns
        message = f"{name} is {'a column without a need' if there else 'no column of the table'}."
        mend = "Give every input of the table its need, and nothing else."
        source.fault(STEPS, ["steps", at, "inputs"], message, mend)
    given = source[STEPS]["steps"][at].get("gives", {})
    for name in sorted(set(given) - set(step.gives)):
        outputs = ", ".join(step.gives)
        message = f"{name} is no output of the table."
        source.fault(STEPS, ["steps", at, "gives"], message, f"Name one of: {outputs}.")
    for name, column in columns.items():
        attribute = attribute_of(step.inputs.get(name), vocabulary)
        if attribute is None:
            continue
        wanted = _COLUMN_TYPES.get(attribute.type)
        if wanted != column.type:
            message = (
                f"{attribute.id} is a {attribute.type}; the column {name} takes {column.type}."
            )
            mend = f"Make the column a {wanted}." if wanted else "Use a need that a cell can test."
            source.fault(STEPS, ["steps", at, "inputs", name], message, mend)
        codes = {choice.code for choice in attribute.choices}
        strange = [str(value) for value in column.allowed_values if codes and value not in codes]
        if strange:
            message = f"{attribute.id} has no choice {', '.join(strange)}."
            mend = f"Use its codes: {', '.join(sorted(codes))}."
            source.fault(STEPS, ["steps", at, "inputs", name], message, mend)


def attribute_of(need: str | None, vocabulary: Vocabulary) -> Attribute | None:
    """Return the attribute of a need; None if the need or the attribute is unknown."""
    if need is None:
        return None
    try:
        return vocabulary.get(Need.parse(need).attribute)
    except NotANeed:
        return None
