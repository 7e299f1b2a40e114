"""How a benchmark or a drill tells its figures: to people as a table, to machines as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One figure; `goal` is what it should reach, as people write it (`>= 400`, `0`).

    `yardstick` names what was measured beside it in the same run, `ratio` is value by yardstick.
    """

    name: str
    value: float
    unit: str
    goal: str | None = None
    yardstick: str | None = None
    ratio: float | None = None


def report(figures: Sequence[Figure], *, as_json: bool | None = None) -> None:
    """Print figures; as JSON if `--json` was given on the command line, unless told."""
    if "--json" in sys.argv if as_json is None else as_json:
        print(json.dumps({"figures": [asdict(figure) for figure in figures]}))
        return
    width = max((len(figure.name) for figure in figures), default=0)
    for each in figures:
        line = f"{each.name.ljust(width)}  {each.value:10,.6g} {each.unit}"
        line += f"   goal {each.goal}" if each.goal else ""
        line += f"   {each.ratio:.3g} × {each.yardstick}" if each.ratio is not None else ""
        print(line)
