"""The built-in functions of FEEL (DMN 1.5, chapter 10.3.4), by name."""

from __future__ import annotations

from typing import Final

from standpipe.dmn.feel.functions import (
    contexts,
    conversion,
    lists,
    logic,
    numbers,
    range_text,
    ranges,
    strings,
    temporal,
)
from standpipe.dmn.feel.values import Function

BUILTINS: Final[dict[str, Function]] = {
    function.name: function
    for room in (contexts, conversion, lists, logic, numbers, range_text, ranges, strings, temporal)
    for function in room.FUNCTIONS.functions()
}
