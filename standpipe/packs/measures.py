"""What success of a service is and how it is counted: outcomes.yaml and returns/*.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from standpipe.kernel.text import Text

Kind = Literal[
    "time_to_decision",
    "decided_by_route",
    "waits",
    "dropout",
    "questions",
    "cost_per_transaction",
    "user_satisfaction",
    "completion_rate",
    "digital_take_up",
]
Unit = Literal["minutes", "hours", "days", "percent", "pence", "answers"]
# Twenty minutes, a day, a week, four, eight and twelve weeks.
USUAL_BANDS = (1 / 3, 24.0, 168.0, 672.0, 1344.0, 2016.0)


@dataclass(frozen=True, slots=True)
class Before:
    """What it was before, as somebody recorded it."""

    value: float
    unit: Unit
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One way in which success is counted; `counted` says from what.

    `kind` is how the platform counts it, None for what is counted elsewhere. `route` is the one
    whose share is wanted.
    """

    id: str
    label: Text
    counted: str
    kind: Kind | None
    route: str | None
    before: Before | None
    baseline: str | None
    goal: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Route:
    """
    One way to a decision: by the rules alone, through a status, or (neither) any other.

    `pence` is what a decision by it costs, and `cost_source` who says so.
    """

    id: str
    label: Text
    by_rules: bool
    passed_through: tuple[str, ...]
    pence: int | None
    cost_source: str


@dataclass(frozen=True, slots=True)
class Success:
    """What outcomes.yaml says: measures, routes in order, bands of time to decision in hours."""

    measures: tuple[Measure, ...]
    routes: tuple[Route, ...]
    bands_hours: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ReturnColumn:
    """One column of a return: what it groups by, with a label for each code or band."""

    by: Literal["outcome", "ground", "channel", "age", "days_taken"]
    label: Text
    codes: Mapping[str, str]
    bands: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """
    Figures that a law or a department wants: decisions of a period, counted in groups.

    Counts below `withhold_below` are withheld; 0 where whoever asks for it must have them all.
    """

    id: str
    label: Text
    source: str
    born: str | None
    withhold_below: int
    columns: tuple[ReturnColumn, ...]


def read_success(words: Mapping[str, Any]) -> Success:
    """Read outcomes.yaml."""
    return Success(
        measures=tuple(map(_measure, words["measures"])),
        routes=tuple(map(_route, words.get("routes") or _USUAL_ROUTES)),
        bands_hours=tuple(float(one) for one in words.get("bands_hours", USUAL_BANDS)),
    )


def read_return(name: str, words: Mapping[str, Any]) -> Return:
    """Read one file of returns/; its name is the return's."""
    return Return(
        id=name.rpartition("/")[2].removesuffix(".yaml"),
        label=Text.read(words["label"]),
        source=words["source"],
        born=words.get("born"),
        withhold_below=words.get("withhold_below", 5),
        columns=tuple(
            ReturnColumn(
                by=one["by"],
                label=Text.read(one["label"]),
                codes={str(code): str(told) for code, told in one.get("codes", {}).items()},
                bands=tuple(float(band) for band in one.get("bands", ())),
            )
            for one in words["columns"]
        ),
    )


_USUAL_ROUTES: tuple[Mapping[str, Any], ...] = (
    {
        "id": "one_sitting",
        "label": {"en": "Decided in one sitting", "cy": "Penderfynwyd ar yr un eisteddiad"},
        "by_rules": True,
    },
    {"id": "staff", "label": {"en": "Decided by staff", "cy": "Penderfynwyd gan staff"}},
)


def _measure(one: Mapping[str, Any]) -> Measure:
    before = one.get("before")
    return Measure(
        id=one["id"],
        label=Text.read(one["label"]),
        counted=one["counted"],
        kind=one.get("kind"),
        route=one.get("route"),
        before=Before(before["value"], before["unit"], before["source"]) if before else None,
        baseline=one.get("baseline"),
        goal=one.get("goal"),
        source=one["source"],
    )


def _route(one: Mapping[str, Any]) -> Route:
    return Route(
        id=one["id"],
        label=Text.read(one["label"]),
        by_rules=one.get("by_rules", False),
        passed_through=tuple(one.get("passed_through", ())),
        pence=one.get("pence"),
        cost_source=one.get("cost_source", ""),
    )
