"""Measures worked out from what was counted, with what could tell of somebody withheld. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from standpipe.figures.counted import Counted, Flow
from standpipe.packs.measures import Kind, Measure, Success
from standpipe.policy.withholding import SMALLEST_SHOWN, shown

# Where people do it themselves, on a screen: the Government's "digital take-up".
DIGITAL: Final = frozenset({"web", "web_assisted", "kiosk"})
SATISFIED: Final = frozenset({4, 5})
EVERYBODY: Final = ""


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a table: what it is about, and its numbers, None where withheld.

    `code` is a route, channel, party, page, rating or source; "" is all of them together.
    """

    code: str
    numbers: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """
    One measure, counted.

    `value` is in `unit`, of `numerator` by `denominator` where it is a share or an average.
    `columns` name the numbers of the lines; `drawn` is the column that the chart shows, None where
    it shows `bars`, how many fell into each band of time.
    """

    measure: Measure
    value: float | None
    unit: str
    numerator: float | None
    denominator: int | None
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    drawn: int | None
    bars: tuple[int | None, ...] = ()


def results(success: Success, counted: Counted, *, pages: Sequence[str]) -> Iterator[Result]:
    """Yield every measure that the platform counts; `pages` are those of the form, in order."""
    for measure in success.measures:
        if measure.kind is not None:
            yield _WORKED_OUT[measure.kind](measure, success, counted, tuple(pages))


def held(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Return counts that add up to something known, those withheld that would tell too much."""
    if not counts:
        return ()
    same = tuple(counts)
    found = shown({"all": same}, {"all": same}, columns=len(same))
    if sum(same) < SMALLEST_SHOWN:
        return tuple(None if one else 0 for one in same)
    return found.one.counts[0] if found.safe else (None,) * len(same)


def share(numerator: int, denominator: int) -> float | None:
    """Return a share in per cent; None where there is nothing, or it would tell of a few."""
    rest = denominator - numerator
    if denominator == 0 or 0 < numerator < SMALLEST_SHOWN or 0 < rest < SMALLEST_SHOWN:
        return None
    return 100 * numerator / denominator


def _time(measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]) -> Result:
    spreads = counted.spreads
    routes = [route.id for route in success.routes if route.id in spreads]
    # Routes by bands, and the bands of all: what a row hides, a column must not tell.
    table = (
        shown(
            {route: spreads[route].bands for route in routes},
            {"all": spreads[EVERYBODY].bands},
            columns=len(success.bands_hours) + 1,
        )
        if routes
        else None
    )
    bands = [f"band_{place}" for place in range(len(success.bands_hours) + 1)]
    lines = []
    if table is not None and table.safe:
        for group, people, counts in zip(
            table.one.groups, table.one.people, table.one.counts, strict=True
        ):
            alone = spreads.get(group)
            told = alone is not None and people >= SMALLEST_SHOWN
            middle = (alone.middle, alone.nine_in_ten) if alone and told else (None, None)
            lines.append(Line(group, (people, *middle, *counts)))
    everybody = spreads.get(EVERYBODY)
    enough = everybody is not None and everybody.decided >= SMALLEST_SHOWN
    if everybody is not None and enough:
        totals = table.totals if table is not None and table.safe else held(everybody.bands)
        whole = (everybody.decided, everybody.middle, everybody.nine_in_ten)
        lines.append(Line(EVERYBODY, (*whole, *totals)))
    return Result(
        measure=measure,
        value=everybody.middle if everybody is not None and enough else None,
        unit="hours",
        numerator=None,
        denominator=everybody.decided if everybody is not None and enough else None,
        columns=("decided", "middle", "nine_in_ten", *bands),
        lines=tuple(lines),
        drawn=None,
        bars=tuple(int(n) if n is not None else None for n in lines[-1].numbers[3:])
        if lines
        else (),
    )


def _routes(measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]) -> Result:
    decided = {
        route.id: counted.spreads[route.id].decided if route.id in counted.spreads else 0
        for route in success.routes
    }
    wanted = measure.route or success.routes[0].id
    return _shares(measure, decided, wanted=(wanted,))


def _shares(measure: Measure, counts: Mapping[str, int], *, wanted: Sequence[str]) -> Result:
    """Work out which share of all some have; a line for each."""
    total = sum(counts.values())
    told = dict(zip(counts, held(list(counts.values())), strict=True))
    numerator = sum(counts.get(one, 0) for one in wanted)
    value = share(numerator, total)
    return Result(
        measure=measure,
        value=value,
        unit="percent",
        numerator=numerator if value is not None else None,
        denominator=total if value is not None else None,
        columns=("number", "share"),
        lines=tuple(
            Line(code, (number, None if number is None or not total else 100 * number / total))
            for code, number in told.items()
        ),
        drawn=0,
    )


def _waits(measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]) -> Result:
    told = {party: wait for party, wait in counted.waits.items() if wait.cases >= SMALLEST_SHOWN}
    together = sum(wait.together for wait in told.values())
    return Result(
        measure=measure,
        value=None,
        unit="days",
        numerator=None,
        denominator=None,
        columns=("cases", "middle_days", "nine_in_ten_days", "share_of_waiting"),
        lines=tuple(
            Line(
                party,
                (
                    wait.cases,
                    wait.middle,
                    wait.nine_in_ten,
                    100 * wait.together / together if together else None,
                ),
            )
            for party, wait in sorted(told.items(), key=lambda one: -one[1].together)
        ),
        drawn=3,
    )


def _dropout(
    measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]
) -> Result:
    order = {page: place for place, page in enumerate(("", *pages))}
    left = dict(sorted(counted.left.items(), key=lambda one: order.get(one[0], len(order))))
    found = _shares(measure, left, wanted=tuple(left))
    begun, not_sent = sum(flow.begun for flow in counted.flows.values()), sum(left.values())
    value = share(not_sent, begun)
    known = value is not None
    return Result(
        measure=measure,
        value=value,
        unit="percent",
        numerator=not_sent if known else None,
        denominator=begun if known else None,
        columns=found.columns,
        lines=tuple(Line(line.code or "no_page", line.numbers) for line in found.lines),
        drawn=0,
    )


def _questions(
    measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]
) -> Result:
    answers = counted.answers
    several = answers.applications >= SMALLEST_SHOWN
    numbers = {"asked": answers.asked, "kept": answers.kept, "registry": answers.registry}
    needed = sum(numbers.values())
    return Result(
        measure=measure,
        value=answers.asked / answers.applications if several else None,
        unit="answers",
        numerator=answers.asked if several else None,
        denominator=answers.applications if several else None,
        columns=("answers", "each"),
        lines=tuple(
            Line(code, (number, number / answers.applications))
            for code, number in {**numbers, "needed": needed}.items()
        )
        if several
        else (),
        drawn=1,
    )


def _cost(measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]) -> Result:
    decided = {
        route: counted.spreads[route.id].decided
        for route in success.routes
        if route.pence is not None and route.id in counted.spreads
    }
    told = held(list(decided.values()))
    total = sum((route.pence or 0) * number for route, number in decided.items())
    number = sum(decided.values())
    known = number > 0 and None not in told
    return Result(
        measure=measure,
        value=total / number if known else None,
        unit="pence",
        numerator=total if known else None,
        denominator=number if known else None,
        columns=("decided", "pence_each", "pence_together"),
        lines=tuple(
            Line(route.id, (count, route.pence, None if count is None else count * route.pence))
            for route, count in zip(decided, told, strict=True)
            if route.pence is not None
        ),
        drawn=2,
    )


def _satisfaction(
    measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]
) -> Result:
    ratings = {f"rating_{one}": counted.ratings.get(one, 0) for one in range(5, 0, -1)}
    return _shares(measure, ratings, wanted=[f"rating_{one}" for one in sorted(SATISFIED)])


def _completion(
    measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]
) -> Result:
    begun, sent = (
        sum(getattr(flow, name) for flow in counted.flows.values()) for name in ("begun", "sent")
    )
    value = share(sent, begun)
    ways = {
        channel: flow
        for channel, flow in sorted(counted.flows.items())
        if share(flow.sent, flow.begun) is not None
    }
    return Result(
        measure=measure,
        value=value,
        unit="percent",
        numerator=sent if value is not None else None,
        denominator=begun if value is not None else None,
        columns=("begun", "sent", "share"),
        lines=tuple(
            Line(way, (flow.begun, flow.sent, share(flow.sent, flow.begun)))
            for way, flow in ways.items()
        ),
        drawn=2,
    )


def _take_up(
    measure: Measure, success: Success, counted: Counted, pages: tuple[str, ...]
) -> Result:
    sent = {channel: _sent(flow) for channel, flow in sorted(counted.flows.items())}
    return _shares(measure, sent, wanted=[one for one in sent if one in DIGITAL])


def _sent(flow: Flow) -> int:
    return flow.sent


_WORKED_OUT: Final[
    Mapping[Kind, Callable[[Measure, Success, Counted, tuple[str, ...]], Result]]
] = {
    "time_to_decision": _time,
    "decided_by_route": _routes,
    "waits": _waits,
    "dropout": _dropout,
    "questions": _questions,
    "cost_per_transaction": _cost,
    "user_satisfaction": _satisfaction,
    "completion_rate": _completion,
    "digital_take_up": _take_up,
}
