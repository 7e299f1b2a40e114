"""Turns our question about a person into the department's two steps, and its answers into ours."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Literal, cast

from connectors.dwp_benefits.client import Answers, Client, Declined
from standpipe.gateway.contracts import (
    AttributeAnswer,
    RegistryAnswer,
    RegistryQuestion,
    Trouble,
    Unreached,
)
from standpipe.gateway.http import Outbound
from standpipe.kernel.errors import Misconfigured

# Our attribute, and the department's question for it. That a score of 8 is met says nothing of the
# score: no more is asked than the rule needs (Blue Badge regulations 2000/682, reg. 4).
_QUESTIONS = {
    "benefit.pip.moving_around_8_or_more": "pip.moving_around.points>=8",
    "benefit.pip.planning_descriptor_e": "pip.planning.descriptor==E",
    "benefit.pip.planning_12": "pip.planning.points>=12",
    "benefit.dla.higher_rate_mobility": "dla.mobility==higher",
}
_AWARD_END = "award.end_date"

_NEEDED = ("person.name", "person.birth_date", "address.postcode")

_UNKNOWN = AttributeAnswer("unknown")


def connect(settings: Mapping[str, str], outbound: Outbound) -> DwpBenefits:
    """Build the connector from its settings."""
    return DwpBenefits(
        Client(
            outbound,
            url=settings["STANDPIPE_DWP_URL"],
            client_id=settings["STANDPIPE_DWP_CLIENT_ID"],
            client_secret=settings["STANDPIPE_DWP_CLIENT_SECRET"],
        )
    )


class DwpBenefits:
    """An AttributeRegistry: match the person first, then ask only what was asked of us."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ask(self, question: RegistryQuestion, *, deadline_seconds: float) -> RegistryAnswer:
        """
        Ask the department; whatever goes wrong there is an answer of unknowns with its trouble.

        An attribute the department has no answer for is unknown, and is not asked.

        :raises Misconfigured: if the question lacks what a citizen is found by
        """
        ends_at = time.monotonic() + deadline_seconds
        try:
            return self._match_and_ask(question, ends_at)
        except Declined:
            return _trouble(question, "refused")
        except Unreached as unreached:
            return _trouble(question, unreached.trouble)

    def _match_and_ask(self, question: RegistryQuestion, ends_at: float) -> RegistryAnswer:
        match = self._client.match(
            _citizen(question.subject),
            correlation_id=question.correlation_id,
            deadline_seconds=_left(ends_at),
        )
        asked = [_QUESTIONS[one] for one in question.attributes if one in _QUESTIONS]
        if match.citizen_guid is None or not asked:
            outcome = cast(Literal["matched", "not_matched", "multiple"], match.outcome)
            return RegistryAnswer(outcome, dict.fromkeys(question.attributes, _UNKNOWN))
        answers = self._client.answers(
            match.citizen_guid,
            {
                "questions": [*asked, _AWARD_END],
                "purpose": question.purpose,
                "requesting_authority": question.organisation,
                "consent_receipt": question.receipt,
            },
            correlation_id=question.correlation_id,
            deadline_seconds=_left(ends_at),
        )
        return RegistryAnswer(
            "matched",
            {one: _answer(one, answers) for one in question.attributes},
            as_of=answers.as_of,
        )


def _left(ends_at: float) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise Unreached("dwp_benefits", "slow", outcome_unknown=False)
    return left


def _answer(attribute: str, answers: Answers) -> AttributeAnswer:
    # Looked up by what was asked: an answer to anything else is dropped unread.
    decision = answers.decisions.get(_QUESTIONS.get(attribute, ""))
    if decision is None:
        return _UNKNOWN
    state = cast(Literal["met", "not_met", "unknown"], decision.decision)
    return AttributeAnswer(state, decision.award_end if state == "met" else None)


def _trouble(question: RegistryQuestion, trouble: Trouble) -> RegistryAnswer:
    unknown = dict.fromkeys(question.attributes, _UNKNOWN)
    return RegistryAnswer("unknown", unknown, trouble=trouble)


def _citizen(subject: Mapping[str, object]) -> dict[str, str]:
    missing = [name for name in _NEEDED if not subject.get(name)]
    if missing:
        raise Misconfigured(
            f"dwp_benefits: nobody can be found without {', '.join(missing)}. "
            "Mend: name it under `discloses` on the page that asks."
        )
    name = cast(Mapping[str, str], subject["person.name"])
    citizen = {
        "given_name": name["given"].strip(),
        "family_name": name["family"].strip(),
        "date_of_birth": str(subject["person.birth_date"]),
        "postcode": " ".join(str(subject["address.postcode"]).upper().split()),
    }
    number = subject.get("person.national_insurance_number")
    if number:
        citizen["national_insurance_number"] = re.sub(r"\s", "", str(number)).upper()
    return citizen
