"""The county's office over the API: what it does with its queue on one working day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

import httpx

# Of 23,838 applications 1,087 were refused (Lincolnshire, September 2024 to August 2025).
REFUSED = 1087 / 23838
# Assumptions: how many are asked for something more, and after how many days an officer has all
# that they need.
ASKED_FOR_MORE = 0.08
_READY_AFTER_DAYS = (1, 18)


class OfficeError(RuntimeError):
    """The API answered with something else than the office expected."""


@dataclass(frozen=True, slots=True)
class DayAtTheOffice:
    """What was done: references decided, and references whose applicants were asked for more."""

    decided: tuple[str, ...]
    asked: tuple[str, ...]


class Office:
    """Officers who take the most urgent first, and decide what is ready."""

    def __init__(self, origin: str, *, seed: int) -> None:
        self._api = httpx.Client(base_url=origin, timeout=60)
        self._seed = seed
        self._asked: set[str] = set()
        self._numbers: Mapping[str, int] = {}

    def work(
        self, at: datetime, *, token: str, numbers: Mapping[str, int], most: int
    ) -> DayAtTheOffice:
        """
        Work for a day on at most `most` cases.

        `numbers` tells the applicants by reference who can reply; nobody else is asked for more.

        :raises OfficeError: if an act is refused
        """
        self._api.headers["Authorization"] = f"Bearer {token}"
        self._numbers = numbers
        decided: list[str] = []
        asked: list[str] = []
        for case in self._ready(at):
            if len(decided) + len(asked) >= most:
                break
            reference = case["reference"]
            chance = self._chance(reference, "what")
            if (
                reference in numbers
                and reference not in self._asked
                and chance.random() < ASKED_FOR_MORE
            ):
                self._ask(reference)
                asked.append(reference)
            else:
                self._decide(reference, refuse=chance.random() < REFUSED)
                decided.append(reference)
        return DayAtTheOffice(tuple(decided), tuple(asked))

    def _ready(self, at: datetime) -> Sequence[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        page = 1
        while True:
            answer = self._api.get(
                "/api/v1/cases",
                params={"status": "received", "service": "blue_badge", "page": page, "size": 100},
            )
            rows = _checked(answer)["cases"]
            found += [case for case in rows if self._is_ready(case, at)]
            if len(rows) < 100:
                return found
            page += 1

    def _is_ready(self, case: dict[str, Any], at: datetime) -> bool:
        needs = self._chance(case["reference"], "days").randint(*_READY_AFTER_DAYS)
        opened = datetime.fromisoformat(case["opened_at"])
        return (at - opened).days >= needs

    def _ask(self, reference: str) -> None:
        self._asked.add(reference)
        words = {"words": "Please tell us when your condition began, and send a letter if you can."}
        self._act(reference, "questions", words)

    def _decide(self, reference: str, *, refuse: bool) -> None:
        outcome = "not_eligible" if refuse else "eligible"
        reason = (
            "What you told us and sent us does not meet the rules."
            if refuse
            else "Your letters show that walking is very difficult for you."
        )
        ground = "NONE" if refuse else "WALKD"
        self._act(reference, "decisions", {"outcome": outcome, "ground": ground, "reason": reason})

    def _act(self, reference: str, what: str, body: dict[str, str]) -> None:
        key = f"{reference}-{what}-{len(self._asked)}"
        answer = self._api.post(
            f"/api/v1/cases/{reference}/{what}", json=body, headers={"Idempotency-Key": key}
        )
        _checked(answer)

    def _chance(self, reference: str, what: str) -> Random:
        # References are drawn anew in each run; the number of the applicant is not.
        return Random(f"{self._seed} {self._numbers.get(reference, 0)} {what}")


def _checked(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code >= 300:
        raise OfficeError(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
    found: dict[str, Any] = answer.json()
    return found
