"""A service pack: everything the platform knows of one service in this place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standpipe.consent.mandate import ForWhom
from standpipe.eligibility.deciding import Decided
from standpipe.eligibility.rules import DecisionStep, RuleSet
from standpipe.kernel.errors import Misconfigured
from standpipe.kernel.text import Text
from standpipe.packs.case import CaseDefinition
from standpipe.packs.condition import Circumstances
from standpipe.packs.contact import Contact
from standpipe.packs.effects import About, Effect
from standpipe.packs.entitlement import EntitlementDefinition
from standpipe.packs.example import Example
from standpipe.packs.fees import Charge, Fee, charge, fee_in_force
from standpipe.packs.form import Form
from standpipe.packs.measures import Return, Success
from standpipe.packs.messages import LetterTemplate, MessageTemplate
from standpipe.packs.privacy import PrivacyNotice
from standpipe.packs.register_import import RegisterImport
from standpipe.vocabulary.attribute import Vocabulary


class NoRulesInForce(Misconfigured):
    """The pack's rules start after that day, or have ended."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data are asked for, and what allows it (UK GDPR articles 6 and 9)."""

    id: str
    text: Text
    lawful_basis: str
    special_category_condition: str | None
    law: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome: `label` for staff, `citizen` what the person is told it means."""

    id: str
    label: Text
    citizen: Text


@dataclass(frozen=True, slots=True)
class OneSitting:
    """
    When the rules may decide alone, with no human looking.

    `matched_by` is the consult page whose registry found the person: what it was told to find
    them is then assured. Without one, `told_facts_suffice` must say that answers alone do.
    """

    outcomes: frozenset[str]
    matched_by: str | None
    told_facts_suffice: bool


@dataclass(frozen=True, slots=True, eq=False)
class ServicePack:
    """
    One service of one place, overlay applied.

    `files` hold every data file with its text, the overlay as overlay.yaml; `sha256` is theirs.
    `organisation` is the slug of whoever issues it here, `issuers` are all in the place who may
    keep what it grants. The first known of `title_needs` names a case in the queue.
    """

    name: str
    version: str
    sha256: str
    files: Mapping[str, str]
    label: Text
    description: Text
    audience: Text | None
    before_you_start: Text | None
    owner: str
    lgsl: int | None
    purpose: Purpose
    organisation: str
    issuers: tuple[str, ...]
    form: Form
    steps: tuple[DecisionStep, ...]
    outcome_name: str
    when_unknown: str
    outcomes: Mapping[str, Outcome]
    grounds: Mapping[str, Text]
    fees: tuple[Fee, ...]
    case: CaseDefinition
    messages: Mapping[str, MessageTemplate]
    letters: Mapping[str, MessageTemplate]
    success: Success
    returns: tuple[Return, ...]
    entitlement: EntitlementDefinition | None
    imports: RegisterImport | None
    privacy: PrivacyNotice
    examples: tuple[Example, ...]
    one_sitting: OneSitting | None
    challenge: Text | None
    complaints: str | None
    refund_on: frozenset[str]
    applies_for: tuple[ForWhom, ...]
    title_needs: tuple[str, ...]
    about: About | None
    effects: tuple[Effect, ...]
    address_need: str | None
    contact: Contact
    vocabulary: Vocabulary

    @property
    def latest_steps(self) -> tuple[DecisionStep, ...]:
        """Of each step the table that is in force last: what a change of the rules begins from."""
        last: dict[str, DecisionStep] = {}
        for step in self.steps:
            if step.id not in last or last[step.id].valid_from < step.valid_from:
                last[step.id] = step
        return tuple(last.values())

    def rules(self, on: date) -> RuleSet:
        """
        Return the rules in force on a day.

        :raises NoRulesInForce: if the table that decides is not in force then
        """
        return _rules_in_force(self, on)

    def fee(self, on: date) -> Fee:
        """
        Return the fee of a day for most people; nothing where the service is free for them.

        :raises NoFeeInForce: if its fees start later
        """
        return fee_in_force(self.fees, on=on)

    def charge(self, on: date, *, at: Circumstances) -> Charge:
        """
        Return what an application of a day costs, in its circumstances.

        :raises NoFeeInForce: if its fees start later
        """
        return charge(self.fees, on=on, at=at)

    def message(self, name: str, *, of_another: bool = False) -> MessageTemplate:
        """
        Return a message by its name; KeyError if the pack has none of it.

        To who applied for another, in the form `<name>_other` where the pack has one.
        """
        other = self.messages.get(f"{name}_other") if of_another else None
        return other or self.messages[name]

    def letter(self, name: str, *, of_another: bool = False) -> LetterTemplate:
        """Return a letter by its name, as `message` does."""
        other = self.letters.get(f"{name}_other") if of_another else None
        return LetterTemplate(other or self.letters[name])

    def decided_now(self, decided: Decided, *, consulted: Mapping[str, str]) -> bool:
        """
        Tell whether a decision by the rules stands without a human looking at it.

        Every fact that decides must come from a register, or be what the register was told and
        found the person by; unless the pack says that answers suffice.
        """
        way = self.one_sitting
        if way is None or decided.undecided or decided.outcome not in way.outcomes:
            return False
        if way.told_facts_suffice:
            return True
        if way.matched_by is None or consulted.get(way.matched_by) != "met":
            return False
        assured = set(self.form.page(way.matched_by).discloses)
        return all(
            fact.source in ("registry", "derived") or fact.need in assured
            for step in decided.steps
            for fact in step.facts
        )


# A rule set works out its own tables of contents once, so that it is worth keeping for the day.
@lru_cache(maxsize=256)
def _rules_in_force(pack: ServicePack, on: date) -> RuleSet:
    steps = tuple(
        step
        for step in pack.steps
        if step.valid_from <= on and (step.valid_to is None or on <= step.valid_to)
    )
    if not steps or steps[-1].id != pack.steps[-1].id:
        raise NoRulesInForce(f"{pack.name} has no rules in force on {on}.")
    return RuleSet(steps, on, pack.vocabulary, pack.outcome_name, pack.when_unknown)
