"""What may be done to what was granted: by whom, from where, and for which reasons. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standpipe.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """
    One reason of an act by its code, as those who use the register say it.

    `holder_died` means: whoever gives it says so, and nothing is written to them any more.
    """

    code: str
    label: Text
    holder_died: bool


@dataclass(frozen=True, slots=True)
class ActDefinition:
    """
    One act: from which statuses, by whom, for which reasons; without reasons none is asked.

    `by` names `holder`, `client`, or roles of staff; the platform carrying out a decision may
    always.
    """

    from_: frozenset[str]
    by: frozenset[str]
    reasons: Mapping[str, Reason]


def read_acts(words: Mapping[str, Any]) -> dict[str, ActDefinition]:
    """Read the acts that the schema has found well formed."""
    return {
        name: ActDefinition(
            from_=frozenset(act["from"]),
            by=frozenset(act["by"]),
            reasons={
                code: Reason(code, Text.read(one["label"]), one.get("holder_died", False))
                for code, one in act.get("reasons", {}).items()
            },
        )
        for name, act in words.items()
    }
