"""
Decisions, on one core: one at a time and ten million at once, beside three other ways.

`python -m bench.dmn [--json] [--rows N]`; the group `bench` and the extra `policy` are needed. The
others are zen-engine, numpy and OpenFisca, which is under the AGPL: it runs as a process of its
own, in an environment that uv makes for it alone; where that cannot be made the figures say so.
"""

from __future__ import annotations

import os

# Before Polars is imported: the figures are of one core, and so is whatever this starts.
os.environ["POLARS_MAX_THREADS"] = "1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench import dmn_openfisca_apart, dmn_zen
from bench.dmn_people import DESCRIPTORS, MOBILITY, POINTS, applicants, eligible
from bench.report import Figure, report
from standpipe import dmn
from standpipe.dmn.bulk.polars_rows import answers, row_number

MODEL = Path(__file__).with_name("dmn_blue_badge.dmn")
PEOPLE = 1000
ROUNDS = 15


def best_seconds(run: Callable[[], Any], *, rounds: int = ROUNDS) -> float:
    """Return the shortest of several runs: what is above it is other people's load."""
    found = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        found = min(found, time.perf_counter() - start)
    return found


def microseconds_each(run: Callable[[Any], Any], people: Sequence[Any]) -> float:
    """Return how long one call takes, over all of these people."""

    def everybody() -> None:
        for person in people:
            run(person)

    return best_seconds(everybody) / len(people) * 1e6


def one_at_a_time(decision: dmn.Decision) -> list[Figure]:
    """Measure one decision, its explanation, and what still matters half way through."""
    people = list(applicants(PEOPLE))
    contexts = [dmn_zen.as_context(person) for person in people]
    plain, traced = dmn_zen.decider(trace=False), dmn_zen.decider(trace=True)
    for person, context in zip(people, contexts, strict=True):
        expected = "eligible" if eligible(person) else "assess"
        if decision.decide(person).values["eligibility"] != expected:
            raise AssertionError("standpipe decides otherwise than the oracle")
        if plain(context)["result"]["eligibility"] != expected:
            raise AssertionError("zen decides otherwise than the oracle")
    half = [dict(list(person.items())[: place % 8]) for place, person in enumerate(people)]
    zen_us = microseconds_each(plain, contexts)
    traced_us = microseconds_each(traced, contexts)
    decide_us = microseconds_each(decision.decide, people)
    explain_us = microseconds_each(decision.explain, people)
    matters_us = microseconds_each(
        lambda facts: decision.still_matters(facts, output="eligibility"), half
    )
    return [
        Figure("one decision", decide_us, "µs", "<= 1", "zen-engine", decide_us / zen_us),
        Figure(
            "one explanation",
            explain_us,
            "µs",
            "<= 10",
            "zen-engine, trace",
            explain_us / traced_us,
        ),
        Figure("what still matters", matters_us, "µs", "<= 50"),
        Figure("zen-engine, one decision", zen_us, "µs"),
        Figure("zen-engine, one decision with trace", traced_us, "µs"),
        *beside_openfisca(decide_us),
    ]


def beside_openfisca(decide_us: float) -> list[Figure]:
    """Measure OpenFisca in its own environment, and set one decision of ours beside it."""
    found = dmn_openfisca_apart.measured()
    if found is None:
        return [Figure("OpenFisca could not be installed here: not measured", 0, "")]
    return [
        Figure("OpenFisca, one decision", found, "µs"),
        Figure(
            "one decision, beside OpenFisca",
            decide_us,
            "µs",
            "<= 1",
            "OpenFisca",
            decide_us / found,
        ),
    ]


def population(rows: int) -> pl.DataFrame:
    """Make up a population in compact columns."""
    chance = np.random.default_rng(1)

    def codes(weights: Sequence[float]) -> np.ndarray:
        shares = np.array(weights) / sum(weights)
        return chance.choice(len(weights), rows, p=shares).astype(np.uint8)

    return pl.DataFrame(
        {
            "age": chance.integers(0, 100, rows, dtype=np.int8),
            "dla mobility": pl.Series(codes((8, 1, 1))).cat.to(pl.Enum(MOBILITY)),
            "pip moving around": np.array(POINTS, dtype=np.int8)[codes((14, 2, 2, 1, 1))],
            "pip planning descriptor": pl.Series(codes((14, 1, 1, 1, 1, 1))).cat.to(
                pl.Enum(DESCRIPTORS)
            ),
            "war pension mobility supplement": chance.random(rows) < 0.01,
            "afrfcs tariff": chance.integers(0, 16, rows, dtype=np.int8),
            "afrfcs certified": chance.random(rows) < 0.05,
            "severely sight impaired": chance.random(rows) < 0.01,
        }
    )


def numpy_eligible(columns: dict[str, np.ndarray]) -> np.ndarray:
    """Return who is eligible, as one would write it by hand with numpy: no reason, no nulls."""
    return (columns["age"] > 2) & (
        (columns["dla mobility"] == 2)
        | (columns["pip moving around"] >= 8)
        | (columns["pip planning descriptor"] == 4)
        | columns["war pension mobility supplement"]
        | (
            (columns["afrfcs tariff"] >= 1)
            & (columns["afrfcs tariff"] <= 8)
            & columns["afrfcs certified"]
        )
        | columns["severely sight impaired"]
    )


def at_once(decision: dmn.Decision, rows: int) -> list[Figure]:
    """Measure a whole population: everybody's row, and who gains and loses by another threshold."""
    people = population(rows)
    columns = {name: people[name].to_physical().to_numpy() for name in people.columns}
    draft = dmn.with_cell(decision, row=3, cell="pip moving around", text=">= 10")
    number = row_number(decision, people.schema).alias("row")
    before = answers(decision, "eligibility", "eligible", people.schema)
    after = answers(draft, "eligibility", "eligible", people.schema)
    gains_and_losses = [
        (~before & after).sum().alias("gain"),
        (before & ~after).sum().alias("lose"),
    ]
    found = people.select(number)["row"].to_numpy()
    if not np.array_equal((found > 1) & (found < 8), numpy_eligible(columns)):
        raise AssertionError("Polars decides otherwise than numpy")
    numpy_ns = best_seconds(lambda: numpy_eligible(columns)) / rows * 1e9
    bulk_ns = best_seconds(lambda: people.select(number)) / rows * 1e9
    what_if = best_seconds(lambda: people.select(gains_and_losses))
    people_count = f"{rows:,} people"
    return [
        Figure(
            f"row and reason of {people_count}",
            bulk_ns,
            "ns each",
            "<= 6",
            "numpy",
            bulk_ns / numpy_ns,
        ),
        Figure("numpy, yes or no only", numpy_ns, "ns each"),
        Figure(f"what if, {people_count}", what_if, "s", "<= 0.2"),
    ]


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[sys.argv.index("--rows") + 1]) if "--rows" in sys.argv else 10_000_000
    decision = dmn.load(MODEL.read_bytes(), MODEL.name).decisions[0]
    report([*one_at_a_time(decision), *at_once(decision, rows)])


if __name__ == "__main__":
    main()
