"""What a changed rule does: who gains, who loses, what it costs, what staff have to do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standpipe.eligibility.rules import RuleSet
from standpipe.packs.fees import Fee
from standpipe.packs.pack import ServicePack
from standpipe.policy.bulk import MORE_TO_ASK, one_by_one, outcomes
from standpipe.policy.people import AGE_BANDS, NOT_KNOWN, People
from standpipe.policy.population import Terms
from standpipe.policy.withholding import SMALLEST_SHOWN, Shown, shown

# "ask": what they were asked does not settle it, under the one version or the other.
COLUMNS = ("gain", "lose", "ask", "same")
SAMPLE = 500


class EnginesDisagree(Exception):
    """Two engines answered one person differently: nothing may be shown."""


@dataclass(frozen=True, slots=True)
class Money:
    """What a year would bring, as the pack declares it; in pence, rounded to whole pounds."""

    applications: int
    to_staff: int
    fees_pence: int
    cost_pence: int


@dataclass(frozen=True, slots=True)
class Effects:
    """
    What changes for whom.

    `table` holds what may be shown of who gains, loses, would have to be asked more, or sees no
    change, by district and by age; `asks` is true where anybody would.
    `outcomes` are counts before and after, and `money` what they bring; both are None where they
    would tell what the table withholds. `checked` people were answered by a second engine.
    """

    people: int
    changed: bool
    table: Shown
    outcomes: Mapping[str, tuple[int, int]] | None
    money: tuple[Money, Money] | None
    asks: bool
    checked: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a service as it is tried: its rules, and its fee on that day."""

    pack: ServicePack
    rules: RuleSet
    fee: Fee


def compare(
    before: Version, after: Version, people: People, *, terms: Terms | None, everybody_applies: bool
) -> Effects:
    """
    Try two versions on the same people.

    `everybody_applies` says that each of the people is one application, not one resident.

    :raises NotSimulable: if a table cannot be run over many people
    :raises EnginesDisagree: if the engine for one person says otherwise of somebody
    """
    old, checked = _outcomes(before.rules, people, all_of_them=everybody_applies)
    new, _ = _outcomes(after.rules, people, all_of_them=everybody_applies)
    # In the order in which the service lists its outcomes, the best first.
    order = {one: place for place, one in enumerate([*after.pack.outcomes, MORE_TO_ASK])}
    kinds = [_kind(one, other, order) for one, other in zip(old, new, strict=True)]
    table = shown(
        _counted(people.districts, kinds), _counted(people.bands, kinds), columns=len(COLUMNS)
    )
    counts = (Counter(old), Counter(new))
    told = table.safe and None not in table.totals and _may_be_told(*counts, order)
    money = None
    if told and terms is not None:
        money = (
            _money(before, counts[0], terms, everybody_applies),
            _money(after, counts[1], terms, everybody_applies),
        )
    return Effects(
        people=len(people),
        changed=old != new,
        table=table,
        outcomes={one: (counts[0][one], counts[1][one]) for one in order} if told else None,
        money=money,
        asks=MORE_TO_ASK in counts[0] or MORE_TO_ASK in counts[1],
        checked=checked,
    )


def _outcomes(rules: RuleSet, people: People, *, all_of_them: bool) -> tuple[list[str], int]:
    """Return the outcomes by the engine for many, checked by the one that decides for one."""
    many = outcomes(rules, people)
    step = 1 if all_of_them else max(1, len(people) // SAMPLE)
    places = range(0, len(people), step)
    for place, outcome in zip(places, one_by_one(rules, people.asked[::step]), strict=True):
        if outcome == MORE_TO_ASK and all_of_them:
            # They were never asked what now matters; no table can say.
            many[place] = MORE_TO_ASK
        elif outcome != many[place]:
            raise EnginesDisagree(f"{outcome} is not {many[place]}")
    return many, len(places)


def _kind(before: str, after: str, order: Mapping[str, int]) -> int:
    if before == after:
        return COLUMNS.index("same")
    if MORE_TO_ASK in (before, after):
        return COLUMNS.index("ask")
    return COLUMNS.index("lose" if order[after] > order[before] else "gain")


def _counted(groups: Sequence[str], kinds: Sequence[int]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(COLUMNS))
    for group, kind in zip(groups, kinds, strict=True):
        found[group][kind] += 1
    return {group: tuple(found[group]) for group in sorted(found, key=_place)}


def _place(group: str) -> tuple[int, str]:
    bands = {str(first): place for place, first in enumerate(AGE_BANDS)}
    return (len(bands) if group == NOT_KNOWN else bands.get(group, 0), group)


def _may_be_told(before: Counter[str], after: Counter[str], order: Mapping[str, int]) -> bool:
    """Say whether no count, and no difference of two, is small enough to tell of somebody."""
    numbers = [number for one in order for number in (before[one], after[one])]
    numbers += [abs(before[one] - after[one]) for one in order]
    return not any(0 < number < SMALLEST_SHOWN for number in numbers)


def _money(version: Version, counts: Counter[str], terms: Terms, everybody_applies: bool) -> Money:
    fee, pack = version.fee, version.pack
    applications = to_staff = fees = cost = 0.0
    for outcome, people in counts.items():
        share = 1000.0 if everybody_applies else terms.applying.get(outcome, 0.0)
        applying = people * share / 1000
        at_once = applying * terms.at_once.get(outcome, 0.0) / 1000
        applications += applying
        to_staff += applying - at_once
        cost += at_once * terms.at_once_pence + (applying - at_once) * terms.by_staff_pence
        if not (fee.refundable and outcome in pack.refund_on):
            fees += applying * fee.amount_pence
    return Money(
        applications=round(applications),
        to_staff=round(to_staff),
        fees_pence=round(fees / 100) * 100,
        cost_pence=round(cost / 100) * 100,
    )
