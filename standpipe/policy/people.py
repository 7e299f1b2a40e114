"""The people whom a rule is tried on: what each would answer, where they live, how old they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe.eligibility.rules import Known, RuleSet
from standpipe.eligibility.working_out import WorkingOut
from standpipe.places.place import Place
from standpipe.vocabulary.derivation import age_on

NOT_KNOWN = "not_known"
# The first year of life of each band; the last band has no end.
AGE_BANDS = (0, 18, 40, 65, 80)


@dataclass(frozen=True, slots=True)
class People:
    """
    People by column: one entry each, in the same order.

    `answers` holds what decides, by need, None where there is no answer; `asked` in what is known
    of each, which lacks what they were never asked. `districts` are slugs, `bands` first ages.
    """

    asked: tuple[Mapping[str, Known], ...]
    answers: Mapping[str, tuple[Any, ...]]
    districts: tuple[str, ...]
    bands: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.asked)


def leaves(*versions: RuleSet) -> tuple[str, ...]:
    """Return the needs that the tables ask for, in their order; also those a table gives."""
    needs = (need for rules in versions for step in rules.steps for need in step.inputs.values())
    return tuple(dict.fromkeys(needs))


def gather(
    known: Iterable[Mapping[str, Known]],
    districts: Iterable[str],
    *,
    rules: RuleSet,
    needs: tuple[str, ...],
    birth_need: str = "applicant/person.birth_date",
) -> People:
    """Work out for each person what the tables ask for and what follows from what is known."""
    asked = tuple(known)
    rows = [_answers(one, rules, needs) for one in asked]
    return People(
        asked=asked,
        answers={need: tuple(row[at] for row in rows) for at, need in enumerate(needs)},
        districts=tuple(districts),
        bands=tuple(_band(one.get(birth_need), on=rules.on) for one in asked),
    )


def district_of(known: Mapping[str, Known], address_need: str | None, place: Place) -> str:
    """Return the district somebody lives in; not known where a postcode leaves it open."""
    address = known.get(address_need or "")
    if address is None or not isinstance(address.value, Mapping):
        return NOT_KNOWN
    found = place.districts_of(str(address.value.get("postcode", "")))
    return found[0] if len(found) == 1 else NOT_KNOWN


def _answers(known: Mapping[str, Known], rules: RuleSet, needs: tuple[str, ...]) -> list[Any]:
    work = WorkingOut(rules, known)
    found = []
    for need in needs:
        if need in rules.givers:
            # The tables themselves will say; what a register said stands above them.
            found.append(known[need].value if need in known else None)
            continue
        try:
            found.append(work.value(need))
        except KeyError:
            found.append(None)
    return found


def _band(born: Known | None, *, on: date) -> str:
    if born is None or not isinstance(born.value, str):
        return NOT_KNOWN
    age = age_on(date.fromisoformat(born.value), on=on)
    return str(max(first for first in AGE_BANDS if first <= max(age, 0)))
