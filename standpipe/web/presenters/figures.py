"""Measures as words, tables and bars, and as rows for a file. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from standpipe.figures.results import Line, Result
from standpipe.web.presenters.money import pounds
from standpipe.web.wording import say

# Of the chart's own units; see figures/chart.html.
LONGEST_BAR = 320
_HOURS = {"minutes": 1 / 60, "hours": 1.0, "days": 24.0}


@dataclass(frozen=True, slots=True)
class Words:
    """What codes are called here: routes, channels and pages of the form."""

    language: str
    service: str
    routes: Mapping[str, str]
    costs: Mapping[str, str]
    channels: Mapping[str, str]
    pages: Mapping[str, str]
    bands_hours: tuple[float, ...]

    def say(self, key: str, **values: object) -> str:
        """Return a word of the pages of figures."""
        return say(f"figures.{key}", language=self.language, **values)

    def of(self, code: str, kind: str | None) -> str:
        """Return what the line of a code is about."""
        joined = code.split("+")
        return f" {self.say('and')} ".join(self._one(one, kind) for one in joined)

    def _one(self, code: str, kind: str | None) -> str:
        if code == "":
            return self.say("everybody")
        known = {
            "time_to_decision": self.routes,
            "decided_by_route": self.routes,
            "cost_per_transaction": self.routes,
            "completion_rate": self.channels,
            "digital_take_up": self.channels,
            "dropout": self.pages,
        }.get(kind or "", {})
        if code in known:
            return known[code]
        if kind == "dropout" and code != "no_page":
            return code.replace("_", " ").capitalize()
        return self.say(f"codes.{code}")


def shown_result(result: Result, words: Words) -> dict[str, Any]:
    """Return one measure as a page shows it."""
    measure = result.measure
    kind = measure.kind
    return {
        "id": measure.id,
        "label": measure.label.in_(words.language),
        "value": _value(result.value, result.unit, words),
        "made_of": _made_of(result, words),
        "counted": measure.counted,
        "goal": measure.goal,
        "source": measure.source,
        "before": _before(result, words),
        "columns": [_column(name, words) for name in result.columns],
        "rows": [
            {"name": words.of(line.code, kind), "cells": _cells(result, line, words)}
            for line in result.lines
        ],
        "chart": _chart(result, words),
        "withheld": any(None in line.numbers for line in result.lines) or result.value is None,
        "costs": list(words.costs.values()) if kind == "cost_per_transaction" else [],
    }


def csv_rows(result: Result, words: Words) -> Iterator[list[object]]:
    """Yield the same as rows of a file, numbers as numbers."""
    measure = result.measure
    yield [words.say("measure"), measure.label.in_(words.language)]
    yield [words.say("value"), _plain(result.value, words), words.say(f"units.{result.unit}")]
    yield [words.say("numerator"), _plain(result.numerator, words)]
    yield [words.say("denominator"), _plain(result.denominator, words)]
    if measure.before is not None:
        unit = words.say(f"units.{measure.before.unit}")
        yield [words.say("before"), measure.before.value, unit, measure.before.source]
    yield []
    yield [words.say("group"), *(_column(name, words) for name in result.columns)]
    for line in result.lines:
        numbers = [_plain(one, words) for one in line.numbers]
        yield [words.of(line.code, measure.kind), *numbers]


def _plain(number: float | None, words: Words) -> object:
    if number is None:
        return words.say("withheld")
    return int(number) if number == int(number) else round(number, 2)


def _column(name: str, words: Words) -> str:
    if not name.startswith("band_"):
        return words.say(f"columns.{name}")
    return _band(int(name.removeprefix("band_")), words)


def _band(place: int, words: Words) -> str:
    bands = words.bands_hours
    if place == len(bands):
        return words.say("over", length=_hours(bands[-1], words))
    return words.say("up_to", length=_hours(bands[place], words))


def _cells(result: Result, line: Line, words: Words) -> list[str]:
    return [
        _cell(name, number, words)
        for name, number in zip(result.columns, line.numbers, strict=True)
    ]


def _cell(name: str, number: float | None, words: Words) -> str:
    if number is None:
        return words.say("withheld")
    if name in ("middle", "nine_in_ten"):
        return _hours(number, words)
    if name in ("middle_days", "nine_in_ten_days"):
        return _hours(number * 24, words)
    if name.startswith("share"):
        return f"{number:.0f} %"
    if name.startswith("pence"):
        return pounds(round(number))
    return f"{number:,.1f}" if name == "each" else f"{number:,.0f}"


def _value(value: float | None, unit: str, words: Words) -> str:
    if value is None:
        return ""
    if unit in _HOURS:
        return _hours(value * _HOURS[unit], words)
    if unit == "percent":
        return f"{value:.0f} %"
    if unit == "pence":
        return pounds(round(value))
    return f"{value:.1f}"


def _hours(hours: float, words: Words) -> str:
    """Return a length of time in its fitting unit."""
    for unit, length in (("weeks", 168), ("days", 24), ("hours", 1)):
        if hours >= 2 * length:
            return words.say(f"lengths.{unit}", number=f"{hours / length:.0f}")
    return words.say("lengths.minutes", number=f"{hours * 60:.0f}")


def _made_of(result: Result, words: Words) -> str:
    if result.denominator is None:
        return ""
    if result.numerator is None:
        return words.say("of_decisions", number=f"{result.denominator:,}")
    if result.unit == "pence":
        first = pounds(round(result.numerator))
    else:
        first = f"{result.numerator:,.0f}"
    return words.say("by", numerator=first, denominator=f"{result.denominator:,}")


def _before(result: Result, words: Words) -> dict[str, Any] | None:
    """Return what it was before beside what it is, as two bars of one scale."""
    before = result.measure.before
    if before is None or result.value is None:
        return None
    now = result.value * _HOURS.get(result.unit, 1.0)
    then = before.value * _HOURS.get(before.unit, 1.0)
    most = max(now, then) or 1
    return {
        "rows": [
            {
                "name": words.say(name),
                "text": _value(value, unit, words),
                "length": round(LONGEST_BAR * size / most),
            }
            for name, value, unit, size in (
                ("before", before.value, before.unit, then),
                ("now", result.value, result.unit, now),
            )
        ],
        "source": before.source,
    }


def _chart(result: Result, words: Words) -> list[dict[str, Any]]:
    """Return the bars of a chart: what each is, its number in words, and how long it is."""
    if result.drawn is None:
        numbers: list[float | None] = list(result.bars)
        bars = [(_band(place, words), "decided", one) for place, one in enumerate(numbers)]
    else:
        name = result.columns[result.drawn]
        bars = [
            (words.of(line.code, result.measure.kind), name, line.numbers[result.drawn])
            for line in result.lines
        ]
    most = max((number or 0 for _, _, number in bars), default=0) or 1
    return [
        {
            "name": label,
            "text": _cell(column, number, words),
            "length": 0 if number is None else round(LONGEST_BAR * number / most),
        }
        for label, column, number in bars
    ]
