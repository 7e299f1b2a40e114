"""How points and ranges lie to each other (DMN 1.5, table 78)."""

from __future__ import annotations

from typing import Any

from standpipe.dmn.feel.functions.signature import Functions
from standpipe.dmn.feel.values import Range, compare, equal

FUNCTIONS = Functions()


class _NoOrder(ValueError):
    """Two values cannot be compared."""


def _order(left: Any, right: Any) -> int:
    found = compare(left, right)
    if found is None:
        raise _NoOrder("the values have no order")
    return found


def _less(left: Any, right: Any) -> bool:
    """Whether an end lies below a start; an open end is beyond everything."""
    return left is not None and right is not None and _order(left, right) < 0


def _same(left: Any, right: Any) -> bool:
    return left is not None and right is not None and _order(left, right) == 0


def _before(first: Any, second: Any) -> bool:
    one = first if isinstance(first, Range) else Range(first, first, True, True)
    other = second if isinstance(second, Range) else Range(second, second, True, True)
    if _less(one.high, other.low):
        return True
    return _same(one.high, other.low) and not (one.high_closed and other.low_closed)


@FUNCTIONS.define("before", "point1: any, point2: any")
@FUNCTIONS.define("before", "point: any, range: range")
@FUNCTIONS.define("before", "range: range, point: any")
@FUNCTIONS.define("before", "range1: range, range2: range")
def before(first: Any, second: Any) -> bool:
    """Whether all of the first lies below all of the second."""
    _need(first, second)
    return _before(first, second)


@FUNCTIONS.define("after", "point1: any, point2: any")
@FUNCTIONS.define("after", "point: any, range: range")
@FUNCTIONS.define("after", "range: range, point: any")
@FUNCTIONS.define("after", "range1: range, range2: range")
def after(first: Any, second: Any) -> bool:
    """Whether all of the first lies above all of the second."""
    _need(first, second)
    return _before(second, first)


def _need(*values: Any) -> None:
    if any(value is None for value in values):
        raise _NoOrder("null has no order")


@FUNCTIONS.define("meets", "range1: range, range2: range")
def meets(first: Range, second: Range) -> bool:
    """Whether the first ends in the very point with which the second starts."""
    return first.high_closed and second.low_closed and _same(first.high, second.low)


@FUNCTIONS.define("met by", "range1: range, range2: range")
def _met_by(first: Range, second: Range) -> bool:
    return meets(second, first)


@FUNCTIONS.define("overlaps", "range1: range, range2: range")
def _overlaps(first: Range, second: Range) -> bool:
    return not _before(first, second) and not _before(second, first)


def _starts_sooner(first: Range, second: Range) -> bool:
    return _less(first.low, second.low) or (
        _same(first.low, second.low) and first.low_closed and not second.low_closed
    )


def _ends_sooner(first: Range, second: Range) -> bool:
    return _less(first.high, second.high) or (
        _same(first.high, second.high) and second.high_closed and not first.high_closed
    )


@FUNCTIONS.define("overlaps before", "range1: range, range2: range")
def overlaps_before(first: Range, second: Range) -> bool:
    """Whether they overlap, and the first starts sooner and does not end later."""
    return (
        _starts_sooner(first, second)
        and not _before(first, second)
        and not _ends_sooner(second, first)
    )


@FUNCTIONS.define("overlaps after", "range1: range, range2: range")
def _overlaps_after(first: Range, second: Range) -> bool:
    return overlaps_before(second, first)


@FUNCTIONS.define("finishes", "range1: range, range2: range")
def _range_finishes(first: Range, second: Range) -> bool:
    return (
        _same(first.high, second.high)
        and first.high_closed == second.high_closed
        and not _starts_sooner(first, second)
    )


@FUNCTIONS.define("finishes", "point: any, range: range")
def _point_finishes(point: Any, whole: Range) -> bool:
    _need(point)
    return whole.high_closed and _same(point, whole.high)


@FUNCTIONS.define("finished by", "range1: range, range2: range")
def _finished_by_range(whole: Range, part: Range) -> bool:
    return _range_finishes(part, whole)


@FUNCTIONS.define("finished by", "range: range, point: any")
def _finished_by_point(whole: Range, point: Any) -> bool:
    return _point_finishes(point, whole)


@FUNCTIONS.define("includes", "range1: range, range2: range")
def includes(whole: Range, part: Range) -> bool:
    """Whether no part of the second lies outside the first."""
    return not _starts_sooner(part, whole) and not _ends_sooner(whole, part)


@FUNCTIONS.define("includes", "range: range, point: any")
def _includes_point(whole: Range, point: Any) -> bool:
    _need(point)
    found = whole.holds(point)
    if found is None:
        raise _NoOrder("the values have no order")
    return found


@FUNCTIONS.define("during", "range1: range, range2: range")
def _range_during(part: Range, whole: Range) -> bool:
    return includes(whole, part)


@FUNCTIONS.define("during", "point: any, range: range")
def _point_during(point: Any, whole: Range) -> bool:
    return _includes_point(whole, point)


@FUNCTIONS.define("starts", "range1: range, range2: range")
def _range_starts(part: Range, whole: Range) -> bool:
    return (
        _same(part.low, whole.low)
        and part.low_closed == whole.low_closed
        and not _ends_sooner(whole, part)
    )


@FUNCTIONS.define("starts", "point: any, range: range")
def _point_starts(point: Any, whole: Range) -> bool:
    _need(point)
    return whole.low_closed and _same(point, whole.low)


@FUNCTIONS.define("started by", "range1: range, range2: range")
def _started_by_range(whole: Range, part: Range) -> bool:
    return _range_starts(part, whole)


@FUNCTIONS.define("started by", "range: range, point: any")
def _started_by_point(whole: Range, point: Any) -> bool:
    return _point_starts(point, whole)


@FUNCTIONS.define("coincides", "point1: any, point2: any")
@FUNCTIONS.define("coincides", "range1: range, range2: range")
def _coincides(first: Any, second: Any) -> bool:
    _need(first, second)
    same = equal(first, second)
    if same is None or isinstance(first, Range) != isinstance(second, Range):
        raise _NoOrder("the values cannot be compared")
    return same
