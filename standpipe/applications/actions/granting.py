"""Deciding, by the rules at once or by staff, and everything that follows from a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from standpipe.applications.actions.effects import carry_out, could_carry_out
from standpipe.applications.actions.impartiality import forbid_concerned
from standpipe.applications.actions.loading import Loaded, load, load_for_work
from standpipe.applications.actions.one_each import forbid_second, why_second
from standpipe.applications.actions.referring import end_referral, forbid_assessor
from standpipe.applications.actions.renewing import first_day, takes_the_place_of
from standpipe.applications.actions.telling import review_words, tell, template_of, whom
from standpipe.applications.explaining import reason_of
from standpipe.cases import actions as cases
from standpipe.cases.actions import Grounds, Opened
from standpipe.cases.queries import case_of
from standpipe.eligibility.deciding import Decided
from standpipe.eligibility.record import record as record_of
from standpipe.eligibility.rules import Unanswered
from standpipe.entitlements.actions import grant
from standpipe.entitlements.holding import holder_of
from standpipe.identity.actor import Actor, system
from standpipe.identity.tenancy import acting
from standpipe.jobs.ordering import order
from standpipe.kernel.errors import Refused
from standpipe.kernel.text import Text
from standpipe.packs.entitlement import EndedBeforeItBegan
from standpipe.packs.review import REVIEW
from standpipe.vocabulary.dates import date_in_words


class NotSoMany(Refused):
    """More was granted than was asked for, or nothing at all."""


class NotAnOutcome(Refused):
    """The service does not know this outcome."""


def decide_now(loaded: Loaded, *, case: Opened) -> bool:
    """
    Decide an application that was just sent, if its pack lets the rules do it alone.

    That takes facts that a registry has verified; whatever is short of them goes to staff.
    """
    try:
        decided = loaded.standing.decision()
    except Unanswered:
        return False
    consulted = {page: one.status for page, one in loaded.consultations.items()}
    if not loaded.pack.decided_now(decided, consulted=consulted) or not _could_grant(
        loaded, decided
    ):
        return False
    rules = system(loaded.row.organisation_id, task="rules")
    second = why_second(loaded, decided.outcome, actor=rules)
    if second:
        # A second one is for a person to look at: no machine refuses it, and none grants it.
        cases.note(loaded.row.reference, text=second, actor=rules, at=loaded.permission.at)
        return False
    if not could_carry_out(loaded, decided.outcome):
        if loaded.permission.basis in ("own", "help"):
            # Whose entry it is, whoever told us may not see: the organisation decides, at once.
            order(
                "applications.decide_by_rules",
                queue="orders",
                reference=loaded.row.reference,
                organisation=str(loaded.row.organisation_id),
            )
        return False
    _conclude(
        loaded,
        outcome=decided.outcome,
        reason=reason_of(loaded.pack, decided).about(whom(loaded)),
        explanation=record_of(decided),
        decided=decided,
        verb="decide",
        role="system",
        actor=rules,
        case_reference=loaded.row.reference,
    )
    return True


def decide_by_rules(reference: str, *, actor: Actor, at: datetime) -> None:
    """Decide for its organisation what was sent and the rules may decide alone; once."""
    with acting(actor):
        loaded = load(reference, actor=actor, at=at, lock=True)
        case = case_of(loaded.row.id, loaded.permission)
        if loaded.row.status != "submitted" or case is None or case.decisions:
            return
        if case.position.status == loaded.pack.case.first:
            decide_now(loaded, case=Opened(id=case.id, reference=reference))


def decide(
    case_reference: str,
    *,
    outcome: str,
    ground: str,
    reason: str,
    actor: Actor,
    at: datetime,
    count: int | None = None,
) -> None:
    """
    Decide a case as staff; the rules' own explanation is kept beside the officer's words.

    Of several that were asked for, `count` are granted, all where it is None.

    :raises NotAnOutcome: if the service has no such outcome
    :raises NotSoMany: if that is none, or more than were asked for
    :raises ReasonNeeded: if the reason is left out
    :raises AlreadyDecided: if it was decided before
    :raises HeldAlready: if they hold a live one of what would be granted
    :raises NotIndependent: if the actor assessed it for another organisation
    """
    with acting(actor):
        loaded = load_for_work(case_reference, actor=actor, at=at)
        if loaded.row.status == "submitted":
            forbid_second(loaded, outcome)
        decide_as_staff(
            loaded,
            outcome=outcome,
            ground=ground,
            reason=reason,
            verb="decide",
            actor=actor,
            count=count,
        )


def decide_as_staff(
    loaded: Loaded,
    *,
    outcome: str,
    ground: str,
    reason: str,
    verb: str,
    actor: Actor,
    count: int | None = None,
) -> None:
    """
    Decide in the caller's transaction, by a verb of the pack: the first time, or in a review.

    :raises NotAnOutcome: if the service has no such outcome
    :raises NotSoMany: if `count` is none, or more than were asked for
    :raises NotIndependent: if the actor assessed it for another organisation
    :raises TookPart: if it is about what the actor did
    """
    forbid_assessor(loaded, actor=actor)
    forbid_concerned(loaded, actor=actor)
    if outcome not in loaded.pack.outcomes:
        raise NotAnOutcome(f"“{outcome}” is no outcome of this service.")
    try:
        decided: Decided | None = loaded.standing.decision()
    except Unanswered:
        decided = None
    explanation = record_of(decided) if decided else {}
    _conclude(
        loaded,
        outcome=outcome,
        reason=Text(reason, reason),
        explanation={**explanation, "ground": ground, **_how_many(loaded, outcome, count)},
        decided=decided,
        verb=verb,
        role="caseworker",
        actor=actor,
        case_reference=loaded.row.reference,
    )


def _conclude(
    loaded: Loaded,
    *,
    outcome: str,
    reason: Text,
    explanation: Mapping[str, Any],
    decided: Decided | None,
    verb: str,
    role: str,
    actor: Actor,
    case_reference: str,
) -> None:
    at = loaded.permission.at
    case = cases.decide(
        case_reference,
        loaded.pack.case,
        outcome=outcome,
        grounds=Grounds(
            reason=reason,
            explanation=explanation,
            rules=[step.sha256 for step in loaded.standing.rules.steps],
            facts=_facts_used(loaded, decided),
        ),
        verb=verb,
        role=role,
        actor=actor,
        at=at,
    )
    end_referral(loaded, actor=actor, at=at)
    loaded.row.status = "decided"
    # Of a decision that is looked at again, the day of the first one stays.
    loaded.row.decided_at = loaded.row.decided_at or at
    loaded.row.outcome = outcome
    loaded.row.save(update_fields=["status", "decided_at", "outcome"])
    # An officer's own ground stands above what the rules would have said.
    ground = str(explanation.get("ground") or (decided.outputs.get("ground") if decided else ""))
    count = int(explanation.get("granted", 1))
    granted = _grant(loaded, outcome, ground, case.id, actor, count=count)
    granted |= carry_out(loaded, outcome, case=case.id, actor=actor)
    values = {
        "reason": reason.in_(loaded.row.language),
        "review": review_words(loaded, outcome, decided_on=at.date()),
        **granted,
    }
    told = template_of(outcome, is_review=verb == REVIEW)
    tell(loaded, told, values=values, at=at)
    order(
        "applications.follow_decision",
        queue="papers",
        reference=loaded.row.reference,
        organisation=str(loaded.row.organisation_id),
    )


def _how_many(loaded: Loaded, outcome: str, count: int | None) -> dict[str, int]:
    """What a decision keeps of how many were wanted and granted; nothing where one is all."""
    definition = loaded.pack.entitlement
    if definition is None or outcome not in definition.granted_for:
        return {}
    wanted = definition.wanted(loaded.answers)
    granted = (wanted or 1) if count is None else count
    if not 1 <= granted <= (wanted or 1):
        raise NotSoMany(f"Grant from 1 to {wanted or 1}: so many were asked for.")
    return {} if wanted is None else {"wanted": wanted, "granted": granted}


def _grant(
    loaded: Loaded, outcome: str, ground: str, case: UUID, actor: Actor, *, count: int
) -> dict[str, str]:
    definition = loaded.pack.entitlement
    if definition is None or outcome not in definition.granted_for:
        return {}
    at = loaded.permission.at
    starts_on, expires_on = definition.validity(
        loaded.answers, on=first_day(loaded), ground=ground or None
    )
    granted = [
        grant(
            definition,
            holder=holder_of(definition.holder, loaded.answers),
            person=loaded.row.person_id,
            organisation=loaded.row.organisation_id,
            case=case,
            starts_on=starts_on,
            expires_on=expires_on,
            renews=old,
            ground=ground,
            reference=loaded.row.reference,
            of_case=of_case,
            actor=actor,
            at=at,
        )
        for of_case, old in enumerate(takes_the_place_of(loaded, count=count), start=1)
    ]
    return {
        "number": ", ".join(one.number for one in granted if one.number),
        "count": str(count),
        "starts": date_in_words(starts_on, language=loaded.row.language),
        "expires": date_in_words(expires_on, language=loaded.row.language),
    }


def _could_grant(loaded: Loaded, decided: Decided) -> bool:
    """Say whether what would be granted has time to run; if not, a person looks at it."""
    definition = loaded.pack.entitlement
    if definition is None or decided.outcome not in definition.granted_for:
        return True
    try:
        definition.validity(
            loaded.answers,
            on=first_day(loaded),
            ground=str(decided.outputs.get("ground", "")) or None,
        )
    except EndedBeforeItBegan:
        return False
    return True


def _facts_used(loaded: Loaded, decided: Decided | None) -> Sequence[UUID]:
    if decided is None:
        return [fact.id for fact in loaded.facts.values()]
    used = {one.fact_id for step in decided.steps for one in step.facts if one.fact_id}
    return sorted(UUID(str(one)) for one in used)
