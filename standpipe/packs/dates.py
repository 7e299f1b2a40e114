"""Whether the rules of a pack follow one another: on each day one table of a step, on none two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from standpipe.eligibility.rules import DecisionStep
from standpipe.packs.pack import ServicePack
from standpipe.packs.rule_steps import STEPS
from standpipe.packs.source import Source

_ONE_DAY = timedelta(days=1)


def check_dates(pack: ServicePack, source: Source) -> None:
    """Add gaps, overlaps and tables that end before they begin to the source's faults."""
    for at, step in enumerate(pack.steps):
        if step.valid_to is not None and step.valid_to < step.valid_from:
            message = f"{step.id} ends on {step.valid_to}, before it begins."
            mend = f"Let it end on {step.valid_from} or later."
            source.fault(STEPS, ["steps", at, "valid_to"], message, mend)
            return
    for name in dict.fromkeys(step.id for step in pack.steps):
        dated = sorted(
            ((step, at) for at, step in enumerate(pack.steps) if step.id == name),
            key=lambda one: one[0].valid_from,
        )
        for (earlier, _), (later, at) in pairwise(dated):
            for message, mend in _between(earlier, later):
                source.fault(STEPS, ["steps", at, "valid_from"], message, mend)
    for at, step in enumerate(pack.steps):
        for message, mend in _unfed(step, pack):
            source.fault(STEPS, ["steps", at, "valid_from"], message, mend)


def _between(earlier: DecisionStep, later: DecisionStep) -> Iterator[tuple[str, str]]:
    eve = later.valid_from - _ONE_DAY
    if earlier.valid_to is None or earlier.valid_to > eve:
        message = f"Two tables of {later.id} are in force on {later.valid_from}."
        yield message, f"Let the one before end on {eve}."
    elif earlier.valid_to < eve:
        message = f"No table of {later.id} is in force from {earlier.valid_to + _ONE_DAY} to {eve}."
        yield message, f"Let this one begin on {earlier.valid_to + _ONE_DAY}."


def _unfed(step: DecisionStep, pack: ServicePack) -> Iterator[tuple[str, str]]:
    """Yield what a table looks at that an earlier one answers for a part of the time alone."""
    for need in step.inputs.values():
        givers = [one for one in pack.steps if need in one.gives.values()]
        if not givers:
            continue
        begin = min(one.valid_from for one in givers)
        end = max(one.valid_to or date.max for one in givers)
        if begin > step.valid_from or end < (step.valid_to or date.max):
            message = f"{step.id} looks at {need}, which {givers[0].id} answers only at times."
            yield message, f"Let {givers[0].id} be in force from {step.valid_from} and as long."
