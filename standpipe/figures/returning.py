"""A return as rows of a table: codes in words, and counts that are too small withheld. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from standpipe.packs.measures import Return, ReturnColumn


def table_of_return(
    wanted: Return,
    counted: Iterable[tuple[tuple[str, ...], int]],
    *,
    language: str,
    grounds: Mapping[str, str],
    number: str,
    withheld: str,
) -> Iterator[list[object]]:
    """Yield the rows, the first with the headings; `number` and `withheld` are words."""
    yield [*(column.label.in_(language) for column in wanted.columns), number]
    for codes, count in counted:
        told = [
            _told(column, code, grounds) for column, code in zip(wanted.columns, codes, strict=True)
        ]
        yield [*told, withheld if 0 < count < wanted.withhold_below else count]


def _told(column: ReturnColumn, code: str, grounds: Mapping[str, str]) -> str:
    if code in column.codes:
        return column.codes[code]
    if column.bands and code:
        return _band(column.bands, int(code))
    return grounds.get(code, code) if column.by == "ground" else code


def _band(bands: tuple[float, ...], place: int) -> str:
    if place == 0:
        return f"under {bands[0]:g}"
    if place == len(bands):
        return f"{bands[-1]:g} and over"
    return f"{bands[place - 1]:g} to under {bands[place]:g}"
