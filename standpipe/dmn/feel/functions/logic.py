"""Logic: negation, and sameness that is stricter than equality."""

from __future__ import annotations

from typing import Any

from standpipe.dmn.feel.clock import DateTime, Time
from standpipe.dmn.feel.functions.signature import Functions
from standpipe.dmn.feel.values import equal, kind_of

FUNCTIONS = Functions()


@FUNCTIONS.define("not", "negand: any")
def _not(value: Any) -> bool | None:
    return not value if isinstance(value, bool) else None


@FUNCTIONS.define("is", "value1?: any, value2?: any")
def _is(left: Any = None, right: Any = None) -> bool:
    if kind_of(left) != kind_of(right):
        return False
    if isinstance(left, Time | DateTime):
        # The same moment told by another offset or zone is equal, but not the same.
        return bool(left == right)
    return equal(left, right) is True
