"""Where an application stands: what is known, what is left to ask, what may come of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standpipe.consent.mandate import ForWhom
from standpipe.eligibility.deciding import Decided, decide
from standpipe.eligibility.rules import Known, RuleSet
from standpipe.eligibility.working_out import WorkingOut
from standpipe.facts.fact import Fact
from standpipe.packs.case import CaseDefinition, Priority
from standpipe.packs.condition import Circumstances
from standpipe.packs.fees import Charge
from standpipe.packs.for_whom import FOR_WHOM
from standpipe.packs.form import Ask, Page
from standpipe.packs.pack import ServicePack
from standpipe.packs.route import route


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What follows from what is known.

    `possible` are the outcomes that the rules can still reach, `unused` the answers to
    questions that a later answer took away; `next_page` None means: check the answers.
    """

    rules: RuleSet
    known: Mapping[str, Known]
    possible: frozenset[str]
    visible: tuple[Page, ...]
    next_page: Page | None
    unused: frozenset[str]
    consulted: Mapping[str, str]

    def decision(self) -> Decided:
        """
        Return what the rules say with what is known.

        :raises Unanswered: if something that is not known could change it
        """
        return decide(self.rules, self.known)

    def value(self, need: str) -> Any:
        """Return the value of a need, told or following from what was; KeyError without one."""
        return WorkingOut(self.rules, self.known).value(need)

    def sources(self, needs: Iterable[str]) -> frozenset[str]:
        """Return the known needs that the values of some needs come from."""
        work = WorkingOut(self.rules, self.known)
        return frozenset(source for need in needs for source in work.sources(need))

    def derived(self) -> Mapping[str, Any]:
        """Return every value that the rules work with and nobody was asked for, by need."""
        work = WorkingOut(self.rules, self.known)
        for step in self.rules.steps:
            work.facts(step)
        return work.derived

    def unanswered(self) -> list[Ask]:
        """Return what is asked, must be answered and is not, in the order of the form."""
        answered = {need for need, one in self.known.items() if one.value is not None}
        return [
            ask
            for page in self.visible
            for ask in page.ask
            if ask.required and ask.need not in answered
        ]

    def tasks(self, case: CaseDefinition) -> list[str]:
        """Return the tasks that these circumstances bring, in the order of the pack."""
        here = self._circumstances()
        return [task.id for task in case.tasks if task.when is None or task.when.holds(here)]

    def priority(self, case: CaseDefinition) -> Priority | None:
        """Return why a case in these circumstances is due sooner; None for most."""
        return case.priority(self._circumstances())

    def charge(self, pack: ServicePack, *, on: date) -> Charge:
        """
        Return what an application of a day costs, in these circumstances.

        :raises NoFeeInForce: if the fees of the service start later
        """
        return pack.charge(on, at=self._circumstances())

    def _circumstances(self) -> Circumstances:
        work = WorkingOut(self.rules, self.known)
        return Circumstances(work.value, self.possible, self.consulted)


def known_of_beginning(for_whom: ForWhom) -> dict[str, Known]:
    """Return what follows from how an application began, by need; nobody is asked it."""
    return {FOR_WHOM: Known(for_whom, "derived")}


def stand(
    pack: ServicePack,
    facts: Mapping[str, Fact],
    *,
    consulted: Mapping[str, str],
    began_on: date,
    for_whom: ForWhom,
) -> Standing:
    """Return where an application stands by the rules of the day on which it began."""
    rules = pack.rules(began_on)
    known = {
        need: Known(fact.value, fact.source, str(fact.id))
        for need, fact in facts.items()
        if fact.source != "derived"
    } | known_of_beginning(for_whom)
    way = route(
        pack.form,
        {need: one.value for need, one in known.items()},
        rules=rules,
        consulted=consulted,
    )
    return Standing(
        rules=rules,
        known=known,
        possible=way.possible,
        visible=way.visible,
        next_page=way.next,
        unused=way.unused,
        consulted=consulted,
    )
