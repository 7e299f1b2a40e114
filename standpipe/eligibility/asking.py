"""Which unanswered needs could still change the outcome: nobody is asked anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standpipe.eligibility.rules import Known, RuleSet
from standpipe.eligibility.working_out import WorkingOut


@dataclass(frozen=True, slots=True)
class StillToAsk:
    """
    The outcomes that are still possible, and the needs that choose among them, in table order.

    `through` holds these and every need between them and the outcome: a register that can answer
    one of those spares the questions behind it. Not decided and nothing left to ask: what the
    person does not know decides it.
    """

    outcomes: frozenset[str]
    decided: bool
    needs: tuple[str, ...]
    through: frozenset[str]


def still_to_ask(rules: RuleSet, known: Mapping[str, Known]) -> StillToAsk:
    """Return what may still come out, and what there is still reason to ask."""
    work = WorkingOut(rules, known)
    step = rules.decisive
    left = step.decision.still_matters(work.facts(step), output=rules.outcome)
    needs = tuple(dict.fromkeys(work.still_to_ask(step, rules.outcome)))
    outcomes = frozenset(map(rules.outcome_of, left.outcomes))
    return StillToAsk(outcomes, left.decided, needs, frozenset((*needs, *work.passed)))
