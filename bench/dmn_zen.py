"""The same rule for zen-engine, in its own notation (JDM)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import zen

# zen's expressions have no names with spaces.
_FIELDS = (
    "age",
    "dla_mobility",
    "pip_moving_around",
    "pip_planning_descriptor",
    "war_pension_mobility_supplement",
    "afrfcs_tariff",
    "afrfcs_certified",
    "severely_sight_impaired",
)
_ROWS = (
    (("<= 2", "", "", "", "", "", "", ""), "assess", "under 3"),
    (("", "'higher'", "", "", "", "", "", ""), "eligible", "DLA"),
    (("", "", ">= 8", "", "", "", "", ""), "eligible", "PIP-MA"),
    (("", "", "", "'E'", "", "", "", ""), "eligible", "PIP-PFJ-E"),
    (("", "", "", "", "true", "", "", ""), "eligible", "WPMS"),
    (("", "", "", "", "", "[1..8]", "true", ""), "eligible", "AFRFCS"),
    (("", "", "", "", "", "", "", "true"), "eligible", "BLIND"),
    (("", "", "", "", "", "", "", ""), "assess", "none"),
)


def _model() -> dict[str, Any]:
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": field, "name": field, "field": field} for field in _FIELDS],
        "outputs": [
            {"id": name, "name": name, "field": name} for name in ("eligibility", "ground")
        ],
        "rules": [
            {
                "_id": str(number),
                **dict(zip(_FIELDS, cells, strict=True)),
                "eligibility": f"'{outcome}'",
                "ground": f"'{ground}'",
            }
            for number, (cells, outcome, ground) in enumerate(_ROWS)
        ],
    }
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
            {
                "id": "table",
                "name": "table",
                "type": "decisionTableNode",
                "content": table,
                "position": {"x": 1, "y": 0},
            },
            {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }


def as_context(person: dict[str, Any]) -> dict[str, Any]:
    """Return a person by the names of zen's fields."""
    return {name.replace(" ", "_"): value for name, value in person.items()}


def decider(*, trace: bool) -> Callable[[dict[str, Any]], Any]:
    """Return zen's quickest way to decide: an engine whose models are loaded once."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rule": _model()}}})
    options = {"trace": trace}
    return lambda context: engine.evaluate("rule", context, options)
