"""The experts of the other organisation, over the API: what they report on one working day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

import httpx

from bench.year.office import checked

# Assumption: after how many days an expert has seen somebody and reports.
_REPORTS_AFTER_DAYS = (5, 26)
_WHO = "Jo Bell"
_FOUND = {"yes_no": "yes", "number": "40", "text": "Seen on the level, with a stick."}


class Assessors:
    """Experts who declare that they are independent, and report when they have seen somebody."""

    def __init__(self, origin: str, *, seed: int) -> None:
        self._api = httpx.Client(base_url=origin, timeout=60)
        self._seed = seed

    def work(self, at: datetime, *, token: str) -> int:
        """
        Report on what is ready; return how many that were.

        :raises OfficeError: if an act is refused
        """
        self._api.headers["Authorization"] = f"Bearer {token}"
        ready = [
            one for one in checked(self._api.get("/api/v1/referrals")) if self._is_ready(one, at)
        ]
        for one in ready:
            self._report(one["reference"])
        return len(ready)

    def _is_ready(self, line: Mapping[str, Any], at: datetime) -> bool:
        needs = Random(f"{self._seed} {line['reference']}").randint(*_REPORTS_AFTER_DAYS)
        return (at - datetime.fromisoformat(line["referred_at"])).days >= needs

    def _report(self, reference: str) -> None:
        declared = self._act(
            reference, "declarations", {"assessor": _WHO, "independent": True, "words": ""}
        )
        findings = [
            {
                "criterion": one["id"],
                "value": _FOUND.get(one["kind"]) or one["options"][0],
                "evidence": "What they told me and what I saw.",
            }
            for one in declared["criteria"]
        ]
        report = {
            "assessor": _WHO,
            "findings": findings,
            "recommendation": declared["recommendations"][0],
            "words": "Walking is very difficult for them, and will remain so.",
        }
        self._act(reference, "reports", report)

    def _act(self, reference: str, what: str, body: Mapping[str, Any]) -> Any:
        return checked(
            self._api.post(
                f"/api/v1/referrals/{reference}/{what}",
                json=body,
                headers={"Idempotency-Key": f"{reference}-{what}"},
            )
        )
