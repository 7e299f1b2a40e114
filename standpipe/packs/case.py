"""How a case is worked: its statuses and clock, who may do what, and what is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from standpipe.kernel.text import Text
from standpipe.packs.assessment import REFER, AssessmentDefinition, read_assessment
from standpipe.packs.condition import Circumstances, Condition, read_condition
from standpipe.packs.review import Concerns, ReviewTerms, read_concerns, read_reviews, terms_of


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """
    Where a case can stand.

    `reply_days` are the days that another party has, None for no end; the clock of the
    organisation may run on meanwhile.
    """

    id: str
    label: Text
    citizen_label: Text
    waits_on: str
    clock: Literal["runs", "stopped"]
    reply_days: int | None
    closed: bool


@dataclass(frozen=True, slots=True)
class Transition:
    """One thing that some may do from some statuses; verbs may recur with other outcomes."""

    verb: str
    from_: tuple[str, ...]
    to: str
    who: tuple[str, ...]
    requires_reason: bool
    label: Text
    outcome: str | None


@dataclass(frozen=True, slots=True)
class CaseTask:
    """Something to be done before a decision, where its condition holds."""

    id: str
    title: Text
    when: Condition | None


@dataclass(frozen=True, slots=True)
class Priority:
    """Why a case is due sooner than others, where its condition holds, and stands before them."""

    id: str
    label: Text
    when: Condition
    target_days: int


@dataclass(frozen=True, slots=True)
class QualityMark:
    """One thing that a second officer looks for in a decided case."""

    id: str
    label: Text
    hint: Text | None


@dataclass(frozen=True, slots=True)
class Retention:
    """How long drafts and decided cases are kept, and who says so."""

    draft_days: int
    decided_days: int
    source: str


@dataclass(frozen=True, slots=True)
class CaseDefinition:
    """
    The whole life of a case; `target_days` are calendar days, not counted while stopped.

    `assessor` is the organisation (its slug) that the place asks for assessments.
    """

    first: str
    statuses: tuple[CaseStatus, ...]
    transitions: tuple[Transition, ...]
    tasks: tuple[CaseTask, ...]
    priorities: tuple[Priority, ...]
    target_days: int
    target_source: str
    retention: Retention
    assessor: str | None = None
    assessment: AssessmentDefinition | None = None
    quality: tuple[QualityMark, ...] = ()
    reviews: tuple[ReviewTerms, ...] = ()
    concerns: Concerns | None = None

    def status(self, status_id: str) -> CaseStatus:
        """Return a status by its id; KeyError if there is none."""
        for status in self.statuses:
            if status.id == status_id:
                return status
        raise KeyError(status_id)

    def priority(self, at: Circumstances) -> Priority | None:
        """Return the first priority whose condition holds; None for a case like any other."""
        return next((one for one in self.priorities if one.when.holds(at)), None)

    def review_terms(self, outcome: str, *, decided_on: date) -> ReviewTerms | None:
        """Return on which terms a decision of a day is reviewed; None where it is not."""
        return terms_of(self.reviews, outcome, decided_on=decided_on)

    def target_date(self, on: date, *, priority: Priority | None = None) -> date:
        """Return the day by which a case of a day should be decided, if its clock never stops."""
        days = self.target_days
        # What a place promises to all may be sooner than what a priority asks for.
        return on + timedelta(days=min(days, priority.target_days) if priority else days)


def read_case(words: Mapping[str, Any]) -> CaseDefinition:
    """Read a case definition that the schema has found well formed."""
    assessment = read_assessment(words["assessment"]) if "assessment" in words else None
    with_assessor = {one["to"] for one in words["transitions"] if one["verb"] == REFER}
    return CaseDefinition(
        first=words["first"],
        statuses=tuple(
            CaseStatus(
                id=one["id"],
                label=Text.read(one["label"]),
                citizen_label=Text.read(one["citizen_label"]),
                waits_on=one["waits_on"],
                clock=one["clock"],
                reply_days=one.get("reply_days")
                or (assessment.report_days if assessment and one["id"] in with_assessor else None),
                closed=one.get("closed", False),
            )
            for one in words["statuses"]
        ),
        transitions=tuple(
            Transition(
                verb=one["verb"],
                from_=tuple(one["from"]),
                to=one["to"],
                who=tuple(one["who"]),
                requires_reason=one.get("requires_reason", False),
                label=Text.read(one["label"]),
                outcome=one.get("outcome"),
            )
            for one in words["transitions"]
        ),
        tasks=tuple(
            CaseTask(
                one["id"],
                Text.read(one["title"]),
                read_condition(one["when"]) if "when" in one else None,
            )
            for one in words["tasks"]
        ),
        priorities=tuple(
            Priority(
                one["id"], Text.read(one["label"]), read_condition(one["when"]), one["target_days"]
            )
            for one in words.get("priorities", ())
        ),
        target_days=_target_days(words["target_days"]),
        target_source=words.get("target_source", ""),
        retention=Retention(**words["retention"]),
        assessor=words.get("assessor"),
        assessment=assessment,
        quality=tuple(
            QualityMark(
                one["id"],
                Text.read(one["label"]),
                Text.read(one["hint"]) if "hint" in one else None,
            )
            for one in words.get("quality", {}).get("marks", ())
        ),
        reviews=read_reviews(words.get("review", ())),
        concerns=read_concerns(words.get("concerns")),
    )


def _target_days(said: int | Sequence[Mapping[str, int]]) -> int:
    """Return the days to decide in; of a list, which its nation has narrowed, those that count."""
    return said if isinstance(said, int) else said[0]["days"]
