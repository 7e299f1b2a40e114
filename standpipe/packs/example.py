"""Examples of a pack: situations, and what the rules say of them; run as its tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Example:
    """
    One situation.

    `known` is what the person told, `registry` what a register said. Of `ground`, `row` and
    `steps` (step id to output values, or to `row`) only what is given is looked at.
    """

    file: str
    situation: str
    on: date
    known: Mapping[str, Any]
    registry: Mapping[str, Any]
    outcome: str
    ground: str | None
    row: str | None
    undecided: bool
    steps: Mapping[str, Mapping[str, Any]]


def read_examples(file: str, words: Mapping[str, Any]) -> tuple[Example, ...]:
    """
    Read the examples of one file, which the schema has found well formed.

    What the file itself says is `known` is known in each, unless it says otherwise.
    """
    known = dict(words.get("known", {}))
    return tuple(
        Example(
            file=file,
            situation=one["situation"],
            on=date.fromisoformat(one["on"]),
            known={**known, **one["known"]},
            registry=dict(one.get("registry", {})),
            outcome=one["expect"]["outcome"],
            ground=one["expect"].get("ground"),
            row=one["expect"].get("row"),
            undecided=one["expect"].get("undecided", False),
            steps={name: dict(values) for name, values in one["expect"].get("steps", {}).items()},
        )
        for one in words["examples"]
    )
