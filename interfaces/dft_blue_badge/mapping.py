"""Their fields and codes in our words, and ours in theirs, as `mapping.yaml` says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from standpipe.kernel.data_files import read_yaml

_FILE = Path(__file__).with_name("mapping.yaml")
ORGANISATION = "ORG"
_ORGANISATION_NAME = "applicant/organisation.name"
_IN_VEHICLES = "applicant/organisation.transports_in_vehicles"
_LINES = {"line1": "buildingStreet", "line2": "line2", "town": "townCity", "postcode": "postCode"}


@dataclass(frozen=True, slots=True)
class Pair:
    """One field of theirs and one need of ours; `codes` from theirs to ours, for lists of codes."""

    theirs: str
    ours: str
    turn: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mapped:
    """An application in our words; `said` are the fields of theirs that these words hold whole."""

    answers: Mapping[str, Any]
    said: frozenset[str]


@cache
def pairs(party: str) -> tuple[Pair, ...]:
    """Return every field that has a need of ours, for a person or an organisation as the party."""
    read = read_yaml(_FILE)
    of_organisations = read["of_organisations"] if party == ORGANISATION else []
    instead = {one["theirs"] for one in of_organisations}
    fields = [one for one in read["fields"] if one["theirs"] not in instead]
    return tuple(
        Pair(
            one["theirs"],
            one["ours"],
            one.get("as", "same"),
            dict(read["codes"][one["codes"]]) if "codes" in one else {},
        )
        for one in [*fields, *of_organisations]
    )


@cache
def grounds() -> Mapping[str, Mapping[str, Any]]:
    """Return what each ground of theirs says in our words."""
    return {code: dict(said) for code, said in read_yaml(_FILE)["grounds"].items()}


@cache
def channels() -> Mapping[str, str]:
    """Return how each of our ways of asking is called there."""
    return dict(read_yaml(_FILE)["channels"])


@cache
def decided_grounds() -> Mapping[str, str]:
    """Return the grounds of our decisions that have another name there."""
    return dict(read_yaml(_FILE)["decided_grounds"])


def to_answers(application: Mapping[str, Any]) -> Mapped:
    """Return the answers of an application, by need, in plain JSON."""
    answers: dict[str, Any] = {}
    said = set()
    party = at(application, "party.typeCode") or ""
    for pair in pairs(party):
        theirs = at(application, pair.theirs)
        if theirs is None:
            continue
        ours, is_whole = _ours(pair, theirs)
        if ours is not None:
            answers[pair.ours] = ours
            if is_whole:
                said.add(pair.theirs)
    if party == ORGANISATION:
        answers |= _vehicles(at(application, "party.organisation.vehicles") or ())
    ground = at(application, "eligibility.typeCode")
    if ground is not None:
        answers |= grounds().get(ground, {})
    return Mapped(answers, frozenset(said))


def to_application(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers in their words, as far as they have words for them."""
    application: dict[str, Any] = {}
    party = ORGANISATION if answers.get(_ORGANISATION_NAME) else ""
    if party:
        application["party"] = {"typeCode": party}
    for pair in pairs(party):
        value = answers.get(pair.ours)
        theirs = None if value is None else _theirs(pair, value)
        if theirs is not None:
            _put(application, pair.theirs, theirs)
    ground = ground_of(answers)
    if ground is not None:
        _put(application, "eligibility.typeCode", ground)
    return application


def ground_of(answers: Mapping[str, Any]) -> str | None:
    """Return the ground of theirs that answers speak of; None if they speak of none."""
    for code, said in grounds().items():
        if all(_fits(answers.get(need), value) for need, value in said.items()):
            return code
    return None


def at(body: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a path of a body; None if nothing does."""
    value: Any = body
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _vehicles(vehicles: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    read = read_yaml(_FILE)
    terms, kinds = read["vehicle"], read["codes"]["vehicles"]
    answers: dict[str, Any] = {}
    for number, one in enumerate(vehicles, 1):
        for theirs in ("registrationNumber", "typeCode"):
            if theirs in one:
                need = f"{terms['role']}[{number}]/{terms[theirs]}"
                answers[need] = kinds.get(one[theirs], one[theirs])
    if answers:
        answers[_IN_VEHICLES] = True
    return answers


def _fits(answer: Any, value: Any) -> bool:
    if isinstance(value, list):
        return isinstance(answer, list) and set(value) <= set(answer)
    return bool(answer == value)


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    for name in way:
        body = body.setdefault(name, {})
    if isinstance(value, dict):
        body.setdefault(last, {}).update(value)
    else:
        body[last] = value


def _ours(pair: Pair, value: Any) -> tuple[Any, bool]:
    """Return a value in our words, None without any, and whether they hold all of it."""
    match pair.turn:
        case "name":
            given, _, family = value.strip().rpartition(" ")
            return {"given": given.strip(), "family": family}, True
        case "compact":
            return "".join(value.split()), True
        case "code":
            return pair.codes.get(value), True
        case "codes":
            known = list(dict.fromkeys(pair.codes[one] for one in value if one in pair.codes))
            # Two codes of theirs may be one word of ours: then the word does not hold all.
            return known or None, len(known) == len(set(value))
        case "address":
            return {ours: value.get(theirs, "") for ours, theirs in _LINES.items()}, False
        case "people":
            lines = [
                ", ".join(filter(None, (one.get("name"), one.get("location")))) for one in value
            ]
            return "\n".join(filter(None, lines)) or None, True
    return value, True


def _theirs(pair: Pair, value: Any) -> Any:
    match pair.turn:
        case "name":
            return f"{value['given']} {value['family']}".strip()[:100]
        case "code":
            return next((code for code, word in pair.codes.items() if word == value), None)
        case "codes":
            first = {word: code for code, word in reversed(list(pair.codes.items()))}
            return [first[word] for word in value if word in first] or None
        case "address":
            return {theirs: value[ours][:100] for ours, theirs in _LINES.items() if value.get(ours)}
        case "people":
            return [{"name": line[:100]} for line in value.splitlines() if line.strip()]
    return value
