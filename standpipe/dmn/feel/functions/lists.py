"""Lists: what is in them, and new ones made from old."""

from __future__ import annotations

from decimal import Decimal
from functools import cmp_to_key
from typing import Any, Final

from standpipe.dmn.feel.arithmetic import DECIMAL128, calculate, number
from standpipe.dmn.feel.calling import call
from standpipe.dmn.feel.functions.signature import Functions, wants_scope
from standpipe.dmn.feel.scope import Scope
from standpipe.dmn.feel.values import Function, compare, equal

FUNCTIONS = Functions()

_MAX_COMPARED: Final = 2000


def _contains(items: list[Any], wanted: Any) -> bool:
    return any(equal(item, wanted) is True for item in items)


@FUNCTIONS.define("list contains", "list: list, element: any")
def _list_contains(items: list[Any], element: Any) -> bool:
    return _contains(items, element)


@FUNCTIONS.define("count", "list: list")
def _count(items: list[Any]) -> Decimal:
    return Decimal(len(items))


def _furthest(items: list[Any], sign: int) -> Any:
    if not items:
        return None
    found = items[0]
    if compare(found, found) is None:
        raise ValueError("the items have no order")
    for item in items[1:]:
        order = compare(item, found)
        if order is None:
            raise ValueError("the items have no order")
        if order == sign:
            found = item
    return found


@FUNCTIONS.over_list("min")
def _min(items: list[Any]) -> Any:
    return _furthest(items, -1)


@FUNCTIONS.over_list("max")
def _max(items: list[Any]) -> Any:
    return _furthest(items, 1)


def _fold(operator: str, items: list[Any]) -> Any:
    if not items:
        return None
    total = items[0]
    if not isinstance(total, Decimal):
        raise ValueError("an item is no number")
    for item in items[1:]:
        if not isinstance(item, Decimal):
            raise ValueError("an item is no number")
        total = calculate(operator, total, item)
    return total


@FUNCTIONS.over_list("sum")
def _sum(items: list[Any]) -> Any:
    return _fold("+", items)


@FUNCTIONS.over_list("product")
def _product(items: list[Any]) -> Any:
    return _fold("*", items)


@FUNCTIONS.over_list("mean")
def _mean(items: list[Any]) -> Any:
    return calculate("/", _fold("+", items), Decimal(len(items)))


def _numbers(items: list[Any]) -> list[Decimal]:
    if not all(isinstance(item, Decimal) for item in items):
        raise ValueError("an item is no number")
    return sorted(items)


@FUNCTIONS.over_list("median")
def _median(items: list[Any]) -> Any:
    numbers = _numbers(items)
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return DECIMAL128.divide(DECIMAL128.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@FUNCTIONS.over_list("stddev")
def _stddev(items: list[Any]) -> Any:
    numbers = _numbers(items)
    if len(numbers) < 2:
        return None
    # Summed with digits to spare, so that the result is right to the last of 34.
    wide = DECIMAL128.copy()
    wide.prec = 60
    count = Decimal(len(numbers))
    total = Decimal(0)
    for one in numbers:
        total = wide.add(total, one)
    mean = wide.divide(total, count)
    squares = Decimal(0)
    for one in numbers:
        away = wide.subtract(one, mean)
        squares = wide.add(squares, wide.multiply(away, away))
    return number(wide.sqrt(wide.divide(squares, count - 1)))


@FUNCTIONS.over_list("mode")
def _mode(items: list[Any]) -> list[Decimal]:
    numbers = _numbers(items)
    counts: dict[Decimal, int] = {}
    for one in numbers:
        counts[one] = counts.get(one, 0) + 1
    most = max(counts.values(), default=0)
    return [one for one, count in counts.items() if count == most]


def _ternary(items: list[Any], wanted: bool) -> bool | None:
    if any(item is wanted for item in items):
        return wanted
    if any(item is not None and not isinstance(item, bool) for item in items):
        raise ValueError("an item is no boolean")
    return None if any(item is None for item in items) else not wanted


@FUNCTIONS.over_list("all")
def _all(items: list[Any]) -> bool | None:
    return _ternary(items, False)


@FUNCTIONS.over_list("any")
def _any(items: list[Any]) -> bool | None:
    return _ternary(items, True)


def _place(position: Decimal, length: int) -> int:
    """Return where in a Python list a position from 1, or from -1 backwards, points."""
    whole = int(position)
    if not 1 <= abs(whole) <= length:
        raise ValueError("there is no such position")
    return whole - 1 if whole > 0 else length + whole


@FUNCTIONS.define("sublist", "list: list, start position: number, length?: number?")
def _sublist(items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any]:
    place = _place(start, len(items))
    if length is None:
        return items[place:]
    end = place + int(length)
    if length < 1 or end > len(items):
        raise ValueError("there are not so many items")
    return items[place:end]


@FUNCTIONS.over_arguments("append")
def _append(arguments: list[Any]) -> list[Any]:
    if not arguments or arguments[0] is None:
        raise ValueError("there is no list")
    first = arguments[0]
    return [*(first if isinstance(first, list) else [first]), *arguments[1:]]


@FUNCTIONS.over_arguments("concatenate")
def _concatenate(arguments: list[Any]) -> list[Any]:
    joined: list[Any] = []
    for one in arguments:
        if one is None:
            raise ValueError("one of the lists is null")
        joined += one if isinstance(one, list) else [one]
    return joined


@FUNCTIONS.over_arguments("union")
def _union(arguments: list[Any]) -> list[Any]:
    return _distinct(_concatenate(arguments))


@FUNCTIONS.define("insert before", "list: list, position: number, newItem: any")
def _insert_before(items: list[Any], position: Decimal, new: Any) -> list[Any]:
    place = _place(position, len(items))
    return [*items[:place], new, *items[place:]]


@FUNCTIONS.define("remove", "list: list, position: number")
def _remove(items: list[Any], position: Decimal) -> list[Any]:
    place = _place(position, len(items))
    return [*items[:place], *items[place + 1 :]]


@FUNCTIONS.define("list replace", "list: list, position: number, newItem: any")
def _replace_at(items: list[Any], position: Decimal, new: Any) -> list[Any]:
    place = _place(position, len(items))
    return [*items[:place], new, *items[place + 1 :]]


@FUNCTIONS.define("list replace", "list: list, match: function, newItem: any")
@wants_scope
def _replace_matching(scope: Scope, items: list[Any], match: Function, new: Any) -> list[Any]:
    if len(match.parameters) != 2:
        raise ValueError("the match takes an item and the new one")
    replaced = []
    for item in items:
        answer = call(match, [item, new], None, scope)
        if not isinstance(answer, bool):
            raise ValueError("the match gives no boolean")
        replaced.append(new if answer else item)
    return replaced


@FUNCTIONS.define("reverse", "list: list")
def _reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


@FUNCTIONS.define("index of", "list: list, match: any")
def _index_of(items: list[Any], match: Any) -> list[Decimal]:
    return [
        Decimal(place) for place, item in enumerate(items, start=1) if equal(item, match) is True
    ]


@FUNCTIONS.define("distinct values", "list: list")
def _distinct(items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    odd: list[Any] = []
    simple: set[tuple[type, Any]] = set()
    for item in items:
        if item is None or isinstance(item, bool | str | Decimal):
            # What can be hashed as FEEL compares it need not be compared with all the others.
            if (type(item), item) in simple:
                continue
            simple.add((type(item), item))
        elif _contains(odd, item):
            continue
        else:
            odd.append(item)
            if len(odd) > _MAX_COMPARED:
                raise ValueError("there are too many items to compare")
        kept.append(item)
    return kept


@FUNCTIONS.define("flatten", "list: list")
def _flatten(items: list[Any]) -> list[Any]:
    flat: list[Any] = []
    for item in items:
        flat += _flatten(item) if isinstance(item, list) else [item]
    return flat


@FUNCTIONS.define("sort", "list: list, precedes?: function?")
@wants_scope
def _sort(scope: Scope, items: list[Any], precedes: Function | None = None) -> list[Any]:
    def order(left: Any, right: Any) -> int:
        scope.watch.spend()
        if precedes is None:
            found = compare(left, right)
            if found is None:
                raise ValueError("the items have no order")
            return found
        if call(precedes, [left, right], None, scope) is True:
            return -1
        return 1 if call(precedes, [right, left], None, scope) is True else 0

    if precedes is not None and len(precedes.parameters) != 2:
        raise ValueError("the order takes two items")
    return sorted(items, key=cmp_to_key(order))
