"""Reading what an assessor found, criterion by criterion. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text
from standpipe.packs.assessment import AssessmentDefinition, Criterion

LONGEST = 5000
YES, NO = "yes", "no"
YES_NO = {YES: Text("Yes", "Ydy"), NO: Text("No", "Nac ydy")}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of a report."""

    field: str
    message: Text


@dataclass(frozen=True, slots=True)
class Findings:
    """A report that can be kept; `findings` are {criterion, value, evidence}."""

    findings: tuple[Mapping[str, Any], ...]
    recommendation: str
    words: str


class FaultyReport(Refused):
    """Something is missing in a report, or is not what the criterion asks for."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(" ".join(f"{one.field}: {one.message.en}." for one in faults))
        self.faults = faults


def read_findings(definition: AssessmentDefinition, sent: Mapping[str, str]) -> Findings:
    """
    Read a report as a form sends it.

    Its fields are `<criterion>`, `evidence_<criterion>`, `recommendation` and `words`.

    :raises FaultyReport: naming each field
    """
    faults: list[Fault] = []
    found = [_finding(one, sent, faults) for one in definition.criteria]
    recommendation = sent.get("recommendation", "").strip()
    if recommendation not in definition.recommendations:
        faults.append(Fault("recommendation", _CHOOSE_RECOMMENDATION))
    words = sent.get("words", "").strip()
    if not words:
        faults.append(Fault("words", _WRITE_WHY))
    elif len(words) > LONGEST:
        faults.append(Fault("words", _TOO_LONG))
    if faults:
        raise FaultyReport(faults)
    return Findings(tuple(found), recommendation, words)


def shown_finding(criterion: Criterion, value: Any, *, language: str) -> str:
    """Return the value of a finding in words."""
    match criterion.kind:
        case "choice":
            return criterion.options[value].in_(language)
        case "yes_no":
            return YES_NO[YES if value else NO].in_(language)
        case "number":
            unit = criterion.unit.in_(language) if criterion.unit else ""
            return f"{value} {unit}".strip()
    return str(value)


def _finding(criterion: Criterion, sent: Mapping[str, str], faults: list[Fault]) -> dict[str, Any]:
    said = sent.get(criterion.id, "").strip()
    evidence = "" if criterion.kind == "text" else sent.get(f"evidence_{criterion.id}", "").strip()
    value: Any = said
    match criterion.kind:
        case "choice":
            if said not in criterion.options:
                faults.append(Fault(criterion.id, _about(_CHOOSE, criterion)))
        case "yes_no":
            if said not in YES_NO:
                faults.append(Fault(criterion.id, _about(_CHOOSE, criterion)))
            value = said == YES
        case "number":
            value = _number(criterion, said)
            if value is None:
                faults.append(Fault(criterion.id, _about(_NUMBER, criterion)))
        case _:
            if not said:
                faults.append(Fault(criterion.id, _about(_WRITE, criterion)))
            elif len(said) > LONGEST:
                faults.append(Fault(criterion.id, _TOO_LONG))
    if criterion.kind != "text" and not evidence:
        faults.append(Fault(f"evidence_{criterion.id}", _about(_EVIDENCE, criterion)))
    elif len(evidence) > LONGEST:
        faults.append(Fault(f"evidence_{criterion.id}", _TOO_LONG))
    return {"criterion": criterion.id, "value": value, "evidence": evidence}


def _number(criterion: Criterion, said: str) -> int | None:
    if not said.isascii() or not said.isdigit() or len(said) > 9:
        return None
    value = int(said)
    if criterion.least is not None and value < criterion.least:
        return None
    return None if criterion.most is not None and value > criterion.most else value


def _about(words: Text, criterion: Criterion) -> Text:
    least, most = criterion.least, criterion.most
    return Text(
        words.en.format(label=criterion.label.en, least=least, most=most),
        words.cy.format(label=criterion.label.cy, least=least, most=most),
    )


_CHOOSE = Text("Choose an answer: {label}", "Dewiswch ateb: {label}")
_NUMBER = Text(
    "Enter a whole number from {least} to {most}: {label}",
    "Rhowch rif cyfan o {least} i {most}: {label}",
)
_WRITE = Text("Enter an answer: {label}", "Rhowch ateb: {label}")
_EVIDENCE = Text(
    "Say what this rests on: {label}", "Dywedwch ar beth mae hyn yn seiliedig: {label}"
)
_CHOOSE_RECOMMENDATION = Text("Choose what you recommend", "Dewiswch yr hyn rydych yn ei argymell")
_WRITE_WHY = Text("Say why you recommend it", "Dywedwch pam rydych yn ei argymell")
_TOO_LONG = Text("Write at most 5,000 characters", "Ysgrifennwch 5,000 nod ar y mwyaf")
