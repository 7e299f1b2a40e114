"""What of a pack counts in which nation: parts of it may say `nations`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from standpipe.kernel.data_files import without

NATIONS = ("england", "scotland", "wales", "northern_ireland")


def of_nation(data: Any, nation: str) -> Any:
    """
    Return the data of a file as it counts in one nation; lines are remembered.

    A mapping in a list that says `nations: [scotland]` stays there alone. What says nothing counts
    everywhere, and what stays no longer says where.
    """
    return without(data, lambda one: _is_elsewhere(one, nation), forget="nations")


def is_of(data: Any, nation: str) -> bool:
    """Tell whether a whole file counts in a nation: it may say `nations` at its top."""
    return not _is_elsewhere(data, nation)


def named_nations(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[list[Any], str]]:
    """Yield every nation that a part of a file names, with where it is named."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "nations" and isinstance(value, list):
                yield from (([*path, key, at], str(one)) for at, one in enumerate(value))
            else:
                yield from named_nations(value, (*path, key))
    elif isinstance(data, list):
        for at, one in enumerate(data):
            yield from named_nations(one, (*path, at))


def _is_elsewhere(part: Any, nation: str) -> bool:
    return isinstance(part, dict) and "nations" in part and nation not in part["nations"]
