"""Made-up applicants for the benchmarks of decisions; the same seed makes the same people."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

MOBILITY = ("none", "lower", "higher")
DESCRIPTORS = ("A", "B", "C", "D", "E", "F")
POINTS = (0, 4, 8, 10, 12)


def applicants(count: int, *, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield applicants, with every fact that the rule asks for."""
    chance = random.Random(seed)
    for _ in range(count):
        yield {
            "age": chance.randint(0, 99),
            "dla mobility": chance.choices(MOBILITY, (8, 1, 1))[0],
            "pip moving around": chance.choices(POINTS, (14, 2, 2, 1, 1))[0],
            "pip planning descriptor": chance.choices(DESCRIPTORS, (14, 1, 1, 1, 1, 1))[0],
            "war pension mobility supplement": chance.random() < 0.01,
            "afrfcs tariff": chance.randint(0, 15),
            "afrfcs certified": chance.random() < 0.05,
            "severely sight impaired": chance.random() < 0.01,
        }


def eligible(person: dict[str, Any]) -> bool:
    """Return what the rule comes to, written out by hand: the oracle."""
    return person["age"] > 2 and (
        person["dla mobility"] == "higher"
        or person["pip moving around"] >= 8
        or person["pip planning descriptor"] == "E"
        or person["war pension mobility supplement"]
        or (1 <= person["afrfcs tariff"] <= 8 and person["afrfcs certified"])
        or person["severely sight impaired"]
    )
