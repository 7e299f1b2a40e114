"""The county's office: what officers do with their queue on one working day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any

import httpx

from bench.citizen import Citizen
from bench.year.service import CHANGE, SERVICE

# Of 23,838 applications 1,087 were refused (Lincolnshire, September 2024 to August 2025).
REFUSED = 1087 / 23838
# Assumptions: how many are asked for something more, how many are referred to the expert assessor,
# and after how many days an officer has all that they need.
ASKED_FOR_MORE, REFERRED = 0.08, 0.15
_READY_AFTER_DAYS = (1, 18)
_PAGE = 100
_OFFICERS = 4


class OfficeError(RuntimeError):
    """The API answered with something else than the office expected."""


@dataclass(frozen=True, slots=True)
class Known:
    """
    Who asked, by the number of the applicant; whether they can reply; and what officers make of it.

    `outcome` is empty where that hangs on chance.
    """

    number: int
    can_reply: bool = True
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class DayAtTheOffice:
    """References of what was decided, asked for more, and referred to the assessor."""

    decided: list[str]
    asked: list[str]
    referred: list[str]


class Office:
    """Officers who take the most urgent first, and decide what is ready."""

    def __init__(self, origin: str, *, sign_in: tuple[str, str], seed: int) -> None:
        self._api = httpx.Client(base_url=origin, timeout=60)
        self._pages = Citizen(origin)
        self._pages.open("/accounts/login/")
        self._pages.submit({"login": sign_in[0], "password": sign_in[1]})
        self._seed = seed
        # Cases that were asked about or referred once are decided the next time.
        self._seen: set[str] = set()
        self._known: Mapping[str, Known] = {}

    def work(
        self, at: datetime, *, token: str, known: Mapping[str, Known], most: int
    ) -> DayAtTheOffice:
        """
        Work for a day on at most `most` cases; `known` tells of each what it is by its reference.

        :raises OfficeError: if an act is refused
        """
        self._api.headers["Authorization"] = f"Bearer {token}"
        self._known = known
        day = DayAtTheOffice(decided=[], asked=[], referred=[])
        acts: list[Callable[[], None]] = []
        for case in islice(self._ready(at), most):
            acts.append(self._act_on(case, day))
        with ThreadPoolExecutor(_OFFICERS) as officers:
            for done in [officers.submit(act) for act in acts]:
                done.result()
        # One browser, one page after the other.
        for reference in day.referred:
            self._pages.open(f"/staff/cases/{reference}/refer")
            self._pages.submit({})
        return day

    def _act_on(self, case: Mapping[str, Any], day: DayAtTheOffice) -> Callable[[], None]:
        reference, known = case["reference"], self._known.get(case["reference"], Known(0, False))
        chance = self._chance(reference, "what")
        if case["service"] == SERVICE and reference not in self._seen:
            self._seen.add(reference)
            lot = chance.random()
            if known.can_reply and lot < ASKED_FOR_MORE:
                day.asked.append(reference)
                return lambda: self._ask(reference)
            if case["status"] == "received" and lot > 1 - REFERRED:
                day.referred.append(reference)
                return lambda: None
        day.decided.append(reference)
        if known.outcome:
            return lambda: self._decide(reference, known.outcome, "We have entered what you told.")
        refuses = chance.random() < REFUSED
        return lambda: self._decide_on(reference, refuse=refuses)

    def _ready(self, at: datetime) -> Sequence[dict[str, Any]]:
        found = [
            case
            for service, status in (
                (SERVICE, "received"),
                (SERVICE, "assessed"),
                (CHANGE, "received"),
            )
            for case in self._queue(service=service, status=status)
            if self._is_ready(case, at)
        ]
        return sorted(found, key=lambda case: str(case["due_on"]))

    def _queue(self, **which: str) -> Sequence[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            terms = {**which, "page": str(page), "size": str(_PAGE)}
            rows = checked(self._api.get("/api/v1/cases", params=terms))["cases"]
            found += rows
            if len(rows) < _PAGE:
                return found
            page += 1

    def _is_ready(self, case: Mapping[str, Any], at: datetime) -> bool:
        needs = self._chance(case["reference"], "days").randint(*_READY_AFTER_DAYS)
        opened = datetime.fromisoformat(case["opened_at"])
        return (at - opened).days >= needs

    def _ask(self, reference: str) -> None:
        words = {"words": "Please tell us when your condition began, and send a letter if you can."}
        self._act(reference, "questions", words)

    def _decide_on(self, reference: str, *, refuse: bool) -> None:
        if refuse:
            why = "What you told us and sent us does not meet the rules."
            self._decide(reference, "not_eligible", why, ground="NONE")
        else:
            why = "Your letters show that walking is very difficult for you."
            self._decide(reference, "eligible", why, ground="WALKD")

    def _decide(self, reference: str, outcome: str, reason: str, *, ground: str = "") -> None:
        self._act(reference, "decisions", {"outcome": outcome, "ground": ground, "reason": reason})

    def _act(self, reference: str, what: str, body: Mapping[str, str]) -> None:
        answer = self._api.post(
            f"/api/v1/cases/{reference}/{what}",
            json=body,
            headers={"Idempotency-Key": f"{reference}-{what}"},
        )
        checked(answer)

    def _chance(self, reference: str, what: str) -> Random:
        # References are drawn anew in each run; the number of the applicant is not.
        known = self._known.get(reference)
        return Random(f"{self._seed} {known.number if known else reference} {what}")


def checked(answer: httpx.Response) -> Any:
    """
    Return what the API answered.

    :raises OfficeError: if it refused
    """
    if answer.status_code >= 300:
        raise OfficeError(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
    return answer.json()
