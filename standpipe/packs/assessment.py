"""When another organisation's expert is asked: what they are told, and what they are to find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from standpipe.kernel.text import Text

CriterionKind = Literal["choice", "number", "text", "yes_no"]
AppointmentKind = Literal["in_person", "phone", "desk"]

# What the platform itself does with the case, by the verbs of its transitions.
REFER, REPORT, TAKE_BACK = "refer", "report", "take_back"


@dataclass(frozen=True, slots=True)
class Criterion:
    """
    One thing that an assessor finds, with the evidence for it.

    `options` only of a choice, by their value; `least` and `most` only of a number, in `unit`.
    """

    id: str
    label: Text
    kind: CriterionKind
    options: Mapping[str, Text]
    hint: Text | None
    law: str
    least: int | None
    most: int | None
    unit: Text | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What an assessor may recommend; `outcome` None leaves it to whoever decides."""

    id: str
    label: Text
    outcome: str | None


@dataclass(frozen=True, slots=True)
class AppointmentTerms:
    """How somebody may be seen; `desk` needs no appointment."""

    length_minutes: int
    kinds: tuple[AppointmentKind, ...]

    @property
    def bookable(self) -> tuple[AppointmentKind, ...]:
        """The kinds for which somebody chooses a time."""
        return tuple(kind for kind in self.kinds if kind != "desk")


@dataclass(frozen=True, slots=True)
class AssessmentDefinition:
    """
    What is disclosed to the assessor and why, and what they report.

    `treated_by` are those of the disclosed needs in which the applicant names who treats them;
    whoever is named there is no independent assessor.
    """

    why: Text
    discloses: tuple[str, ...]
    documents: tuple[str, ...]
    treated_by: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    recommendations: Mapping[str, Recommendation]
    appointment: AppointmentTerms
    report_days: int

    def due_on(self, on: date) -> date:
        """Return the day by which a referral of a day is to be reported on."""
        return on + timedelta(days=self.report_days)

    def criterion(self, criterion_id: str) -> Criterion:
        """Return a criterion by its id; KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)


def read_assessment(words: Mapping[str, Any]) -> AssessmentDefinition:
    """Read what the schema has found well formed."""
    return AssessmentDefinition(
        why=Text.read(words["why"]),
        discloses=tuple(words["discloses"]),
        documents=tuple(words.get("documents", ())),
        treated_by=tuple(words.get("treated_by", ())),
        criteria=tuple(map(_criterion, words["criteria"])),
        recommendations={
            one["id"]: Recommendation(one["id"], Text.read(one["label"]), one.get("outcome"))
            for one in words["recommendations"]
        },
        appointment=AppointmentTerms(
            words["appointment"]["length_minutes"], tuple(words["appointment"]["kinds"])
        ),
        report_days=words["report_days"],
    )


def _criterion(words: Mapping[str, Any]) -> Criterion:
    return Criterion(
        id=words["id"],
        label=Text.read(words["label"]),
        kind=words["kind"],
        options={one["value"]: Text.read(one["label"]) for one in words.get("options", ())},
        hint=Text.read(words["hint"]) if "hint" in words else None,
        law=words["law"],
        least=words.get("least"),
        most=words.get("most"),
        unit=Text.read(words["unit"]) if "unit" in words else None,
    )
